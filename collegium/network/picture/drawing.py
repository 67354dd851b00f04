"""The picture itself: where faces, ties, islands and labels go, in numbers that a template writes into an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.members.models import Member
from collegium.network.picture import labels as naming
from collegium.network.picture import layout, lines
from collegium.network.picture.grouping import Group
from collegium.network.picture.labels import Label
from collegium.network.picture.layout import Layout
from collegium.network.picture.links import Between
from collegium.network.picture.reading import Circle
from collegium.ui.faces import initials, palette

# The picture as it stands on a wide page; smaller networks are not blown up beyond it.
WIDTH, HEIGHT = 940.0, 520.0
LETTERS_FROM = 9.5
CROWDED = 90


@dataclass(frozen=True, slots=True)
class Face:
    """One person in the picture."""

    person: Member
    x: float
    y: float
    radius: float
    letters: str
    hue: str
    links: bool
    why: str


@dataclass(frozen=True, slots=True)
class Island:
    """One group in the picture."""

    group: Group
    x: float
    y: float
    radius: float
    faces: list[Face]
    ties: str
    label: Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template writes.

    Attributes:
        box: of the SVG: left, top, width, height.
        unit: how large a pixel of a wide page is in the picture's units.
        islands: in the order of the groups.
        across: the ties between islands, as a path.
        crowded: whether these are so many that they must keep quiet.
        ties_shown: how many ties are drawn.
    """

    box: tuple[float, float, float, float]
    unit: float
    islands: list[Island]
    across: str
    crowded: bool
    ties_shown: int

    @property
    def view_box(self) -> str:
        """For the attribute."""
        return " ".join(f"{value:.0f}" for value in self.box)


def draw(circle: Circle, groups: Sequence[Group], joined: Between) -> Drawing:
    """Lay the picture out.

    Args:
        circle: the connections.
        groups: each of them in one group.
        joined: who links the groups.
    """
    labels = np.zeros(len(circle.people), np.int64)
    for number, group in enumerate(groups):
        labels[group.members] = number
    radii = _radii(circle)
    words = np.array([naming.room(group.title) for group in groups])
    stand = _arranged(labels.tobytes(), radii.tobytes(), circle.ties.tobytes(), words.tobytes())
    unit = max(stand.width / WIDTH, stand.height / 700, 0.72)
    linking = {link.person for link in joined.links}
    inner, outer = lines.chosen(
        stand.points, labels, circle.ties, linking, next((at for at, group in enumerate(groups) if group.rest), None)
    )
    paths = lines.by_island(stand.points, labels, inner, len(groups))
    labelled = naming.place([group.title for group in groups], stand, unit)
    islands = [
        Island(
            group=group,
            x=float(stand.centres[number, 0]),
            y=float(stand.centres[number, 1]),
            radius=float(stand.reach[number]),
            faces=_faces(circle, group, stand, radii, linking),
            ties=paths[number],
            label=labelled[number],
        )
        for number, group in enumerate(groups)
    ]
    across = lines.curves(stand.points, stand, labels, outer)
    return Drawing(_box(stand, unit, labelled), unit, islands, across, len(outer) > CROWDED, len(inner) + len(outer))


def _radii(circle: Circle) -> npt.NDArray[np.float64]:
    """Faces grow with the ties among one's connections, by area, and shrink where there are many."""
    size = len(circle.people)
    scale = 1.0 if size <= 80 else max(0.62, (80 / size) ** 0.3)
    most = max(float(circle.degrees.max()), 1.0) if size else 1.0
    return (11 + 13 * np.sqrt(circle.degrees / most)) * scale


@lru_cache(maxsize=64)
def _arranged(labels: bytes, radii: bytes, ties: bytes, words: bytes) -> Layout:
    """The layout of numbers, kept for whoever turns a page: it names nobody."""
    pairs = np.frombuffer(ties, np.int64).reshape(-1, 2)
    room = np.frombuffer(words)
    return layout.arrange(np.frombuffer(labels, np.int64), np.frombuffer(radii), pairs, least=room, margin=30.0)


def _box(stand: Layout, unit: float, labelled: Sequence[Label]) -> tuple[float, float, float, float]:
    """The whole with room for the labels; a small network stands in the middle of a calm page."""
    edge = 8 * unit
    top = min([0.0, *(label.y - naming.LINE * unit for label in labelled)]) - edge
    bottom = max([stand.height, *(label.y for label in labelled)]) + edge
    width, height = max(stand.width, WIDTH * unit), max(bottom - top, 300 * unit)
    return (stand.width - width) / 2, (top + bottom - height) / 2, width, height


def _faces(
    circle: Circle, group: Group, stand: Layout, radii: npt.NDArray[np.float64], linking: set[int]
) -> list[Face]:
    """The faces of a group, those who know most painted last."""
    return [
        Face(
            person=circle.people[place],
            x=float(stand.points[place, 0]),
            y=float(stand.points[place, 1]),
            radius=float(radii[place]),
            letters=initials(circle.people[place].name) if radii[place] >= LETTERS_FROM else "",
            hue=palette(circle.people[place].handle).split()[0],
            links=place in linking,
            why=why(circle, group, place),
        )
        for place in reversed(group.members)
    ]


def why(circle: Circle, group: Group, place: int) -> str:
    """What joins somebody with the group, and how many connections she knows, as a sentence."""
    theirs = set(circle.shares[place])
    common = [share.name for share, _count in group.shared if share in theirs]
    count = int(circle.degrees[place])
    known = _("knows none of your other connections")
    if count:
        known = ngettext("knows %(n)s of your connections", "knows %(n)s of your connections", count) % {"n": count}
    return " · ".join([*common, known])
