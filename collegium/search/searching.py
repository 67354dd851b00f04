"""One search by one viewer: who matches, in which order, and how many there are of everything.

Everything is counted over all who match, never over a page, and only as far as the viewer may know: who is not to be
found is in no number, and a part of a profile that is closed to her makes nobody match and counts nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.lib.query.tree import every, is_plain, terms
from collegium.search.asking import DEGREE, DEGREES, OPEN, Asked
from collegium.search.corpus.draft import GROUP
from collegium.search.corpus.segment import Mask
from collegium.search.counting import Counts
from collegium.search.eyes import Eyes, Seen
from collegium.search.query.evaluate import IN_NAME_UNTIL, NOWHERE, Evaluation, Ranks
from collegium.search.stands import FIRST_DEGREE, FURTHER, Degrees

MOST_MUTUAL = 0xFFFF
MOST_ENTRIES = 6_000_000
"""Entries of the index that one question may look at: a quarter of a second. The widest beginnings of two
letters have a fifth of that each among a million members."""
DEGREES_CHOSEN = {
    frozenset(chosen): np.isin(np.arange(FURTHER + 1), chosen)
    for size in range(FURTHER + 1)
    for chosen in combinations(range(1, FURTHER + 1), size)
}

Place = tuple[int, int]
"""Where somebody stands in the order: how well she fits and how near she is in one number, then her key."""


@dataclass
class Matching:
    """One layer, and who of it matches."""

    seen: Seen
    ranks: Ranks
    words: Mask
    chosen: dict[str, Mask] = field(default_factory=dict)
    _without: dict[str, Mask] = field(default_factory=dict)

    def without(self, facet: str = "") -> Mask:
        """Who matches, whatever is chosen of one facet; made once."""
        if facet != DEGREE and facet not in self.chosen:
            facet = ""
        if (known := self._without.get(facet)) is None:
            known = self.words
            for name, mask in self.chosen.items():
                if name != facet:
                    known = known & mask
            self._without[facet] = known
        return known

    @cached_property
    def all(self) -> Mask:
        """Who matches."""
        return self.without()

    @cached_property
    def numbers(self) -> npt.NDArray[np.int64]:
        """The numbers of those who match."""
        return np.flatnonzero(self.all) if DEGREE in self.chosen else self.any_degree

    @cached_property
    def any_degree(self) -> npt.NDArray[np.int64]:
        """The numbers of those who match, whatever degree is chosen."""
        return np.flatnonzero(self.without(DEGREE))

    @cached_property
    def degrees(self) -> Degrees:
        """Their degrees."""
        return self.seen.degrees(self.any_degree)

    def found(self, facet: str) -> tuple[Mask, npt.NDArray[np.int64]]:
        """Who matches whatever is chosen of one facet, as a mask and as numbers."""
        if facet not in self.chosen:
            return self.all, self.numbers
        matched = self.without(facet)
        return matched, np.flatnonzero(matched)


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
        self.wide: list[str] = []
        plain = is_plain(asked.node) and not asked.chosen
        ways = ["in_names"] if names_enough and plain else []
        for way in [*ways, "ranks", *(["alike"] if plain and similar else [])]:
            if way == "ranks" and (wide := self._too_wide()):
                self.wide = wide
                break
            self.__dict__.pop("total", None)
            self.layers = [self._matching(seen, way) for seen in eyes.layers]
            self.alike = way == "alike" and self.total > 0
            if self.total >= (names_enough if way == "in_names" else 1):
                break

    def _too_wide(self) -> list[str]:
        """The words that so many have that they cannot all be looked at, as they were typed; the widest.

        What a question costs is how many entries of the index its words have, and that is known beforehand. Whoever
        asks for the beginnings of very many words at once is asked to type more.
        """
        evaluations = [Evaluation(seen.layer.segment, seen.reaches) for seen in self.eyes.layers]
        asked = [(sum(each.entries(term) for each in evaluations), term.shown) for term in every(self.asked.node)]
        left, wide = MOST_ENTRIES, []
        for entries, shown in sorted(asked):
            left -= entries
            if left < 0:
                wide.append(shown)
        return wide

    def _matching(self, seen: Seen, way: str) -> Matching:
        group = self.asked.place.group
        inside = _inside(seen, group) if group else None
        node, evaluation = self.asked.node, Evaluation(seen.layer.segment, seen.reaches, inside)
        if node is None:
            ranks = np.zeros(len(seen.plain), np.uint8)
        elif way == "ranks":
            ranks = evaluation.ranks(node)
        else:
            ranks = getattr(evaluation, way)(terms(node))
        words = seen.found & (ranks != NOWHERE)
        if inside is not None:
            words &= inside
        made = Matching(seen, ranks, words)
        for name in self.asked.facets:
            if name != DEGREE:
                made.chosen[name] = self._chosen(made, name)
        if DEGREE in self.asked.facets:
            made.chosen[DEGREE] = self._near_enough(made)
        return made

    def _near_enough(self, layer: Matching) -> Mask:
        """Who of those who have the words is of a degree that is chosen: nobody else's need be known."""
        numbers, degrees = layer.any_degree, layer.degrees
        if layer.chosen:  # these narrow as well, and their own counts ask for those whom they leave out
            numbers = np.flatnonzero(layer.words)
            degrees = layer.seen.degrees(numbers)
        mask = np.zeros(len(layer.words), bool)
        mask[numbers[DEGREES_CHOSEN[frozenset(int(value.known) for value in self.asked.of(DEGREE))][degrees]]] = True
        return mask

    def _chosen(self, layer: Matching, name: str) -> Mask:
        """Who has one of the values that are chosen of a facet."""
        seen, values = layer.seen, [value.known for value in self.asked.of(name)]
        if name == OPEN:
            return self.eyes.open_to_work(seen, layer.words)
        mask = np.zeros(len(layer.words), bool)
        for value in values:
            mask[seen.layer.segment.facets[name].holders(value, seen.reaches, layer.words)] = True
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

    def counts(self, facet: str) -> Counts:
        """How many of those who match have each value of a facet, whatever is chosen of that facet itself."""
        if facet == DEGREE:
            return Counts(others=self._degrees())
        if facet == OPEN:
            return Counts(others={"1": sum(int(np.count_nonzero(self._open(layer))) for layer in self.layers)})
        counts = Counts()
        for layer in sorted(self.layers, key=lambda layer: -len(layer.words)):
            values, (matched, found) = layer.seen.layer.segment.facets[facet], layer.found(facet)
            counts.add(values.vocabulary, values.counts(matched, found, layer.seen.reaches))
        return counts

    def _degrees(self) -> Mapping[str, int]:
        total = np.zeros(FURTHER + 1, np.int64)
        for layer in self.layers:
            total += np.bincount(layer.degrees, minlength=FURTHER + 1)
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
            found = segment.facets[facet].holders(value, layer.seen.reaches, layer.without(facet))
            if len(found):
                return int(segment.keys[found[0]])
        return None


