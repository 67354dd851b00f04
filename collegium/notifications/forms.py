"""The forms with which one chooses how one is told, and when not."""

from datetime import time
from typing import Any

from django import forms
from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import offer
from collegium.notifications import channels
from collegium.notifications.going import PUSH
from collegium.notifications.hours import known, offered
from collegium.notifications.models import ZONE_LIMIT, Choice, Rest
from collegium.notifications.models.choosing import EVERY_DAY
from collegium.notifications.topics import TOPICS, Topic, Words

STEP = 30


def zones() -> list[tuple[str, Words]]:
    """The time zones to choose from."""
    return [("", "UTC"), *((name, name.replace("_", " ")) for name in offered())]


def zone_choices(mine: str) -> list[tuple[str, Words]]:
    """The same, with the one that stands in her row even where it is an old name."""
    odd = mine and mine not in offered() and mine in known()
    return [*zones(), (mine, mine)] if odd else zones()


def hours() -> list[tuple[int, str]]:
    """The hours of a day."""
    return [(hour, formats.time_format(time(hour))) for hour in range(24)]


def _times() -> list[tuple[str, Words]]:
    every = range(0, 24 * 60, STEP)
    return [("", _("None")), *((str(at), formats.time_format(time(at // 60, at % 60))) for at in every)]


class ChoicesForm(forms.Form):
    """Every topic with its ways; what a topic does not have has no field."""

    def __init__(self, *args: Any, topics: list[Topic], mine: dict[str, Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = topics
        for topic in topics:
            row = mine[topic.name]
            if not topic.fixed:
                self._add(row, "in_app", _("%s in News"), forms.BooleanField(required=False))
            if channels.of(PUSH) is not None:
                self._add(row, "push", _("%s by push"), forms.BooleanField(required=False))
            self._add(row, "mail", _("%s by mail"), forms.ChoiceField(choices=Choice.Mail))
            if topic.of_people:
                self._add(row, "whom", _("%s: of whom"), forms.ChoiceField(choices=Choice.Whom))

    def _add(self, row: Choice, name: str, words: Any, field: forms.Field) -> None:
        field.initial = getattr(row, name)
        field.label = words % TOPICS[row.topic].words
        field.widget.attrs["aria-label"] = field.label
        self.fields[f"{row.topic}-{name}"] = field

    def lines(self) -> list[dict[str, Any]]:
        """What the page shows of each topic: its fields, or None where it has no such choice."""
        return [
            {"topic": topic}
            | {
                name: self[f"{topic.name}-{name}"] if f"{topic.name}-{name}" in self.fields else None
                for name in ("in_app", "push", "mail", "whom")
            }
            for topic in self.topics
        ]

    def wishes(self) -> dict[str, dict[str, Any]]:
        """Topic to what was chosen of it."""
        made: dict[str, dict[str, Any]] = {topic.name: {} for topic in self.topics}
        for field, value in self.cleaned_data.items():
            topic, _dash, name = field.partition("-")
            made[topic][name] = value
        return made


class RestForm(forms.Form):
    """The clock, the quiet hours, and the hour of gathered mails."""

    zone = forms.ChoiceField(label=_("On the clock of"), choices=zones, required=False)
    quiet_from = forms.TypedChoiceField(label=_("From"), choices=_times, coerce=int, empty_value=None, required=False)
    quiet_until = forms.TypedChoiceField(label=_("Until"), choices=_times, coerce=int, empty_value=None, required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("Days that are quiet as a whole"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hour = forms.TypedChoiceField(label=_("Daily and weekly mails come at"), choices=hours, coerce=int)
    weekday = forms.TypedChoiceField(label=_("Weekly ones on"), choices=list(WEEKDAYS.items()), coerce=int)
    shown = forms.ChoiceField(
        label=_("What a mail or a locked screen shows of what is written to you"),
        choices=Rest.Shown,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "zone", zone_choices(self.initial.get("zone", "")))
        self.fields["zone"].widget.attrs["maxlength"] = str(ZONE_LIMIT)

    def clean(self) -> dict[str, Any]:
        """Both ends of the quiet hours, or none; and one day of the week on which things may come."""
        values = super().clean() or {}
        start, end = values.get("quiet_from"), values.get("quiet_until")
        if (start is None) != (end is None):
            self.add_error("quiet_until" if end is None else "quiet_from", _("Say both, from and until, or none."))
        values["days"] = sum(1 << day for day in set(values.get("days") or ()))
        if values["days"] >= EVERY_DAY:
            self.add_error("days", _("Leave one day of the week on which something may come."))
        return values


def values_of(rest: Rest) -> dict[str, Any]:
    """What the form shows of a row; quiet hours off the half hours are shown as none."""
    values = {name: getattr(rest, name) for name in ("zone", "hour", "weekday", "shown", "quiet_from", "quiet_until")}
    return values | {"days": [day for day in range(7) if rest.days >> day & 1]}
