"""The one place that asks what time it is, so that tests can travel, and made-up communities can have a past."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _moment.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within, it is that moment, for whoever asks here. The clock of the database goes on.

    Args:
        moment: aware, in UTC.
    """
    before = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(before)