def _best(layer: Matching, most: int, after: Place | None, *, near_first: bool) -> list[Hit]:
    """The best of one layer.

    How many both know decides last, and only among those who are otherwise as good as the last one of the page; so it
    is asked of those alone.
    """
    seen, keys = layer.seen, layer.seen.layer.segment.keys
    found, degrees = _candidates(layer, most, near_first=near_first and after is None)
    score = _scores(layer, found, degrees, near_first=near_first)
    if after is not None:
        found, degrees, score = _those(score >= after[0] >> 16, found, degrees, score)
        most += int(np.count_nonzero(score == after[0] >> 16))
    if len(score) > most:
        found, degrees, score = _those(score <= np.partition(score, most - 1)[most - 1], found, degrees, score)
    mutual = np.zeros(len(found), np.int64)
    within = np.flatnonzero(degrees < FURTHER)
    mutual[within] = seen.mutual(found[within])
    score = (score << 16) | (MOST_MUTUAL - np.minimum(mutual, MOST_MUTUAL))
    # Within a segment the smaller number is the smaller key.
    order = (score << 32) | found
    if after is not None and len(keys):
        last = (after[0] << 32) | (int(np.searchsorted(keys, after[1], "right")) - 1 & 0xFFFFFFFF)
        later = order > last if after[1] >= keys[0] else order >= after[0] << 32
        order, mutual, degrees = _those(later, order, mutual, degrees)
    hits = []
    for each in np.argsort(order)[:most].tolist():
        place = int(order[each]) >> 32, int(keys[int(order[each]) & 0xFFFFFFFF])
        hits.append(Hit(place[1], place, int(degrees[each]), int(mutual[each])))
    return hits


def _inside(seen: Seen, group: int) -> Mask:
    """Who of a layer is in a group. Whether the viewer may know that was asked before anything was looked for."""
    mask = np.zeros(len(seen.plain), bool)
    mask[seen.layer.segment.facets[GROUP].holders(str(group), lambda owner, _level: np.ones(len(owner), bool))] = True
    return mask


def _those(mask: Mask, *columns: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], ...]:
    return tuple(column[mask] for column in columns)


def _candidates(layer: Matching, most: int, *, near_first: bool) -> tuple[npt.NDArray[np.int64], Degrees]:
    """Who may be among the best, and their degrees: one's connections alone where nearness decides and they suffice."""
    found = layer.numbers
    if near_first and DEGREE not in layer.chosen:
        near = found[layer.seen.tied(found) & (layer.ranks[found] <= IN_NAME_UNTIL)]
        if len(near) >= most:
            return near, np.full(len(near), FIRST_DEGREE, np.int8)
    return found, layer.degrees[layer.all[layer.any_degree]] if DEGREE in layer.chosen else layer.degrees


def _scores(
    layer: Matching, found: npt.NDArray[np.int64], degrees: Degrees, *, near_first: bool
) -> npt.NDArray[np.int64]:
    """How well each fits, then how near she is; the smaller the better; below 2¹⁵."""
    rank, degree = layer.ranks[found].astype(np.int64), degrees.astype(np.int64)
    if near_first:
        named = rank > IN_NAME_UNTIL
        return (named.astype(np.int64) << 10) | (degree << 8) | rank
    return (rank << 2) | degree
