"""Takes the weight off a table while very many rows come in, and puts it back.

Checking a foreign key and finding the place in an index row by row is most of the work of a large load; done once
for all rows at the end it is a fraction. The price is a lock: whoever reads the table waits until the load commits.
So it is only done when more rows come than are there, that is, when a community moves in.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Run = Callable[[str], Any]

WORTHWHILE = 50_000
LARGE = (
    "members_member",
    "career_item",
    "career_holding",
    "ties_connection",
    "ties_follow",
    "feed_post",
    "feed_comment",
    "feed_reaction",
    "portability_loadedkey",
)
_KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = '{table}'::regclass AND contype = ANY('{kinds}') ORDER BY contype DESC, conname"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = '{table}'::regclass AND NOT indisunique"""


@contextmanager
def unburdened(cursor: Any, table: str, coming: int, *, uniques: bool = False) -> Iterator[None]:
    """Within, the table has neither foreign keys nor plain indexes, if so many rows come that it pays.

    Args:
        cursor: inside a transaction.
        table: a table of the product.
        coming: how many rows will be inserted.
        uniques: whether unique constraints may go too (never the primary key), so that rows come in its order.
    """
    cursor.execute(f"SELECT reltuples FROM pg_class WHERE oid = '{table}'::regclass")
    there = max(0, cursor.fetchone()[0])
    if coming < WORTHWHILE or 4 * coming < there:
        yield
        return
    # Checks that are still waiting would forbid changing the table.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    cursor.execute(_KEYS.format(table=table, kinds="{f,u}" if uniques else "{f}"))
    keys = cursor.fetchall()
    cursor.execute(_INDEXES.format(table=table))
    indexes = cursor.fetchall()
    for name, _definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in indexes:
        cursor.execute(definition)
    for name, definition in keys:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


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
