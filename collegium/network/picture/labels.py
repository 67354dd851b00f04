"""Where the name of each island stands: above it, or where it lies the least on others."""

from collections.abc import Sequence
from dataclasses import dataclass

from collegium.network.picture.layout import Layout

# Of a label: the most letters, how wide one is and how high a line, in the units of a wide page.
LONGEST, LETTER, LINE = 34, 7.0, 16.0
# The places that are tried, in this order: beside the middle by so many radii, above (-1) or below (1).
TRIED = ((0.0, -1), (0.0, 1), (-0.7, -1), (0.7, -1), (-0.7, 1), (0.7, 1), (-1.2, -1), (1.2, -1), (-1.2, 1), (1.2, 1))
# A label that reaches so far into another group's circle is taken for that one's, and covers its faces.
COVERS = 0.5
# Words over words cannot be read at all; words over faces can.
WORSE = 4
# On a small screen letters are so much larger; what then would lie on another label is left out there.
ON_A_PHONE = 2.1
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands: the middle of its base line, and whether a small screen has no room for it."""

    x: float
    y: float
    minor: bool


def room(title: str) -> float:
    """Half the width of a label."""
    return min(len(title) + 3, LONGEST) * LETTER / 2


def place(titles: Sequence[str], stand: Layout, unit: float) -> list[Label]:
    """A place for each label.

    Args:
        titles: of the islands.
        stand: where these are.
        unit: how large a pixel of a wide page is in the picture's units.
    """
    taken: list[Box] = []
    large: list[Box] = []
    found = []
    for island, title in enumerate(titles):
        half = room(title) * unit
        tried = [_at(island, half, stand, unit, way) for way in TRIED]
        costs = [_overlap(box, island, stand, taken) for _x, _y, box in tried]
        x, y, box = tried[costs.index(min(costs))]
        taken.append(box)
        wide = half * ON_A_PHONE
        grown = (x - wide, y - LINE * unit * ON_A_PHONE, x + wide, y)
        minor = grown[0] < 0 or grown[2] > stand.width or any(_meet(grown, one) for one in large)
        minor = minor or _covers(grown, island, stand)
        large += [] if minor else [grown]
        found.append(Label(x, y, minor))
    return found


def _at(island: int, half: float, stand: Layout, unit: float, way: tuple[float, int]) -> tuple[float, float, Box]:
    """One of the places: the middle of the base line, and what the label covers there."""
    (aside, down), radius = way, float(stand.reach[island])
    x = float(stand.centres[island, 0]) + aside * radius
    y = float(stand.centres[island, 1]) + (down * (radius + 7 * unit) + (LINE * unit if down > 0 else 0))
    return x, y, (x - half, y - LINE * unit, x + half, y)


def _overlap(box: Box, island: int, stand: Layout, taken: Sequence[Box]) -> float:
    """How far a label reaches out of the picture, into other islands and into other labels."""
    outside = max(0.0, -box[0]) + max(0.0, box[2] - stand.width)
    into = (_depth(box, other, stand) for other in range(len(stand.reach)) if other != island)
    return outside + sum(into) + WORSE * sum(_meet(box, one) for one in taken)


def _covers(box: Box, island: int, stand: Layout) -> bool:
    """Whether a label hides much of some other island."""
    others = (other for other in range(len(stand.reach)) if other != island)
    return any(_depth(box, other, stand) > COVERS * float(stand.reach[other]) for other in others)


def _depth(box: Box, other: int, stand: Layout) -> float:
    """How far a label reaches into the circle of an island."""
    left, top, right, bottom = box
    x, y = stand.centres[other].tolist()
    near = max(left - x, x - right, 0.0), max(top - y, y - bottom, 0.0)
    return max(0.0, float(stand.reach[other]) - (near[0] ** 2 + near[1] ** 2) ** 0.5)


def _meet(one: Box, other: Box) -> float:
    """How far two labels reach into each other."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, min(across, down))
