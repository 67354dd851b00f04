"""One search by one viewer: who matches, in which order, and how many there are of everything.

Everything is counted over all who match, never over a page, and only as far as the viewer may know: who is not to be
found is in no number, and a part of a profile that is closed to her makes nobody match and counts nowhere.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from collegium.search.asking import DEGREE, DEGREES, OPEN, Asked
from collegium.search.corpus.segment import Mask, Near, Vocabulary
from collegium.search.eyes import FURTHER, Eyes, Seen
from collegium.search.query.evaluate import IN_NAME_UNTIL, NOWHERE, Evaluation, Ranks
from collegium.search.query.tree import is_plain, terms

MOST_MUTUAL = 0xFFFF

Place = tuple[int, int]
"""Where somebody stands in the order: how well she fits and how near she is in one number, then her key."""


@dataclass
class Matching:
    """One layer, and who of it matches."""

    seen: Seen
    ranks: Ranks
    words: Mask
    chosen: dict[str, Mask] = field(default_factory=dict)
    _near: dict[str, Near] = field(default_factory=dict)

    def without(self, facet: str = "") -> Mask:
        """Who matches, whatever is chosen of one facet."""
        found = self.words
        for name, mask in self.chosen.items():
            if name != facet:
                found = found & mask
        return found

    def near_without(self, facet: str) -> Near:
        """How near each is of those who match, whatever is chosen of one facet; made once."""
        if (known := self._near.get(facet)) is None:
            known = self._near[facet] = np.where(self.without(facet), self.seen.near, np.int8(-1))
        return known

    @cached_property
    def all(self) -> Mask:
        """Who matches."""
        return self.without()

    @cached_property
    def numbers(self) -> npt.NDArray[np.int64]:
        """The numbers of those who match."""
        return np.flatnonzero(self.all)

    def found(self, facet: str) -> tuple[Mask, npt.NDArray[np.int64]]:
        """Who matches whatever is chosen of one facet, as a mask and as numbers."""
        if facet not in self.chosen:
            return self.all, self.numbers
        matched = self.without(facet)
        return matched, np.flatnonzero(matched)


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


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found: where she stands in the order."""

    key: int
    place: Place
    degree: int
    mutual: int


