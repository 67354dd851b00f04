"""Groups of connections: by who knows whom, by company, by school or by place; and the names of the groups."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from collegium.network.picture.clusters import communities
from collegium.network.picture.reading import Circle, Kind, Shared

LEAST, MOST = 3, 24
# What more than a third of a group share may name it; of skills, which everybody has many of, half must.
ENOUGH, ENOUGH_OF_SKILLS = 0.34, 0.5


class By(StrEnum):
    """How people are put together."""

    TIES = "ties"
    COMPANY = "company"
    SCHOOL = "school"
    PLACE = "place"


@dataclass(frozen=True)
class Group:
    """Some of the connections.

    Attributes:
        members: places in the circle's list, who know the most of the group first.
        title: what it is called.
        kind: what the title is the name of; None where it is not the name of something shared.
        shared: what many of them share, with how many do; the title's first.
        rest: whether these are all who belong to no group.
        name: of whom it is called after, where it is called after somebody.
    """

    members: list[int]
    title: str
    kind: Kind | None = None
    shared: list[tuple[Shared, int]] = field(default_factory=list)
    rest: bool = False
    name: str = ""

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.members)

    @property
    def phrase(self) -> str:
        """The title inside a sentence."""
        if self.name:
            return _("the people around %(name)s") % {"name": self.name}
        return _("the “%(name)s” group") % {"name": self.title} if self.kind == Kind.SKILL else self.title

    @property
    def central(self) -> int:
        """The place of the one who knows the most of the group."""
        return self.members[0]


def groups(circle: Circle, by: By) -> list[Group]:
    """The groups, the largest first; those who are in none stand together as the last.

    Args:
        circle: the connections.
        by: what puts them together.
    """
    labels = communities(len(circle.people), circle.ties) if by == By.TIES else _by_kind(circle, Kind(by.value))
    bunches: dict[int, list[int]] = {}
    for place, label in enumerate(labels.tolist()):
        bunches.setdefault(label, []).append(place)
    least = LEAST if by == By.TIES else 2
    kept = sorted(
        (members for label, members in bunches.items() if len(members) >= least and label >= 0),
        key=lambda members: (-len(members), members[0]),
    )[:MOST]
    inside = {place for members in kept for place in members}
    rest = [place for place in range(len(circle.people)) if place not in inside]
    known = _known_inside(circle)
    often = Counter(share for shares in circle.shares for share in shares)
    kind = None if by == By.TIES else Kind(by.value)
    made = [_name(circle, known(members), often, kind) for members in kept]
    made = _told_apart(circle, made)
    return [*made, Group(known(rest), _rest(by, alone=not made), rest=True)] if rest else made


def _by_kind(circle: Circle, kind: Kind) -> npt.NDArray[np.int64]:
    """Everybody to the company, school or place that most connections share; the present company goes first."""
    often = Counter(share for shares in circle.shares for share in shares if share.kind == kind)
    numbers: dict[Shared, int] = {}
    labels = []
    for shares in circle.shares:
        mine = [share for share in shares if share.kind == kind and often[share] > 1 and not share.wide]
        best = max(mine, key=lambda share: (share.now, often[share], share.key), default=None)
        labels.append(-1 if best is None else numbers.setdefault(best, len(numbers)))
    return np.array(labels, np.int64)


def _known_inside(circle: Circle) -> Callable[[Iterable[int]], list[int]]:
    """Order the members of a group: who knows the most of it first, then of all, then by key."""
    neighbours: list[list[int]] = [[] for _person in circle.people]
    for one, other in circle.ties.tolist():
        neighbours[one].append(other)
        neighbours[other].append(one)

    def order(members: Iterable[int]) -> list[int]:
        inside = set(members)
        known = {place: sum(other in inside for other in neighbours[place]) for place in inside}
        return sorted(inside, key=lambda place: (-known[place], -int(circle.degrees[place]), place))

    return order


def _name(circle: Circle, members: list[int], overall: Counter[Shared], kind: Kind | None) -> Group:
    """A group with what its members share; called by the foremost of it, or after its most connected member."""
    counts = Counter(share for place in members for share in circle.shares[place])
    found = [(share, count) for share, count in counts.items() if count >= _least(share, len(members))]
    # What many share here and few elsewhere says more than what everybody shares.
    found.sort(key=lambda each: (-each[1] * each[1] / overall[each[0]], each[0].kind, each[0].key))
    found.sort(key=lambda each: kind is not None and each[0].kind != kind)
    if not found:
        name = circle.people[members[0]].name
        return Group(members, _("Around %(name)s") % {"name": name}, name=name)
    first = found[0][0]
    return Group(members, first.name, first.kind, found[:3])


def _least(share: Shared, size: int) -> float:
    """How many of a group must share a thing for it to be said of the group."""
    return max(2, size * (ENOUGH_OF_SKILLS if share.kind == Kind.SKILL else ENOUGH))


def _told_apart(circle: Circle, made: Sequence[Group]) -> list[Group]:
    """Two groups of one name get the name of somebody in their middle besides."""
    often = Counter(group.title for group in made)
    words = pgettext("a group of people at a place, around a person", "%(title)s, around %(name)s")
    return [
        group
        if often[group.title] == 1
        else Group(
            group.members,
            words % {"title": group.title, "name": circle.people[group.central].name},
            group.kind,
            group.shared,
        )
        for group in made
    ]


def _rest(by: By, *, alone: bool) -> str:
    """What those are called who belong to no group."""
    if alone and by == By.TIES:
        return _("Your connections")
    return {
        By.TIES: _("Know few of the others"),
        By.COMPANY: _("No company in common"),
        By.SCHOOL: _("No school in common"),
        By.PLACE: _("No place in common"),
    }[by]
