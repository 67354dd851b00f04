"""Time-ordered keys: milliseconds since 1970, then ten bits that take turns, then eleven random ones.

One such number sorts a timeline, pages it by key and tells when the row was made, and cannot be guessed in sequence; a
thousand rows of one millisecond still differ. PostgreSQL makes them (`new_id()`, a column default), so every writer,
COPY included, agrees.
"""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models
from django.db.models.expressions import Func

LOW_BITS = 21


class NewId(Func):
    """The database function behind every key's default."""

    function = "new_id"
    arity = 0
    output_field = models.BigIntegerField()


class IdField(models.BigIntegerField):
    """A primary key that the database makes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(primary_key=True, editable=False, db_default=NewId())
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave out what `__init__` always sets."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("primary_key", "editable", "db_default"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


def instant(key: int) -> datetime:
    """When the row with this key was made, to the millisecond."""
    return datetime.fromtimestamp((key >> LOW_BITS) / 1000, UTC)


def floor_at(moment: datetime) -> int:
    """The smallest key that a row made at this moment could have; at or above it lies what was made since."""
    return int(moment.timestamp() * 1000) << LOW_BITS


class FloorAgo(Func):
    """`floor_at` of the moment so long ago, worked out by the database each time it is asked.

    In a statement that is written out once (`lib.statement`) a moment taken from Python's clock would stand still.
    """

    output_field = models.BigIntegerField()
    arity = 0

    def __init__(self, ago: timedelta) -> None:
        super().__init__()
        self.ago = ago

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Milliseconds since 1970, shifted to where keys have them."""
        seconds = int(self.ago.total_seconds())
        return f"((extract(epoch FROM statement_timestamp())::bigint - {seconds}) * 1000 << {LOW_BITS})", []


def key_at(moment: datetime) -> int:
    """A fresh key for a row made at `moment`, for rows that come with their own past."""
    return floor_at(moment) | secrets.randbits(LOW_BITS)


def fresh(count: int) -> list[int]:
    """So many new keys from the database, for rows made in one go: `bulk_create` does not learn the keys it gave.

    They ascend, as the rows of one millisecond do that are made one after the other.
    """
    with connection.cursor() as cursor:
        # A millisecond has room for a thousand keys that surely differ, and a statement makes more than that in one.
        cursor.execute(
            "SELECT new_id() + ((place / 500) << %s) FROM generate_series(0, %s - 1) place", [LOW_BITS, count]
        )
        return sorted(row[0] for row in cursor.fetchall())
