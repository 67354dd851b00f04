"""Documents into arrays: for some members in memory, for all of them in files; the same arrays either way."""

from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from collegium.lib.query import tokens
from collegium.search.corpus import alike
from collegium.search.corpus.arrays import Numbering, Shelf, Spool, sort_into
from collegium.search.corpus.docs import Doc
from collegium.search.corpus.zones import Zone

GROUP = "group"
"""In which groups one is: no facet, but what a search within one group is restricted to (`searching`)."""
FACETS = ("company", "past", "school", "skill", "place", "language", GROUP)
"""What members have values of. One more name here, and facts of that name in `docs`, make one more facet."""

GAP = 2
"""Between two texts, so that no phrase reaches from one into the next."""
EVERY = 4_000
_REMEMBERED, _SHORT = 100_000, 60
WORDS, NAMES = "all", "names"
_TOKENS = {"token": "u4", "owner": "u4", "at": "u4", "zone": "u1", "level": "i1"}
_POSTINGS = {name: kind for name, kind in _TOKENS.items() if name != "token"}
_VALUES = {"value": "u4", "owner": "u4", "level": "i1"}


class Family:
    """The words of texts, each with where it stands."""

    def __init__(self, name: str, folder: Path | None) -> None:
        self.name = name
        self._numbers = Numbering()
        self._spool = Spool(_TOKENS, folder, name)
        self._tokens = array("I")
        self._spans: list[tuple[int, int, int, int]] = []
        self._at = 0
        self._known: dict[str, array[int]] = {}

    def add(self, owner: int, folded: str, zone: int, level: int) -> None:
        """One text of one member."""
        found = self._known.get(folded)
        if found is None:
            found = self._numbers.of_all(tokens.words(folded))
            if len(folded) <= _SHORT:  # titles and places come again and again, what somebody says of herself does not
                if len(self._known) > _REMEMBERED:
                    self._known.clear()
                self._known[folded] = found
        if found:
            self._tokens.extend(found)
            self._spans.append((owner, zone, level, len(found)))

    def add_word(self, owner: int, word: str, zone: int, level: int) -> None:
        """One word as it is."""
        self._tokens.append(self._numbers.of(word))
        self._spans.append((owner, zone, level, 1))

    def flush(self) -> None:
        """What was added, into rows."""
        if not self._spans:
            return
        owner, zone, level, length = np.array(self._spans, np.int64).T
        ends = np.cumsum(length)
        starts = ends - length
        at = np.arange(int(ends[-1])) + np.repeat(np.arange(len(length)) * GAP, length) + self._at
        zones = np.repeat(zone, length)
        inner = np.ones(len(zones), bool)
        inner[starts] = False
        zones[inner & (zones == Zone.NAME_BEGINS)] = Zone.NAME
        self._spool.add(
            {
                "token": np.frombuffer(self._tokens, np.uint32),
                "owner": np.repeat(owner, length),
                "at": at,
                "zone": zones,
                "level": np.repeat(level, length),
            }
        )
        self._at = int(at[-1]) + GAP + 1
        self._tokens, self._spans = array("I"), []

    def shelve(self, shelf: Shelf) -> None:
        """Everything onto the shelf, sorted by word."""
        self.flush()
        places = self._numbers.shelve(shelf, self.name)
        self._spool.rename("token", places)
        sort_into(shelf, self._spool, self.name, "token", len(places), _POSTINGS)
        self._spool.drop()


class Values:
    """The values of one facet: which member has which."""

    def __init__(self, name: str, folder: Path | None) -> None:
        self.name = name
        self._numbers = Numbering()
        self._spool = Spool(_VALUES, folder, name)
        self._rows: list[tuple[int, int, int]] = []

    def add(self, owner: int, value: str, level: int) -> None:
        """One member has one value."""
        self._rows.append((self._numbers.of(value), owner, level))

    def flush(self) -> None:
        """What was added, into rows."""
        if self._rows:
            value, owner, level = np.array(self._rows, np.int64).T
            self._spool.add({"value": value, "owner": owner, "level": level})
            self._rows = []

    def shelve(self, shelf: Shelf, members: int) -> None:
        """Both ways: who has a value, and which values somebody has."""
        self.flush()
        self._spool.rename("value", self._numbers.shelve(shelf, self.name))
        who, what = {"owner": "u4", "level": "i1"}, {"value": "u4", "level": "i1"}
        sort_into(shelf, self._spool, f"{self.name}-who", "value", len(self._numbers), who)
        sort_into(shelf, self._spool, f"{self.name}-what", "owner", members, what)
        self._spool.drop()


class Draft:
    """Takes documents one after the other, in the order of their members' numbers."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take the folder of the files; None keeps everything in memory."""
        self._shelf = Shelf(folder)
        self._families = {name: Family(name, folder) for name in (WORDS, NAMES)}
        self._facets = {name: Values(name, folder) for name in FACETS}
        self._open: list[tuple[int, int, int, int]] = []
        self._added = 0

    def add(self, number: int, doc: Doc) -> None:
        """One member.

        Args:
            number: her place among all; larger than those before.
            doc: what is said of her.
        """
        everything, names = self._families[WORDS], self._families[NAMES]
        for folded, zone, level in doc.spans:
            everything.add(number, folded, zone, level)
            if zone == Zone.NAME_BEGINS:
                names.add(number, folded, zone, level)
        names.add_word(number, f"@{doc.handle}", Zone.HANDLE, 0)
        for facet, value, level in doc.facts:
            self._facets[facet].add(number, value, level)
        if doc.open is not None:
            self._open.append((number, doc.open.audience, doc.open.until, doc.open.leaves_out))
        self._added += 1
        if not self._added % EVERY:
            self._flush()

    def _flush(self) -> None:
        for family in self._families.values():
            family.flush()
        for values in self._facets.values():
            values.flush()

    def finish(self, members: int) -> Shelf:
        """All arrays.

        Args:
            members: how many numbers there are.
        """
        shelf = self._shelf
        for family in self._families.values():
            family.shelve(shelf)
        alike.shelve(shelf, NAMES)
        for values in self._facets.values():
            values.shelve(shelf, members)
        owner, audience, until, leaves_out = np.array(self._open, np.int64).reshape(-1, 4).T
        shelf.put("open-owner", owner.astype(np.uint32))
        shelf.put("open-audience", audience.astype(np.int8))
        shelf.put("open-until", until.copy())
        shelf.put("open-leaves-out", leaves_out.astype(bool))
        return shelf


def in_memory(docs: Iterable[Doc]) -> Shelf:
    """The arrays of a few members, who are numbered as they come."""
    draft, count = Draft(), 0
    for count, doc in enumerate(docs, 1):
        draft.add(count - 1, doc)
    return draft.finish(count)
