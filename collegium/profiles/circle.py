"""The people around a person, as far as a viewer may know of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from collegium.audience import people
from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.graph.degrees import FAR, Standing, mutual, standings
from collegium.graph.view import View
from collegium.lib import cursor
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member, MemberQuerySet
from collegium.openness.models import OpenToWork
from collegium.profiles.models import Pin
from collegium.ties.models import Connection
from collegium.vouching.models import ForeignRecommendation, Recommendation
from collegium.workplaces.models import Proof

PAGE = 30
COUNTED = 500
FACES = 3
# Of those both know, in which a face with a photo is looked for.
LOOKED_AT = 60


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
    """A person whose page the viewer may open, and whether she may read the list of connections too.

    `has` names what there is at all of it, for whomever: "openness", "proofs", "pins", "praise". What there is not need
    not be asked for; what there is is asked for under its own rule.
    """

    person: Member
    list_open: bool
    has: frozenset[str] = frozenset()


def _one(viewer: Viewer, slot: Slots) -> QuerySet[Member]:
    """The person of a handle, if the viewer may open her page, and whether her list of connections is open too."""
    rows = people.visible_to(viewer).filter(handle=slot.text("handle"))
    there = {
        "openness": OpenToWork.objects.filter(member=OuterRef("pk"), ended_at=None),
        "proofs": Proof.objects.filter(member=OuterRef("pk"), removed_at=None),
        "pins": Pin.objects.filter(member=OuterRef("pk")),
        "praise": Recommendation.objects.filter(recipient=OuterRef("pk")),
        "foreign_praise": ForeignRecommendation.objects.filter(member=OuterRef("pk")),
    }
    rows = rows.annotate(**{f"has_{name}": Exists(each) for name, each in there.items()})
    return rows.annotate(list_open=Q(near__gte=F("connections_audience"))).order_by()


def _counted(viewer: Viewer, slot: Slots) -> QuerySet[Member, tuple[int]]:
    """Keys of the connections the viewer may find, no more than are counted."""
    rows = people.findable_by(viewer).filter(pk__in=_others(Member(pk=slot.int("person"))))
    return rows.order_by().values_list("pk")[: COUNTED + 1]


def _known(slot: Slots) -> QuerySet[Member]:
    """The first faces among these people; those with a photo show best and come first."""
    rows = Member.objects.filter(slot.among("pk", "keys"))
    return rows.only("id", "handle", "name", "headline", "photo").order_by("-photo", "sort_name", "id")[:FACES]


SEEN = {
    True: Statement(lambda slot: _one(stand_in(slot.int("me")), slot)),
    False: Statement(lambda slot: _one(NOBODY, slot)),
}
KNOWN = Statement(_known)
COUNT: dict[bool, Statement[Any]] = {
    True: Statement(lambda slot: _counted(stand_in(slot.int("me")), slot)),
    False: Statement(lambda slot: _counted(NOBODY, slot)),
}


def sight(viewer: Viewer, handle: str) -> Sight | None:
    """The person of a handle as the viewer sees her; None for whom she may not see and for whom there is not alike."""
    asked = {"me": viewer.id} if viewer else {}
    row: Any = SEEN[bool(viewer)].first(handle=handle, **asked)
    if row is None:
        return None
    has = {name for name in ("openness", "proofs", "pins") if getattr(row, f"has_{name}")}
    if row.has_praise or row.has_foreign_praise:
        has.add("praise")
    return Sight(row, row.list_open, frozenset(has))


def counted(viewer: Viewer, person: Member) -> Count:
    """How many connections of somebody the viewer may know of, as `count` says it; for a list that is open to her."""
    asked = {"me": viewer.id} if viewer else {}
    number = len(COUNT[bool(viewer)].tuples(person=person.pk, **asked))
    return Count(min(number, COUNTED), number > COUNTED)


def both_know(viewer: Viewer, person: Member, view: View | None = None) -> Mutual:
    """The first few of the people both know, and how many there are in all.

    Args:
        viewer: who looks.
        person: the other one.
        view: the graph, where it was asked for already.
    """
    shared = mutual(viewer, [person.pk], most=LOOKED_AT, view=view).get(person.pk)
    return Mutual(KNOWN.rows(keys=shared.keys), shared.total) if shared else Mutual()


def connections_of(viewer: Viewer, person: Member) -> MemberQuerySet:
    """The people on that list whom the viewer may find; whether the list is open, `is_open` says."""
    return people.findable_by(viewer).filter(pk__in=_others(person))


def known_to_both(viewer: Viewer, person: Member) -> MemberQuerySet:
    """The people connected with both, as far as the viewer may know it (`graph.sight`).

    Args:
        viewer: who looks.
        person: the other one.
    """
    shared = mutual(viewer, [person.pk], most=person.connection_count).get(person.pk)
    return Member.objects.filter(pk__in=shared.keys if shared else ())


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
