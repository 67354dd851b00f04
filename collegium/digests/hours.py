"""When the next mail is due, on the clock of its reader."""

from datetime import datetime, timedelta

from collegium.digests.models import Wish
from collegium.notifications.hours import DAY, next_hour, zone_of


def period(rhythm: str) -> timedelta:
    """From one mail to the next."""
    return DAY if rhythm == Wish.Rhythm.DAILY else 7 * DAY


def next_due(wish: Wish, zone: str, after: datetime) -> datetime | None:
    """The first hour of this wish after a moment, on the clock of a time zone; None for never."""
    if wish.rhythm == Wish.Rhythm.NEVER:
        return None
    weekday = wish.weekday if wish.rhythm == Wish.Rhythm.WEEKLY else None
    return next_hour(zone_of(zone), wish.hour, after, weekday)
