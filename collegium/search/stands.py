"""How one viewer stands to the members of the graph: closeness, degree, mutual connections, as far as it is asked for.

Whom she may find at all, and who is connected with her, is known at once. The second degree of somebody with thousands
of connections is a million edges; so it is asked of those whom a question is about, by their own acquaintances, until
that has cost as much as working it out for everybody would. Both ways give the same (`tests/test_lazy.py`).
"""

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.audience.rule import CONNECTED, MEMBER, NONE, SECOND, SELF
from collegium.graph.adjacency import NONE as NOBODY
from collegium.graph.adjacency import Numbers, holds, tally
from collegium.graph.view import ACTIVE, LIST_TO_CONNECTIONS, LIST_TO_MEMBERS, OPEN_TO_MEMBERS, Flags, View
from collegium.search.corpus.arrays import Array
from collegium.search.corpus.segment import Mask, Near

FIRST_DEGREE, SECOND_DEGREE, FURTHER = 1, 2, 3
Numbers32 = npt.NDArray[np.int32]
Degrees = npt.NDArray[np.int8]
Bits = npt.NDArray[np.uint8]

FINDABLE = np.array([MEMBER if code & ACTIVE and code & OPEN_TO_MEMBERS else NONE for code in range(256)], np.int8)

# What a connection of the viewer lets her know of whom she is connected with: NEAR, whoever that is comes near by the
# rule of sight; LISTED, the edge is known; HALF, it is known where the other one's list is open to the viewer.
NEAR, LISTED, HALF = 1, 2, 4

WALKED_UP_TO = 60_000
"""With so few edges to walk to the second degree it is walked at once, and kept sorted instead of by number."""
PER_EDGE, PER_MEMBER = 0.2, 0.01
"""How many edges are looked at one by one before everybody is worked out: of the edges that would then be walked such a
share, and so many for each member, because an array for everybody has its price too."""


