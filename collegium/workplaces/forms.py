"""What one fills in to prove a workplace: which, the address, the code."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.career.models import Item
from collegium.career.sections import TITLE_LIMIT
from collegium.lib.fields import LineField, offer
from collegium.workplaces import addresses, rules
from collegium.workplaces.actions import DIGITS, Workplace
from collegium.workplaces.addresses import Address
from collegium.workplaces.models import ADDRESS_LIMIT

OTHER = "other"


class AddressField(forms.CharField):
    """An address at work."""

    widget = forms.EmailInput(attrs={"maxlength": str(ADDRESS_LIMIT), "autocomplete": "off", "spellcheck": "false"})

    def to_python(self, value: Any) -> Address | None:  # type: ignore[override]
        """The address, read strictly."""
        if value in self.empty_values or not isinstance(value, str):
            return None
        found = addresses.read(value) if len(value) <= ADDRESS_LIMIT else None
        if found is None:
            raise ValidationError(_("That is not an address a mail can be sent to, such as ada@acme.example."))
        return found

    def run_validators(self, value: Any) -> None:
        """It was read strictly already; there is no text left to look through."""

    def validate(self, value: Any) -> None:
        """Something must be there."""
        if value is None:
            raise ValidationError(_("Write your address at work."), code="required")


class AskForm(forms.Form):
    """Which workplace, and an address there."""

    position = forms.ChoiceField(label=gettext_lazy("Where you work"), widget=forms.RadioSelect)
    organization = LineField(
        limit=TITLE_LIMIT, required=False, label=gettext_lazy("Organisation"), widget=forms.TextInput
    )
    address = AddressField(label=gettext_lazy("Your e-mail address there"))

    def __init__(self, data: Any = None, *, positions: Sequence[Item], chosen: str = "") -> None:
        """Take one's present positions; `chosen` is the key of the one to begin with."""
        keys = [str(item.pk) for item in positions]
        first = chosen if chosen in keys else (keys[0] if keys else OTHER)
        super().__init__(data, initial={"position": first})
        self.positions = dict(zip(keys, positions, strict=True))
        offer(
            self,
            "position",
            [*((key, _line(item)) for key, item in self.positions.items()), (OTHER, _("Somewhere else"))],
        )
        self.fields["organization"].widget.attrs |= {"autocomplete": "organization", "dir": "auto"}

    def clean(self) -> dict[str, Any]:
        """Something must be named, and the address must belong to it."""
        cleaned = super().clean() or self.cleaned_data
        key, name = cleaned.get("position"), cleaned.get("organization", "")
        if key == OTHER and not name:
            self.add_error("organization", _("Write the name of the organisation."))
        elif key:
            workplace = Workplace.called(name) if key == OTHER else Workplace.at(self.positions[key])
            cleaned["workplace"] = workplace
            self._judge(cleaned.get("address"), workplace)
        return cleaned

    def _judge(self, address: Address | None, workplace: Workplace) -> None:
        if address is not None and (hindrance := rules.hindrance_to_address(address.domain, workplace.record)):
            self.add_error("address", hindrance)


class CodeForm(forms.Form):
    """The six digits."""

    code = forms.CharField(
        label=gettext_lazy("The code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12", "size": "8"}
        ),
        error_messages={"required": gettext_lazy("Write the six digits from the mail.")},
    )

    def clean_code(self) -> str:
        """Six digits, however they were spaced."""
        digits = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not (digits.isascii() and digits.isdigit() and len(digits) == DIGITS):
            raise ValidationError(_("The code has six digits."))
        return digits


def _line(item: Item) -> str:
    return f"{item.title} · {item.organization_name}" if item.title else item.organization_name
