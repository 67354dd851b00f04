"""Rows that verbs make, with keys from some days ago: what the demo shows was not all said in the second it began."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Value
from django.db.models.signals import pre_save

from collegium.lib import clock
from collegium.lib.ids import LOW_BITS, IdField
from collegium.portability.memory import Ids


class Past:
    """Counts back from now; a moment after another has a greater key."""

    def __init__(self, now: datetime) -> None:
        self.now, self._ids = now, Ids()

    @contextmanager
    def ago(self, *, days: float) -> Iterator[None]:
        """Within, every row that is saved one by one has the key of that moment."""
        at = round((self.now - timedelta(days=days)).timestamp() * 1000)

        def keyed(sender: type[Any], instance: Any, **_more: Any) -> None:
            # A key that is a number was given before; the others the database would make.
            if isinstance(sender._meta.pk, IdField) and not isinstance(instance.pk, int):
                instance.pk = self._ids.at(at)

        pre_save.connect(keyed, weak=False, dispatch_uid="demo-past")
        try:
            yield
        finally:
            pre_save.disconnect(dispatch_uid="demo-past")

    def keys(self, since: datetime, until: datetime, count: int) -> list[int]:
        """Keys of so many moments between two, for rows that one statement makes."""
        first, last = (round(at.timestamp() * 1000) for at in (since, until))
        return [self._ids.at(first + (last - first) * (number + 1) // (count + 1)) for number in range(count)]

    def move(self, rows: QuerySet[Any], *, since: datetime) -> None:
        """Rows that a statement of their own has just made, which no other row points at: back to that moment."""
        milliseconds = round((clock.now() - since).total_seconds() * 1000)
        rows.update(id=F("id") - Value(milliseconds << LOW_BITS, BigIntegerField()))
