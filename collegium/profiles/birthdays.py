"""Birthdays: a partial date, or a day of the year alone (`--05-17`, as ISO 8601 and vCards write it)."""

from datetime import date

from django.utils.formats import date_format

from collegium.career import partial

LEAP_YEAR = 2000


def make(year: int | None, month: int | None, day: int | None) -> str:
    """The text for what somebody tells of her birthday.

    Raises:
        ValueError: there is no such day, or it says too little.
    """
    if year is not None or not (month and day):
        return partial.make(year, month, day)
    return f"--{date(LEAP_YEAR, month, day):%m-%d}"


def pieces(text: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and day, as far as they are told."""
    if text.startswith("--"):
        month, day = (int(piece) for piece in text[2:].split("-"))
        return None, month, day
    return partial.parts(text)


def words(text: str) -> str:
    """The birthday for people: "May 17", "May 17, 1990", "1990"; as it was written when it is neither."""
    try:
        year, month, day = pieces(text)
        if year is None and month and day:
            return date_format(date(LEAP_YEAR, month, day), "MONTH_DAY_FORMAT")
        return partial.words(partial.check(text)) or text
    except ValueError:
        return text