class Search:
    """A search, worked out once and asked several things."""

    def __init__(self, eyes: Eyes, asked: Asked, *, names_enough: int = 0, similar: bool = True) -> None:
        """Work it out. Where nobody fits, and only words were typed, names count that differ by a letter.

        Args:
            eyes: who looks.
            asked: for what.
            names_enough: where so many have the words in their names, nothing else is looked at.
            similar: whether names that only look like the words count where nobody fits.
        """
        self.eyes, self.asked = eyes, asked
        self.alike = False
        self.layers: list[Matching] = []
        plain = is_plain(asked.node) and not asked.chosen
        ways = ["in_names"] if names_enough and plain else []
        for way in [*ways, "ranks", *(["alike"] if plain and similar else [])]:
            self.__dict__.pop("total", None)
            self.layers = [self._matching(seen, way) for seen in eyes.layers]
            self.alike = way == "alike" and self.total > 0
            if self.total >= (names_enough if way == "in_names" else 1):
                break

    def _matching(self, seen: Seen, way: str) -> Matching:
        node, evaluation = self.asked.node, Evaluation(seen.layer.segment, seen.near)
        if node is None:
            ranks = np.zeros(len(seen.near), np.uint8)
        elif way == "ranks":
            ranks = evaluation.ranks(node)
        else:
            ranks = getattr(evaluation, way)(terms(node))
        made = Matching(seen, ranks, seen.found & (ranks != NOWHERE))
        for name in self.asked.facets:
            made.chosen[name] = self._chosen(made, name)
        return made

    def _chosen(self, layer: Matching, name: str) -> Mask:
        """Who has one of the values that are chosen of a facet."""
        seen, values = layer.seen, [value.known for value in self.asked.of(name)]
        if name == DEGREE:
            return np.isin(seen.degree, [int(value) for value in values])
        if name == OPEN:
            return self.eyes.open_to_work(seen, layer.words)
        mask = np.zeros(len(seen.near), bool)
        for value in values:
            mask[seen.layer.segment.facets[name].holders(value, seen.near)] = True
        return mask

    @cached_property
    def total(self) -> int:
        """How many match."""
        return sum(len(layer.numbers) for layer in self.layers)

    def keys(self) -> npt.NDArray[np.int64]:
        """The keys of all who match, sorted."""
        return np.sort(
            np.concatenate([np.zeros(0, np.int64), *(each.seen.layer.segment.keys[each.all] for each in self.layers)])
        )

    def counts(self, facet: str) -> "Counts":
        """How many of those who match have each value of a facet, whatever is chosen of that facet itself."""
        if facet == DEGREE:
            return Counts(others=self._degrees())
        if facet == OPEN:
            return Counts(others={"1": sum(int(np.count_nonzero(self._open(layer))) for layer in self.layers)})
        counts = Counts()
        for layer in sorted(self.layers, key=lambda layer: -len(layer.seen.near)):
            values, (matched, found) = layer.seen.layer.segment.facets[facet], layer.found(facet)
            counts.add(values.vocabulary, values.counts(matched, found, layer.seen.near))
        return counts

    def _degrees(self) -> Mapping[str, int]:
        total = np.zeros(FURTHER + 1, np.int64)
        for layer in self.layers:
            total += np.bincount(layer.seen.degree[layer.without(DEGREE)], minlength=FURTHER + 1)
        return {degree: int(total[int(degree)]) for degree in DEGREES}

    def _open(self, layer: Matching) -> Mask:
        if OPEN in layer.chosen:
            return layer.all
        return self.eyes.open_to_work(layer.seen, layer.all)

    def first(self, most: int, after: Place | None = None, *, near_first: bool = False) -> list[Hit]:
        """The best, in order.

        Args:
            most: how many.
            after: the place of the last one that is known already.
            near_first: connections and their connections before how well somebody fits, name or not.
        """
        hits = [hit for layer in self.layers for hit in _best(layer, most, after, near_first=near_first)]
        return sorted(hits, key=lambda hit: hit.place)[:most]

    def holder(self, facet: str, value: str) -> int | None:
        """Somebody who matches and shows the viewer that she has this value."""
        for layer in self.layers:
            segment = layer.seen.layer.segment
            found = segment.facets[facet].holders(value, layer.near_without(facet))
            if len(found):
                return int(segment.keys[found[0]])
        return None


def _best(layer: Matching, most: int, after: Place | None, *, near_first: bool) -> list[Hit]:
    """The best of one layer."""
    found = layer.numbers
    if not len(found):
        return []
    seen, keys = layer.seen, layer.seen.layer.segment.keys
    score = _scores(layer, found, near_first=near_first)
    # Within a segment the smaller number is the smaller key.
    order = (score << 32) | found
    if after is not None:
        last = (after[0] << 32) | (int(np.searchsorted(keys, after[1], "right")) - 1 & 0xFFFFFFFF)
        later = order > last if after[1] >= keys[0] else order >= after[0] << 32
        order = order[later]
    if len(order) > most:
        order = np.partition(order, most)[:most]
    hits = []
    for each in np.sort(order).tolist():
        number = each & 0xFFFFFFFF
        place = each >> 32, int(keys[number])
        hits.append(Hit(place[1], place, int(seen.degree[number]), int(seen.mutual[number])))
    return hits


def _scores(layer: Matching, found: npt.NDArray[np.int64], *, near_first: bool) -> npt.NDArray[np.int64]:
    """How well each fits, then how near she is, then how many both know; the smaller the better; below 2³¹."""
    rank, degree = layer.ranks[found].astype(np.int64), layer.seen.degree[found].astype(np.int64)
    fewer = MOST_MUTUAL - np.minimum(layer.seen.mutual[found], MOST_MUTUAL).astype(np.int64)
    if near_first:
        named = rank > IN_NAME_UNTIL
        return (named.astype(np.int64) << 26) | (degree << 24) | (rank << 16) | fewer
    return (rank << 18) | (degree << 16) | fewer
