"""The people around a person, as far as a viewer may know of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import Http404

from collegium.audience import people
from collegium.audience.rule import CONNECTED
from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.members.models import Member, MemberQuerySet
from collegium.ties.degrees import FAR, Standing, standings
from collegium.ties.models import Connection

PAGE = 30
COUNTED = 500
FACES = 5


@dataclass(frozen=True, slots=True)
class Count:
    """How many, counted no further than `COUNTED`."""

    number: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list of people, each with how the viewer stands to them; `after` is the cursor of the next page."""

    people: Sequence[tuple[Member, Standing]]
    after: str


@dataclass(frozen=True, slots=True)
class Mutual:
    """The people two both know: some faces, and how many there are."""

    faces: Sequence[Member] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """A person whose page the viewer may open, and whether she may read the list of connections too."""

    person: Member
    list_open: bool


def sight(viewer: Viewer, handle: str) -> Sight | None:
    """The person with this handle as the viewer sees her; None is for whom she may not see and for whom there is not.

    Nearly everybody who may be seen may be found as well, and that is the cheaper question; so it comes first.
    """
    for rows in (people.findable_by(viewer), people.visible_to(viewer)):
        row = rows.annotate(list_open=Q(near__gte=F("connections_audience"))).filter(handle=handle).first()
        if row is not None:
            return Sight(row, row.list_open)
    return None


def connections_of(viewer: Viewer, person: Member) -> MemberQuerySet:
    """The people on that list whom the viewer may find; whether the list is open, `is_open` says."""
    return people.findable_by(viewer).filter(pk__in=_others(person))


def known_to_both(viewer: Viewer, person: Member, *, open_list: bool) -> MemberQuerySet:
    """The people connected with both.

    That M knows S is shown when the viewer could read it in either list: in S's, or in M's, who is connected with the
    viewer and so hides the list from her only by hiding it from everybody.

    Args:
        viewer: who looks.
        person: the other one.
        open_list: whether the viewer may read the person's list.
    """
    if viewer.member is None:
        return Member.objects.none()
    both = people.findable_by(viewer).filter(pk__in=_others(viewer.member)).filter(pk__in=_others(person))
    return both if open_list else both.filter(Q(connections_audience__lte=CONNECTED))


def faces(rows: MemberQuerySet, total: int) -> Mutual:
    """The first few of the people both know; those with a photo show best and come first."""
    if not total:
        return Mutual()
    shown = rows.only("id", "handle", "name", "headline", "photo").order_by("-photo", "sort_name", "id")[:FACES]
    return Mutual(list(shown), total)


def count(rows: MemberQuerySet) -> Count:
    """How many people the viewer may know of; a long list is not counted to its end."""
    number = rows.order_by()[: COUNTED + 1].count()
    return Count(min(number, COUNTED), number > COUNTED)


def page(viewer: Viewer, rows: MemberQuerySet, after: str) -> Page:
    """One page of a list of people, by name.

    Args:
        viewer: who looks.
        rows: the whole list.
        after: the cursor of the page before.

    Raises:
        Http404: the cursor is not one of this list.
    """
    if after:
        last = Member.objects.filter(pk=cursor.unpack(after, 1)[0]).values_list("sort_name", "pk").first()
        if last is None:
            raise Http404
        rows = rows.filter(Q(sort_name__gt=last[0]) | Q(sort_name=last[0], pk__gt=last[1]))
    found = list(rows.only("id", "handle", "name", "headline", "photo").order_by("sort_name", "id")[: PAGE + 1])
    shown = found[:PAGE]
    near = standings(viewer.member, (member.pk for member in shown))
    rest = cursor.pack(shown[-1].pk) if len(found) > PAGE else ""
    return Page([(member, near.get(member.pk, FAR)) for member in shown], rest)


def _others(member: Member) -> Any:
    """The keys of the people somebody is connected with."""
    return Connection.objects.filter(member=member).values("other_id")
