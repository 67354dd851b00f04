"""Which database, and how far along, files were written from: one that was restored is not the one they tell of.

A dump that is restored brings the number of its epoch along, and the numbers of its transactions begin anew in another
cluster. A cluster that was put back to an earlier day has the same numbers and another history. Files beside it would
then be laid under changes that never follow.
"""

from collections.abc import Mapping
from typing import Any

# Whose transactions the numbers in a file's name are of: this cluster's, in this database, while it has this table.
MAY_NAME = "SELECT has_function_privilege('pg_control_system()', 'execute')"
CLUSTER = "SELECT system_identifier::text FROM pg_control_system()"
PLACE = """
SELECT (SELECT oid::text FROM pg_database WHERE datname = current_database()) || ' ' || 'graph_epoch'::regclass::oid
"""
# The first transaction of which nobody can have seen anything yet; one's own is seen before it ends.
HORIZON = """
SELECT greatest(pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
    coalesce(pg_current_xact_id_if_assigned()::text::bigint + 1, 0))
"""
# Whether changes, or what was deleted of them, are of transactions that have not been yet.
AHEAD = """
SELECT EXISTS (SELECT FROM graph_change WHERE xid >= (%(horizon)s::text)::xid8)
    OR EXISTS (SELECT FROM graph_epoch WHERE floor > %(horizon)s)
"""


def marks(cursor: Any) -> dict[str, Any]:
    """What files say of their origin: the database, and the first transaction they cannot know of."""
    return {"database": _database(cursor), "high": _number(cursor, HORIZON)}


def strange(told: Mapping[str, Any], here: Mapping[str, Any]) -> bool:
    """Whether files were written from another database, or from a later state of this one.

    Args:
        told: what the files say (`base.json`); those of earlier versions say only from where on they must be told.
        here: the marks of now.
    """
    return bool(
        told.get("high", told["low"]) > here["high"] or told.get("database", here["database"]) != here["database"]
    )


def tables_are_ahead(cursor: Any, here: Mapping[str, Any]) -> bool:
    """Whether the changes that are kept were made in another cluster, or in a future that this one has lost."""
    cursor.execute(AHEAD, {"horizon": here["high"]})
    return bool(cursor.fetchone()[0])


def _database(cursor: Any) -> str:
    """A name that no other database has; where the cluster may not be asked for its own, without that."""
    cursor.execute(MAY_NAME)
    cluster = ""
    if cursor.fetchone()[0]:
        cursor.execute(CLUSTER)
        cluster = cursor.fetchone()[0]
    cursor.execute(PLACE)
    return f"{cluster} {cursor.fetchone()[0]}".strip()


def _number(cursor: Any, statement: str) -> int:
    cursor.execute(statement)
    return int(cursor.fetchone()[0])
