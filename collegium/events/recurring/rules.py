"""The rules events recur by: a subset of RFC 5545 that can be said in one sentence, read and written as its text.

`UNTIL` is a day here, the last on which the event may begin, by the clock of the event's zone; whoever writes a
calendar makes an instant of it (`Pattern.until_at`).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal, Self

from dateutil.rrule import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, YEARLY, rrule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
MOST_INTERVAL, MOST_COUNT, MOST_TEXT = 99, 1000, 200
LAST = -1
_NTH = re.compile(r"(-1|[1-5])(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"-?[0-9]{1,8}")
_KNOWN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL"})


class Freq(StrEnum):
    """How often."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


_FREQS: dict[Freq, Literal[0, 1, 2, 3]] = {
    Freq.DAILY: DAILY,
    Freq.WEEKLY: WEEKLY,
    Freq.MONTHLY: MONTHLY,
    Freq.YEARLY: YEARLY,
}


class Unreadable(ValueError):  # noqa: N818 - reads as what it is
    """This is no rule of the subset."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How an event recurs.

    Attributes:
        freq: how often.
        interval: every so many days, weeks, months or years.
        days: of a weekly one, the weekdays, 0 for Monday.
        nth: of a monthly one, which of its weekdays: (2, 1) is the second Tuesday, (-1, 4) the last Friday.
        month_day: of a monthly one, which day; -1 is the last.
        count: after so many it ends.
        until: the last day on which one may begin.
    """

    freq: Freq
    interval: int = 1
    days: tuple[int, ...] = ()
    nth: tuple[int, int] | None = None
    month_day: int | None = None
    count: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse what no event of ours recurs by.

        Raises:
            Unreadable: that is no such rule.
        """
        sound = (
            0 < self.interval <= MOST_INTERVAL
            and (self.count is None or 0 < self.count <= MOST_COUNT)
            and (self.count is None or self.until is None)
            and (not self.days or (self.freq == Freq.WEEKLY and self.days == tuple(sorted(set(self.days)))))
            and (self.nth is None or (self.freq == Freq.MONTHLY and self.month_day is None))
            and (self.month_day is None or (self.freq == Freq.MONTHLY and _is_month_day(self.month_day)))
        )
        if not sound:
            raise Unreadable(self)

    @classmethod
    def read(cls, text: str) -> Self:
        """The rule that `str` wrote.

        Raises:
            Unreadable: that is no rule of the subset.
        """
        if len(text) > MOST_TEXT:
            raise Unreadable(text)
        pairs = [part.partition("=") for part in text.upper().split(";")]
        parts = {name: value for name, equals, value in pairs if equals}
        if len(parts) != len(pairs) or not parts.keys() <= _KNOWN or parts.get("FREQ") not in set(Freq):
            raise Unreadable(text)
        freq = Freq(parts["FREQ"])
        days, nth = _by_day(freq, parts.get("BYDAY", ""))
        return cls(
            freq,
            _number(parts.get("INTERVAL", "1")),
            days,
            nth,
            _number(parts["BYMONTHDAY"]) if "BYMONTHDAY" in parts else None,
            _number(parts["COUNT"]) if "COUNT" in parts else None,
            _day(parts["UNTIL"]) if "UNTIL" in parts else None,
        )

    def __str__(self) -> str:
        parts = [f"FREQ={self.freq.value}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.days:
            parts.append("BYDAY=" + ",".join(DAYS[day] for day in self.days))
        if self.nth is not None:
            parts.append(f"BYDAY={self.nth[0]}{DAYS[self.nth[1]]}")
        if self.month_day is not None:
            parts.append(f"BYMONTHDAY={self.month_day}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    def fits(self, day: date) -> bool:
        """Whether the first may be on this day: it is one of those the rule names."""
        if self.until is not None and day > self.until:
            return False
        if self.days:
            return day.weekday() in self.days
        if self.nth is not None or self.month_day is not None:
            begins = datetime.combine(day, time())
            return next(iter(replace(self, count=None, until=None, interval=1).over(begins))) == begins
        return True

    def ending(self, day: date) -> "Rule":
        """The same rule, which ends on a day at the latest."""
        return replace(self, count=None, until=day if self.until is None else min(day, self.until))

    def over(self, start: datetime) -> rrule:
        """The local beginnings, from a local start on; a day that does not exist is left out, as RFC 5545 says."""
        by_day = None
        if self.days:
            by_day = [_WEEKDAYS[day] for day in self.days]
        elif self.nth is not None:
            by_day = [_WEEKDAYS[self.nth[1]](self.nth[0])]
        return rrule(
            _FREQS[self.freq],
            dtstart=start,
            interval=self.interval,
            byweekday=by_day,
            bymonthday=self.month_day,
            count=self.count,
            until=datetime.combine(self.until, time.max) if self.until is not None else None,
        )


def monthly_nth(day: date) -> tuple[int, int]:
    """Which weekday of its month a day is; from the fifth on, the last."""
    nth = (day.day - 1) // 7 + 1
    return (nth if nth < 5 else LAST, day.weekday())


def _by_day(freq: Freq, text: str) -> tuple[tuple[int, ...], tuple[int, int] | None]:
    if not text:
        return (), None
    if freq == Freq.WEEKLY:
        names = text.split(",")
        if not set(names) <= set(DAYS):
            raise Unreadable(text)
        return tuple(sorted({DAYS.index(name) for name in names})), None
    found = _NTH.fullmatch(text)
    if freq != Freq.MONTHLY or found is None:
        raise Unreadable(text)
    return (), (int(found[1]), DAYS.index(found[2]))


def _is_month_day(number: int) -> bool:
    return number == LAST or 1 <= number <= 31


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Unreadable(text)
    return int(text)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Unreadable(text) from None
