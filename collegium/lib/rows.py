"""Rows taken out of a table whole, as JSON, and put back exactly as they were."""

import json
from typing import Any

from django.db import connection

Row = dict[str, Any]


def take(table: str, where: str, **values: Any) -> list[Row]:
    """Delete rows and hand them out.

    Args:
        table: its name, from the code, never from a request.
        where: the condition, with places for the values: `member_id = %(me)s`.
        values: by name.
    """
    statement = f"""WITH gone AS (DELETE FROM {table} WHERE {where} RETURNING *)
        SELECT coalesce(jsonb_agg(to_jsonb(gone)), '[]') FROM gone"""  # noqa: S608 - names from the code
    return _one(statement, values)


def copy(table: str, where: str, **values: Any) -> list[Row]:
    """Hand rows out and leave them there; takes what `take` does."""
    statement = f"SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM {table} r WHERE {where}"  # noqa: S608 - as above
    return _one(statement, values)


def put(table: str, rows: list[Row], *, where: str = "true") -> list[Row]:
    """Put rows back, but for those whose place was taken meanwhile.

    Args:
        table: where they came from.
        rows: from `take` or `copy`.
        where: what must be true of a row, called `r`, lest it point at what is gone.

    Returns:
        Those that were put back.
    """
    if not rows:
        return []
    statement = f"""WITH back AS (
            INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %(rows)s::jsonb) r WHERE {where}
            ON CONFLICT DO NOTHING RETURNING *)
        SELECT coalesce(jsonb_agg(to_jsonb(back)), '[]') FROM back"""  # noqa: S608 - as above
    return _one(statement, {"rows": json.dumps(rows)})


def _one(statement: str, values: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone()
    rows: list[Row] = json.loads(found[0]) if isinstance(found[0], str) else found[0]
    return rows
