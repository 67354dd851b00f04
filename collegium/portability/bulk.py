"""Takes the weight off a table while very many rows come in, and puts it back.

Checking a foreign key and finding the place in an index row by row is most of the work of a large load; done once
for all rows at the end it is a fraction. The price is a lock: whoever reads the table waits until the load commits.
So it is only done when more rows come than are there, that is, when a community moves in.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from collegium.graph import epoch

Run = Callable[[str], Any]

WORTHWHILE = 50_000
HUGE = 20_000_000  # rows whose indexes are worth a gigabyte to sort in
LARGE = (
    "members_member",
    "career_item",
    "career_holding",
    "ties_connection",
    "ties_follow",
    "groups_membership",
    "pages_follow",
    "events_attendance",
    "feed_post",
    "feed_comment",
    "feed_reaction",
    "openings_opening",
    "openings_openingskill",
    "applications_application",
    "applications_step",
    "applications_sent",
    "portability_loadedkey",
)
_KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = '{table}'::regclass AND contype = ANY(%s::"char"[]) ORDER BY contype DESC, conname"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = '{table}'::regclass AND NOT indisunique"""
# Those that tell the graph of every change (see `graph`); a new epoch tells it of all at once.
_TELLING = """
    SELECT tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE tgrelid = '{table}'::regclass AND NOT tgisinternal AND strpos(prosrc, 'INSERT INTO graph_change') > 0"""
_REFERRED_TO = "SELECT EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND confrelid = '{table}'::regclass)"
# The table itself, and every table with a way of foreign keys to it.
_BOUND = """
    WITH RECURSIVE bound (oid) AS (
        SELECT '{table}'::regclass::oid
        UNION SELECT c.conrelid FROM bound JOIN pg_constraint c ON c.contype = 'f' AND c.confrelid = bound.oid
    ) SELECT oid::regclass::text FROM bound"""


@contextmanager
def unburdened(cursor: Any, table: str, coming: int, *, uniques: bool = False, primary: bool = False) -> Iterator[None]:
    """Within, the table has neither foreign keys nor plain indexes, if so many rows come that it pays.

    Nor does it tell the graph of each row: where it otherwise would, a new epoch begins, and who loads should write the
    graph's files anew (`graph.base.rebuild`), or else the first reader waits for that.

    Args:
        cursor: inside a transaction.
        table: a table of the product.
        coming: how many rows will be inserted.
        uniques: whether unique constraints may go too, so that rows come in the order of the primary key.
        primary: whether the primary key may go as well, where no other table refers to this one.
    """
    cursor.execute(f"SELECT reltuples FROM pg_class WHERE oid = '{table}'::regclass")
    there = max(0, cursor.fetchone()[0])
    if coming < WORTHWHILE or 4 * coming < there:
        yield
        return
    # Checks that are still waiting would forbid changing the table.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(f"SET LOCAL maintenance_work_mem = '{'1GB' if coming > HUGE else '256MB'}'")
    with _silent(cursor, table), _without_keys(cursor, table, uniques=uniques, primary=primary):
        yield


@contextmanager
def _silent(cursor: Any, table: str) -> Iterator[None]:
    """Within, the graph hears nothing of this table; what it would have heard is the beginning of a new epoch."""
    cursor.execute(_TELLING.format(table=table))
    telling = [name for (name,) in cursor.fetchall()]
    for name in telling:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    yield
    for name in telling:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
    if telling:
        epoch.renew()


@contextmanager
def _without_keys(cursor: Any, table: str, *, uniques: bool, primary: bool) -> Iterator[None]:
    """Within, foreign keys, plain indexes and what else is said are gone."""
    keys = _keys(cursor, table, uniques=uniques, primary=primary)
    cursor.execute(_INDEXES.format(table=table))
    indexes = cursor.fetchall()
    for name, _definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    # A foreign key is checked in the order of its index where there is one, which is several times as fast.
    foreign = [key for key in keys if key[1].startswith("FOREIGN")]
    own = [key for key in keys if key not in foreign]
    _make(cursor, table, sorted(own, key=lambda key: not key[1].startswith("PRIMARY")))
    for _name, definition in indexes:
        cursor.execute(definition)
    _make(cursor, table, foreign)


def _make(cursor: Any, table: str, keys: list[tuple[str, str]]) -> None:
    for name, definition in keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _keys(cursor: Any, table: str, *, uniques: bool, primary: bool) -> list[tuple[str, str]]:
    """The constraints that may go, each with its words, those first that others may need."""
    kinds = ["f", "u"] if uniques else ["f"]
    if primary:
        cursor.execute(_REFERRED_TO.format(table=table))
        if not cursor.fetchone()[0]:
            kinds.append("p")
    cursor.execute(_KEYS.format(table=table), [kinds])
    return list(cursor.fetchall())


def begun_anew(cursor: Any, table: str) -> bool:
    """Begin the table's file anew, where neither it nor anything that refers to it has a row.

    Rows may then be copied as settled ones (`FREEZE`): they are written once, and no vacuum has to look at them again.

    Returns:
        Whether that was done.
    """
    cursor.execute(_BOUND.format(table=table))
    bound = [name for (name,) in cursor.fetchall()]
    for name in bound:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {name})")
        if cursor.fetchone()[0]:
            return False
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(f"TRUNCATE {', '.join(bound)}")
    return True


def freshen() -> None:
    """Tell the planner what is there now, and mark pages as visible to all, so that the first reads are not slow ones.

    Outside a transaction only; within one (tests) there is nothing to do.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"VACUUM (ANALYZE, SKIP_LOCKED) {', '.join(LARGE)}")
        cursor.execute("RESET statement_timeout")
