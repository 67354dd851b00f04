"""The rule, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.feed.expiry.due import LONGEST
from collegium.feed.models import Expiry

OWN = "own"
USUAL = {30: _("30 days"), 90: _("90 days"), 180: _("half a year"), 365: _("a year")}
AFTER = [*((str(days), words) for days, words in USUAL.items()), (OWN, _("another number"))]
MANY = 1_000_000


class ExpiryForm(forms.Form):
    """After how many days, and what stays."""

    after = forms.ChoiceField(choices=AFTER, label=_("Posts are deleted after"), initial="365")
    own_days = forms.IntegerField(label=_("Number of days"), required=False, min_value=1, max_value=LONGEST)
    loved = forms.IntegerField(label=_("With so many reactions they stay"), required=False, min_value=1, max_value=MANY)
    discussed = forms.IntegerField(
        label=_("With so many comments they stay"), required=False, min_value=1, max_value=MANY
    )
    keeps_pinned = forms.BooleanField(label=_("Posts featured on your profile stay"), required=False, initial=True)
    keeps_saved = forms.BooleanField(label=_("Posts you saved yourself stay"), required=False, initial=True)
    keeps_articles = forms.BooleanField(label=_("Articles stay"), required=False, initial=True)
    keeps_brought = forms.BooleanField(
        label=_("Posts you brought along from elsewhere stay"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        """The days as one number."""
        values = super().clean() or {}
        after, own = values.pop("after", ""), values.pop("own_days", None)
        if after == OWN and own is None and "own_days" not in self.errors:
            self.add_error("own_days", _("After how many days? Write a number."))
        if after:
            values["days"] = own if after == OWN else int(after)
        return values

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What was typed, for a button that sends the very same."""
        names = [name for name in self.fields if self.data.get(name)]
        return [(name, str(self.data[name])) for name in names]


def typed(rule: Expiry | None) -> dict[str, Any]:
    """A rule as the form has it; the usual one where there is none."""
    if rule is None:
        named: dict[str, Any] = {name: field.initial for name, field in ExpiryForm.base_fields.items()}
        return {name: "on" if value is True else value for name, value in named.items() if value}
    usual = rule.days in USUAL
    kept = {name: "on" for name in ExpiryForm.base_fields if name.startswith("keeps_") and getattr(rule, name)}
    return kept | {
        "after": str(rule.days) if usual else OWN,
        "own_days": "" if usual else rule.days,
        "loved": rule.loved or "",
        "discussed": rule.discussed or "",
    }
