"""Tests that commit empty every table afterwards; the vocabulary of skills, which a migration brought, stays."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations

KEPT = {"skills_skill", "skills_spelling"}
# Words that tests brought themselves go like everything else.
OTHERS = [
    "DELETE FROM skills_spelling s USING skills_skill k WHERE k.id = s.skill_id AND k.uri = ''",
    "DELETE FROM skills_skill WHERE uri = ''",
]
_flush = DatabaseOperations.sql_flush


def _sql_flush(self: DatabaseOperations, style: Any, tables: Iterable[str], **options: Any) -> list[str]:
    """Django's own statements, less two tables; no other table is pointed at by these two."""
    emptied = set(tables)
    made = _flush(self, style, sorted(emptied - KEPT), **options)
    return [*made, *OTHERS] if emptied & KEPT else made


def keep() -> None:
    """From now on, in this process."""
    DatabaseOperations.sql_flush = _sql_flush  # type: ignore[assignment, method-assign]
