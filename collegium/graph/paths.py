"""How two people are connected: every shortest way along edges the viewer may know.

Searched from both ends at once, the smaller side first, a whole layer of people at a time. The layers then tell which
edges lie on shortest ways (from a person n steps from one end to one n + 1 steps away), and how many ways there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from collegium.audience.viewer import Viewer
from collegium.graph import degrees, index
from collegium.graph.adjacency import Numbers, Places, holds
from collegium.graph.sight import SEEN, Sight, looking
from collegium.graph.view import View

LONGEST = 6
MOST = 100

Ways = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest ways between two people.

    Attributes:
        length: the number of edges; 0 for oneself, None where no known way is short enough.
        total: how many shortest ways there are.
        paths: keys from the viewer to the other person; as many as were asked for, older members first.
    """

    length: int | None = None
    total: int = 0
    paths: tuple[tuple[int, ...], ...] = ()


NO_WAY = Paths()


class _Side:
    """One end of the search: layers of people, each one step further away, with how many shortest ways lead there.

    Layers are sorted rows. Whoever a step leads to stands in the layer before, the same, or is new: so only the last
    two need to be asked, and nothing as long as the whole community is ever made.
    """

    def __init__(self, sight: Sight, start: int) -> None:
        self.sight = sight
        self.layers: list[Numbers] = [np.array([start], np.uint32)]
        self.ways: list[Ways] = [np.ones(1)]
        self._nearer: dict[int, list[int]] = {}

    @property
    def depth(self) -> int:
        return len(self.layers) - 1

    @property
    def cost(self) -> int:
        """How many edges the next layer looks at."""
        return int(self.sight.view.ties.degrees(self.layers[-1]).sum())

    def deeper(self) -> Numbers:
        """One layer more: those who were not reached before."""
        places, others = self.sight.step(self.layers[-1])
        for had in self.layers[-2:]:
            new = ~holds(had, others)
            places, others = places[new], others[new]
        return self._add(places, others)

    def reach(self, goal: Numbers) -> Numbers:
        """One layer more, of no others than these; none, where none of them is one step away.

        Most of a step's work is asking what the viewer may know of everybody it leads to; here few are asked about.
        """
        with self.sight.marked(goal) as wanted:
            places, others = self.sight.step_to(self.layers[-1], wanted.__getitem__)
        return self._add(places, others) if len(others) else others

    def _add(self, places: Numbers | Places, others: Numbers) -> Numbers:
        """A layer of the people these edges lead to, with the ways that lead there through the last one."""
        order = np.argsort(others, kind="stable")
        others, ways = others[order], self.ways[-1][places[order]]
        starts = np.flatnonzero(np.append(True, others[1:] != others[:-1])) if len(others) else np.zeros(0, np.int64)
        self.layers.append(others[starts])
        self.ways.append(np.add.reduceat(ways, starts) if len(starts) else np.zeros(0))
        return self.layers[-1]

    def back(self, number: int, depth: int) -> Iterator[list[int]]:
        """Every shortest way from a person of a layer to this end, without the person."""
        if not depth:
            yield []
            return
        if number not in self._nearer:
            self.trace(np.array([number], np.uint32), depth)
        for nearer in self._nearer[number]:
            for rest in self.back(nearer, depth - 1):
                yield [nearer, *rest]

    def trace(self, numbers: Numbers, depth: int) -> None:
        """Remember for each of these people of one layer who of the layer before leads there."""
        before = self.layers[depth - 1]
        if depth == 1:
            self._nearer.update((number, before.tolist()) for number in numbers.tolist())
            return
        with self.sight.marked(before) as wanted:
            places, others = self.sight.step_to(numbers, wanted.__getitem__)
        rows = np.split(others, np.searchsorted(places, np.arange(1, len(numbers))))
        self._nearer.update(zip(numbers.tolist(), (row.tolist() for row in rows), strict=True))


def between(viewer: Viewer, other: int, *, longest: int = LONGEST, most: int = MOST, view: View | None = None) -> Paths:
    """Every shortest known way from the viewer to somebody.

    Args:
        viewer: from whom, and with whose eyes.
        other: the key of a member.
        longest: the most edges a way may have.
        most: how many ways are told one by one.
        view: the graph, where it was asked for already.
    """
    if viewer.member is None:
        return NO_WAY
    if viewer.id == other:
        return Paths(0, 1, ((other,),))
    with looking(view or index.view(), viewer.id) as sight:
        target = sight.view.number(other) if sight is not None else None
        if sight is None or target is None:
            return NO_WAY
        if target in sight.ties:
            return Paths(1, 1, ((viewer.id, other),))
        if not sight.look(np.array([target], np.uint32))[0] & SEEN:
            return NO_WAY
        return _search(sight, target, longest, most)


def _search(sight: Sight, target: int, longest: int, most: int) -> Paths:
    near, far = _Side(sight, sight.me), _Side(sight, target)
    while near.depth + far.depth < longest:
        side, opposite = (near, far) if near.cost <= far.cost else (far, near)
        # Who is met stands in the opposite side's last layer: in an earlier one, the layer before would have met it.
        met = side.reach(opposite.layers[-1])
        if len(met):
            here, there = (each.ways[-1][np.searchsorted(each.layers[-1], met)] for each in (near, far))
            ways = tuple(tuple(sight.view.keys_of(way)) for way in _told(near, far, met[:most], most))
            return Paths(near.depth + far.depth, round(float((here * there).sum())), ways)
        if not len(side.deeper()):
            return NO_WAY
    return NO_WAY


def _told(near: _Side, far: _Side, met: Numbers, most: int) -> list[Numbers]:
    """Some of the ways, one by one: from each person in the middle back to either end."""
    for side in (near, far):
        if side.depth:
            side.trace(met, side.depth)
    found: list[Numbers] = []
    for middle in met.tolist():
        tails = list(islice(far.back(middle, far.depth), most))
        for head in near.back(middle, near.depth):
            found += [np.array([*reversed(head), middle, *tail], np.uint32) for tail in tails]
            if len(found) >= most:
                return found[:most]
    return found


def toward(viewer: Viewer, people: Iterable[int], most: int = 3, view: View | None = None) -> dict[int, list[int]]:
    """Through whom the viewer could reach each of these people of her second degree.

    Returns:
        Keys of common connections, at most so many; an entry for each person with whom there is one.
    """
    found = degrees.mutual(viewer, people, most, view)
    return {key: each.keys for key, each in found.items()}
