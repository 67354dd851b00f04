"""The verbs of the feed. Each opens with its rule, ends with its entry, and stands in one transaction."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet

from collegium.audience.level import Level
from collegium.audience.rule import IN_PLACE
from collegium.feed import rules, selecting, writing
from collegium.feed.attachments import Parts
from collegium.feed.holding import holders
from collegium.feed.locking import again as _again
from collegium.feed.locking import fresh as _fresh
from collegium.feed.models import Comment, Commenting, Facet, Post, Reaction, Side, State, Version
from collegium.feed.models.talk import STANDING
from collegium.feed.pages.auditing import log
from collegium.feed.pages.voices import voice
from collegium.feed.places import posting, seats
from collegium.feed.selecting import Choice
from collegium.feed.sides.speaking import speaks
from collegium.feed.talking.standing import TooSoon, leave_place, settle
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.organizations.models import Organization

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
    choice: Choice | None = None,
    facet: str = Facet.PROFESSIONAL,
    side: Side | None = None,
    commenting: str = Commenting.ANYONE,
    form_key: UUID | None = None,
    parts: Parts | None = None,
    page: Organization | None = None,
    **more: Any,
) -> Post:
    """Share something with the chosen people, or as a page with everybody.

    Args:
        author: who speaks.
        body: cleaned text (`lib.text.clean_text`).
        audience: an `audience.Level`, where nobody is named.
        choice: the audience, where somebody may be, or a group: there she speaks from her professional side.
        facet: which side of the author speaks.
        side: the facet of her own that speaks; it says which of the two sides that is.
        commenting: who among the readers may comment.
        form_key: of the form it was typed in; the same form sent twice is one post.
        parts: what hangs on it, valid.
        page: which organisation speaks instead of her; the post then has no author, and audience and side mean nothing.
        more: `machine`, `ends_at`, `approving`, `slow_seconds`, `closes_at`.

    Raises:
        Conflict: there is nothing to post.
    """
    require(rules.may_post(author) and rules.may_speak_as(author, page))
    choice = (choice or Choice(audience)) if page is None else Choice(IN_PLACE)
    require(rules.may_choose(author, choice))
    carries = parts is not None and parts.are_there
    if not (body or carries):
        raise Conflict("There is nothing to post yet.")
    _lock(author)
    if form_key and (earlier := Post.objects.filter(**voice(author, page), form_key=form_key).first()):
        return earlier
    written = writing.write(body, author, page=page)
    place: dict[str, Any] = {} if page is not None else speaks(author, facet, side)
    if choice.group is not None:
        place = posting.columns(author, choice.group, written.topics)
    row = Post.objects.create(
        **voice(author, page),
        body=body,
        html=written.html,
        has_parts=carries,
        audience=choice.audience,
        selection=choice.selection,
        commenting=commenting,
        form_key=form_key,
        **place,
        **more,
    )
    selecting.keep(row, choice)
    if parts is not None:
        parts.attach(row, author)
    writing.keep_topics(row, written.topics)
    mentioned = writing.keep_mentions(written.mentioned, post=row)
    posting.told(row, author, mentioned)
    log("posted", row, by=author)
    return row


@transaction.atomic
def edit_post(
    row: Post, *, by: Member, choice: Choice | None = None, parts: Parts | None = None, **changes: Any
) -> Post:
    """Change text, audience, facet or who may comment; anything but the text may also be narrowed later.

    Args:
        row: the post.
        by: who edits.
        choice: another audience.
        parts: what is to hang on it, of the kinds that can be changed later.
        changes: any of `body`, `audience`, `facet`, `side`, `commenting`, `machine`, `ends_at`.
    """
    row = _fresh(row)
    require(rules.may_edit(by, row) and seats.may_change(by, row))
    require(choice is None or posting.stays_in_place(row, choice.group), posting.moved())
    if row.audience == IN_PLACE:
        # Its place decides who reads it, and in a place nobody speaks from a side of hers.
        choice = None
        changes = {name: value for name, value in changes.items() if name not in ("facet", "side")}
    if {"facet", "side"} & changes.keys():
        changes |= speaks(by, changes.get("facet", row.facet), changes.get("side"))
    if choice is not None:
        require(rules.may_choose(by, choice))
        changes |= {"audience": choice.audience, "selection": choice.selection}
        selecting.keep(row, choice)
    if parts is not None:
        parts.attach(row, by)
    mentioned: list[int] = []
    reworded = (body := changes.pop("body", row.body)) != row.body
    if reworded:
        Version.objects.create(post=row, body=row.body, html=row.html)
        written = writing.write(body, by, page=row.page)
        row.body, row.html, row.edited_at = body, written.html, clock.now()
        writing.keep_topics(row, written.topics)
        mentioned = writing.keep_mentions(written.mentioned, post=row)
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(update_fields=["body", "html", "edited_at", *changes])
    if reworded:
        posting.reworded(row, by)
    record("feed.post_edited", actor=by, subject=row, mentioned=mentioned, reworded=reworded)
    log("post_edited", row, by=by)
    return row


@transaction.atomic
def delete_post(row: Post, *, by: Member) -> None:
    """Take a post away, with all that was said under it."""
    row = _fresh(row)
    require(rules.may_edit(by, row))
    record("feed.post_deleted", actor=by, subject=row, comments=list(row.comments.values_list("pk", flat=True)))
    log("post_deleted", row, by=by)
    row.delete()


@transaction.atomic
def end_post(row: Post) -> None:
    """Take away a post whose hour has come, as its author chose; nobody has to be in good standing for that."""
    row = _fresh(row)
    require(rules.is_over(row))
    comments = list(row.comments.values_list("pk", flat=True))
    record("feed.post_deleted", actor=row.author_id, subject=row, comments=comments)
    row.delete()


@transaction.atomic
def comment(
    row: Post,
    body: str,
    *,
    by: Member,
    parent: Comment | None = None,
    form_key: UUID | None = None,
    page: Organization | None = None,
) -> Comment:
    """Say something under a post, or let a page say it; a reply to a reply stands beside it, under the same comment.

    Raises:
        TooSoon: the conversation goes slowly, and it is not her turn again yet.
    """
    seats.hold(by, row)
    row = _fresh(row)
    require(rules.may_comment(by, row) and rules.may_comment_as(by, row, page))
    if form_key and (earlier := Comment.objects.filter(**voice(by, page), form_key=form_key).first()):
        return earlier
    if (due := rules.may_speak_at(by, row)) is not None:
        raise TooSoon(due)
    above = _above(row, parent) if parent is not None else None
    written = writing.write(body, by, page=page)
    state = State.WAITING if rules.must_wait(by, row) else State.SHOWN
    said = Comment.objects.create(
        post=row, parent=above, state=state, body=body, html=written.html, form_key=form_key, **voice(by, page)
    )
    if said.is_shown:
        Post.objects.filter(pk=row.pk).update(comment_count=F("comment_count") + 1)
    mentioned = writing.keep_mentions(written.mentioned, post=row, comment=said)
    record("feed.commented", actor=by, subject=said, post=row.pk, mentioned=mentioned, waits=not said.is_shown)
    log("commented", said, by=by)
    return said


@transaction.atomic
def edit_comment(said: Comment, body: str, *, by: Member) -> Comment:
    """Change the words of a comment; where comments are let in one by one, changed words wait again."""
    row = _fresh(said.post)
    said = _again(said)
    require(rules.may_edit(by, said) and rules.sees(by, said.post) and said.state != State.REFUSED)
    require(seats.may_change(by, row))
    mentioned: list[int] = []
    again = False
    if body != said.body:
        written = writing.write(body, by, page=said.page)
        again = said.is_shown and rules.must_wait(by, row)
        said.state = State.WAITING if again else said.state
        said.body, said.html, said.edited_at = body, written.html, clock.now()
        said.save(update_fields=["body", "html", "edited_at", "state"])
        mentioned = writing.keep_mentions(written.mentioned, post=said.post, comment=said)
    if again:
        settle(row)
    record("feed.comment_edited", actor=by, subject=said, post=said.post_id, mentioned=mentioned, waits=again)
    log("comment_edited", said, by=by)
    return said


@transaction.atomic
def delete_comment(said: Comment, *, by: Member) -> None:
    """Take a comment away; what others replied stays, under a place without words or name."""
    row = _fresh(said.post)
    said = _again(said)
    require(rules.may_delete_comment(by, said))
    log("comment_deleted", said, by=by)
    above = said.parent
    gone, writers = [said.pk], holders(said)
    if said.state != State.HIDDEN and said.replies.exists():
        leave_place(said)
    else:
        gone += said.replies.values_list("pk", flat=True)
        said.delete()
    if above is not None and above.is_gone and not above.replies.exists():
        above.delete()
    settle(row)
    record("feed.comment_deleted", actor=by, subject=gone[0], post=row.pk, comments=gone, writers=writers)


@transaction.atomic
def react(thing: Post | Comment, kind: str, *, by: Member) -> None:
    """React, or change one's reaction; doing it twice is doing it once."""
    row = _fresh(thing if isinstance(thing, Post) else thing.post)
    thing = row if isinstance(thing, Post) else _again(thing)
    require(rules.may_react(by, row))
    if isinstance(thing, Comment) and not thing.is_shown:
        raise Conflict("This comment is not shown now.")
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


def _above(row: Post, parent: Comment) -> Comment:
    """The comment under which a reply to this one stands.

    Raises:
        Conflict: what is replied to was deleted, or is not shown any more.
    """
    meant = Comment.objects.select_related("parent").filter(pk=parent.pk, post=row).first()
    if meant is None or not meant.is_shown or (meant.parent and meant.parent.state not in STANDING):
        raise Conflict("The comment you reply to is no longer shown.")
    return meant.parent or meant
