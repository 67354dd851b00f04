"""Text into clean values: the times by the clock on the wall, and where."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.events.recurring.pattern import local
from collegium.hiring.interviews.plan import Plan, on_the_wall
from collegium.hiring.models import Interview
from collegium.hiring.models.interviews import (
    ASKED_LIMIT,
    LEAST_MINUTES,
    LINK_LIMIT,
    MOST_MINUTES,
    MOST_OFFERED,
    PLACE_LIMIT,
    ZONE_LIMIT,
)
from collegium.lib import clock
from collegium.lib.fields import LineField, TextField
from collegium.lib.text.links import whole
from collegium.members.models import Member
from collegium.notifications.hours import known

AHEAD = timedelta(days=366)
TYPED = "%Y-%m-%dT%H:%M"
TIMES = (TYPED, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


class TimeField(forms.DateTimeField):
    """A day and an hour, as a clock on the wall shows them; of no zone yet."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED)
        wrong = {"invalid": _("This is no day with an hour.")}
        super().__init__(widget=widget, error_messages=wrong, required=False, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """Without a zone, to the minute: whose clock it is stands in another field."""
        if value in self.empty_values or not isinstance(value, str):
            return None
        for form in TIMES:
            try:
                return datetime.strptime(value.strip(), form).replace(second=0, tzinfo=None)  # noqa: DTZ007 - see above
            except ValueError:
                continue
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class PlanForm(forms.Form):
    """What is offered."""

    zone = LineField(limit=ZONE_LIMIT, label=_("By the clock of"), help_text=_("A place such as Europe/Berlin."))
    minutes = forms.IntegerField(
        min_value=LEAST_MINUTES, max_value=MOST_MINUTES, initial=45, label=_("Minutes it lasts")
    )
    place = LineField(limit=PLACE_LIMIT, required=False, label=_("Place"))
    link = LineField(limit=LINK_LIMIT, required=False, label=_("Link for talking online"))
    interviewers = forms.MultipleChoiceField(required=False, label=_("Who comes"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, team: Sequence[Member], **kwargs: Any) -> None:
        """Take `team`, of whom those who come are chosen."""
        super().__init__(*args, **kwargs)
        self.team = {member.handle: member for member in team}
        self.fields["interviewers"].choices = [(member.handle, member.name) for member in team]  # type: ignore[attr-defined]
        for number in range(1, MOST_OFFERED + 1):
            self.fields[f"time_{number}"] = TimeField(label=_("Time %(n)s") % {"n": number})

    @property
    def slots(self) -> list[forms.BoundField]:
        """The fields of the times."""
        return [self[f"time_{number}"] for number in range(1, MOST_OFFERED + 1)]

    def clean_zone(self) -> str:
        """One of the names there are."""
        name: str = self.cleaned_data["zone"]
        if name not in known():
            raise forms.ValidationError(_("There is no such time zone. Choose one from the list."))
        return name

    def clean_link(self) -> str:
        """An address on the web."""
        text: str = self.cleaned_data["link"]
        if not text:
            return ""
        found = whole(text)
        if found is None or not found.href.startswith(("http://", "https://")) or len(found.href) > LINK_LIMIT:
            raise forms.ValidationError(_("That is no address on the web. It begins with https://."))
        return found.href

    def clean(self) -> dict[str, Any]:
        """Every time is one that the clock shows, and still to come."""
        values = super().clean() or {}
        if "zone" not in values:
            return values
        times = set()
        for slot in self.slots:
            shown = values.get(slot.name)
            if shown is not None and (at := self._at(slot.name, shown, values["zone"])) is not None:
                times.add(at)
        values["times"] = tuple(sorted(times))
        if not times and not any(slot.errors for slot in self.slots):
            self.add_error("time_1", _("Offer at least one time."))
        if not values.get("place") and not values.get("link") and "link" not in self.errors:
            self.add_error("place", _("Say where: a place, a telephone number, or a link."))
        return values

    def _at(self, name: str, shown: datetime, zone: str) -> datetime | None:
        now = clock.now()
        if abs(shown.year - now.year) > 2:
            self.add_error(name, _("Choose a time within a year."))
            return None
        at = on_the_wall(shown, zone)
        if at is None:
            self.add_error(name, _("The clock is put forward over this hour on that day. Choose another one."))
        elif at <= now:
            self.add_error(name, _("This time is over already. Choose a later one."))
        elif at > now + AHEAD:
            self.add_error(name, _("Choose a time within a year."))
        else:
            return at
        return None

    @property
    def plan(self) -> Plan:
        """What a valid form holds."""
        values = self.cleaned_data
        people = tuple(self.team[handle] for handle in values["interviewers"])
        return Plan(values["times"], values["minutes"], values["zone"], values["place"], values["link"], people)


def values_of(row: Interview) -> dict[str, Any]:
    """What stands in the form of an interview that was offered; of its times those still to come."""
    times = [at for at in row.times if at > clock.now()]
    values: dict[str, Any] = {f"time_{n}": local(at, row.zone) for n, at in enumerate(times, 1)}
    people = row.interviewers.values_list("member__handle", flat=True)
    values |= {"zone": row.zone, "minutes": row.minutes, "place": row.place, "link": row.link}
    return values | {"interviewers": list(people)}


class OtherForm(forms.Form):
    """When the applicant could."""

    words = TextField(
        limit=ASKED_LIMIT,
        label=_("When could you?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say when you could, so that they can offer something else.")},
    )
