"""Tests that commit empty every table afterwards; what migrations brought, skills and places, stays."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations

SKILLS = {"skills_skill", "skills_spelling"}
PLACES = {"gazetteer_place", "gazetteer_placename"}
KEPT = SKILLS | PLACES
# Words that tests brought themselves go like everything else.
OTHERS = [
    "DELETE FROM skills_spelling s USING skills_skill k WHERE k.id = s.skill_id AND k.uri = ''",
    "DELETE FROM skills_skill WHERE uri = ''",
]
_flush = DatabaseOperations.sql_flush


def _sql_flush(self: DatabaseOperations, style: Any, tables: Iterable[str], **options: Any) -> list[str]:
    """Django's own statements, less these tables; they point at no others."""
    emptied = set(tables)
    made = _flush(self, style, sorted(emptied - KEPT), **options)
    return [*made, *OTHERS] if emptied & SKILLS else made


def keep() -> None:
    """From now on, in this process."""
    DatabaseOperations.sql_flush = _sql_flush  # type: ignore[assignment, method-assign]
