"""Plain records made because somebody named an organisation that had none: in sets, never two of a name at once."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction

from collegium.lib import ids
from collegium.lib.handles import handle_candidates
from collegium.organizations.models import Organization
from collegium.organizations.naming import meanings

FALLBACK = "organization"
CANDIDATES, TRIES, LOCKS = 14, 5, 500
_ALL = 0x6F7267  # one number that every making of records shares, so that a very large one can wait for the others

# Takes the folded names and the keys of the records that they mean from now on.
Listener = Callable[[Mapping[str, int]], None]

_LOCK_NAMES = """
    SELECT pg_advisory_xact_lock(mark) FROM (
        SELECT DISTINCT hashtextextended('organization:' || fold(name), 0) AS mark FROM unnest(%s::text[]) AS name
        ORDER BY mark
    ) AS marks"""
_STORE = """
    INSERT INTO organizations_organization (id, handle, name, kind, website, place, about)
    SELECT id, handle, name, kind, '', '', '' FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])
        AS given (id, handle, name, kind)
    ON CONFLICT (handle) DO NOTHING RETURNING id, name, folded_name"""


class Newborn(list[Listener]):
    """Who leads words to records that came to be: rooms above that keep such words, laid by the roof."""

    def lay(self, table: Sequence[Listener]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self[:] = table


newborn = Newborn()


class Founded(NamedTuple):
    """What names mean now.

    Attributes:
        rows: the record of each name that means one.
        born: the keys of those that came to be just now.
    """

    rows: dict[str, Organization]
    born: list[int]


def found_named(kinds: Mapping[str, str]) -> Founded:
    """A record for each name that has none; names that mean one get that, names of several nothing.

    Two who name the same at once wait for each other and get one record. What was written before in the same words
    is led to the new record in the same transaction (`newborn`).

    Args:
        kinds: by name, cleaned, of which kind a new one is.

    """
    if not kinds:
        return Founded({}, [])
    with transaction.atomic():
        _wait(list(kinds))
        known = meanings(kinds)
        # The first spelling of a name is the one that is kept.
        first: dict[str, str] = {}
        for name in kinds:
            if known[name].bearers == 0 and known[name].folded:
                first.setdefault(known[name].folded, name)
        made = _store({name: kinds[name] for name in first.values()})
        for listener in newborn if made else ():
            listener(made)
        # Whoever was faster while one waited has made the record that one asked for.
        there = {name: meant.key if meant.bearers == 1 else 0 for name, meant in known.items()}
        keys = {name: made.get(meant.folded) or there[name] for name, meant in known.items()}
        rows = Organization.objects.in_bulk([key for key in keys.values() if key])
        return Founded({name: rows[key] for name, key in keys.items() if key}, sorted(made.values()))


def _wait(names: Sequence[str]) -> None:
    """Hold the names until the end of the transaction; very many of them by holding all."""
    with connection.cursor() as cursor:
        if len(names) > LOCKS:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ALL])
            return
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_ALL])
        cursor.execute(_LOCK_NAMES, [list(names)])


def _store(kinds: Mapping[str, str]) -> dict[str, int]:
    """Write the rows; whoever takes a handle in the meantime has it, and another is tried."""
    left, made = dict(kinds), dict[str, int]()
    for _try in range(TRIES):
        if not left:
            break
        handles = _handles(list(left))
        keys = ids.fresh(len(left))
        with connection.cursor() as cursor:
            cursor.execute(_STORE, [keys, [handles[name] for name in left], list(left), list(left.values())])
            for key, name, folded in cursor.fetchall():
                made[folded] = key
                del left[name]
    return made


def _handles(names: Sequence[str]) -> dict[str, str]:
    """A free handle for each, none twice."""
    tried = {name: list(islice(handle_candidates(name, FALLBACK), CANDIDATES)) for name in names}
    asked = [handle for handles in tried.values() for handle in handles]
    with connection.cursor() as cursor:
        cursor.execute("SELECT handle FROM organizations_organization WHERE handle = ANY(%s)", [asked])
        taken = {handle for (handle,) in cursor.fetchall()}
    chosen: dict[str, str] = {}
    for name in names:
        free = (handle for handle in handle_candidates(name, FALLBACK) if handle not in taken)
        chosen[name] = next(free, tried[name][-1])
        taken.add(chosen[name])
    return chosen
