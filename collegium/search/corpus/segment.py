"""Some members' arrays, ready to be asked: the vocabulary, who has a word where, who has which value."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from collegium.audience.rule import MEMBER
from collegium.search.corpus import alike
from collegium.search.corpus.arrays import Array, Arrays

Mask = npt.NDArray[np.bool_]
Near = npt.NDArray[np.int8]
Reaches = Callable[[Array, Array], Mask]
"""Says of people, by their numbers, whether the viewer is as near to each as a level asks for."""


class Vocabulary:
    """Sorted words, most of them on disk; found by halving."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._letters, self._ends = arrays[f"{name}-letters"], arrays[f"{name}-ends"]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def word(self, place: int) -> str:
        """The word at a place."""
        return self._bytes(place).decode()

    def _bytes(self, place: int) -> bytes:
        return self._letters[self._ends[place] : self._ends[place + 1]].tobytes()

    def find(self, word: str) -> tuple[int, int]:
        """The place of a word and the one after it; twice the same where there is no such word."""
        wanted = word.encode()
        place = self._first(wanted)
        return place, place + (place < len(self) and self._bytes(place) == wanted)

    def beginning(self, start: str) -> tuple[int, int]:
        """The places of the words that begin so, from and up to."""
        wanted = start.encode()
        return self._first(wanted), self._first(wanted, len(wanted))

    def _first(self, wanted: bytes, cut: int = 0) -> int:
        """The first place whose word does not come before; with `cut`, whose so many letters come after."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            word = self._bytes(middle)
            before = word[:cut] <= wanted if cut else word < wanted
            low, high = (middle + 1, high) if before else (low, middle)
        return low


class Postings:
    """Where the words of one family stand."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.vocabulary = Vocabulary(arrays, name)
        self._arrays, self._name = arrays, name
        self._starts = arrays[f"{name}-starts"]

    def between(self, first: int, last: int) -> slice:
        """The rows of the words from one place up to another."""
        return slice(int(self._starts[first]), int(self._starts[last]))

    def __getitem__(self, column: str) -> Array:
        """One column of all rows: `owner`, `at`, `zone` or `level`."""
        return self._arrays[f"{self._name}-{column}"]

    def alike(self, word: str) -> list[int]:
        """The places of words that differ from this one by a letter."""
        found = alike.near(self._arrays, self._name, word)
        return [place for place in found if alike.differ_by_one(word, self.vocabulary.word(place))]


class Values:
    """Who has which values of one facet."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.vocabulary = Vocabulary(arrays, name)
        self._who, self._what = arrays[f"{name}-who-starts"], arrays[f"{name}-what-starts"]
        self._owner, self._who_level = arrays[f"{name}-who-owner"], arrays[f"{name}-who-level"]
        self._value, self._what_level = arrays[f"{name}-what-value"], arrays[f"{name}-what-level"]

    def holders(self, value: str, reaches: Reaches, matched: Mask | None = None) -> Array:
        """The numbers of those who have a value, as far as one may know; of those matched, where that is said."""
        place, end = self.vocabulary.find(value)
        if place == end:
            return np.zeros(0, np.uint32)
        rows = slice(int(self._who[place]), int(self._who[end]))
        owner, level = self._owner[rows], self._who_level[rows]
        if matched is not None:
            among = matched[owner]
            owner, level = owner[among], level[among]
        return owner[reaches(owner, level)]

    def counts(self, matched: Mask, found: Array, reaches: Reaches) -> Array:
        """How many of those matched have each value, as far as one may know; a number for every value.

        Args:
            matched: for every member whether she matches.
            found: the numbers of those who do.
            reaches: whether the viewer is near enough.
        """
        if not len(self.vocabulary) or not len(found):
            return np.zeros(len(self.vocabulary), np.int64)
        if len(found) * 3 > len(matched):
            known = matched[self._owner]
            if self._narrowest > MEMBER:
                closer = np.flatnonzero(known & (self._who_level > MEMBER))
                known[closer] = reaches(self._owner[closer], self._who_level[closer])
            return np.add.reduceat(known, self._who[:-1], dtype=np.int64)
        starts = self._what[found]
        lengths = self._what[found + 1] - starts
        ends = np.cumsum(lengths)
        rows = np.repeat(starts - (ends - lengths), lengths)
        rows += np.arange(len(rows))
        values = self._value[rows]
        if self._narrowest > MEMBER:
            closer = np.flatnonzero(self._what_level[rows] > MEMBER)
            owner = np.repeat(found, lengths)[closer]
            known = np.ones(len(rows), bool)
            known[closer] = reaches(owner, self._what_level[rows[closer]])
            values = values[known]
        return np.bincount(values, minlength=len(self.vocabulary))

    @cached_property
    def _narrowest(self) -> int:
        """The level nobody exceeds: where it is that of any member, none of those matched need be asked for."""
        return int(self._what_level.max()) if len(self._what_level) else 0


class Segment:
    """The arrays of some members, who are numbered from 0."""

    def __init__(self, arrays: Arrays, keys: npt.NDArray[np.int64], facets: Sequence[str]) -> None:
        """Take the arrays, the members' keys, and the names of the facets."""
        self.arrays, self.keys = arrays, keys
        self._facets = facets

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def everything(self) -> Postings:
        """Every word of the profiles."""
        return Postings(self.arrays, "all")

    @cached_property
    def names(self) -> Postings:
        """The words of names, and the handles, each behind an @."""
        return Postings(self.arrays, "names")

    @cached_property
    def facets(self) -> dict[str, Values]:
        """The facets, by name."""
        return {name: Values(self.arrays, name) for name in self._facets}
