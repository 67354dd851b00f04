"""Posting in a group: whether it is shown at once, and what follows when it is or is not."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from collegium.feed.models import Held, Mention, PlaceState, Post
from collegium.feed.places import topics
from collegium.groups import rules as groups
from collegium.groups.models import Group, Membership
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


def columns(author: Member, group: Group, slugs: Collection[str]) -> dict[str, Any]:
    """What the row of a post in a group says of its place, when this person may post there.

    Her seat is locked, so that a ban finds what she posted, or she finds the ban.

    Args:
        author: who posts.
        group: where.
        slugs: the topics the words name.

    Raises:
        Refusal: she may not, and why.
        Conflict: the group is gone.
    """
    list(Membership.objects.select_for_update(no_key=True).filter(member=author, group=group).values_list("role"))
    now = Group.objects.filter(pk=group.pk).first()
    if now is None:
        raise Conflict(_("This group is no longer here."))
    reason = groups.why_silent(author, now)
    require(not reason, reason)
    return {"group": now, "place_state": state_of(author, now, slugs)}


def state_of(author: Member, group: Group, slugs: Collection[str]) -> PlaceState:
    """How a post about these topics would stand there."""
    if groups.may_keep(author, group):
        return PlaceState.SHOWN
    waits = groups.waits(author, group) or topics.is_outside(group, slugs)
    return PlaceState.WAITING if waits else PlaceState.SHOWN


def stays_in_place(post: Post, group: Group | None) -> bool:
    """Whether a chosen audience leaves a post in the group it was said in, or out of all of them."""
    return post.page_id is not None or post.group_id == (None if group is None else group.pk)


def moved() -> str:
    """Why a post is not taken from one place to another."""
    return _("A post stays where it was posted: those who answered it answered there. Delete it, and post it anew.")


def reworded(post: Post, by: Member) -> None:
    """Where posts wait to be let in, changed words wait again; they keep their place on the wall."""
    if post.group is None or post.place_state != PlaceState.SHOWN:
        return
    slugs = post.post_topics.values_list("topic__slug", flat=True)
    if state_of(by, post.group, list(slugs)) == PlaceState.SHOWN:
        return
    post.place_state = PlaceState.WAITING
    post.save(update_fields=["place_state"])
    Held.objects.update_or_create(post=post, defaults=_waiting(again=True))
    record("feed.place_waits", actor=by, subject=post, group=post.group_id)


def _waiting(*, again: bool) -> dict[str, Any]:
    return {"since": clock.now(), "by": None, "words": "", "outcome": Held.Outcome.NONE, "ban": None, "again": again}


def told(post: Post, actor: Member, mentioned: Collection[int]) -> None:
    """Write down that it was posted, or that it waits: who is named in what waits hears once it is let in."""
    if post.place_state == PlaceState.WAITING:
        again = Held.objects.filter(post=post, again=True).exists()
        Held.objects.update_or_create(post=post, defaults=_waiting(again=again))
        record("feed.place_waits", actor=actor, subject=post, group=post.group_id)
    else:
        record("feed.posted", actor=actor, subject=post, mentioned=list(mentioned))


def named_in(post: Post) -> list[int]:
    """Who is named in its words, by key."""
    return list(Mention.objects.filter(post=post, comment=None).values_list("member_id", flat=True))
