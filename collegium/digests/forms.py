"""The form with which one chooses how often one is mailed."""

from datetime import time
from typing import Any

from django import forms
from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from collegium.digests.hours import known, offered
from collegium.digests.models import ZONE_LIMIT, Wish


def _hours() -> list[tuple[int, str]]:
    return [(hour, formats.time_format(time(hour))) for hour in range(24)]


def _zones() -> list[tuple[str, str]]:
    return [("", "UTC"), *((name, name.replace("_", " ")) for name in offered())]


class WishForm(forms.Form):
    """Never, daily or weekly; the weekday counts for the last alone."""

    rhythm = forms.ChoiceField(choices=Wish.Rhythm)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=list(WEEKDAYS.items()), coerce=int)
    hour = forms.TypedChoiceField(label=_("At"), choices=_hours, coerce=int)
    zone = forms.ChoiceField(label=_("On the clock of"), choices=_zones, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The zone that stands in her row is offered even where it is an old name."""
        super().__init__(*args, **kwargs)
        mine = self.initial.get("zone", "")
        if mine and mine not in offered() and mine in known():
            self.fields["zone"].choices = [*_zones(), (mine, mine)]  # type: ignore[attr-defined]
        self.fields["zone"].widget.attrs["maxlength"] = str(ZONE_LIMIT)
