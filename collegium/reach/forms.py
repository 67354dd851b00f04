"""The forms with which one says who may write, and makes keys."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import LineField
from collegium.reach.models import LABEL_LIMIT, Welcome
from collegium.reach.purposes import Purpose

MOST_USES = 1000
LASTS = [("7", _("One week")), ("30", _("30 days")), ("365", _("A year")), ("", _("Without an end"))]


class WelcomeForm(forms.Form):
    """A door for every purpose, and who may add one to groups."""

    groups = forms.ChoiceField(choices=Welcome.Groups)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The purposes stand once, in `Purpose`."""
        super().__init__(*args, **kwargs)
        for purpose in Purpose:
            self.fields[purpose.value] = forms.TypedChoiceField(
                label=purpose.label, choices=Welcome.Door, coerce=int, widget=forms.RadioSelect
            )

    @property
    def doors(self) -> dict[str, int]:
        """What was chosen, by purpose."""
        return {purpose: self.cleaned_data[purpose] for purpose in Purpose.values}


class KeyForm(forms.Form):
    """A key to hand out."""

    label = LineField(
        limit=LABEL_LIMIT,
        label=_("For whom"),
        help_text=_("Only you read this: a class, a trade fair, a person."),
        error_messages={"required": _("Write for whom it is, so that you know it again.")},
    )
    most = forms.IntegerField(
        label=_("For how many people"),
        min_value=1,
        max_value=MOST_USES,
        initial=1,
        error_messages={"required": _("Say how many people may use it.")},
    )
    lasts = forms.ChoiceField(label=_("For how long"), choices=LASTS, required=False, initial="30")

    def clean_lasts(self) -> timedelta | None:
        """How long it opens; None without an end."""
        days = self.cleaned_data["lasts"]
        return timedelta(days=int(days)) if days else None
