"""Deleting files whose rows are gone, for the rooms that keep files."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

BATCH = 100


def clear(gone: QuerySet[Any], needed: Callable[[list[str]], set[str]], delete: Callable[[str], None]) -> None:
    """Delete the files of everything that is gone; run twice or at once by two workers, it does the same.

    Args:
        gone: rows that triggers wrote; the primary key of each names its files.
        needed: which of these names a row stands for again, because it was put back by hand.
        delete: takes the files of one name away; what is not there is no error.
    """
    while _clear_some(gone, needed, delete):
        pass


@transaction.atomic
def _clear_some(gone: QuerySet[Any], needed: Callable[[list[str]], set[str]], delete: Callable[[str], None]) -> int:
    """One batch: the rows stay locked until their files are deleted, and stay there when that fails."""
    names = [row.pk for row in gone.select_for_update(skip_locked=True).order_by("pk")[:BATCH]]
    for name in sorted(set(names) - needed(names)):
        delete(name)
    gone.filter(pk__in=names).delete()
    return len(names)
