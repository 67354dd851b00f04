"""What stands in a calendar in a month, in a constant number of statements."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import formats

from collegium.audience.viewer import Viewer
from collegium.events.calendars import grid
from collegium.events.calendars.grid import Day, Month
from collegium.events.models import Attendance, Occurrence
from collegium.events.models.attendances import CONCERNED
from collegium.events.models.occurrences import LONGEST
from collegium.events.reading import directory, times
from collegium.events.reading.directory import Line
from collegium.events.reading.hosted import hosted_by, in_sight

MOST = 300
MONTH, LIST = "month", "list"


@dataclass(frozen=True)
class Shown:
    """One month of a calendar.

    Attributes:
        month: which.
        weeks: as a table.
        days: as a list.
        heads: the names of the days of the week, short and whole, in their order.
        is_list: whether the list was asked for, instead of the table.
        cut: whether there is more in it than is shown.
        path: of the calendar.
        zone: what the reader's clock is called; empty where it is not known.
    """

    month: Month
    weeks: list[list[Day]]
    days: list[tuple[date, str, list[Line]]]
    heads: list[tuple[str, str]]
    is_list: bool
    cut: bool
    path: str
    zone: str

    @property
    def view(self) -> str:
        """What goes along when one turns the page."""
        return "&view=list" if self.is_list else ""


def show(viewer: Viewer, wanted: Q, asked: Any, path: str) -> Shown:
    """The month that was asked for, of the occurrences that are wanted and that the viewer sees.

    Args:
        viewer: who looks.
        wanted: of `Occurrence`.
        asked: the question of the address.
        path: of the calendar.
    """
    zone = times.zone_of(viewer.id) if viewer else ""
    today = grid.today_of(zone)
    month = Month.read(asked.get("month", "")[:7], today)
    low, high = month.span
    rows = Occurrence.objects.filter(wanted, starts_at__lt=high, starts_at__gt=low - LONGEST, ends_at__gt=low)
    related = ("event__post__author", "event__post__page", "event__post__group")
    found = list(rows.select_related(*related).order_by("starts_at", "id")[: MOST + 1])
    shown = in_sight(viewer, found[:MOST])
    lines = sorted(directory.lines(viewer, shown), key=lambda line: line.occurrence.starts_at)
    week = month.days[0]
    heads = [(formats.date_format(day, "D"), formats.date_format(day, "l")) for day in week]
    city = times.city_of(zone) if zone else ""
    days = [(day, times.long_day(day), rows_) for day, rows_ in grid.by_day(month, lines)]
    is_list, cut = asked.get("view") == LIST, len(found) > MOST
    return Shown(month, grid.weeks(month, lines, today), days, heads, is_list, cut, path, city)


def own(viewer: Viewer) -> Q:
    """What one comes to, waits or asks for, is interested in, or hosts."""
    answered = Attendance.objects.filter(member=viewer.id, state__in=CONCERNED)
    keys = list(answered.values_list("occurrence_id", flat=True))
    return Q(pk__in=keys) | Q(event__in=hosted_by(viewer))
