"""A viewer's connections as the picture needs them: who they are, who of them know each other, where they were.

Only what she may know: `graph.near` tells whom she sees and which ties among them are known to her, and of a profile
the parts are read that are open to her. Somebody who restricts her shows her what any member sees.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import F, OuterRef, QuerySet

from collegium.audience.rule import closeness
from collegium.audience.viewer import Viewer, stand_in
from collegium.career.models import Holding, Item, level_of
from collegium.career.sections import Part, Section
from collegium.graph import index, near
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member

# As many as a picture can show; of more connections those are drawn who know the most of the others.
DRAWN = 320
MOST_ROWS = 12_000
Pairs = npt.NDArray[np.int64]


class Kind(StrEnum):
    """What people can share."""

    COMPANY = "company"
    SCHOOL = "school"
    PLACE = "place"
    SKILL = "skill"


SECTIONS = {Section.POSITIONS: Kind.COMPANY, Section.EDUCATION: Kind.SCHOOL}


@dataclass(frozen=True, slots=True)
class Shared:
    """Something people may have in common.

    Attributes:
        kind: what it is.
        key: by which it is the same thing for two people.
        name: as it is shown.
        now: whether it goes on; only for companies.
        wide: whether it is a country rather than a place in it.
    """

    kind: Kind
    key: str
    name: str = field(compare=False)
    now: bool = field(default=False, compare=False)
    wide: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Circle:
    """The connections that are drawn.

    Attributes:
        people: in the order of their keys; everything else names them by their place in this list.
        ties: pairs of places, shape (n, 2), the smaller first.
        degrees: how many of the viewer's connections each is known to know, drawn or not.
        shares: what is known of each.
        total: how many connections there are, drawn or not.
    """

    people: list[Member]
    ties: Pairs
    degrees: npt.NDArray[np.int64]
    shares: list[list[Shared]]
    total: int

    @property
    def left_out(self) -> int:
        """How many are not drawn."""
        return self.total - len(self.people)


def read(viewer: Viewer, most: int = DRAWN) -> Circle:
    """The viewer's connections, at most so many. Four statements.

    Args:
        viewer: a member in good standing.
        most: how many are drawn.
    """
    view = index.view()
    keys = np.array(sorted(near.first(viewer, view)), np.int64)
    pairs = np.array(near.among(viewer, keys.tolist(), view), np.int64).reshape(-1, 2)
    places = np.searchsorted(keys, pairs)
    degrees = np.bincount(places.ravel(), minlength=len(keys))
    chosen = np.sort(np.lexsort((keys, -degrees))[:most])
    people = PEOPLE.rows(keys=keys[chosen].tolist()) if len(chosen) else []
    found = {person.pk for person in people}
    chosen = np.array([place for place in chosen.tolist() if int(keys[place]) in found], np.int64)
    return Circle(
        people=people,
        ties=_within(places, chosen, len(keys)),
        degrees=degrees[chosen],
        shares=_shares(viewer, people),
        total=len(keys),
    )


def _within(ties: Pairs, chosen: npt.NDArray[np.int64], size: int) -> Pairs:
    """The ties among the chosen, by their place among them."""
    place = np.full(size, -1)
    place[chosen] = np.arange(len(chosen))
    renamed = place[ties]
    kept = renamed[(renamed >= 0).all(axis=1)]
    return np.sort(kept, axis=1)[np.lexsort((kept.max(axis=1), kept.min(axis=1)))] if len(kept) else kept


def _shares(viewer: Viewer, people: list[Member]) -> list[list[Shared]]:
    """What is known of each: companies and schools, the present and the latest first, and the place."""
    found: dict[int, dict[Shared, None]] = defaultdict(dict)
    if people:
        rows = ROWS.tuples(me=viewer.id, people=[person.pk for person in people])
        for member, section, record, name, written, folded, ended in rows:
            kind = SECTIONS[Section(section)]
            now = kind == Kind.COMPANY and not ended
            found[member].setdefault(Shared(kind, str(record or f"={folded}"), name or written, now))
        for member, skill, name in SKILLS.tuples(me=viewer.id, people=[person.pk for person in people]):
            found[member].setdefault(Shared(Kind.SKILL, str(skill), name))
    for person in people:
        found[person.pk] |= dict.fromkeys(_places(person.place))
    return [list(found[person.pk]) for person in people]


def _places(place: str) -> Iterator[Shared]:
    """Where somebody lives, and the country, which stands behind the last comma."""
    whole = " ".join(place.split())
    if whole:
        yield Shared(Kind.PLACE, whole.casefold(), whole)
    country = whole.rpartition(",")[2].strip()
    if country and country != whole:
        yield Shared(Kind.PLACE, country.casefold(), country, wide=True)


def _rows(slot: Slots) -> QuerySet[Item, tuple[Any, ...]]:
    """Positions and schools of these people, as far as the viewer may read them."""
    viewer = stand_in(slot.int("me"))
    rows = Item.objects.kept().filter(slot.among("member_id", "people"), section__in=list(SECTIONS))
    return (
        rows.exclude(folded_organization="")
        .alias(near=closeness(viewer, "member", second=False), level=level_of(OuterRef("section")))
        .filter(near__gte=F("level"))
        .order_by("member_id", "section", "-started", "-id")
        .values_list(
            "member_id",
            "section",
            "organization_id",
            "organization__name",
            "organization_name",
            "folded_organization",
            "ended",
        )[:MOST_ROWS]
    )


def _skills(slot: Slots) -> QuerySet[Holding, tuple[Any, ...]]:
    """Skills of these people, as far as the viewer may read them."""
    viewer = stand_in(slot.int("me"))
    rows = Holding.objects.kept().filter(slot.among("member_id", "people"))
    return (
        rows.alias(near=closeness(viewer, "member", second=False), level=level_of(Part.SKILLS))
        .filter(near__gte=F("level"))
        .order_by("member_id", "rank", "id")
        .values_list("member_id", "skill_id", "skill__name")[:MOST_ROWS]
    )


PEOPLE = Statement(lambda slot: Member.objects.filter(slot.among("id", "keys")).order_by("id"))
ROWS: Statement[Item] = Statement(_rows)  # type: ignore[arg-type]  # asked for its tuples
SKILLS: Statement[Holding] = Statement(_skills)  # type: ignore[arg-type]  # likewise
