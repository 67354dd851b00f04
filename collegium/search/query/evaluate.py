"""A query put to one segment: for every member how well it fits, as far as one viewer may know.

The answer is a number a member: 255 where it does not fit, otherwise the smaller the better. So AND is the greater of
two numbers (as good as the worst word), OR the smaller. A word counts only where its audience reaches the viewer; one
that she may not read neither finds anybody nor, after NOT, leaves anybody out.
"""

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

from collegium.lib.query.tree import All, Node, Not, Term, terms
from collegium.search.corpus.arrays import Array
from collegium.search.corpus.segment import Mask, Postings, Reaches, Segment
from collegium.search.corpus.zones import FIELDS, WORTH, Zone

Ranks = npt.NDArray[np.uint8]

NOWHERE = 255
IN_NAME_UNTIL = 3
"""Ranks up to this are of words in names: twice the worth of the place, and one more where a word goes on."""
WITHOUT = 2 * int(WORTH.max()) + 1
"""The rank of whoever fits because of what she has not."""
SHORT = 2
"""A word of fewer letters is looked for at the beginning of names, and as it is elsewhere."""
_IN_FIELD = {name: np.isin(np.arange(len(Zone)), zones) for name, zones in FIELDS.items()}


class Evaluation:
    """One segment with one viewer's eyes."""

    def __init__(self, segment: Segment, reaches: Reaches, among: Mask | None = None) -> None:
        """Take what is asked, and whose eyes ask.

        Args:
            segment: the members.
            reaches: says whether the viewer is near enough to some of them for some levels.
            among: who counts at all, where not everybody does: what others have is not looked at.
        """
        self._segment, self._reaches, self._among = segment, reaches, among

    def ranks(self, node: Node) -> Ranks:
        """How well everybody fits. Whoever is not to be found can fit by NOT alone: the caller leaves her out."""
        if isinstance(node, Term):
            return self._term(node)
        if isinstance(node, Not):
            return np.where(self.ranks(node.part) == NOWHERE, np.uint8(0), np.uint8(NOWHERE))
        parts = [self.ranks(part) for part in node.parts]
        if isinstance(node, All):
            return reduce(np.maximum, parts)
        least = [
            each if terms(part) else np.maximum(each, WITHOUT) for part, each in zip(node.parts, parts, strict=True)
        ]
        return reduce(np.minimum, least)

    def in_names(self, words: Sequence[Term]) -> Ranks:
        """How well everybody's name or handle fits."""
        return reduce(np.maximum, [self._in_names(term) for term in words])

    def alike(self, words: Sequence[Term]) -> Ranks:
        """Whose name has, for each of the words, one that differs by a letter (or has it, or goes on from it)."""
        return reduce(np.maximum, [self._alike(term) for term in words])

    def entries(self, term: Term) -> int:
        """How many entries of the index a term makes us look at; known before any of them is."""
        postings, names = self._segment.everything, self._segment.names
        found = self._rows(postings, term)
        if len(found) > 1:
            rarest = min(rows.stop - rows.start for rows in found)
            return rarest * len(found) + (found[-1].stop - found[-1].start if term.beginning else 0)
        rows = found[0]
        if term.beginning and len(term.words[0]) < SHORT:
            rows = postings.between(*postings.vocabulary.find(term.words[0]))
            begun = names.between(*names.vocabulary.beginning(term.words[0]))
            return rows.stop - rows.start + begun.stop - begun.start
        return rows.stop - rows.start

    @staticmethod
    def _rows(postings: Postings, term: Term) -> list[slice]:
        """Where each word of a term stands; the last one may go on."""
        vocabulary, last = postings.vocabulary, len(term.words) - 1
        return [
            postings.between(*(vocabulary.beginning if place == last and term.beginning else vocabulary.find)(word))
            for place, word in enumerate(term.words)
        ]

    def _nobody(self) -> Ranks:
        return np.full(len(self._segment), NOWHERE, np.uint8)

    def _term(self, term: Term) -> Ranks:
        postings, ranks = self._segment.everything, self._nobody()
        if len(term.words) > 1:
            self._phrase(ranks, postings, term)
        else:
            word = term.words[0]
            if term.beginning and len(word) >= SHORT:
                self._spread(ranks, postings, postings.vocabulary.beginning(word), term.field, 1)
            self._spread(ranks, postings, postings.vocabulary.find(word), term.field, 0)
        if not term.field:
            ranks = self._named(ranks, term)
        return ranks

    def _named(self, ranks: Ranks, term: Term) -> Ranks:
        """What the words of names and handles add."""
        names = self._segment.names
        bare = term.shown.strip("@*/.,;").lower()
        if term.beginning and len(term.words) == 1 and len(term.words[0]) < SHORT:
            self._spread(ranks, names, names.vocabulary.beginning(term.words[0]), "", 1)
        if term.handle:
            self._spread(ranks, names, names.vocabulary.beginning(f"@{bare}"), "", 1)
        else:
            self._spread(ranks, names, names.vocabulary.find(f"@{bare}"), "", 0)
        return ranks

    def _in_names(self, term: Term) -> Ranks:
        names, ranks = self._segment.names, self._nobody()
        if len(term.words) > 1:
            self._phrase(ranks, names, term)
        else:
            self._spread(ranks, names, names.vocabulary.beginning(term.words[0]), "", 1)
            self._spread(ranks, names, names.vocabulary.find(term.words[0]), "", 0)
        return self._named(ranks, term)

    def _alike(self, term: Term) -> Ranks:
        names, ranks = self._segment.names, self._nobody()
        for word in term.words:
            self._spread(ranks, names, names.vocabulary.beginning(word), "", 1)
            for place in names.alike(word):
                self._spread(ranks, names, (place, place + 1), "", 1)
        return ranks

    def _spread(self, ranks: Ranks, postings: Postings, places: tuple[int, int], field: str, more: int) -> None:
        """Lower the rank of everybody who has one of these words where the viewer may read it."""
        if places[0] >= places[1]:
            return
        rows = postings.between(*places)
        stands = postings["owner"][rows], postings["level"][rows], postings["zone"][rows]
        self._lower(ranks, stands, field, more)

    def _lower(self, ranks: Ranks, stands: tuple[Array, Array, Array], field: str, more: int) -> None:
        owner, level, zone = stands
        if self._among is not None:
            # Places are quicker to take than a mask where few count.
            here = np.flatnonzero(self._among[owner])
            owner, level, zone = owner[here], level[here], zone[here]
        known = self._reaches(owner, level)
        if field:
            known &= _IN_FIELD[field][zone]
        owner, worth = owner[known], WORTH[zone[known]]
        # The worst first, so that the best is what stays.
        for each in np.flatnonzero(np.bincount(worth, minlength=1))[::-1].tolist():
            found = owner[worth == each]
            ranks[found] = np.minimum(ranks[found], 2 * each + more)

    def _phrase(self, ranks: Ranks, postings: Postings, term: Term) -> None:
        """Words that follow each other in one text: found from the rarest of them."""
        last, going_on = len(term.words) - 1, term.beginning
        rows = self._rows(postings, term)
        rarest = min(range(len(rows)), key=lambda place: rows[place].stop - rows[place].start)
        at = postings["at"]
        begins = at[rows[rarest]].astype(np.int64) - rarest
        here = np.ones(len(begins), bool)
        for place, each in enumerate(rows):
            if place != rarest and here.any():
                here[here] = _among(begins[here] + place, at[each], ordered=not (place == last and going_on))
        owner, level, zone = (postings[column][rows[rarest]][here] for column in ("owner", "level", "zone"))
        # The zone of the whole is that of its beginning: a name begins with its first word alone.
        if rarest and len(zone):
            zone = np.where((zone == Zone.NAME) & _among(begins[here], self._beginnings(postings, rows[0])), 0, zone)
        self._lower(ranks, (owner, level, zone), term.field, 0)

    @staticmethod
    def _beginnings(postings: Postings, rows: slice) -> Array:
        """Where the first word of a phrase begins a name."""
        return postings["at"][rows][postings["zone"][rows] == Zone.NAME_BEGINS]


def _among(wanted: Array, sorted_values: Array, *, ordered: bool = True) -> npt.NDArray[np.bool_]:
    """Which of these numbers are among the others."""
    if not len(sorted_values):
        return np.zeros(len(wanted), bool)
    others = sorted_values if ordered else np.sort(sorted_values)
    places = np.searchsorted(others, wanted.astype(others.dtype)).clip(0, len(others) - 1)
    return others[places] == wanted
