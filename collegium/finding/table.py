"""The live openings in memory, the newest first: what a search counts and compares, without their words."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.finding.columns import Bag, Columns, Real, Whole

Mask = npt.NDArray[np.bool_]
RADIUS = 6371.0088
"""Of the Earth, as `gazetteer.near` has it."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Values that repeat, as their places in a sorted list of them, which may hold values that nobody has any more."""

    values: Whole
    codes: Whole

    @classmethod
    def of(cls, written: Whole, known: Whole | None = None) -> "Coded":
        """These values; the list holds what is known already besides."""
        values = np.unique(written) if known is None else np.union1d(known, written)
        return cls(values, np.searchsorted(values, written))

    def within(self, values: Whole) -> "Coded":
        """The same on a longer list, which holds all of this one."""
        if len(values) == len(self.values):
            return self
        return Coded(values, np.searchsorted(values, self.values)[self.codes])

    def code(self, value: int) -> int:
        """The place of a value; one that nobody has, if it is not there."""
        place = int(np.searchsorted(self.values, value))
        return place if place < len(self.values) and self.values[place] == value else len(self.values)


class Table:
    """Openings as columns, the newest first; of two of one moment the one of the greater key. It is never changed."""

    def __init__(self, columns: Columns, known: "Table | None" = None) -> None:
        """Take the openings, in any order, and a table whose lists of values they may share."""
        order = np.lexsort((-columns.key, -columns.posted))
        self.columns = columns.taken(order)
        self.organizations: Coded = Coded.of(self.columns.organization, known.organizations.values if known else None)
        self.skills: Coded = Coded.of(self.columns.skills.members, known.skills.values if known else None)
        self.countries: Coded = Coded.of(self.columns.countries.members, known.countries.values if known else None)

    def __len__(self) -> int:
        return len(self.columns.key)

    @cached_property
    def _by_key(self) -> tuple[Whole, Whole]:
        """Where each opening is, by key; and the keys in that order."""
        order = np.argsort(self.columns.key)
        return order, self.columns.key[order]

    @cached_property
    def points(self) -> tuple[Real, Real, Real]:
        """Where each is on a ball of radius 1; not a number for what is nowhere."""
        north, east = np.radians(self.columns.latitude), np.radians(self.columns.longitude)
        return np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)

    @cached_property
    def skill_owners(self) -> Whole:
        """The place of the opening that each skill is asked for by."""
        return _owners(self.columns.skills)

    @cached_property
    def country_owners(self) -> Whole:
        """The place of the opening that each country is of."""
        return _owners(self.columns.countries)

    def places(self, keys: Whole) -> Whole:
        """Where these openings are; those that are not here are passed over."""
        order, known = self._by_key
        if not len(known):
            return np.zeros(0, np.int64)
        at = np.searchsorted(known, keys).clip(0, len(known) - 1)
        return order[at[known[at] == keys]]

    def mask(self, keys: Whole) -> Mask:
        """Which openings are among these."""
        marked = np.zeros(len(self), np.bool_)
        marked[self.places(keys)] = True
        return marked

    def only(self, keys: Whole) -> "Table":
        """A table of these alone."""
        return Table(self.columns.taken(np.unique(self.places(keys))))

    def since(self, moment: datetime) -> "Table":
        """A table of those that were posted after a moment."""
        later = self.columns.posted > round(moment.timestamp() * 1_000_000)
        return Table(self.columns.taken(np.flatnonzero(later)))

    def near(self, latitude: float, longitude: float, kilometres: float) -> Mask:
        """Which are within so many kilometres along the great circle."""
        north, east = np.radians(latitude), np.radians(longitude)
        x, y, z = self.points
        # The straight way through the ball, squared: exact for what is near, where the cosine of the angle is not.
        way = (x - np.cos(north) * np.cos(east)) ** 2 + (y - np.cos(north) * np.sin(east)) ** 2
        way += (z - np.sin(north)) ** 2
        reach = min(kilometres / RADIUS, np.pi)
        with np.errstate(invalid="ignore"):
            return np.asarray(way <= (2 * np.sin(reach / 2)) ** 2 + 1e-15)

    def spliced(self, keys: Whole, columns: Columns) -> "Table":
        """The same after these openings changed.

        Args:
            keys: of all that changed.
            columns: those of them that are live now.
        """
        if (altered := self._altered(columns)) is not None and len(columns.key) == len(np.unique(keys)):
            return altered
        rest = np.ones(len(self), np.bool_)
        rest[self.places(keys)] = False
        return Table(self.columns.taken(np.flatnonzero(rest)).and_then(columns), self)

    def _altered(self, columns: Columns) -> "Table | None":
        """The same where nothing came or went and no set changed: by far the most frequent change."""
        at = self.places(columns.key)
        old = self.columns.taken(at)
        if len(at) != len(columns.key) or not _same_but_for_numbers(old, columns):
            return None
        changed = {}
        for each in fields(Columns):
            column, new = getattr(self.columns, each.name), getattr(columns, each.name)
            if isinstance(column, Bag) or np.array_equal(column[at], new):
                continue
            changed[each.name] = column.copy()
            changed[each.name][at] = new
        made = object.__new__(Table)
        made.__dict__.update(self.__dict__, columns=replace(self.columns, **changed))
        if {"latitude", "longitude"} & changed.keys():
            made.__dict__.pop("points", None)
        return made


def _same_but_for_numbers(old: Columns, new: Columns) -> bool:
    """Whether the order and the lists of values stay as they are."""
    pairs: list[tuple[Any, Any]] = [(getattr(old, name), getattr(new, name)) for name in ("posted", "organization")]
    for name in ("skills", "countries"):
        one, other = getattr(old, name), getattr(new, name)
        pairs += [(one.ends, other.ends), (one.members, other.members)]
    return all(np.array_equal(one, other) for one, other in pairs)


def _owners(bag: Bag) -> Whole:
    return np.repeat(np.arange(len(bag.ends)), bag.counts)
