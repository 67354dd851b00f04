"""The graph as it is at one moment: immutable, shared by every thread that asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from collegium.graph.adjacency import Adjacency, Numbers

Keys = npt.NDArray[np.int64]
Flags = npt.NDArray[np.uint8]

NOBODY_YET: Keys = np.zeros(0, np.int64)
NO_FLAGS: Flags = np.zeros(0, np.uint8)

# What of a person decides how far she is seen; computed in SQL by `flags.SQL`.
ACTIVE, OPEN_TO_MEMBERS, LIST_TO_MEMBERS, LIST_TO_CONNECTIONS = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class View:
    """Members as numbers, who is joined with whom, and who keeps whom away.

    A member's number is the place of her key in `keys`; those who came after the file was written follow in `late`.

    Attributes:
        folder: the files this stands on; None when it stands on nothing but changes.
        keys: sorted keys of the members in the files.
        late: keys of members who came since, in the order of their numbers.
        flags: one byte a member, late ones too.
        ties: who is connected with whom, both ways.
        blocks: whom a block parts, both ways.
        kept_away: row: a person, entries: who restricts her.
        changed_words: members of whom a search would read other words than the files have: key to the change that
            said so last; 0 where which one it was is not known.
    """

    folder: Path | None = None
    keys: Keys = field(default_factory=lambda: NOBODY_YET)
    late: tuple[int, ...] = ()
    late_numbers: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    flags: Flags = field(default_factory=lambda: NO_FLAGS)
    ties: Adjacency = field(default_factory=Adjacency.empty)
    blocks: Adjacency = field(default_factory=Adjacency.empty)
    kept_away: Adjacency = field(default_factory=Adjacency.empty)
    changed_words: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.flags)

    def number(self, key: int) -> int | None:
        """The number of one member; None for a key the graph has never heard of."""
        if (late := self.late_numbers.get(key)) is not None:
            return late
        place = int(np.searchsorted(self.keys, key))
        return place if place < len(self.keys) and self.keys[place] == key else None

    def numbers(self, keys: Iterable[int]) -> tuple[list[int], Numbers]:
        """The numbers of those among these keys that the graph knows.

        Returns:
            The keys that are known, in the order given, and a number for each.
        """
        asked = list(keys)
        if not asked:
            return [], np.zeros(0, np.uint32)
        if self.late or not len(self.keys):
            pairs = [(key, number) for key in asked if (number := self.number(key)) is not None]
            return [key for key, _number in pairs], np.array([number for _key, number in pairs], np.uint32)
        sought = np.array(asked, np.int64)
        places = np.searchsorted(self.keys, sought).clip(max=len(self.keys) - 1)
        there = self.keys[places] == sought
        return sought[there].tolist(), places[there].astype(np.uint32)

    def key_array(self, numbers: Numbers) -> Keys:
        """The keys of these numbers, as an array: there may be a hundred thousand."""
        late = numbers >= len(self.keys)
        if not late.any():
            return self.keys[numbers]
        keys = np.empty(len(numbers), np.int64)
        keys[~late] = self.keys[numbers[~late]]
        keys[late] = [self.late[number - len(self.keys)] for number in numbers[late].tolist()]
        return keys

    def keys_of(self, numbers: Numbers) -> list[int]:
        """The keys of these numbers."""
        if not self.late:
            return self.keys[numbers].tolist()
        base = len(self.keys)
        return [self.late[number - base] if number >= base else int(self.keys[number]) for number in numbers.tolist()]
