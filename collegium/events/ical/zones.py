"""The rules of a time zone as a calendar carries them along: every setting of its clock within a few years.

Written out change by change. RFC 5545 gives the moment of a change by the clock as it stood before.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

# What recurs without an end is carried so far; by then the calendar has been asked for again, or the world has changed.
YEARS = 12
_STEP = timedelta(days=7)
_MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=256)
def timezone(name: str, year: int) -> Timezone:
    """The zone, from the beginning of a year on."""
    zone = ZoneInfo(name)
    first = datetime(year, 1, 1, tzinfo=UTC)
    kinds: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = defaultdict(list)
    opening = first.astimezone(zone)
    kinds[_offset(opening), _offset(opening), opening.tzname() or name, bool(opening.dst())].append(_clock(opening))
    for at in changes(zone, first, first.replace(year=year + YEARS)):
        before, after = _offset((at - _MINUTE).astimezone(zone)), at.astimezone(zone)
        kinds[before, _offset(after), after.tzname() or name, bool(after.dst())].append(
            (at + before).replace(tzinfo=None)
        )
    made = Timezone()
    made.add("tzid", name)
    for (before_, after_, short, saving), starts in kinds.items():
        part = TimezoneDaylight() if saving else TimezoneStandard()
        part.add("dtstart", starts[0])
        part.add("tzoffsetfrom", before_)
        part.add("tzoffsetto", after_)
        part.add("tzname", short)
        if len(starts) > 1:
            part.add("rdate", starts[1:])
        made.add_component(part)
    return made


def changes(zone: ZoneInfo, since: datetime, until: datetime) -> list[datetime]:
    """The moments, to the minute, at which the clock is set.

    A setting that is undone within a week is not one that any clock knows.
    """
    found = []
    at = since
    while at < until:
        later = at + _STEP
        if _offset(at.astimezone(zone)) != _offset(later.astimezone(zone)):
            found.append(_between(zone, at, later))
        at = later
    return found


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first minute that has the offset of the later end."""
    before = _offset(low.astimezone(zone))
    while high - low > _MINUTE:
        middle = low + timedelta(minutes=int((high - low) / _MINUTE) // 2)
        if _offset(middle.astimezone(zone)) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(at: datetime) -> timedelta:
    return at.utcoffset() or timedelta()


def _clock(at: datetime) -> datetime:
    return at.replace(tzinfo=None, fold=0)
