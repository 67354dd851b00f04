"""Text into clean values: the celebration in a composer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import LineField, offer
from collegium.occasions.models import MOST_YEARS, WHAT_LIMIT, Occasion
from collegium.organizations.models import NAME_LIMIT

Kind = Occasion.Kind
NONE = ("", _("None"))
WHAT_MISSING = {
    Kind.ROLE: _("Which role is it?"),
    Kind.VOLUNTEERING: _("What do you do there?"),
    Kind.LEARNED: _("What did you learn, or which certificate is it?"),
}
NAME_MISSING = {
    Kind.ROLE: _("Where is the new role?"),
    Kind.ANNIVERSARY: _("Where have you worked for so long?"),
    Kind.FOUNDING: _("What is the company called?"),
    Kind.VOLUNTEERING: _("For whom do you volunteer?"),
}


def begun(field: forms.Field, text: str) -> Any:
    """What a link says of one field, if that can stand in it; nothing else."""
    try:
        return field.clean(text)
    except forms.ValidationError:
        return None


class OccasionForm(forms.Form):
    """What the post celebrates; without a kind, nothing. What a kind has no use for is left out."""

    kind = forms.ChoiceField(choices=[NONE, *Kind.choices], required=False, label=_("What do you celebrate?"))
    what = LineField(limit=WHAT_LIMIT, required=False, label=_("What it is"))
    name = LineField(limit=NAME_LIMIT, required=False, label=_("Organisation"))
    years = forms.IntegerField(min_value=1, max_value=MOST_YEARS, required=False, label=_("Years"))

    def __init__(self, *args: Any, there: bool = False, **kwargs: Any) -> None:
        """Take `there`: whether the post has a celebration already, which can be changed and not be taken off."""
        super().__init__(*args, **kwargs)
        if there:
            self.fields["kind"].required = True
            offer(self, "kind", Kind.choices)

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs, and forget what it has no use for."""
        values = super().clean() or {}
        kind = values.get("kind")
        if not kind:
            # Words without a kind celebrate nothing, whatever they are.
            for name in ("what", "name", "years"):
                self.errors.pop(name, None)
            return values
        self._keep("what", kind, WHAT_MISSING)
        self._keep("name", kind, NAME_MISSING, spare=kind == Kind.LEARNED)
        if kind != Kind.ANNIVERSARY:
            self.errors.pop("years", None)
            values["years"] = None
        elif not values.get("years") and "years" not in self.errors:
            self.add_error("years", _("How many years are it? From 1 to %(most)s.") % {"most": MOST_YEARS})
        return values

    def _keep(self, name: str, kind: str, missing: dict[Any, Any], *, spare: bool = False) -> None:
        """Demand the field where the kind needs it; empty it where the kind has none."""
        if kind in missing and name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, missing[kind])
        elif kind not in missing and not spare:
            self.errors.pop(name, None)
            self.cleaned_data[name] = ""

    @property
    def is_begun(self) -> bool:
        """Whether anything was chosen or written, so that it stays open."""
        return bool(self["kind"].value()) or (self.is_bound and bool(self.errors))
