"""The verbs of those who keep a group: hide a post or a comment, show it again, remove it, put it first, recommend it.

Each tells its author, with the words of whoever did it, and stands in the log of the group.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.feed import rules
from collegium.feed.locking import fresh
from collegium.feed.models import Comment, GroupMark, Held, HeldComment, PlaceState, Post, State
from collegium.feed.models.places import MOST_PINNED
from collegium.feed.places import seats
from collegium.feed.places.queue import decided
from collegium.feed.talking import actions as talking
from collegium.groups.models import Group
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.lib.text import excerpt
from collegium.members.models import Member

EXCERPT = 300


@transaction.atomic
def hide(row: Post, *, by: Member, words: str = "") -> None:
    """Take a post off the wall; its author and those who keep the group go on seeing it. Twice is once.

    Raises:
        Conflict: it waits, or was sent back.
    """
    row = _kept(row, by)
    if row.place_state == PlaceState.HIDDEN:
        return
    if row.place_state != PlaceState.SHOWN:
        raise Conflict(decided())
    row.place_state = PlaceState.HIDDEN
    row.save(update_fields=["place_state"])
    why = {"since": clock.now(), "by": by, "words": words, "again": True}
    Held.objects.update_or_create(post=row, defaults=why)
    record("feed.place_hidden", actor=by, subject=row.group_id, **_about(row, words))


@transaction.atomic
def show(row: Post, *, by: Member) -> None:
    """Put a hidden post back where it stood; twice is once.

    Raises:
        Conflict: it waits, or was sent back.
    """
    row = _kept(row, by)
    if row.place_state == PlaceState.SHOWN:
        return
    if row.place_state != PlaceState.HIDDEN:
        raise Conflict(decided())
    row.place_state = PlaceState.SHOWN
    row.save(update_fields=["place_state"])
    Held.objects.filter(post=row).delete()
    record("feed.place_shown", actor=by, subject=row.group_id, **_about(row))


@transaction.atomic
def remove(row: Post, *, by: Member, words: str = "") -> None:
    """Take a post away for good, with all that was said under it; its author is told, with how it began."""
    row = _kept(row, by)
    record("feed.post_deleted", actor=by, subject=row, comments=list(row.comments.values_list("pk", flat=True)))
    said = excerpt(row.body, EXCERPT)
    record("feed.place_removed", actor=by, subject=row.group_id, said=said, **_about(row, words))
    row.delete()


@transaction.atomic
def pin(row: Post, *, by: Member) -> None:
    """Put a post first on the wall; twice is once.

    Raises:
        Conflict: it is not shown, or as many stand first as may.
    """
    row = _shown(row, by)
    # Two who pin at once must not both find a place.
    list(Group.objects.select_for_update(no_key=True).filter(pk=row.group_id or 0).values_list("pk"))
    first = GroupMark.objects.filter(group=row.group_id, kind=GroupMark.Kind.PINNED)
    if first.filter(post=row).exists():
        return
    if first.count() >= MOST_PINNED:
        raise Conflict(_("Three posts stand first already. Take one of them down before you put up another."))
    _mark(row, by, GroupMark.Kind.PINNED)
    record("feed.place_pinned", actor=by, subject=row.group_id, **_about(row))


@transaction.atomic
def unpin(row: Post, *, by: Member) -> None:
    """Let it stand in its order again."""
    row = _kept(row, by)
    if _unmark(row, GroupMark.Kind.PINNED):
        record("feed.place_unpinned", actor=by, subject=row.group_id, **_about(row))


@transaction.atomic
def recommend(row: Post, *, by: Member) -> None:
    """Recommend a post to those who come later; twice is once."""
    row = _shown(row, by)
    if not GroupMark.objects.filter(post=row, kind=GroupMark.Kind.RECOMMENDED).exists():
        _mark(row, by, GroupMark.Kind.RECOMMENDED)
        record("feed.place_recommended", actor=by, subject=row.group_id, **_about(row))


@transaction.atomic
def recommend_no_longer(row: Post, *, by: Member) -> None:
    """Take that back."""
    row = _kept(row, by)
    if _unmark(row, GroupMark.Kind.RECOMMENDED):
        record("feed.place_not_recommended", actor=by, subject=row.group_id, **_about(row))


@transaction.atomic
def hide_comment(said: Comment, *, by: Member, words: str = "") -> None:
    """Hide a comment with words; only those who keep the group show it again. Twice is once."""
    row = _kept(said.post, by)
    if said.state == State.HIDDEN:
        return
    why, _new = HeldComment.objects.update_or_create(comment=said, defaults={"by": by, "words": words, "ban": None})
    talking.hide(said, by=by)
    data = {"post": row.pk, "comment": why.pk, "member": said.author_id, "words": words}
    record("feed.place_comment_hidden", actor=by, subject=row.group_id, **data)


def _kept(row: Post, by: Member) -> Post:
    """The post, locked, when this person keeps its group and sees it."""
    row = fresh(row)
    require(seats.keeps(by, row) and rules.sees(by, row))
    return row


def _shown(row: Post, by: Member) -> Post:
    row = _kept(row, by)
    if row.place_state != PlaceState.SHOWN:
        raise Conflict(_("This post is not shown now."))
    return row


def _mark(row: Post, by: Member, kind: str) -> None:
    GroupMark.objects.create(post=row, group_id=row.group_id or 0, kind=kind, by=by)


def _unmark(row: Post, kind: str) -> bool:
    gone, _rows = GroupMark.objects.filter(post=row, kind=kind).delete()
    return bool(gone)


def _about(row: Post, words: str = "") -> dict[str, Any]:
    """What the log of the group and those who are told need of a post."""
    return {"post": row.pk, "member": row.author_id, "words": words}
