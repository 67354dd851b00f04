"""Who is joined with whom: rows of sorted numbers, most of them in a file, the changed ones beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

NONE: Numbers = np.zeros(0, np.uint32)
# Above this many rows' worth of entries, copying row by row is quicker than computing every entry's place.
LONG_ROWS = 64
# Beyond so many entries counting into a slot for every member is quicker than sorting.
SORTED_UP_TO = 100_000


def distinct(numbers: Numbers) -> Numbers:
    """Each number once, sorted; quicker than `np.unique`, which hashes first."""
    if not len(numbers):
        return numbers
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])]


def tally(numbers: Numbers, size: int) -> tuple[Numbers, Places]:
    """Each number once, sorted, and how often it occurs.

    Args:
        numbers: in any order.
        size: above every number.
    """
    if not len(numbers):
        return NONE, np.zeros(0, np.int64)
    if len(numbers) > SORTED_UP_TO:
        slots = np.bincount(numbers, minlength=size)
        # Of yes and no it finds the places five times as quickly as of numbers.
        found = np.flatnonzero(slots > 0)
        return found.astype(np.uint32), slots[found]
    ordered = np.sort(numbers)
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    return ordered[starts], np.diff(np.append(starts, len(ordered)))


def holds(ordered: Numbers, numbers: Numbers) -> npt.NDArray[np.bool_]:
    """Which of these numbers stand in a sorted row."""
    if not len(ordered):
        return np.zeros(len(numbers), np.bool_)
    places = np.searchsorted(ordered, numbers)
    return ordered[np.minimum(places, len(ordered) - 1)] == numbers


@dataclass(frozen=True, slots=True)
class Adjacency:
    """A sparse square of yes and no, by rows ("compressed sparse rows"), with replaced rows laid over it.

    Attributes:
        offsets: n + 1 places; row i is `targets[offsets[i]:offsets[i + 1]]`.
        targets: the numbers of all rows, each row sorted.
        patches: whole rows that differ from the file, or that it does not have.
        patched: which rows these are, sorted.
    """

    offsets: Places
    targets: Numbers
    patches: Mapping[int, Numbers] = field(default_factory=lambda: MappingProxyType({}))
    patched: Numbers = field(default_factory=lambda: NONE)

    @classmethod
    def empty(cls) -> "Adjacency":
        """Nobody is joined with anybody."""
        return cls(np.zeros(1, np.int64), NONE)

    @classmethod
    def from_pairs(cls, rows: Numbers, others: Numbers, size: int) -> "Adjacency":
        """From pairs (row, other) in any order, each at most once.

        Args:
            rows: numbers below `size`.
            others: as many.
            size: how many rows there are.
        """
        joined = rows.astype(np.uint64)
        joined <<= np.uint64(32)
        joined |= others
        joined.sort()
        offsets = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(rows, minlength=size), out=offsets[1:])
        return cls(offsets, (joined & np.uint64(0xFFFFFFFF)).astype(np.uint32))

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.offsets) - 1

    def of(self, number: int) -> Numbers:
        """One row, sorted. A number beyond the file has an empty one."""
        if (patch := self.patches.get(number)) is not None:
            return patch
        if number >= self.rows:
            return NONE
        return self.targets[self.offsets[number] : self.offsets[number + 1]]

    def degrees(self, numbers: Numbers) -> Places:
        """The length of each of these rows."""
        return self._rows(numbers)[1]

    def gather(self, numbers: Numbers) -> tuple[Numbers, Places]:
        """Several rows one after the other, and the length of each."""
        starts, lengths, replaced = self._rows(numbers)
        total = int(lengths.sum())
        if not total:
            return NONE, lengths
        if replaced or total > LONG_ROWS * len(numbers):
            targets = self.targets
            ends = (starts + lengths).tolist()
            rows = [targets[at:end] for at, end in zip(starts.tolist(), ends, strict=True)]
            for place, row in replaced:
                rows[place] = row
            return np.concatenate(rows), lengths
        after = np.cumsum(lengths)
        places = np.arange(total) + np.repeat(starts - (after - lengths), lengths)
        return self.targets[places], lengths

    def _rows(self, numbers: Numbers) -> tuple[Places, Places, list[tuple[int, Numbers]]]:
        """Where these rows begin in the file, how long they are, and by their place those that are not the file's."""
        last = self.rows
        if not last:
            starts = np.zeros(len(numbers), np.int64)
            lengths = starts.copy()
        else:
            # Beyond the file: the empty row that begins where the last one ends.
            starts = self.offsets[np.minimum(numbers, last)]
            lengths = self.offsets[np.minimum(numbers, last - 1).astype(np.int64) + 1] - starts
            np.maximum(lengths, 0, out=lengths)
        replaced = []
        if len(self.patched):
            for place in np.flatnonzero(holds(self.patched, numbers)).tolist():
                row = self.patches[int(numbers[place])]
                replaced.append((place, row))
                lengths[place] = len(row)
        return starts, lengths, replaced

    def changed(self, edges: Iterable[tuple[int, int, bool]]) -> "Adjacency":
        """The same with these entries on or off; this one stays as it is.

        Args:
            edges: (row, other, whether it is so now); a later one counts.
        """
        wanted: dict[int, dict[int, bool]] = {}
        for row, other, on in edges:
            wanted.setdefault(row, {})[other] = on
        if not wanted:
            return self
        patches = dict(self.patches)
        for row, others in wanted.items():
            off = np.fromiter((key for key, on in others.items() if not on), np.uint32)
            new = np.fromiter((key for key, on in others.items() if on), np.uint32)
            patches[row] = np.union1d(np.setdiff1d(self.of(row), off, assume_unique=True), new).astype(np.uint32)
        patched = np.sort(np.fromiter(patches, np.uint32, len(patches)))
        return Adjacency(self.offsets, self.targets, MappingProxyType(patches), patched)
