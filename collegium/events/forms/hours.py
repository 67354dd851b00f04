"""When an event happens, as it is typed: local hours, a zone, and how it recurs."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.events.models.events import MOST_MINUTES
from collegium.events.recurring.pattern import Pattern, instant, length
from collegium.events.recurring.rules import LAST, MOST_COUNT, MOST_INTERVAL, Freq, Rule, Unreadable, monthly_nth
from collegium.lib import clock
from collegium.lib.fields import LineField
from collegium.notifications.hours import known

AHEAD = timedelta(days=3 * 366)
NONE, NTH = "", "NTH"
REPEATS = [
    (NONE, _("Once")),
    (Freq.DAILY.value, _("Every day")),
    (Freq.WEEKLY.value, _("Every week")),
    (Freq.MONTHLY.value, _("Every month, on this day of the month")),
    (NTH, _("Every month, on this weekday")),
    (Freq.YEARLY.value, _("Every year")),
]
WEEKDAYS = [
    (0, _("Mon")),
    (1, _("Tue")),
    (2, _("Wed")),
    (3, _("Thu")),
    (4, _("Fri")),
    (5, _("Sat")),
    (6, _("Sun")),
]
ENDS = [("never", _("Goes on")), ("count", _("After so many times")), ("until", _("On a day"))]


class DayField(forms.DateField):
    """A day, from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%d"], error_messages={"invalid": _("This is no day.")}, **kwargs
        )


class HourField(forms.TimeField):
    """An hour and its minutes."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(
            widget=widget,
            input_formats=["%H:%M", "%H:%M:%S"],
            error_messages={"invalid": _("This is no hour.")},
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """To the minute."""
        found = super().clean(value)
        return found.replace(second=0, microsecond=0) if found is not None else None


class MomentForm(forms.Form):
    """From when until when, by the clock of one place."""

    day = DayField(label=_("Day"))
    hour = HourField(label=_("Begins"))
    end_day = DayField(label=_("Last day"), required=False, help_text=_("Only where it is another."))
    end_hour = HourField(label=_("Ends"))
    zone = LineField(limit=64, label=_("By the clock of"), help_text=_("A place such as Europe/Berlin."))

    def clean_zone(self) -> str:
        """One of the names there are."""
        name: str = self.cleaned_data["zone"]
        if name not in known():
            raise forms.ValidationError(_("There is no such time zone. Choose one from the list."))
        return name

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and neither is over nor far away."""
        values = super().clean() or {}
        if self.errors:
            return values
        start, end = self._stretch(values)
        now = clock.now()
        # Compared roughly first: years at the ends of the calendar bear no arithmetic.
        if abs(start.year - now.year) > 4 or abs(end.year - now.year) > 4:
            self.add_error("day", _("Choose a day in the next three years."))
            return values
        begins = instant(start, values["zone"])
        values["minutes"] = length(start, end, values["zone"])
        if begins <= now:
            self.add_error("day", _("This time is over already. Choose a later one."))
        elif begins > now + AHEAD:
            self.add_error("day", _("Choose a day in the next three years."))
        if not 0 < values["minutes"] <= MOST_MINUTES:
            self.add_error("end_hour", _("It has to end after it begins, and within a month."))
        return values

    def _stretch(self, values: dict[str, Any]) -> tuple[datetime, datetime]:
        """Both ends by the clock. An end before the beginning, on no day of its own, is after midnight."""
        start = datetime.combine(values["day"], values["hour"])
        last = values.get("end_day") or values["day"]
        end = datetime.combine(last, values["end_hour"])
        if not values.get("end_day") and end <= start and values["day"] < date.max:
            end += timedelta(days=1)
        return start, end

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """Both ends of a valid form."""
        values = self.cleaned_data
        begins = instant(datetime.combine(values["day"], values["hour"]), values["zone"])
        return begins, begins + timedelta(minutes=values["minutes"])


