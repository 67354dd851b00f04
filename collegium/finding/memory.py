"""One process's table of openings, as of now.

`now()` asks the database which openings changed since it last asked, which takes one short statement, and is therefore
never old: what others changed counts as soon as it is committed, one's own change at once. A change carries its
transaction, and a reader asks for those that were not over when she last read; so none is missed, whatever the order in
which transactions end. What a reader sees who has written herself is not everybody's, and is not kept.
"""

import threading
from dataclasses import dataclass

import numpy as np
from django.db import connection

from collegium.finding import columns
from collegium.finding.columns import Whole
from collegium.finding.table import Table

# More changes than these, and reading everything anew is quicker.
TOO_MANY = 5_000
EVERYTHING = 0
"""The key of no opening: noted when a table was emptied at once, or all words were written anew."""
# What carries a later transaction than this server has begun came with a copy of another server's data, and was read
# with all the rest.
SYNC = """
SELECT pg_current_snapshot()::text, pg_relation_filenode('finding_change')::bigint,
    pg_current_xact_id_if_assigned() IS NOT NULL,
    (SELECT array_agg(opening_id) FROM (
        SELECT opening_id FROM finding_change
        WHERE xid >= (pg_snapshot_xmin(%(seen)s::pg_snapshot))::text::bigint
            AND xid < (pg_snapshot_xmax(pg_current_snapshot()))::text::bigint
            AND NOT pg_visible_in_snapshot(xid::text::xid8, %(seen)s::pg_snapshot)
        LIMIT %(most)s) AS changed)
"""
_NEVER = "1:1:"


@dataclass(frozen=True, slots=True)
class Known:
    """A table, and what was over when it was read.

    Attributes:
        table: the openings.
        seen: the snapshot, as PostgreSQL writes it.
        epoch: the database, and what changes when the list of changes itself is emptied.
    """

    table: Table
    seen: str
    epoch: tuple[str, int]


_lock = threading.Lock()
_known: list[Known] = []


def now() -> Table:
    """The live openings as they are now."""
    known = _known[0] if _known else None
    seen, epoch, writing, changed = _sync(known.seen if known else _NEVER)
    here = (str(connection.settings_dict["NAME"]), epoch)
    if known is None or known.epoch != here or len(changed) > TOO_MANY or EVERYTHING in changed:
        made = Known(Table(columns.read()), seen, here)
    elif len(changed):
        made = Known(known.table.spliced(changed, columns.read(changed.tolist())), seen, here)
    else:
        made = Known(known.table, seen, here)
    if not writing:
        _keep(known, made)
    return made.table


def forget() -> None:
    """Read everything anew at the next question."""
    with _lock:
        _known.clear()


def _sync(seen: str) -> tuple[str, int, bool, Whole]:
    with connection.cursor() as cursor:
        cursor.execute(SYNC, {"seen": seen, "most": TOO_MANY + 1 if seen != _NEVER else 0})
        snapshot, epoch, writing, changed = cursor.fetchone()
    return snapshot, epoch, writing, np.array(changed or [], np.int64)


def _keep(known: Known | None, made: Known) -> None:
    """Begin here next time, unless another thread has read meanwhile: what it saw may be newer."""
    with _lock:
        if (_known[0] if _known else None) is known:
            _known[:] = [made]
