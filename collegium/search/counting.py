"""How many of those who match have each value of a facet, over all layers together."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from collegium.search.corpus.segment import Vocabulary


class Counts:
    """How many have each value of a facet: an array for the largest layer, a few beside it."""

    def __init__(self, others: Mapping[str, int] | None = None) -> None:
        self._vocabulary: Vocabulary | None = None
        self._numbers = np.zeros(0, np.int64)
        self._others = Counter(others or {})

    def add(self, vocabulary: Vocabulary, numbers: npt.NDArray[np.int64]) -> None:
        """One layer more, the largest first."""
        if self._vocabulary is None:
            self._vocabulary, self._numbers = vocabulary, numbers
            return
        for place in np.flatnonzero(numbers).tolist():
            value = vocabulary.word(place)
            own, end = self._vocabulary.find(value)
            if own < end:
                self._numbers[own] += numbers[place]
            else:
                self._others[value] += int(numbers[place])

    def of(self, value: str) -> int:
        """How many have one value."""
        own, end = self._vocabulary.find(value) if self._vocabulary is not None else (0, 0)
        return int(self._numbers[own]) if own < end else self._others[value]

    @property
    def different(self) -> int:
        """How many values anybody has."""
        return int(np.count_nonzero(self._numbers)) + sum(1 for number in self._others.values() if number)

    def top(self, most: int) -> list[tuple[str, int]]:
        """The values that most have, and how many; among equals the one whose name in the arrays comes first."""
        found = np.flatnonzero(self._numbers)
        if len(found) > most:
            # Counts first, then places, in one number, so that the cut is the same whatever the order.
            order = (self._numbers[found] << 32) - found
            found = found[np.argpartition(-order, most)[:most]]
        vocabulary = self._vocabulary
        named = [(vocabulary.word(place), int(self._numbers[place])) for place in found.tolist()] if vocabulary else []
        named += [(value, number) for value, number in self._others.items() if number]
        return sorted(named, key=lambda each: (-each[1], each[0].encode()))[:most]
