"""Who links the groups, and which of them nobody does."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from collegium.network.picture.grouping import Group
from collegium.network.picture.reading import Circle

SHOWN = 6
# Somebody is a link between two groups who has at least this part of the ties between them.
PART = 0.5


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody who links her group with others.

    Attributes:
        person: her place in the circle.
        home: the number of her group.
        to: the numbers of the others, those first where she knows the most.
        ties: how many people she knows there.
    """

    person: int
    home: int
    to: list[int]
    ties: int


@dataclass(frozen=True, slots=True)
class Between:
    """What joins the groups.

    Attributes:
        links: who links groups, the most important first.
        apart: numbers of the groups whose members know nobody in another one.
        outside: for each group how many ties lead out of it.
        inside: for each group how many ties lie within.
    """

    links: list[Link]
    apart: list[int]
    outside: list[int]
    inside: list[int]


def between(circle: Circle, groups: Sequence[Group]) -> Between:
    """Count the ties within and between the groups."""
    home = {place: number for number, group in enumerate(groups) for place in group.members}
    inside, outside = [0] * len(groups), [0] * len(groups)
    pairs: Counter[tuple[int, int]] = Counter()
    reach: dict[int, Counter[int]] = defaultdict(Counter)
    for one, other in circle.ties.tolist():
        here, there = home[one], home[other]
        if here == there:
            inside[here] += 1
            continue
        outside[here] += 1
        outside[there] += 1
        pairs[min(here, there), max(here, there)] += 1
        reach[one][there] += 1
        reach[other][here] += 1
    real = [number for number, group in enumerate(groups) if not group.rest]
    apart = [number for number in real if not outside[number]] if len(groups) > 1 else []
    return Between(_links(groups, home, pairs, reach), apart, outside, inside)


def _links(
    groups: Sequence[Group],
    home: dict[int, int],
    pairs: Counter[tuple[int, int]],
    reach: dict[int, Counter[int]],
) -> list[Link]:
    """Those who have much of what there is between their group and another."""
    found = []
    for person, there in reach.items():
        here = home[person]
        if groups[here].rest:
            continue
        to = [
            number
            for number, count in sorted(there.items(), key=lambda each: (-each[1], each[0]))
            if not groups[number].rest and count >= PART * pairs[min(here, number), max(here, number)]
        ]
        if to:
            found.append(Link(person, here, to, sum(there[number] for number in to)))
    return sorted(found, key=lambda link: (-len(link.to), -link.ties, link.person))[:SHOWN]
