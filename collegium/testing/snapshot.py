"""The cast is made once a run by the product's own verbs, and put back row by row from then on: ten times faster."""

from collections.abc import Callable
from typing import Any

from django.db import connection

TABLES = """
SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  AND c.relname NOT LIKE 'procrastinate%'
  AND c.relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission',
    'skills_skill', 'skills_spelling', 'graph_epoch',  -- filled by migrations
    'graph_change')  -- by triggers
GROUP BY c.relname ORDER BY c.relname
"""


class Snapshot:
    """The rows of every table as a piece of set-up left them; its jobs in the queue are forgotten."""

    def __init__(self) -> None:
        self._rows: dict[str, bytes] = {}
        self._made: Any = None

    def make(self, set_up: Callable[[], Any]) -> Any:
        """Run the set-up, or put back what it left the first time. The database must be as empty as it was then."""
        if self._rows:
            self._put_back()
            return self._made
        before = self._read()
        self._made = set_up()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
        # What migrations brought (the vocabulary of skills) is there every time.
        self._rows = {into: rows for into, rows in self._read().items() if before.get(into) != rows}
        return self._made

    def _read(self) -> dict[str, bytes]:
        """Every row there is, by the statement that puts a table's rows back."""
        found = {}
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            for table, columns in cursor.fetchall():
                with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as copy:
                    rows = b"".join(bytes(part) for part in copy)
                if rows:
                    found[f"COPY {table} ({columns}) FROM STDIN"] = rows
        return found

    def _put_back(self) -> None:
        """Foreign keys are checked at the end of the transaction, so the order of the tables is free."""
        with connection.cursor() as cursor:
            for statement, rows in self._rows.items():
                with cursor.copy(statement) as copy:
                    copy.write(rows)