class HoursForm(MomentForm):
    """As above, and how it recurs."""

    repeats = forms.ChoiceField(choices=REPEATS, required=False, label=_("How often"))
    interval = forms.IntegerField(
        min_value=1,
        max_value=MOST_INTERVAL,
        required=False,
        initial=1,
        label=_("Every so many days, weeks, months or years"),
    )
    days = forms.TypedMultipleChoiceField(
        choices=WEEKDAYS, coerce=int, required=False, label=_("On"), widget=forms.CheckboxSelectMultiple
    )
    ends = forms.ChoiceField(choices=ENDS, required=False, initial="never", label=_("Until when"))
    count = forms.IntegerField(min_value=1, max_value=MOST_COUNT, required=False, label=_("Times"))
    until = DayField(required=False, label=_("Last on"))

    def clean(self) -> dict[str, Any]:
        """Put the rule together; what a kind of repeating has no use for is left out."""
        values = super().clean()
        if not values.get("repeats"):
            for name in ("interval", "count", "until", "days", "ends"):
                self.errors.pop(name, None)
        if self.errors:
            return values
        try:
            values["rule"] = str(self._rule(values)) if values["repeats"] else ""
        except (Unreadable, forms.ValidationError) as wrong:
            self.add_error(
                "repeats", wrong if isinstance(wrong, forms.ValidationError) else _("It cannot recur like this.")
            )
        return values

    def _rule(self, values: dict[str, Any]) -> Rule:
        day: date = values["day"]
        chosen = values["repeats"]
        freq = Freq.MONTHLY if chosen == NTH else Freq(chosen)
        days = tuple(sorted({*values["days"], day.weekday()})) if freq == Freq.WEEKLY else ()
        month_day = None
        if chosen == Freq.MONTHLY:
            month_day = LAST if (day + timedelta(days=1)).day == 1 and day.day > 28 else day.day
        count, until = self._end(values)
        nth = monthly_nth(day) if chosen == NTH else None
        return Rule(freq, values.get("interval") or 1, days, nth, month_day, count, until)

    def _end(self, values: dict[str, Any]) -> tuple[int | None, date | None]:
        match values.get("ends"):
            case "count":
                if not values.get("count"):
                    raise forms.ValidationError(_("After how many times does it end?"))
                return values["count"], None
            case "until":
                if not values.get("until") or values["until"] < values["day"]:
                    raise forms.ValidationError(_("On which day does it end? It has to be after the first."))
                return None, values["until"]
            case _:
                return None, None

    @property
    def pattern(self) -> Pattern:
        """What a valid form holds."""
        values = self.cleaned_data
        start = datetime.combine(values["day"], values["hour"])
        return Pattern(start, values["minutes"], values["zone"], values["rule"])


def values_of(start: datetime, end: datetime, zone: str, rule: str = "") -> dict[str, Any]:
    """What stands in the form of something that has hours already; both ends by the clock there."""
    values: dict[str, Any] = {"day": start.date(), "hour": start.time(), "end_hour": end.time(), "zone": zone}
    if end.date() != start.date():
        values["end_day"] = end.date()
    return values | _rule_values(rule)


def beginning(zone: str) -> dict[str, Any]:
    """What stands in an empty form: an evening next week."""
    day = (clock.now() + timedelta(days=7)).date()
    return {"day": day, "hour": time(18), "end_hour": time(20), "zone": zone or "", "ends": "never", "interval": 1}


def _rule_values(text: str) -> dict[str, Any]:
    if not text:
        return {"repeats": NONE, "interval": 1, "ends": "never"}
    rule = Rule.read(text)
    ends = "count" if rule.count else "until" if rule.until else "never"
    return {
        "repeats": NTH if rule.nth is not None else rule.freq.value,
        "interval": rule.interval,
        "days": list(rule.days),
        "ends": ends,
        "count": rule.count,
        "until": rule.until,
    }
