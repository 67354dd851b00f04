"""A date of the precision one remembers: three small fields, of which only the year need be filled in.

There is no calendar to choose from: it would make a day out of every year.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from collegium.career import partial

PIECES = ("year", "month", "day")
Typed = tuple[str, str, str]


class PartialDateWidget(forms.Widget):
    """Reads `<name>_year`, `<name>_month` and `<name>_day`; a template draws them (`_form.html`, `date`)."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        """What was typed, piece by piece."""
        year, month, day = (str(data.get(f"{name}_{piece}") or "") for piece in PIECES)
        return year, month, day

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form did not have the field at all."""
        return not any(f"{name}_{piece}" in data for piece in PIECES)


class PartialDateField(forms.Field):
    """Three typed pieces into a partial date (`career.partial`)."""

    widget = PartialDateWidget

    def to_python(self, value: Any) -> str:
        """The date as it is kept.

        Raises:
            ValidationError: with a sentence that says which piece is wrong.
        """
        year, month, day = self.pieces(value)
        if not year:
            if month or day:
                raise ValidationError(_("Please give the year too, or leave the whole date empty."), code="year")
            return ""
        if day and not month:
            raise ValidationError(_("Please choose the month of that day, or take the day away."), code="month")
        numbers = (number_of(year, 4), number_of(month, 2), number_of(day, 2))
        _check(numbers, typed_month=month, typed_day=day)
        try:
            return partial.make(*numbers)
        except ValueError:
            raise ValidationError(_("There is no such day in that month."), code="day") from None

    def pieces(self, value: Any) -> Typed:
        """Year, month and day as the fields show them.

        Args:
            value: a partial date, or what was typed.
        """
        if isinstance(value, tuple):
            year, month, day = (piece.strip() for piece in value)
            return year, month, day
        year, month, day = (str(piece or "") for piece in partial.parts(value or ""))
        return year, month, day

    def months(self) -> list[tuple[str, Any]]:
        """What the second field offers; the dash is for a month that is not known or does not matter."""
        return [("", "–"), *((str(number), name) for number, name in MONTHS.items())]


def _check(numbers: tuple[int | None, int | None, int | None], *, typed_month: str, typed_day: str) -> None:
    """Each piece for itself; whether the day exists, `partial.make` says."""
    year, month, day = numbers
    if year is None or not partial.EARLIEST <= year <= partial.LATEST:
        said = _("Please give a year between %(first)d and %(last)d, in four digits.")
        raise ValidationError(said % {"first": partial.EARLIEST, "last": partial.LATEST}, code="year")
    if typed_month and (month is None or not 1 <= month <= 12):
        raise ValidationError(_("Please choose one of the twelve months."), code="month")
    if typed_day and (day is None or not 1 <= day <= 31):
        raise ValidationError(_("Please give the day as a number from 1 to 31."), code="day")


def number_of(text: str, most: int) -> int | None:
    """Digits of any script as a number; None for everything else."""
    return int(text) if text and len(text) <= most and text.isdecimal() else None


def ends_before(started: str, ended: str) -> bool:
    """Whether an end surely lies before a start; a year and a month of that year do not contradict each other."""
    length = min(len(started), len(ended))
    return bool(length) and ended[:length] < started[:length]
