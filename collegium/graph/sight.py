"""What one viewer may know of the graph: the rule of sight, for numbers by the thousand.

    seen        in good standing, no block between, and the profile opens: to members, or to connections and tied
    list open   seen, and the list of connections is: to members, or to connections and tied
    an edge     is known when it is the viewer's own; or both ends are seen and the list of one of them is open

Somebody who restricts the viewer shows her what any member sees: for what she sees they are not connected. So an
answer made of known edges is the same whether any other edge exists or not.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt

from collegium.graph.adjacency import NONE, Numbers, Places
from collegium.graph.view import ACTIVE, LIST_TO_CONNECTIONS, LIST_TO_MEMBERS, OPEN_TO_MEMBERS, View

Bits = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

# How the viewer stands to a number, above the four flags of the person.
TIED, AWAY, PARTED = 16, 32, 64
ONESELF = TIED | AWAY | PARTED
# What follows from both.
SEEN, OPEN, MINE = 1, 2, 4


def _decide(code: int) -> int:
    """What follows from one combination of flags and standing."""
    stands = code & ONESELF
    if stands == ONESELF:
        return SEEN | OPEN
    tied = bool(stands & TIED)
    mine = MINE if tied else 0
    near = tied and not stands & AWAY
    if stands & PARTED or not code & ACTIVE or not (code & OPEN_TO_MEMBERS or near):
        return mine
    shown = code & LIST_TO_MEMBERS or (near and code & LIST_TO_CONNECTIONS)
    return mine | SEEN | (OPEN if shown else 0)


TABLE: Bits = np.array([_decide(code) for code in range(128)], np.uint8)


class _Scratch(threading.local):
    """Arrays of zeros, of each thread its own, so that a question need not clear a byte for every member."""

    def __init__(self) -> None:
        self.stands: Bits = np.zeros(0, np.uint8)
        self.marks: Mask = np.zeros(0, np.bool_)
        self.taken = self.marking = False


_scratch = _Scratch()


class Sight:
    """The eyes of one member on one view of the graph. Made by `looking`.

    Attributes:
        view: the graph.
        me: the viewer's number.
        ties: the numbers of everybody she is connected with, seen or not.
    """

    def __init__(self, view: View, me: int, stands: Bits) -> None:
        self.view, self.me, self._stands = view, me, stands
        self.ties: Numbers = view.ties.of(me)
        self._touched = [self.ties, view.kept_away.of(me), view.blocks.of(me), np.array([me], np.uint32)]
        stands[self.ties] = TIED
        stands[view.kept_away.of(me)] |= AWAY
        # A block outweighs everything, should rows contradict each other.
        stands[view.blocks.of(me)] = PARTED
        stands[me] = ONESELF

    def forget(self) -> None:
        """Put the zeros back."""
        for numbers in self._touched:
            self._stands[numbers] = 0

    @contextmanager
    def marked(self, numbers: Numbers) -> Iterator[Mask]:
        """Yes for these numbers and no for all others, to be asked by number; for as long as the block lasts."""
        own = _scratch.marking or len(_scratch.marks) < self.view.size
        if own and not _scratch.marking:
            _scratch.marks = np.zeros(self.view.size + self.view.size // 8 + 64, np.bool_)
            own = False
        marks = np.zeros(self.view.size, np.bool_) if own else _scratch.marks
        before, _scratch.marking = _scratch.marking, True
        marks[numbers] = True
        try:
            yield marks
        finally:
            marks[numbers] = False
            _scratch.marking = before

    def look(self, numbers: Numbers) -> Bits:
        """`SEEN`, `OPEN` (her list is) and `MINE` (connected) for each of these numbers."""
        return TABLE[self.view.flags[numbers] | self._stands[numbers]]

    def first(self) -> Numbers:
        """The viewer's connections, as far as she sees them."""
        return self.ties[(self.look(self.ties) & SEEN) > 0]

    def known(self, sources: Numbers, targets: Numbers) -> Mask:
        """Of the edges source–target, which the viewer may know. None of these may be her own with somebody unseen."""
        one, other = self.look(sources), self.look(targets)
        return ((one & other & SEEN) > 0) & (((one | other) & OPEN) > 0)

    def step(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Along every known edge from these numbers, one step on.

        Returns:
            The place in `numbers` each edge starts from, and where it leads.
        """
        targets, lengths = self.view.ties.gather(numbers)
        if not len(targets):
            return NONE, NONE
        places = np.repeat(np.arange(len(numbers), dtype=np.uint32), lengths)
        here = self.look(numbers)
        there = self.look(targets)
        known = ((there & SEEN) > 0) & (((np.repeat(here, lengths) | there) & OPEN) > 0)
        known &= np.repeat((here & SEEN) > 0, lengths)
        return places[known], targets[known]

    def tied(self, numbers: Numbers) -> Mask:
        """Who of these is connected with the viewer, or is herself."""
        return (self._stands[numbers] & TIED) > 0

    def step_to(self, numbers: Numbers, wanted: Callable[[Numbers], Mask]) -> tuple[Places, Numbers]:
        """`step` where few of those it leads to are wanted: of the others nothing else is asked.

        Args:
            numbers: from whom.
            wanted: which of some numbers are.
        """
        targets, lengths = self.view.ties.gather(numbers)
        hits = np.flatnonzero(wanted(targets))
        places, others = np.searchsorted(np.cumsum(lengths), hits, side="right"), targets[hits]
        known = self.known(numbers[places], others)
        return places[known], others[known]


@contextmanager
def looking(view: View, key: int) -> Iterator[Sight | None]:
    """See with the eyes of one member, for as long as the block lasts; None when the graph does not know her.

    Args:
        view: the graph.
        key: the member's key.
    """
    me = view.number(key)
    if me is None:
        yield None
        return
    if len(_scratch.stands) < view.size:
        _scratch.stands, _scratch.taken = np.zeros(view.size + view.size // 8 + 64, np.uint8), False
    # A question asked within a question must not read the other one's marks.
    own = np.zeros(view.size, np.uint8) if _scratch.taken else _scratch.stands
    nested, _scratch.taken = _scratch.taken, True
    sight = Sight(view, me, own)
    try:
        yield sight
    finally:
        sight.forget()
        _scratch.taken = nested
