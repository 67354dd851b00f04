"""Who is in a group, for those who read in it; and who keeps it, for whoever may know of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, F, Func, Q, QuerySet

from collegium.audience import people as sight
from collegium.audience.rule import PUBLIC, closeness
from collegium.audience.viewer import Viewer, stand_in
from collegium.groups.models import Group, Membership, Role
from collegium.groups.seating import Place
from collegium.lib import cursor
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member

PAGE = 30
ORDER = ("-role", "since", "member_id")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class People:
    """A stretch of the list; `older` is the cursor of the next, empty at the end."""

    rows: list[Membership] = field(default_factory=list)
    older: str = ""


def members(place: Place, *, role: int | None = None, after: str = "") -> People:
    """Owners, managers, moderators first, then everybody by how long they have been there.

    Those whom a block parts from the viewer are not on her list, nor those out of good standing. Whoever only looks in
    from outside is not shown those whose page is closed to her.

    Args:
        place: how the viewer stands to the group; she reads in it.
        role: only those with this role.
        after: where the list goes on.

    Raises:
        Http404: the cursor is none of ours.
    """
    if after or role is not None or not place.viewer:
        rows = seen(place).order_by(*ORDER)
        keys = _stretch(rows if role is None else rows.filter(role=role), after)
    else:
        keys = [key for (key,) in FIRST[place.seat is not None].tuples(me=place.viewer.id, group=place.group.pk)]
    shown = _shown(place, keys) if keys else []
    if len(shown) <= PAGE:
        return People(shown)
    last = shown[PAGE - 1]
    return People(shown[:PAGE], cursor.pack(last.role, (last.since - _EPOCH) // _TICK, last.member_id))


def seen(place: Place) -> QuerySet[Membership]:
    """Those of the group whom the viewer is shown."""
    return _seen(place.viewer, place.group.pk, inside=place.seat is not None)


def written(place: Place, people: People) -> set[int]:
    """The keys of those whom the viewer may write to as a co-member: how often is said where she writes."""
    if place.seat is None or not (place.seat.reachable and place.group.is_open):
        return set()
    keys = [row.member_id for row in people.rows if row.reachable and row.member_id != place.viewer.id]
    return {key for (key,) in OPEN.tuples(me=place.viewer.id, keys=keys)} if keys else set()


def keepers(place: Place) -> list[Membership]:
    """Owners and managers, who stand for the group by name: as far as the viewer sees them."""
    rows = seen(place).filter(role__gte=Role.MANAGER)
    return list(rows.select_related("member").order_by("-role", "since", "member_id"))


def person(place: Place, handle: str) -> Membership | None:
    """One of those the viewer is shown."""
    return seen(place).filter(member__handle=handle).select_related("member").first()


def heirs(group: Group, without: Member) -> list[Member]:
    """Who might own it next: the next in line first."""
    rows = Membership.objects.filter(group=group, member__standing=Member.Standing.ACTIVE).exclude(member=without)
    return [row.member for row in rows.select_related("member").order_by("-role", "since", "member_id")[:50]]


def _seen(viewer: Viewer, group: int, *, inside: bool) -> QuerySet[Membership]:
    return _judged(Membership.objects.filter(group=group), viewer, inside=inside)


def _judged(rows: QuerySet[Membership], viewer: Viewer, *, inside: bool) -> QuerySet[Membership]:
    least = PUBLIC if inside else F("member__visibility")
    return rows.alias(near=closeness(viewer, "member", second=False)).filter(near__gte=least)


def _first(slot: Slots, *, inside: bool) -> QuerySet[Membership, Any]:
    rows = _seen(stand_in(slot.int("me")), slot.int("group"), inside=inside).order_by(*ORDER)
    return rows.values_list("member_id")[: PAGE + 1]


def _among(slot: Slots, *, inside: bool) -> QuerySet[Membership]:
    # Asked so, the group is no way into an index: a plan that is kept would go through all of a large one.
    group = Func(F("group_id"), template="(%(expressions)s + 0)", output_field=BigIntegerField())
    rows = _judged(
        Membership.objects.alias(there=group).filter(there=slot.int("group")), stand_in(slot.int("me")), inside=inside
    )
    return rows.filter(slot.among("member_id", "keys")).select_related("member").order_by(*ORDER)


# By whether the viewer is in the group.
FIRST = {
    True: Statement(lambda slot: _first(slot, inside=True)),
    False: Statement(lambda slot: _first(slot, inside=False)),
}
AMONG = {
    True: Statement(lambda slot: _among(slot, inside=True)),
    False: Statement(lambda slot: _among(slot, inside=False)),
}
OPEN = Statement(lambda slot: sight.visible_to(stand_in(slot.int("me"))).filter(slot.among("id", "keys")).only("pk"))


def _shown(place: Place, keys: list[int]) -> list[Membership]:
    """Those of these whom the viewer is shown."""
    inside = place.seat is not None
    if place.viewer:
        return AMONG[inside].rows(me=place.viewer.id, group=place.group.pk, keys=keys)
    return list(seen(place).filter(member_id__in=keys).select_related("member").order_by(*ORDER))


def _stretch(rows: QuerySet[Membership], after: str) -> list[int]:
    """The keys of the next page and of one more.

    What goes on among those of the same role and what comes after them are two ways into one index; asked for as one
    condition, the rows before would be walked past one by one.
    """
    if not after:
        return list(rows.values_list("member_id", flat=True)[: PAGE + 1])
    role, tick, member = cursor.unpack(after, 3)
    since = _moment(tick)
    later = Q(since__gt=since) | Q(since=since, member_id__gt=member)
    same = rows.filter(later, role=role, since__gte=since)[: PAGE + 1]
    below = rows.filter(role__lt=role)[: PAGE + 1]
    both = same.values_list("role", "since", "member_id").union(
        below.values_list("role", "since", "member_id"), all=True
    )
    return [row[2] for row in both.order_by("-role", "since", "member_id")[: PAGE + 1]]


def _moment(tick: int) -> datetime:
    """The instant of a cursor; one that no calendar has is at its end."""
    try:
        return _EPOCH + tick * _TICK
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC) if tick > 0 else datetime.min.replace(tzinfo=UTC)
