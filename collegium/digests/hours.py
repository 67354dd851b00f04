"""When the next mail is due, on the clock of its reader."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from collegium.digests.models import Wish

DAY = timedelta(days=1)
# Old names, and names of rules instead of places, are understood but not offered.
ODD = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@cache
def known() -> frozenset[str]:
    """All names of time zones."""
    return frozenset(available_timezones())


@cache
def offered() -> tuple[str, ...]:
    """The names one can choose from: places, in the order of their names."""
    return tuple(sorted(name for name in known() if "/" in name and not name.startswith(ODD)))


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; UTC where there is none."""
    return ZoneInfo(name) if name in known() else UTC


def period(rhythm: str) -> timedelta:
    """From one mail to the next."""
    return DAY if rhythm == Wish.Rhythm.DAILY else 7 * DAY


def next_due(wish: Wish, after: datetime) -> datetime | None:
    """The first hour of this wish after a moment; None for never.

    An hour that a clock jumps over in spring is the moment of the jump's other side, so no day goes without.
    """
    if wish.rhythm == Wish.Rhythm.NEVER:
        return None
    zone = zone_of(wish.zone)
    day = after.astimezone(zone).date()
    for _ in range(9):
        due = datetime.combine(day, time(wish.hour), zone).astimezone(UTC)
        if due > after and (wish.rhythm == Wish.Rhythm.DAILY or day.weekday() == wish.weekday):
            return due
        day += DAY
    raise RuntimeError("a week has every weekday")
