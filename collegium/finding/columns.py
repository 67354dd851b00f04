"""What a search looks at of each live opening, read as columns: one row of bytes instead of a hundred thousand rows."""

# ruff: noqa: S608 - made of constants

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from collegium.lib.arrays import array
from collegium.openings.models import STALE_AFTER, Kind, Way

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]

NOTHING = -1
WAYS, KINDS = tuple(Way.values), tuple(Kind.values)


def _place(column: str, values: Sequence[str]) -> str:
    return f"(array_position(ARRAY[{', '.join(repr(each) for each in values)}]::text[], {column}::text) - 1)"


def _moment(words: str) -> str:
    return f"(extract(epoch FROM {words}) * 1000000)::bigint"


_GOOD = "(SELECT standing = 'active' FROM members_member WHERE id = o.poster_id)"
_IS_PAGE = "(g.page_since IS NOT NULL AND g.merged_into_id IS NULL)"
_HIDDEN = "(SELECT true FROM openings_hidden x WHERE x.opening_id = o.id LIMIT 1)"
_LETTERS = "ascii({0}) * 256 + ascii(substr({0}, 2))"
_UNTIL = f"least(o.expires_at, o.reviewed_at + interval '{int(STALE_AFTER.total_seconds())} seconds')"
_WHOLE = {
    "key": "o.id",
    "posted": _moment("o.posted_at"),
    "until": _moment(_UNTIL),
    "members_only": "o.members_only::int",
    "hidden": f"coalesce({_HIDDEN}, false)::int",
    "page": f"{_IS_PAGE}::int",
    "good": f"coalesce({_GOOD}, false)::int",
    "poster": f"coalesce(o.poster_id, {NOTHING})",
    "organization": "o.organization_id",
    "way": _place("o.way", WAYS),
    "kind": _place("o.kind", KINDS),
    "level": "o.seniority",
    "pay": f"coalesce(o.yearly_euros, {NOTHING})",
}
_REAL = {"latitude": "coalesce(o.latitude, 'NaN')", "longitude": "coalesce(o.longitude, 'NaN')"}
_SKILLS = "(SELECT array_agg(skill_id ORDER BY skill_id) FROM openings_openingskill s WHERE s.opening_id = o.id)"
# Where the work is done, and from where it may be done.
_COUNTRIES = f"""(SELECT array_agg(DISTINCT {_LETTERS.format("code")})
    FROM unnest(array_append(o.countries::text[], o.country::text)) AS code WHERE code <> '')"""
_SETS = {"skills": _SKILLS, "countries": _COUNTRIES}


def _bytes(send: str, words: str) -> str:
    return f"string_agg({send}(({words})), ''::bytea ORDER BY o.id)"


def _of_set(name: str) -> str:
    """The members of a set one after the other, and how many each opening has."""
    each = f"(SELECT string_agg(int8send(e::bigint), ''::bytea) FROM unnest(l.{name}) AS e)"
    return (
        f"string_agg(coalesce({each}, ''::bytea), ''::bytea ORDER BY o.id), "
        f"string_agg(int8send(coalesce(cardinality(l.{name}), 0)::bigint), ''::bytea ORDER BY o.id)"
    )


_READ = f"""
SELECT {", ".join(_bytes("int8send", f"({words})::bigint") for words in _WHOLE.values())},
    {", ".join(_bytes("float8send", f"({words})::float8") for words in _REAL.values())},
    {", ".join(_of_set(name) for name in _SETS)}
FROM openings_opening o JOIN organizations_organization g ON g.id = o.organization_id
CROSS JOIN LATERAL (SELECT {", ".join(f"{words} AS {name}" for name, words in _SETS.items())}) AS l
WHERE o.state = 1 AND {{which}}"""
EVERY = _READ.format(which="true")
SOME = _READ.format(which="o.id = ANY(%(keys)s::bigint[])")


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """A set for each opening: the members of all, and where each opening's begin and end."""

    members: Whole
    ends: Whole

    @property
    def counts(self) -> Whole:
        """How many members each set has."""
        return np.diff(self.ends, prepend=0)

    def taken(self, places: Whole) -> "Bag":
        """The sets at these places."""
        counts = self.counts[places]
        ends = np.cumsum(counts)
        begins = self.ends[places] - counts
        at = np.repeat(begins - (ends - counts), counts) + np.arange(int(ends[-1]) if len(ends) else 0)
        return Bag(self.members[at], ends)

    def and_then(self, other: "Bag") -> "Bag":
        """These sets and then others."""
        last = self.ends[-1] if len(self.ends) else 0
        return Bag(np.concatenate([self.members, other.members]), np.concatenate([self.ends, other.ends + last]))


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Openings as columns of one length."""

    key: Whole
    posted: Whole
    until: Whole
    members_only: Whole
    hidden: Whole
    page: Whole
    good: Whole
    poster: Whole
    organization: Whole
    way: Whole
    kind: Whole
    level: Whole
    pay: Whole
    latitude: Real
    longitude: Real
    skills: Bag
    countries: Bag

    def taken(self, places: Whole) -> "Columns":
        """Those at these places, in their order."""
        return Columns(*(_taken(getattr(self, each.name), places) for each in fields(self)))

    def and_then(self, other: "Columns") -> "Columns":
        """These and then others."""
        return Columns(*(_joined(getattr(self, each.name), getattr(other, each.name)) for each in fields(self)))


def _taken(column: Any, places: Whole) -> Any:
    return column.taken(places) if isinstance(column, Bag) else column[places]


def _joined(one: Any, other: Any) -> Any:
    return one.and_then(other) if isinstance(one, Bag) else np.concatenate([one, other])


def read(keys: Sequence[int] | None = None) -> Columns:
    """Live openings, by key: all of them, or those of these keys that are live."""
    with connection.cursor() as cursor:
        cursor.execute(*((EVERY,) if keys is None else (SOME, {"keys": array(keys)})))
        return made(cursor.fetchone())


def made(row: Sequence[Any]) -> Columns:
    """The columns of what `EVERY` or `SOME` answered."""
    whole: list[Any] = [_numbers(each, ">i8", np.int64) for each in row[: len(_WHOLE)]]
    real: list[Any] = [_numbers(each, ">f8", np.float64) for each in row[len(_WHOLE) : len(_WHOLE) + len(_REAL)]]
    rest = [_numbers(each, ">i8", np.int64) for each in row[len(_WHOLE) + len(_REAL) :]]
    bags = [Bag(rest[at], np.cumsum(rest[at + 1])) for at in range(0, len(rest), 2)]
    return Columns(*whole, *real, *bags)


def _numbers(written: Any, kind: str, wanted: type) -> npt.NDArray[Any]:
    return np.frombuffer(written or b"", kind).astype(wanted)
