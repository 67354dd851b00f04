"""A month as a table of weeks, and what happens on each of its days by the reader's clock."""

import re
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.utils import formats

from collegium.events.reading.directory import Line
from collegium.lib import clock
from collegium.notifications.hours import zone_of

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2000, 2100
# So many stand in a cell; the list has all of them.
IN_CELL = 3


@dataclass
class Day:
    """One cell."""

    day: date
    inside: bool
    today: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def shown(self) -> list[Line]:
        """Those that have room."""
        return self.lines[:IN_CELL]

    @property
    def more(self) -> int:
        """How many have none."""
        return max(len(self.lines) - IN_CELL, 0)


@dataclass(frozen=True)
class Month:
    """One month, from its first day on."""

    first: date

    @classmethod
    def read(cls, text: str, today: date) -> "Month":
        """The month that was asked for, "2026-12"; this one where that is none."""
        found = _MONTH.fullmatch(text)
        if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12:
            return cls(date(int(found[1]), int(found[2]), 1))
        return cls(today.replace(day=1))

    @property
    def key(self) -> str:
        """As it stands in addresses."""
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        """As it is read: "December 2026"."""
        return formats.date_format(self.first, "F Y")

    def step(self, months: int) -> "Month | None":
        """Another one; None where the calendar ends."""
        count = self.first.year * 12 + self.first.month - 1 + months
        year, month = divmod(count, 12)
        return Month(date(year, month + 1, 1)) if FIRST_YEAR <= year <= LAST_YEAR else None

    @property
    def days(self) -> list[list[date]]:
        """Its weeks, whole, beginning as weeks begin in the reader's language."""
        first = (int(formats.get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
        return Calendar(first).monthdatescalendar(self.first.year, self.first.month)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Moments before and after everything that any clock shows on these days."""
        weeks = self.days
        low = datetime.combine(weeks[0][0], time(), UTC) - timedelta(days=1)
        return low, datetime.combine(weeks[-1][-1], time(), UTC) + timedelta(days=2)


def today_of(zone: str) -> date:
    """Which day it is for the reader."""
    return clock.now().astimezone(zone_of(zone)).date()


def days_of(line: Line) -> list[date]:
    """The days on which it happens, by the reader's clock; what ends at midnight ends the day before."""
    when = line.here or line.when
    last = (when.ends - timedelta(microseconds=1)).date()
    return [when.starts.date() + timedelta(days=n) for n in range((last - when.starts.date()).days + 1)]


def weeks(month: Month, lines: Iterable[Line], today: date) -> list[list[Day]]:
    """The table."""
    by_day: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        for day in days_of(line):
            by_day[day].append(line)
    return [
        [Day(day, day.month == month.first.month, day == today, by_day[day]) for day in week] for week in month.days
    ]


def by_day(month: Month, lines: Iterable[Line]) -> list[tuple[date, list[Line]]]:
    """The same as a list: the days of the month on which something begins, or goes on from the month before."""
    found: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        inside = [day for day in days_of(line) if (day.year, day.month) == (month.first.year, month.first.month)]
        if inside:
            found[inside[0]].append(line)
    return sorted(found.items())
