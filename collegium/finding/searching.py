"""One search for work by one viewer: what matches, newest first, and how many there are of everything.

The order is that of posting and nothing else: nobody can pay for a place in it, and nothing brings an opening up again.
Everything is counted over all that match and that the viewer sees; what she does not see changes no number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, reduce

import numpy as np
from django.db.models import QuerySet

from collegium.audience.viewer import Viewer
from collegium.finding import memory, words
from collegium.finding.asked import FIRST, Asked, letters
from collegium.finding.columns import NOTHING, WAYS, Whole
from collegium.finding.eyes import Eyes
from collegium.finding.facets import PAY, SINCE
from collegium.finding.table import Coded, Mask, Table
from collegium.lib import clock, cursor
from collegium.openings.models import Opening, Way
from collegium.referrals import reading

A_DAY = 24 * 60 * 60 * 1_000_000
PLAIN = ("way", "kind", "level")
_REMOTE = WAYS.index(Way.REMOTE.value)


@dataclass(frozen=True, slots=True)
class Page:
    """Some openings, by key, and where the next ones begin; "" where there are none."""

    keys: list[int]
    after: str


class Search:
    """A search, worked out once and asked several things."""

    def __init__(
        self,
        asked: Asked,
        viewer: Viewer,
        table: Table | None = None,
        *,
        judged: bool = True,
        worded: Mask | None = None,
    ) -> None:
        """Work it out.

        Args:
            asked: for what.
            viewer: who looks.
            table: the openings, where they were read already.
            judged: whether only those count that the viewer sees; otherwise the caller asks that.
            worded: what has its words, where that was asked for many searches at once (`words.matching_each`).
        """
        self.asked, self.viewer = asked, viewer
        self.table = memory.now() if table is None else table
        self.now, self._worded = 0, worded
        self._base = self._seen() if judged else np.ones(len(self.table), np.bool_)
        self.now = self.now or round(clock.now().timestamp() * 1_000_000)
        self._base = self._base & self._narrowed()
        self._chosen = {name: self._of_facet(name) for name in asked.facets}
        self._without: dict[str, Mask] = {}

    def _seen(self) -> Mask:
        eyes = Eyes(self.viewer, self.table)
        sees, self.now = eyes.sees, eyes.now
        return sees

    def _narrowed(self) -> Mask:
        """What words, place and acquaintances leave."""
        mask = np.ones(len(self.table), np.bool_)
        if self.asked.around is not None:
            mask &= self._around()
        if self.asked.node is not None:
            mask &= words.matching(self.asked.node, self.table) if self._worded is None else self._worded
        if self.asked.known:
            mask &= self._known(mask)
        return mask

    def _around(self) -> Mask:
        near = self.asked.around
        if near is None or near.place is None:
            return np.zeros(len(self.table), np.bool_)
        mask = self.table.near(near.place.latitude, near.place.longitude, near.radius)
        if near.remote:
            anywhere = self.table.columns.countries.counts == 0
            anywhere |= _has(self.table.countries, self.table.country_owners, letters(near.place.country), len(mask))
            mask |= (self.table.columns.way == _REMOTE) & anywhere
        return mask

    def _known(self, mask: Mask) -> Mask:
        """Where the viewer knows somebody, of what is left; as the cards say it."""
        column = self.table.columns.organization
        if self.asked.known == FIRST:
            return np.isin(column, np.array(sorted(reading.where(self.viewer)), np.int64))
        there = reading.known(self.viewer, np.unique(column[mask & self._base]).tolist())
        return np.isin(column, np.array(sorted(there), np.int64))

    def _of_facet(self, name: str) -> Mask:
        """What has one of the values that are chosen of a facet."""
        values, columns = [value.known for value in self.asked.of(name)], self.table.columns
        if name in PLAIN:
            return np.isin(getattr(columns, name), values)
        if name == SINCE:
            return np.asarray(columns.posted >= self.now - max(values) * A_DAY)
        if name == PAY:
            return np.asarray((columns.pay != NOTHING) & (columns.pay >= max(values)))
        if name == "company":
            return np.isin(columns.organization, values)
        coded, owners = self._bag(name)
        return reduce(np.logical_or, [_has(coded, owners, value, len(self.table)) for value in values])

    def _bag(self, name: str) -> tuple[Coded, Whole]:
        if name == "skill":
            return self.table.skills, self.table.skill_owners
        return self.table.countries, self.table.country_owners

    def without(self, facet: str = "") -> Mask:
        """What matches, whatever is chosen of one facet; worked out once."""
        facet = facet if facet in self._chosen else ""
        if facet not in self._without:
            others = [mask for name, mask in self._chosen.items() if name != facet]
            self._without[facet] = reduce(np.logical_and, others, self._base)
        return self._without[facet]

    @cached_property
    def found(self) -> Whole:
        """Where what matches is in the table: the newest first."""
        return np.flatnonzero(self.without())

    @property
    def total(self) -> int:
        """How much matches."""
        return len(self.found)

    def keys(self, since: datetime | None = None) -> list[int]:
        """All that matches, the newest first."""
        found = self.found
        if since is not None:
            found = found[self.table.columns.posted[found] > round(since.timestamp() * 1_000_000)]
        return list(self.table.columns.key[found].tolist())

    def page(self, after: str = "", most: int = 20) -> Page:
        """Some of what matches.

        Raises:
            Http404: the cursor is none of ours.
        """
        columns, begin = self.table.columns, 0
        if after:
            posted, key = cursor.unpack(after, 2)
            at = columns.posted[self.found]
            later = (at > posted) | ((at == posted) & (columns.key[self.found] >= key))
            begin = int(np.count_nonzero(later))
        here = self.found[begin : begin + most]
        more = len(self.found) > begin + most
        last = cursor.pack(int(columns.posted[here[-1]]), int(columns.key[here[-1]])) if more else ""
        return Page(columns.key[here].tolist(), last)

    def counts(self, facet: str) -> dict[int, int]:
        """How many of what matches have each value of a facet, whatever is chosen of that facet itself."""
        mask, columns = self.without(facet), self.table.columns
        if facet in PLAIN:
            return _tally(getattr(columns, facet)[mask])
        if facet == "company":
            coded = self.table.organizations
            return _named(coded, np.bincount(coded.codes[mask], minlength=len(coded.values)))
        coded, owners = self._bag(facet)
        return _named(coded, np.bincount(coded.codes[mask[owners]], minlength=len(coded.values)))

    def steps(self, facet: str, steps: Sequence[int]) -> dict[int, int]:
        """How many of what matches reach each step of a facet that has steps."""
        mask, columns = self.without(facet), self.table.columns
        if facet == SINCE:
            posted = columns.posted[mask]
            return {days: int(np.count_nonzero(posted >= self.now - days * A_DAY)) for days in steps}
        pay = columns.pay[mask]
        return {step: int(np.count_nonzero(pay >= step)) for step in steps}


def matching(asked: Asked, openings: "QuerySet[Opening]", viewer: Viewer) -> "QuerySet[Opening]":
    """Those of these openings that match. Who may see them, and in which order, is for the caller to say."""
    keys = np.array(list(openings.order_by().values_list("pk", flat=True)), np.int64)
    return openings.filter(pk__in=among(memory.now().only(keys), asked, viewer))


def among(table: Table, asked: Asked, viewer: Viewer, worded: Mask | None = None) -> list[int]:
    """The keys of what matches in a table, the newest first, whether the viewer sees it or not."""
    return Search(asked, viewer, table, judged=False, worded=worded).keys()


def _has(coded: Coded, owners: Whole, value: int, size: int) -> Mask:
    """Which openings have a value in their set."""
    mask = np.zeros(size, np.bool_)
    mask[owners[coded.codes == coded.code(value)]] = True
    return mask


def _tally(values: Whole) -> dict[int, int]:
    counts = np.bincount(values) if len(values) else np.zeros(0, np.int64)
    return {value: int(count) for value, count in enumerate(counts.tolist()) if count}


def _named(coded: Coded, counts: Whole) -> dict[int, int]:
    some = np.flatnonzero(counts)
    return dict(zip(coded.values[some].tolist(), counts[some].tolist(), strict=True))
