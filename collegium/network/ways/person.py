"""The ways to one person: all the shortest that the viewer may know of, told by whom they begin with."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from collegium.audience.viewer import Viewer
from collegium.graph import index, paths
from collegium.members.models import Member
from collegium.network.ways.between import Through, between, ranked
from collegium.network.ways.picture import Picture, draw

# Read from the graph; drawn and told are fewer.
READ = 400
BEGINNINGS = 12
ONWARD = 3
NOT_FAR = 2


@dataclass(frozen=True, slots=True)
class Ways:
    """How the viewer is connected with somebody.

    Attributes:
        other: to whom.
        length: of the shortest ways, in steps; None where there is none that she may know of.
        total: how many shortest ways there are.
        beginnings: whom they begin with, the likeliest to be asked first; for somebody connected, whom both know.
        picture: the same to look at; None where there is nothing to draw.
    """

    other: Member
    length: int | None
    total: int
    beginnings: Sequence[Through]
    picture: Picture | None

    @property
    def told(self) -> int:
        """How many ways are told one by one."""
        return sum(len(each.onward) or 1 for each in self.beginnings)


def ways(viewer: Viewer, other: Member) -> Ways:
    """The ways from the viewer to somebody whom she sees.

    Every edge of them is one she may know (`graph.sight`), so that the answer is the same whether others exist or not.
    """
    view = index.view()
    found = paths.between(viewer, other.pk, most=READ, view=view)
    if found.length is None:
        return Ways(other, None, 0, (), None)
    if found.length <= NOT_FAR:
        middle = between(viewer, other, most=BEGINNINGS, view=view)
        picture = draw(viewer.me, other, [(each.person,) for each in middle], found.total) if found.length > 1 else None
        return Ways(other, found.length, found.total, middle, picture)
    people = Member.objects.in_bulk({key for way in found.paths for key in way})
    told = [tuple(people[key] for key in way[1:-1]) for way in found.paths if all(key in people for key in way)]
    beginnings, told = _gathered(viewer, other, told)
    return Ways(other, found.length, found.total, beginnings, draw(viewer.me, other, told, found.total))


def _gathered(
    viewer: Viewer, other: Member, told: Sequence[tuple[Member, ...]]
) -> tuple[list[Through], list[tuple[Member, ...]]]:
    """The ways by whom they begin with, of each the first few; and all of them in that order."""
    onward: dict[int, list[tuple[Member, ...]]] = defaultdict(list)
    first: dict[int, Member] = {}
    for way in told:
        first.setdefault(way[0].pk, way[0])
        onward[way[0].pk].append(way[1:])
    order = ranked(viewer, list(first.values()), other)
    beginnings = [replace(each, onward=onward[each.person.pk][:ONWARD]) for each in order[:BEGINNINGS]]
    return beginnings, [(each.person, *rest) for each in order for rest in onward[each.person.pk]]