class Stands:
    """One viewer and one view of the graph.

    Attributes:
        view: the graph.
        plain: closeness to everybody, but for the second degree: those of it are MEMBER here.
    """

    def __init__(self, view: View, key: int) -> None:
        """Take the graph, and the key of whoever looks."""
        self.view = view
        self._me = me = view.number(key)
        self._spent = 0
        self._ties, self._away = (NOBODY, NOBODY) if me is None else (view.ties.of(me), view.kept_away.of(me))
        if me is None:
            self.plain: Near = np.full(view.size, NONE, np.int8)
            return
        ties, flags = self._ties, view.flags
        self.plain = _findable(flags).copy()
        self.plain[ties[flags[ties] & ACTIVE > 0]] = CONNECTED
        self.plain[self._away] = FINDABLE[flags[self._away]]
        self.plain[view.blocks.of(me)] = NONE
        self.plain[me] = SELF

    def tied(self, numbers: Array) -> Mask:
        """Who of these people, all of whom the viewer finds, is connected with her."""
        return self._marks[numbers] > 0

    def reaches(self, numbers: Array, levels: npt.NDArray[Any]) -> Mask:
        """Whether the viewer is as near to each of these people as each of these levels asks for."""
        known = self.plain[numbers] >= levels
        if (asked := levels == SECOND).any():
            asked &= self.plain[numbers] == MEMBER
            who = numbers[asked]
            known[asked] = self.closeness(who) == SECOND
        return known

    def closeness(self, numbers: Array) -> Near:
        """How near the viewer is to each of these people."""
        if "_steps" in self.__dict__:
            return self.near[numbers]
        near = self.plain[numbers]
        asked = near == MEMBER
        who = numbers[asked]
        if not len(who):
            return near
        if self._few:
            second = holds(self._walked[0], who)
        elif self._tries(who):
            places, bits = self._met(who)
            second = np.zeros(len(who), bool)
            second[places[bits & NEAR > 0]] = True
        else:
            return self.near[numbers]
        second &= ~holds(self._away, who)
        near[asked] = np.where(second, np.int8(SECOND), np.int8(MEMBER))
        return near

    def degrees(self, numbers: Array) -> Degrees:
        """1, 2 or 3 (further, and oneself) for each of these people, all of whom the viewer finds."""
        if "_steps" in self.__dict__:
            return self.degree[numbers]
        found = np.full(len(numbers), FURTHER, np.int8)
        tied = self.tied(numbers)
        further = np.flatnonzero(~tied)
        if len(further):
            who = numbers[further]
            if not (self._few or self._tries(who)):
                return self.degree[numbers]
            found[further[self._common(who) > 0]] = SECOND_DEGREE
        found[tied] = FIRST_DEGREE
        found[numbers == self._number] = FURTHER
        return found

    def mutual(self, numbers: Array) -> Numbers32:
        """How many connections the viewer and each of these people are known to have in common."""
        if not (self._few or self._tries(numbers, counting=True)):
            return self.mutuals[numbers]
        found = self._common(numbers)
        found[numbers == self._number] = 0
        return found

    @property
    def _number(self) -> int:
        """The viewer's own number; of somebody whom the graph does not know, one that nobody has."""
        return -1 if self._me is None else self._me

    def _tries(self, numbers: Array, *, counting: bool = False) -> bool:
        """Whether these are asked one by one: not where everybody is known, nor once that would have cost less."""
        if ("mutuals" if counting else "_steps") in self.__dict__:
            return False
        spent = self._spent + int(self.view.ties.degrees(numbers).sum())
        if spent > self._affordable:
            return False
        self._spent = spent
        return True

    @cached_property
    def _edges(self) -> int:
        """How many there are to walk to the second degree."""
        return int(self.view.ties.degrees(self._ties).sum())

    @property
    def _few(self) -> bool:
        return self._edges <= WALKED_UP_TO

    @property
    def _affordable(self) -> float:
        return self._edges * PER_EDGE + self.view.size * PER_MEMBER

    @cached_property
    def _walked(self) -> tuple[Numbers, Numbers, npt.NDArray[np.int64]]:
        """Sorted: who comes near; and to whom known edges lead, with how many."""
        ties, told = self._told
        near, _times = tally(self.view.ties.gather(ties[told & NEAR > 0])[0], self.view.size)
        listed = self.view.ties.gather(ties[told & LISTED > 0])[0]
        half = self.view.ties.gather(ties[told & HALF > 0])[0]
        return near, *tally(np.concatenate([listed, half[self._open_to_me(half)]]), self.view.size)

    @cached_property
    def _told(self) -> tuple[Numbers, Bits]:
        """The viewer's connections in good standing, and what each lets her know.

        The rule of sight asks whether a connection shows her list to connections; knowing an edge asks whether the
        viewer may read that list, or the other one's. That differs only for those who keep the viewer away.
        """
        flags = self.view.flags
        ties = self._ties[flags[self._ties] & ACTIVE > 0]
        bits = flags[ties]
        shows = bits & LIST_TO_CONNECTIONS > 0
        from_me = holds(self._away, ties)
        seen = ~from_me | (bits & OPEN_TO_MEMBERS > 0)
        opens = seen & ((bits & LIST_TO_MEMBERS > 0) | (shows & ~from_me))
        told = np.where(shows, NEAR, 0) | np.where(opens, LISTED, 0) | np.where(seen & ~opens, HALF, 0)
        return ties, told.astype(np.uint8)

    @cached_property
    def _marks(self) -> Bits:
        """The same by number, for everybody; 0 for whoever is not connected with the viewer."""
        marks = np.zeros(self.view.size, np.uint8)
        ties, told = self._told
        marks[ties] = told
        return marks

    def _met(self, numbers: Array) -> tuple[npt.NDArray[np.int64], Bits]:
        """Where these people's connections are the viewer's too: the place of the person, and what is told of it."""
        others, lengths = self.view.ties.gather(numbers)
        told = self._marks[others]
        hits = np.flatnonzero(told)
        return np.searchsorted(np.cumsum(lengths), hits, "right"), told[hits]

    def _common(self, numbers: Array) -> Numbers32:
        """With how many of the viewer's connections each of these is known to be connected."""
        if self._few:
            _near, reached, times = self._walked
            places = np.minimum(np.searchsorted(reached, numbers), max(len(reached) - 1, 0))
            if not len(reached):
                return np.zeros(len(numbers), np.int32)
            return np.where(reached[places] == numbers, times[places], 0).astype(np.int32)
        places, bits = self._met(numbers)
        known = bits & LISTED > 0
        if len(half := np.flatnonzero(bits & HALF)):
            known[half] = self._open_to_me(numbers[places[half]])
        return np.bincount(places[known], minlength=len(numbers)).astype(np.int32)

    def _open_to_me(self, numbers: npt.NDArray[Any]) -> Mask:
        """Whose list of connections the viewer may read, of people she sees."""
        bits = self.view.flags[numbers]
        tied = self.plain[numbers] == CONNECTED
        return (bits & LIST_TO_MEMBERS > 0) | ((bits & LIST_TO_CONNECTIONS > 0) & tied)

    @property
    def near(self) -> Near:
        """How near the viewer is to everybody."""
        return self._steps[0]

    @property
    def degree(self) -> Degrees:
        """The degree of everybody."""
        return self._steps[1]

    @cached_property
    def _steps(self) -> tuple[Near, Degrees]:
        """One step on from the viewer's connections: who is near through them, and whose edge to them she knows."""
        ties, told = self._told
        reached = np.zeros(self.view.size, np.uint8)
        lent = self.view.ties.gather(ties[told == HALF])[0]
        reached[lent[self._open_to_me(lent)]] = LISTED
        for each in sorted({*told.tolist()} - {0, HALF, NEAR | LISTED}):
            others = self.view.ties.gather(ties[told == each])[0]
            if each & HALF:
                reached[others[self._open_to_me(others)]] |= np.uint8(LISTED)
            reached[others] |= np.uint8(each & (NEAR | LISTED))
        # Most tell both, which is all there is to be told: so these last, without a look at what was known before.
        reached[self.view.ties.gather(ties[told == NEAR | LISTED])[0]] = NEAR | LISTED
        near = self.plain.copy()
        reached[self._away] &= np.uint8(LISTED)
        # One more than MEMBER is SECOND, one less than FURTHER the second degree: sums are quicker than choices.
        near += (reached & NEAR & (near == MEMBER)).view(np.int8)
        degree = FURTHER - (reached >> 1).view(np.int8)
        degree[self._ties] = FIRST_DEGREE
        if self._me is not None:
            degree[self._me] = FURTHER
        return near, degree

    @cached_property
    def mutuals(self) -> Numbers32:
        """How many connections the viewer and everybody are known to have in common."""
        ties, told = self._told
        found = np.zeros(self.view.size, np.int32)
        for bit in (LISTED, HALF):
            reached, times = tally(self.view.ties.gather(ties[told & bit > 0])[0], len(found))
            if bit == HALF:
                known = self._open_to_me(reached)
                reached, times = reached[known], times[known]
            found[reached] += times.astype(np.int32)
        if self._me is not None:
            found[self._me] = 0
        return found


_flags: list[tuple[Flags, Near]] = []


def _findable(flags: Flags) -> Near:
    """How near somebody without any tie is to everybody; the same for all viewers, as long as nobody changes."""
    for known, near in _flags:
        if known is flags:
            return near
    near = FINDABLE[flags]
    _flags[:] = [(flags, near)]
    return near


# Of the last few who asked: while somebody types, she asks every tenth of a second, and nothing has changed.
KEPT = 4
_kept: dict[int, Stands] = {}


def stands(view: View, key: int) -> Stands:
    """How one member stands to everybody; the same as the last time, where nothing has changed."""
    found = _kept.pop(key, None)
    if found is None or found.view is not view:
        found = Stands(view, key)
    _kept[key] = found
    for other in list(_kept)[:-KEPT]:
        _kept.pop(other, None)
    return found
