"""Who stands between two people: those both know, first those who know both best."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from collegium.audience.viewer import Viewer
from collegium.career.history import Shared, shared_with_many
from collegium.graph import paths
from collegium.graph.view import View
from collegium.members.models import Member
from collegium.ties.models import Connection

LOOKED_AT = 60
OFFERED = 12


@dataclass(frozen=True, slots=True)
class Through:
    """Somebody a way begins with.

    Attributes:
        person: a connection of the viewer.
        with_me: the latest time she and the viewer were at one place, as far as the viewer may read of it.
        with_them: the same of her and the person the way leads to, where she knows that person.
        onward: the people between her and the person the way leads to, a few ways of many; empty where she knows her.
    """

    person: Member
    with_me: Shared | None = None
    with_them: Shared | None = None
    onward: Sequence[tuple[Member, ...]] = field(default=())


def between(
    viewer: Viewer, target: Member, most: int = OFFERED, first: str = "", view: View | None = None
) -> list[Through]:
    """Those both know, the likeliest to be asked first.

    Who shares a place and a time with both stands before who shares one with one of them; then whose shared time is
    the latest; then whose connection with the viewer is the youngest.

    Args:
        viewer: from whom.
        target: to whom; somebody whom she sees.
        most: how many are named.
        first: the handle of one who is to stand first, where she is among those both know.
        view: the graph, where it was asked for already.
    """
    keys = paths.toward(viewer, [target.pk], most=LOOKED_AT, view=view).get(target.pk, [])
    if not keys or viewer.member is None:
        return []
    keys = _with(viewer, target, keys, first)
    return ranked(viewer, list(Member.objects.active().filter(pk__in=keys)), target, first)[:most]


def ranked(viewer: Viewer, people: Sequence[Member], target: Member, first: str = "") -> list[Through]:
    """These connections of the viewer, in the order of `between`."""
    keys = [each.pk for each in people]
    mine, theirs = shared_with_many(viewer, viewer.id, keys), shared_with_many(viewer, target.pk, keys)
    since = dict(Connection.objects.filter(member=viewer.member, other__in=keys).values_list("other_id", "since"))
    found = [Through(each, _latest(mine.get(each.pk)), _latest(theirs.get(each.pk))) for each in people]
    found = sorted((each for each in found if each.person.pk in since), key=lambda each: each.person.sort_name)
    found.sort(key=lambda each: (*_weight(each), since[each.person.pk]), reverse=True)
    found.sort(key=lambda each: each.person.handle != first)
    return found


def _with(viewer: Viewer, target: Member, keys: list[int], handle: str) -> list[int]:
    """The same keys and that of the person asked for, if she is one of those both know, however many there are."""
    if not handle or len(keys) < LOOKED_AT:
        return keys
    one = Member.objects.active().filter(handle=handle).exclude(pk__in=keys).first()
    if one is None:
        return keys
    every = paths.toward(viewer, [target.pk], most=viewer.me.connection_count).get(target.pk, [])
    return [*keys, one.pk] if one.pk in every else keys


def _weight(each: Through) -> tuple[int, str]:
    """How many of the two she was somewhere with, and until when with the one of longer ago."""
    ends = [shared.until or "9999" for shared in (each.with_me, each.with_them) if shared is not None]
    return len(ends), min(ends, default="")


def _latest(shared: list[Shared] | None) -> Shared | None:
    return shared[0] if shared else None
