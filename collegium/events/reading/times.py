"""Hours in words: by the clock of the event, and by the reader's own where that one shows something else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from collegium.events.recurring.rules import LAST, Freq, Rule
from collegium.notifications.hours import known
from collegium.notifications.models import Rest


@dataclass(frozen=True, slots=True)
class When:
    """One stretch of time, by one clock.

    Attributes:
        starts: aware, in the zone of the clock.
        ends: as above.
        zone: IANA name.
    """

    starts: datetime
    ends: datetime
    zone: str

    @property
    def day(self) -> str:
        """With weekday and year: "Tuesday, 24 November 2026"."""
        return long_day(self.starts)

    @property
    def hours(self) -> str:
        """As in "18:00–20:00", with the day where it ends on another."""
        begins, ends = formats.date_format(self.starts, "H:i"), formats.date_format(self.ends, "H:i")
        if self.ends.date() == self.starts.date():
            return f"{begins}–{ends}"
        return f"{begins} – {short_day(self.ends)}, {ends}"

    @property
    def place(self) -> str:
        """Which clock it is: "Berlin, CET"."""
        city, short = city_of(self.zone), self.starts.tzname() or ""
        return f"{city}, {short}" if short.isalpha() and short != city else city

    @property
    def month(self) -> str:
        """For the date box: "Nov"."""
        return formats.date_format(self.starts, "M")

    @property
    def number(self) -> int:
        """For the date box."""
        return self.starts.day

    @property
    def weekday(self) -> str:
        """For the date box: "Tue"."""
        return formats.date_format(self.starts, "D")

    @property
    def line(self) -> str:
        """Everything in one line, for a card or a mail."""
        return f"{short_day(self.starts)}, {self.hours}"


def by_clock(starts_at: datetime, ends_at: datetime, zone: str) -> When:
    """By the clock of a zone."""
    at = ZoneInfo(zone)
    return When(starts_at.astimezone(at), ends_at.astimezone(at), zone)


def for_reader(there: When, zone: str) -> When | None:
    """By the reader's clock; None where it shows the same, or is not known."""
    if zone not in known():
        return None
    mine = by_clock(there.starts.astimezone(UTC), there.ends.astimezone(UTC), zone)
    same = mine.starts.replace(tzinfo=None) == there.starts.replace(tzinfo=None)
    return None if same and mine.ends.replace(tzinfo=None) == there.ends.replace(tzinfo=None) else mine


def zone_of(member: int) -> str:
    """The zone a member set her clock to; empty where she has not."""
    return Rest.objects.filter(pk=member).values_list("zone", flat=True).first() or ""


def city_of(zone: str) -> str:
    """What a zone is called: "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")


def long_day(day: date) -> str:
    """With its weekday and its year."""
    return formats.date_format(day, pgettext("format of a day", "l, j F Y"))


def short_day(day: date) -> str:
    """With its weekday, and its year only where somebody would ask."""
    return formats.date_format(day, pgettext("format of a short day", "D j M Y"))


def rule_in_words(text: str) -> str:
    """How something recurs, in a sentence."""
    if not text:
        return ""
    rule = Rule.read(text)
    words = _often(rule)
    if rule.until is not None:
        return _("%(often)s, until %(day)s") % {"often": words, "day": short_day(rule.until)}
    if rule.count is not None:
        return ngettext("%(often)s, once", "%(often)s, %(n)s times", rule.count) % {"often": words, "n": rule.count}
    return words


def _often(rule: Rule) -> str:
    many = {"n": rule.interval}
    match rule.freq:
        case Freq.DAILY:
            return ngettext("Every day", "Every %(n)s days", rule.interval) % many
        case Freq.WEEKLY:
            often = ngettext("Every week", "Every %(n)s weeks", rule.interval) % many
            days = ", ".join(_weekday(day) for day in rule.days)
            return _("%(often)s on %(days)s") % {"often": often, "days": days} if days else often
        case Freq.MONTHLY:
            often = ngettext("Every month", "Every %(n)s months", rule.interval) % many
            on = _on(rule)
            return _("%(often)s on %(days)s") % {"often": often, "days": on} if on else often
        case _:
            return ngettext("Every year", "Every %(n)s years", rule.interval) % many


def _on(rule: Rule) -> str:
    """Which day of the month."""
    if rule.nth is not None:
        nth, day = rule.nth
        if nth == LAST:
            return _("the last %(day)s") % {"day": _weekday(day)}
        order = (_("first"), _("second"), _("third"), _("fourth"), _("fifth"))[nth - 1]
        return _("the %(nth)s %(day)s") % {"nth": order, "day": _weekday(day)}
    if rule.month_day == LAST:
        return _("the last day")
    return _("day %(n)s") % {"n": rule.month_day} if rule.month_day else ""


def _weekday(day: int) -> str:
    # The first of January 2024 was a Monday.
    return formats.date_format(date(2024, 1, 1 + day), "l")
