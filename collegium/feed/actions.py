"""The verbs of the feed. Each opens with its rule, ends with its entry, and stands in one transaction."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet

from collegium.audience.level import Level
from collegium.feed import rules, writing
from collegium.feed.models import Comment, Commenting, Facet, Post, Reaction
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

GONE = "This post is no longer here."
# `xmax = 0` tells a fresh row from one that was there before, in the same statement.
REACT = """
INSERT INTO feed_reaction (member_id, {target}_id, kind) VALUES (%s, %s, %s)
ON CONFLICT (member_id, {target}_id) DO UPDATE SET kind = excluded.kind
RETURNING xmax = 0
"""


@transaction.atomic
def post(
    author: Member,
    body: str,
    *,
    audience: int = Level.CONNECTIONS,
    facet: str = Facet.PROFESSIONAL,
    commenting: str = Commenting.ANYONE,
    form_key: UUID | None = None,
) -> Post:
    """Share a text with the chosen people.

    Args:
        author: who speaks.
        body: cleaned text (`lib.text.clean_text`).
        audience: an `audience.Level`.
        facet: which side of the author speaks.
        commenting: who among the readers may comment.
        form_key: of the form it was typed in; the same form sent twice is one post.
    """
    require(rules.may_post(author))
    _lock(author)
    if form_key and (earlier := Post.objects.filter(author=author, form_key=form_key).first()):
        return earlier
    written = writing.write(body, author)
    row = Post.objects.create(
        author=author,
        body=body,
        html=written.html,
        audience=audience,
        facet=facet,
        commenting=commenting,
        form_key=form_key,
    )
    writing.keep_topics(row, written.topics)
    mentioned = writing.keep_mentions(written.mentioned, post=row)
    record("feed.posted", actor=author, subject=row, mentioned=mentioned)
    return row


@transaction.atomic
def edit_post(row: Post, *, by: Member, **changes: Any) -> Post:
    """Change text, audience, facet or who may comment; anything but the text may also be narrowed later.

    Args:
        row: the post.
        by: who edits.
        changes: any of `body`, `audience`, `facet`, `commenting`.
    """
    row = _fresh(row)
    require(rules.may_edit(by, row))
    mentioned: list[int] = []
    if (body := changes.pop("body", row.body)) != row.body:
        written = writing.write(body, by)
        row.body, row.html, row.edited_at = body, written.html, clock.now()
        writing.keep_topics(row, written.topics)
        mentioned = writing.keep_mentions(written.mentioned, post=row)
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(update_fields=["body", "html", "edited_at", *changes])
    record("feed.post_edited", actor=by, subject=row, mentioned=mentioned)
    return row


@transaction.atomic
def delete_post(row: Post, *, by: Member) -> None:
    """Take a post away, with all that was said under it."""
    row = _fresh(row)
    require(rules.may_edit(by, row))
    record("feed.post_deleted", actor=by, subject=row, comments=list(row.comments.values_list("pk", flat=True)))
    row.delete()


@transaction.atomic
def comment(
    row: Post, body: str, *, by: Member, parent: Comment | None = None, form_key: UUID | None = None
) -> Comment:
    """Say something under a post; a reply to a reply stands beside it, under the same comment."""
    row = _fresh(row)
    require(rules.may_comment(by, row))
    if form_key and (earlier := Comment.objects.filter(author=by, form_key=form_key).first()):
        return earlier
    if parent is not None:
        parent = Comment.objects.filter(pk=parent.parent_id or parent.pk, post=row).first()
        if parent is None:
            raise Conflict("The comment you reply to was deleted meanwhile.")
    written = writing.write(body, by)
    said = Comment.objects.create(post=row, parent=parent, author=by, body=body, html=written.html, form_key=form_key)
    Post.objects.filter(pk=row.pk).update(comment_count=F("comment_count") + 1)
    mentioned = writing.keep_mentions(written.mentioned, post=row, comment=said)
    record("feed.commented", actor=by, subject=said, post=row.pk, mentioned=mentioned)
    return said


@transaction.atomic
def edit_comment(said: Comment, body: str, *, by: Member) -> Comment:
    """Change the words of a comment."""
    _fresh(said.post)
    said = _again(said)
    require(rules.may_edit(by, said) and rules.sees(by, said.post))
    mentioned: list[int] = []
    if body != said.body:
        written = writing.write(body, by)
        said.body, said.html, said.edited_at = body, written.html, clock.now()
        said.save(update_fields=["body", "html", "edited_at"])
        mentioned = writing.keep_mentions(written.mentioned, post=said.post, comment=said)
    record("feed.comment_edited", actor=by, subject=said, post=said.post_id, mentioned=mentioned)
    return said


@transaction.atomic
def delete_comment(said: Comment, *, by: Member) -> None:
    """Take a comment away, with the replies under it."""
    _fresh(said.post)
    said = _again(said)
    require(rules.may_delete_comment(by, said))
    gone = [said.pk, *said.replies.values_list("pk", flat=True)]
    Post.objects.filter(pk=said.post_id).update(comment_count=F("comment_count") - len(gone))
    record("feed.comment_deleted", actor=by, subject=said, post=said.post_id, comments=gone)
    said.delete()


@transaction.atomic
def react(thing: Post | Comment, kind: str, *, by: Member) -> None:
    """React, or change one's reaction; doing it twice is doing it once."""
    row = _fresh(thing if isinstance(thing, Post) else thing.post)
    thing = row if isinstance(thing, Post) else _again(thing)
    require(rules.may_react(by, row))
    target = "post" if isinstance(thing, Post) else "comment"
    with connection.cursor() as statement:
        statement.execute(REACT.format(target=target), [by.pk, thing.pk, kind])
        (fresh,) = statement.fetchone() or (False,)
    if fresh:
        _rows(thing).filter(pk=thing.pk).update(reaction_count=F("reaction_count") + 1)
    record("feed.reacted", actor=by, subject=thing, target=target, post=row.pk, reaction=kind, fresh=fresh)


@transaction.atomic
def unreact(thing: Post | Comment, *, by: Member) -> None:
    """Take one's reaction back; nothing happens when there is none."""
    require(rules.may_take_back(by))
    row = _fresh(thing if isinstance(thing, Post) else thing.post)
    target = "post" if isinstance(thing, Post) else "comment"
    gone, _ = Reaction.objects.filter(member=by, **{target: thing}).delete()
    if gone:
        _rows(thing).filter(pk=thing.pk).update(reaction_count=F("reaction_count") - 1)
        record("feed.unreacted", actor=by, subject=thing, target=target, post=row.pk)


def _rows(thing: Post | Comment) -> QuerySet[Any]:
    """The table the thing stands in."""
    return Post.objects.all() if isinstance(thing, Post) else Comment.objects.all()


def _lock(author: Member) -> None:
    """Make one author's posts come one after the other, so that a form sent twice finds the post it made."""
    Member.objects.select_for_update(no_key=True).get(pk=author.pk)


def _fresh(row: Post) -> Post:
    """The post as it is now, locked: whatever hangs on it (comments, reactions, counters) changes in turn.

    Raises:
        Conflict: it was deleted meanwhile.
    """
    locked = Post.objects.select_for_update(no_key=True).filter(pk=row.pk).first()
    if locked is None:
        raise Conflict(GONE)
    return locked


def _again(said: Comment) -> Comment:
    """The comment as it is now.

    Raises:
        Conflict: it was deleted meanwhile.
    """
    found = Comment.objects.select_related("post").filter(pk=said.pk).first()
    if found is None:
        raise Conflict("This comment is no longer here.")
    return found
