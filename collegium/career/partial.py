"""Dates as people know them: a year, a month of a year, or a day; never more exact than they were told.

A partial date is ISO 8601 text of reduced precision: "2019", "2019-03", "2019-03-07"; "" where nobody knows. As text
they sort by time, the vaguer before the more exact.
"""

import re
from datetime import date

from django.db import models
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FORM = r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$"
_FORM = re.compile(FORM, re.ASCII)
EARLIEST, LATEST = 1900, 2100


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A column of such text; its form is held by a constraint of the table (`partial_date`)."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


def check(text: str) -> str:
    """The date as it stands in a row.

    Args:
        text: ISO text of any precision, or nothing.

    Raises:
        ValueError: it is no date, or lies outside 1900 to 2100.
    """
    text = text.strip()
    if not text:
        return ""
    if not _FORM.match(text) or not EARLIEST <= int(text[:4]) <= LATEST:
        raise ValueError(text)
    if len(text) == 10:
        date.fromisoformat(text)
    return text


def make(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """The text for what is known; a day without a month, a month without a year are not known.

    Raises:
        ValueError: there is no such day.
    """
    if year is None:
        return ""
    parts = [f"{year:04d}"]
    if month is not None:
        parts.append(f"{month:02d}")
        if day is not None:
            parts.append(f"{day:02d}")
    return check("-".join(parts))


def parts(text: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day, as far as they are known."""
    known = [int(part) for part in text.split("-")] if text else []
    padded = (*known, None, None, None)
    return padded[0], padded[1], padded[2]


def words(text: str) -> str:
    """The date for people: "2019", "March 2019", "March 7, 2019"."""
    year, month, day = parts(text)
    if year is None:
        return ""
    if month is None:
        return str(year)
    if day is None:
        return _("%(month)s %(year)s") % {"month": MONTHS[month], "year": year}
    return date_format(date(year, month, day), "DATE_FORMAT")


def span(started: str, ended: str, *, ongoing: bool = False) -> str:
    """From when until when, for people: "March 2019 – present".

    Args:
        started: partial date.
        ended: partial date.
        ongoing: whether something without an end goes on; else only what is known is said.
    """
    begin, end = words(started), words(ended)
    if not end and ongoing and begin:
        end = _("present")
    if begin and end and begin != end:
        return f"{begin} – {end}"
    return begin or (_("until %(when)s") % {"when": end} if end else "")


def months(started: str, ended: str, today: date) -> int | None:
    """How many months it lasted, both ends counted; None when a month is not known at either end.

    Args:
        started: partial date.
        ended: partial date; "" goes on until today.
        today: the present day.
    """
    year, month, _day = parts(started)
    last_year, last_month, _day = parts(ended) if ended else (today.year, today.month, today.day)
    if year is None or month is None or last_year is None or last_month is None:
        return None
    return max((last_year - year) * 12 + last_month - month + 1, 0)


def lasted(count: int | None) -> str:
    """A number of months for people: "2 years 3 months"; "" when it is not known."""
    if not count:
        return ""
    years, rest = divmod(count, 12)
    said = [ngettext("%(num)d year", "%(num)d years", years) % {"num": years}] if years else []
    if rest:
        said.append(ngettext("%(num)d month", "%(num)d months", rest) % {"num": rest})
    return " ".join(said)


def overlap(one: tuple[str, str], other: tuple[str, str]) -> tuple[str, str] | None:
    """The time two spans share, to the coarser precision of the two; None when they surely do not meet.

    A span whose start nobody knows shares nothing that could be told. An end of "" goes on.
    """
    if not one[0] or not other[0]:
        return None
    begin = max(_coarse(one[0], other[0]))
    ends = [end for end in (one[1], other[1]) if end]
    end = min(_coarse(*ends)) if len(ends) == 2 else (ends[0] if ends else "")
    if end and end[: len(begin)] < begin[: len(end)]:
        return None
    return begin, end


def _coarse(one: str, other: str) -> tuple[str, str]:
    """Both cut to the precision of the vaguer one, so that "2019" and "2019-03" compare as the same year."""
    length = min(len(one), len(other))
    return one[:length], other[:length]
