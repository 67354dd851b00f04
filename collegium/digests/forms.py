"""The form with which one chooses how often one is mailed."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from collegium.digests.models import Wish
from collegium.lib.fields import offer
from collegium.notifications.forms import hours, zone_choices, zones
from collegium.notifications.models import ZONE_LIMIT


class WishForm(forms.Form):
    """Never, daily or weekly; the weekday counts for the last alone."""

    rhythm = forms.ChoiceField(choices=Wish.Rhythm)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=list(WEEKDAYS.items()), coerce=int)
    hour = forms.TypedChoiceField(label=_("At"), choices=hours, coerce=int)
    zone = forms.ChoiceField(label=_("On the clock of"), choices=zones, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The zone that stands in her row is offered even where it is an old name."""
        super().__init__(*args, **kwargs)
        offer(self, "zone", zone_choices(self.initial.get("zone", "")))
        self.fields["zone"].widget.attrs["maxlength"] = str(ZONE_LIMIT)
