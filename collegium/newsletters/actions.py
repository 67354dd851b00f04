"""The verbs of newsletters: founding, changing and ending one, asking to be sent it, and what becomes an issue."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from collegium.articles.models import Article
from collegium.articles.writing import slug_of
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.newsletters import rules
from collegium.newsletters.models import MOST, Delivery, Issue, Newsletter, Subscription

TAKEN = frozenset({"edit", "end", "beginning", "subscription", "subscribers"})


@transaction.atomic
def found(owner: Member, name: str, *, about: str = "", rhythm: str = "") -> Newsletter:
    """Begin a series.

    Raises:
        Conflict: there are too many, or there is one of this name.
    """
    require(rules.may_found(owner))
    Member.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if Newsletter.objects.filter(owner=owner).going_on().count() >= MOST:
        raise Conflict(_("You have %(most)s newsletters, and that is as many as there is room for.") % {"most": MOST})
    row = _keep(Newsletter(owner=owner, name=name, slug=_slug(name), about=about, rhythm=rhythm))
    record("newsletters.founded", actor=owner, subject=row)
    return row


@transaction.atomic
def edit(newsletter: Newsletter, name: str, *, about: str, rhythm: str, by: Member) -> Newsletter:
    """Say otherwise what it is.

    Raises:
        Conflict: there is another of this name.
    """
    row = _fresh(newsletter)
    require(rules.may_edit(by, row))
    row.name, row.slug, row.about, row.rhythm = name, _slug(name), about, rhythm
    _keep(row)
    record("newsletters.edited", actor=by, subject=row)
    return row


@transaction.atomic
def end(newsletter: Newsletter, *, by: Member) -> None:
    """No more issues; those there are stay, and so do its readers, for the day it begins again."""
    row = _fresh(newsletter)
    require(rules.may_edit(by, row))
    if row.goes_on:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        record("newsletters.ended", actor=by, subject=row)


@transaction.atomic
def resume(newsletter: Newsletter, *, by: Member) -> None:
    """It goes on."""
    row = _fresh(newsletter)
    require(rules.may_edit(by, row))
    if not row.goes_on:
        row.ended_at = None
        row.save(update_fields=["ended_at"])
        record("newsletters.resumed", actor=by, subject=row)


@transaction.atomic
def subscribe(newsletter: Newsletter, *, by: Member, by_mail: bool, shares_address: bool) -> Subscription:
    """Ask to be sent it, or ask for it in another way; done twice it is done once.

    Raises:
        Conflict: it has ended.
    """
    row = _fresh(newsletter)
    require(rules.may_subscribe(by, row))
    wishes = {"by_mail": by_mail, "shares_address": shares_address}
    mine = Subscription.objects.filter(newsletter=row, member=by).first()
    if mine is None and not row.goes_on:
        raise Conflict(_("This newsletter has ended."))
    mine, fresh = Subscription.objects.update_or_create(newsletter=row, member=by, defaults=wishes)
    record("newsletters.subscribed", actor=by, subject=row, fresh=fresh, **wishes)
    return mine


@transaction.atomic
def unsubscribe(newsletter: Newsletter, *, by: Member) -> None:
    """Be sent it no more; what is on its way stops too."""
    require(rules.may_unsubscribe(by))
    _leave(Subscription.objects.filter(newsletter=newsletter, member=by).first())


@transaction.atomic
def unsubscribe_by_address(key: int) -> None:
    """The same, by the signed address in a mail: of the mails alone, for that is what was pressed."""
    mine = Subscription.objects.select_for_update().filter(pk=key, by_mail=True).first()
    if mine is not None:
        mine.by_mail = False
        mine.save(update_fields=["by_mail"])
        _stop_mails(mine)
        record("newsletters.mail_ended", actor=mine.member_id, subject=mine.newsletter_id)


@transaction.atomic
def issue(newsletter: Newsletter, article: Article, *, by: Member) -> Issue:
    """Make a published article the next issue; its readers hear of it. An article is an issue once.

    Raises:
        Conflict: it has ended, the article is an issue already, or is not published.
    """
    row = _fresh(newsletter)
    require(rules.may_issue(by, row, article))
    earlier = Issue.objects.filter(article=article).first()
    if earlier is not None and earlier.newsletter_id == row.pk:
        return earlier
    if earlier is not None:
        raise Conflict(_("This article is an issue of another newsletter already."))
    if not row.goes_on or not article.is_published:
        raise Conflict(_("This newsletter has ended.") if not row.goes_on else _("This article is not published."))
    last = Issue.objects.filter(newsletter=row).aggregate(last=Max("number"))["last"] or 0
    made = Issue.objects.create(newsletter=row, article=article, number=last + 1)
    record("newsletters.issued", actor=by, subject=made, newsletter=row.pk)
    return made


def _slug(name: str) -> str:
    """The words of the name in its address, beside which pages of ours have addresses too."""
    made = slug_of(name)
    return f"newsletter-{made}" if made in TAKEN else made


def _leave(mine: Subscription | None) -> None:
    if mine is not None:
        _stop_mails(mine)
        record("newsletters.unsubscribed", actor=mine.member_id, subject=mine.newsletter_id)
        mine.delete()


def _stop_mails(mine: Subscription) -> None:
    """What waits to be mailed is not mailed; that it was told in the app stays told."""
    Delivery.objects.filter(issue__newsletter=mine.newsletter_id, member=mine.member_id, begun_at=None).update(
        by_mail=False
    )


def _keep(row: Newsletter) -> Newsletter:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict(_("You have a newsletter of this name already.")) from None
    return row


def _fresh(newsletter: Newsletter) -> Newsletter:
    """The newsletter as it is now, locked: issues get their numbers in turn.

    Raises:
        Conflict: it is gone.
    """
    row = Newsletter.objects.select_for_update(no_key=True).filter(pk=newsletter.pk).first()
    if row is None:
        raise Conflict(_("This newsletter is no longer here."))
    return row
