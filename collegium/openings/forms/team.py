"""Whom one asks to hire, in which part; and why an opening closes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.audience.viewer import Viewer
from collegium.lib.fields import LineField
from collegium.members.models import Member
from collegium.openings.actions.closing import SAID
from collegium.openings.models import Part
from collegium.openness.naming import meant


class SeatForm(forms.Form):
    """A person, by name, and a part."""

    use_required_attribute = False

    person = LineField(
        limit=100,
        label=gettext_lazy("Who"),
        help_text=gettext_lazy("By name, or by the name in the address of the page, such as @ada-lovelace."),
        error_messages={"required": gettext_lazy("Write who it is.")},
    )
    part = forms.TypedChoiceField(choices=Part.choices, coerce=int, label=gettext_lazy("Part"), initial=Part.OBSERVER)

    def __init__(self, data: Any = None, *, viewer: Viewer) -> None:
        super().__init__(data)
        self.viewer = viewer
        self.candidates: list[Member] = []

    def clean_person(self) -> Member:
        """The one who is meant; several of a name are offered to be chosen from."""
        found = meant(self.viewer, self.cleaned_data["person"])
        if not found:
            raise ValidationError(_("Nobody you can see is called so. Try the name in the address of the page."))
        if len(found) > 1:
            self.candidates = found
            raise ValidationError(_("Several people are called so: choose one."))
        return found[0]


class ClosingForm(forms.Form):
    """Why it closes."""

    why = forms.ChoiceField(
        choices=[(each.value, each.label) for each in SAID],
        widget=forms.RadioSelect,
        label=gettext_lazy("Why it closes"),
        error_messages={"required": gettext_lazy("Say why it closes.")},
    )
