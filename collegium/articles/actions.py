"""The verbs of articles. Whatever its author does to one article comes in turn: each verb locks its row."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.articles import rules, writing
from collegium.articles.models import MOST, Article, Revision, Sheet
from collegium.articles.publishing import Chosen, Hanging
from collegium.articles.writing import Texts
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.media.decode import size_of
from collegium.media.storage import discard, store
from collegium.members.models import Member


class OtherText(Conflict):
    """It was changed elsewhere since this page was opened. Carries what is kept now."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(_("This article was changed elsewhere since you opened it here."))
        self.sheet = sheet


@transaction.atomic
def begin(author: Member, form_key: UUID, texts: Texts) -> Sheet:
    """Keep the first words of an article; begun twice from one page, it is begun once.

    Raises:
        Conflict: there are too many already.
        OtherText: it was begun already, and reads otherwise by now.
    """
    require(rules.may_write(author))
    _lock(author)
    earlier = Article.objects.filter(author=author, form_key=form_key).first()
    if earlier is not None:
        return _keep(_fresh(earlier), 1, texts, author)
    if Article.objects.filter(author=author).count() >= MOST:
        raise Conflict(_("You have %(most)s articles, and that is as many as there is room for.") % {"most": MOST})
    article = Article.objects.create(author=author, form_key=form_key)
    sheet = Sheet.objects.create(article=article, **texts.columns)
    record("articles.begun", actor=author, subject=article)
    return sheet


@transaction.atomic
def save(article: Article, number: int, texts: Texts, *, by: Member) -> Sheet:
    """Keep what stands on the sheet.

    Args:
        article: one's own.
        number: of the sheet this text was written on.
        texts: what stands there now.
        by: who writes.

    Raises:
        OtherText: another page kept something else meanwhile.
    """
    article = _fresh(article)
    require(rules.may_edit(by, article))
    return _keep(article, number, texts, by)


@transaction.atomic
def publish(article: Article, chosen: Chosen, *, by: Member) -> Article:
    """Let others read it: a post is made for those who were chosen, and the article hangs on it.

    Args:
        article: one's own, not published; sent twice, it is published once.
        chosen: audience, side, words to go with it, and what rooms above add.
        by: its author.

    Raises:
        Conflict: it has no title or no text, or it is published already by another page.
    """
    _lock(by)
    article = _fresh(article)
    if article.is_published and article.post is not None and article.post.form_key == chosen.form_key:
        return article
    if article.is_published:
        raise Conflict(_("This article is published already."))
    require(rules.may_publish(by, article))
    _show(article, "")
    feed.post(by, parts=Hanging(article), **chosen.values)
    chosen.add(article, by)
    record("articles.published", actor=by, subject=article, post=article.post_id)
    return article


@transaction.atomic
def update(article: Article, note: str, *, by: Member, chosen: Chosen | None = None) -> Article:
    """Let readers see the sheet as it is now; how it read before stays in its history.

    Raises:
        Conflict: it has no title or no text, or is not published any more.
    """
    article = _fresh(article)
    require(rules.may_edit(by, article))
    if not article.is_published:
        raise Conflict(_("This article is not published any more: its post was deleted."))
    if article.sheet.texts != (article.title, article.lead, article.source):
        article.edited_at = clock.now()
        _show(article, note)
    if chosen is not None:
        chosen.add(article, by)
    record("articles.updated", actor=by, subject=article, post=article.post_id)
    return article


@transaction.atomic
def remove(article: Article, *, by: Member) -> None:
    """Delete a draft, with a way back."""
    article = _fresh(article)
    require(rules.may_remove(by, article))
    article.removed_at = clock.now()
    article.save(update_fields=["removed_at"])
    record("articles.removed", actor=by, subject=article)


@transaction.atomic
def restore(article: Article, *, by: Member) -> None:
    """Bring a deleted draft back."""
    article = _fresh(article)
    require(rules.may_restore(by, article))
    article.removed_at = None
    article.save(update_fields=["removed_at"])
    record("articles.restored", actor=by, subject=article)


def set_cover(article: Article, images: Mapping[int, bytes], alt: str, *, by: Member) -> None:
    """Give it a cover, in place of the one it has; readers of what is published see it at once.

    Args:
        article: one's own.
        images: its sizes, as `media.decode.process_image` made them.
        alt: what it shows.
        by: its author.
    """
    require(rules.may_edit(by, article))
    key = store(images)
    try:
        width, height = size_of(images[max(images)])
        _put_cover(article, by, cover=key, cover_width=width, cover_height=height, cover_alt=alt)
    except BaseException:
        discard(key)
        raise


def describe_cover(article: Article, alt: str, *, by: Member) -> None:
    """Say in other words what the cover shows."""
    require(rules.may_edit(by, article))
    _put_cover(article, by, cover_alt=alt)


def drop_cover(article: Article, *, by: Member) -> None:
    """Take the cover off; its files go once that is certain."""
    require(rules.may_edit(by, article))
    _put_cover(article, by, cover="", cover_width=0, cover_height=0, cover_alt="")


@transaction.atomic
def _put_cover(article: Article, by: Member, **columns: Any) -> None:
    """The new cover; a trigger notes the files of the old one."""
    article = _fresh(article)
    require(rules.may_edit(by, article))
    for name, value in columns.items():
        setattr(article, name, value)
    article.save(update_fields=list(columns))
    record("articles.cover_set", actor=by, subject=article)


def _keep(article: Article, number: int, texts: Texts, by: Member) -> Sheet:
    """The same text again changes nothing, so that a save sent twice, or from two tabs alike, is no conflict."""
    require(rules.may_edit(by, article))
    sheet = Sheet.objects.get(article=article)
    if sheet.texts == texts.all:
        return sheet
    if sheet.number != number:
        raise OtherText(sheet)
    sheet.title, sheet.lead, sheet.source = texts.all
    sheet.number, sheet.touched_at = sheet.number + 1, clock.now()
    sheet.save()
    return sheet


def _show(article: Article, note: str) -> None:
    """Take the sheet for what readers see, and write it into the history."""
    sheet = Sheet.objects.get(article=article)
    made = writing.write(sheet)
    for name, value in made.columns.items():
        setattr(article, name, value)
    article.save()
    texts = {"title": sheet.title, "lead": sheet.lead, "source": sheet.source, "html": made.html}
    Revision.objects.create(article=article, note=note, **texts)


def _lock(author: Member) -> None:
    """Before an article, as posting does it too: always in this order."""
    Member.objects.select_for_update(no_key=True).get(pk=author.pk)


def _fresh(article: Article) -> Article:
    """The article as it is now, locked, below its post, which everything about a post locks first.

    Raises:
        Conflict: it is gone.
    """
    if article.post_id is not None:
        Post.objects.select_for_update(no_key=True).filter(pk=article.post_id).first()
    rows = Article.objects.select_for_update(no_key=True, of=("self",)).select_related("post", "sheet")
    found = rows.filter(pk=article.pk).first()
    if found is None:
        raise Conflict(_("This article is no longer here."))
    return found
