"""Text into clean values: notes, names, days."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.contacts.models import NOTE_LIMIT, REMINDER_LIMIT, TAG_NAME
from collegium.lib import clock
from collegium.lib.fields import LineField, TextField
from collegium.ties.models import CIRCLE_NAME

FURTHEST = timedelta(days=10 * 366)
DAYS = [("7", gettext_lazy("In a week")), ("30", gettext_lazy("In a month")), ("91", gettext_lazy("In three months"))]


class NoteForm(forms.Form):
    """What one wants to remember of somebody."""

    body = TextField(
        limit=NOTE_LIMIT,
        required=False,
        label=gettext_lazy("Your note"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TagForm(forms.Form):
    """The name of a tag."""

    name = LineField(limit=TAG_NAME, label=gettext_lazy("Tag"))


class CircleForm(forms.Form):
    """The name of a circle."""

    name = LineField(limit=CIRCLE_NAME, label=gettext_lazy("Circle"))


def today() -> date:
    """The day it is here."""
    return timezone.localdate(clock.now())


class SnoozeForm(forms.Form):
    """Another day: one of the usual ones, or any."""

    days = forms.ChoiceField(choices=DAYS, required=False)
    due = forms.DateField(
        required=False, label=gettext_lazy("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """A day that comes, within ten years."""
        given = super().clean() or {}
        due = given.get("due")
        if due is None and given.get("days"):
            due = today() + timedelta(days=int(given["days"]))
        if due is None and "due" not in self.errors:
            self.add_error("due", _("Choose a day."))
        elif due is not None and not today() <= due <= today() + FURTHEST:
            self.add_error("due", _("Choose a day from today on, within ten years."))
        given["due"] = due
        return given


class ReminderForm(SnoozeForm):
    """When, and of what."""

    words = LineField(
        limit=REMINDER_LIMIT,
        required=False,
        label=gettext_lazy("About what"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Ask about the dam project")}),
    )
