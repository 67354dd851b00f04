"""The many forms of dates in an archive: to partial dates, or to moments. What has no month keeps none."""

import datetime as dt
import re
from typing import NamedTuple

EARLIEST, LATEST = 1900, 2100

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?(?: ?(?P<half>[AP])\.?M\.?)?"
_ZONE = r"(?: ?(?:UTC|GMT|Z|\+00:?00|\((?:UTC|GMT)\)))?"
_WORD = r"(?P<word>[A-Za-z]{3,9})\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
# Each form as it stands in some file: the file is named beside it.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_YEAR}",  # Education
        rf"{_WORD} {_YEAR}",  # Positions: Mar 2021
        rf"{_DAY} {_WORD},? {_YEAR}",  # Connections: 12 Mar 2025
        rf"{_WORD} {_DAY},? {_YEAR}(?:,?(?: at)? {_TIME}{_ZONE})?",  # Profile: Jan 1, 1990; Rich_Media
        rf"{_YEAR}[-/](?P<month>\d{{1,2}})",
        rf"{_YEAR}[-/](?P<month>\d{{1,2}})[-/]{_DAY}(?:[T ]{_TIME}{_ZONE})?",  # Shares, messages, endorsements
        rf"(?P<month>\d{{1,2}})/{_DAY}/(?P<short>\d\d(?:\d\d)?)(?:,? {_TIME}{_ZONE})?",  # Invitations, recommendations
        rf"[A-Za-z]{{3}} (?P<word>[A-Za-z]{{3}}) {_DAY} {_TIME} (?:UTC|GMT) {_YEAR}",  # Company Follows
    )
)


class Moment(NamedTuple):
    """A date as far as it is known; the time of day in UTC."""

    year: int
    month: int | None = None
    day: int | None = None
    time: tuple[int, int, int] | None = None


def parse(text: str) -> Moment | None:
    """What this text says, in any of the known forms; None when it is none of them or there is no such day.

    Dates with strokes are read as month/day/year, as LinkedIn writes them for everybody.
    """
    text = " ".join(text.split())
    if not text or len(text) > 40:
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _moment(found.groupdict())
    return None


def _moment(said: dict[str, str | None]) -> Moment | None:
    """The parts of a match as numbers, if there is such a day."""
    year = _year(said.get("year") or said.get("short") or "")
    word = said.get("word")
    month = _MONTHS.get(word.lower()) if word else int(said.get("month") or 0) or None
    day = int(said.get("day") or 0) if said.get("day") else None
    if (word and month is None) or not EARLIEST <= year <= LATEST:
        return None
    try:
        dt.date(year, month or (13 if said.get("month") else 1), day if day is not None else 1)
        time = _time(said)
    except ValueError:
        return None
    return Moment(year, month, day, time)


def _year(digits: str) -> int:
    """A year of two digits lies in this century unless that is far off: nothing there is older than 2003."""
    number = int(digits or 0)
    if len(digits) == 2:
        return number + (1900 if number >= 70 else 2000)
    return number


def _time(said: dict[str, str | None]) -> tuple[int, int, int] | None:
    """Hour, minute, second; 12:10 AM is ten minutes past midnight."""
    if not said.get("hour"):
        return None
    hour, half = int(said["hour"] or 0), (said.get("half") or "").upper()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half == "P" else 0)
    time = dt.time(hour, int(said["minute"] or 0), int(said.get("second") or 0))
    return time.hour, time.minute, time.second


def partial(text: str) -> str | None:
    """ISO text of the date's own precision, the time of day left aside; None for an unknown form."""
    moment = parse(text)
    if moment is None:
        return None
    smaller = [f"-{part:02d}" for part in (moment.month, moment.day) if part is not None]
    return f"{moment.year:04d}{''.join(smaller)}"


def instant(text: str) -> str | None:
    """ISO text of the moment in UTC, or of the day where no time is told; None for an unknown or vaguer form."""
    moment = parse(text)
    if moment is None or moment.day is None:
        return None
    day = f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"
    return day if moment.time is None else "{}T{:02d}:{:02d}:{:02d}Z".format(day, *moment.time)


def read(text: str) -> dt.datetime | None:
    """A thing's `at` as a moment with its zone; a day alone begins at midnight, UTC. None for ""."""
    if not text:
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
