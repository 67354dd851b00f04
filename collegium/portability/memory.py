"""What earlier loads brought in, so that a second one finds it; and the keys for what is new."""

import secrets
import zlib
from typing import Any

import numpy as np

from collegium.lib.ids import LOW_BITS
from collegium.portability.bundle import GONE

MASK = (1 << LOW_BITS) - 1
# Which table tells whether a loaded row is still there. Kept rows stay as long as their member.
TABLES = {
    "members": "members_member",
    "groups": "groups_group",
    "posts": "feed_post",
    "comments": "feed_comment",
    "facets": "feed_side",
    "events": "events_event",
}


class Ids:
    """Time-ordered keys for rows with a past.

    The low bits walk through all their values in steps of a secret size: two rows of one load never meet, even when an
    export gives ten thousand people the same instant, and still nobody can guess the next from one.
    """

    def __init__(self) -> None:
        self._step = secrets.randbits(LOW_BITS) | 1
        self._low = secrets.randbits(LOW_BITS)

    def at(self, milliseconds: int) -> int:
        """A key for a row made at this instant."""
        self._low = (self._low + self._step) & MASK
        return (milliseconds << LOW_BITS) | self._low

    def many(self, milliseconds: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        """A key for each of these instants, which ascend; the keys do too."""
        low = self._low + self._step * np.arange(1, len(milliseconds) + 1, dtype=np.int64)
        self._low = (self._low + self._step * len(milliseconds)) & MASK
        keys = (milliseconds.astype(np.int64) << LOW_BITS) | (low & MASK)
        keys.sort()
        return keys

    def sql(self, milliseconds: int) -> str:
        """An expression that gives every row of one statement such a key (at most two million rows)."""
        return self.sql_at(str(milliseconds))

    def sql_at(self, milliseconds: str) -> str:
        """The same with an instant for every row, given as a column."""
        self._low = (self._low + self._step) & MASK
        low = f"{self._low} + {self._step}::bigint * row_number() OVER ()"
        return f"(({milliseconds}::bigint << {LOW_BITS}) | (({low}) & {MASK}))"


def mark(email: str, name: str) -> int:
    """A checksum of who stands behind a member's key; says nothing about the person to who reads it."""
    return (zlib.crc32(email.encode()) >> 1) << 32 | zlib.crc32(name.casefold().encode())


def same_person(one: int, other: int) -> bool:
    """Whether two marks can be of one person: the address or the name is still the same."""
    nobody = zlib.crc32(b"") >> 1
    address = one >> 32
    return (address == other >> 32 and address != nobody) or one & 0xFFFFFFFF == other & 0xFFFFFFFF


def recall(cursor: Any, source: str, kind: str) -> dict[str, int]:
    """The keys of one file that came in before from this source, each with its row or `GONE`."""
    table = TABLES.get(kind)
    there = f"EXISTS (SELECT FROM {table} t WHERE t.id = k.row)" if table else "true"
    kept = "EXISTS (SELECT FROM portability_kept t WHERE t.id = -k.row)"
    cursor.execute(
        f"SELECT key, CASE WHEN row > 0 AND {there} OR row < 0 AND {kept} THEN row ELSE {GONE} END"
        " FROM portability_loadedkey k WHERE source = %s AND kind = %s",
        [source, kind],
    )
    return dict(cursor.fetchall())


def marks(cursor: Any, source: str) -> dict[str, int]:
    """Who stood behind the members' keys of this source."""
    cursor.execute("SELECT key, mark FROM portability_loadedkey WHERE source = %s AND kind = 'members'", [source])
    return dict(cursor.fetchall())
