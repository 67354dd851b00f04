"""What somebody open to work looks for, and whom she leaves out, as typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.career import partial
from collegium.career.sections import TITLE_LIMIT
from collegium.lib.fields import LineField, TextField
from collegium.lib.text import clean_line
from collegium.openness.models import LINE_LIMIT, MOST_LINES, NOTE_LIMIT, Audience, Exclusion, Kind, OpenToWork, Way
from collegium.workplaces.domains import ascii_domain

COLUMNS = ("audience", "roles", "places", "ways", "kinds", "starts", "note")
EXPLAINED = [
    (
        Audience.RECRUITERS,
        Audience.RECRUITERS.label,
        gettext_lazy("Members who say that they hire people and have proved where they work"),
    ),
    (Audience.CONNECTIONS, Audience.CONNECTIONS.label, gettext_lazy("The people you are connected with")),
    (
        Audience.NETWORK,
        Audience.NETWORK.label,
        gettext_lazy("Your connections and the people they are connected with"),
    ),
    (Audience.MEMBERS, Audience.MEMBERS.label, gettext_lazy("Everyone who is a member here")),
    (
        Audience.EVERYONE,
        Audience.EVERYONE.label,
        gettext_lazy(
            "Anyone on the internet, where your page is open to them; members only, once you leave anybody out"
        ),
    ),
    (Audience.HIDDEN, Audience.HIDDEN.label, gettext_lazy("Nobody but you, for instance while you write it")),
]


class LinesField(TextField):
    """A few short lines, as a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=MOST_LINES * (LINE_LIMIT + 2), required=False, **kwargs)
        self.widget.attrs["rows"] = 3

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Each line once, cleaned."""
        lines = [clean_line(line, LINE_LIMIT) for line in super().to_python(value).splitlines()]
        kept = list(dict.fromkeys(line for line in lines if line))
        if len(kept) > MOST_LINES:
            raise ValidationError(
                _("That is %(n)s lines; %(most)s can be said.") % {"n": len(kept), "most": MOST_LINES}
            )
        return kept

    def prepare_value(self, value: Any) -> Any:
        """A list becomes lines again."""
        return "\n".join(value) if isinstance(value, list) else value

    def run_validators(self, value: Any) -> None:
        """Each line was cleaned already."""


class OpennessForm(forms.Form):
    """One calm form."""

    audience = forms.TypedChoiceField(
        choices=Audience.choices, coerce=int, label=gettext_lazy("Who may know"), widget=forms.RadioSelect
    )
    roles = LinesField(label=gettext_lazy("Roles you look for"), help_text=gettext_lazy("One a line, at most five."))
    places = LinesField(label=gettext_lazy("Places"), help_text=gettext_lazy("One a line, at most five."))
    ways = forms.MultipleChoiceField(
        choices=Way.choices,
        required=False,
        label=gettext_lazy("Where the work is done"),
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        choices=Kind.choices, required=False, label=gettext_lazy("Kind of work"), widget=forms.CheckboxSelectMultiple
    )
    starts = forms.CharField(
        required=False,
        max_length=10,
        label=gettext_lazy("From when"),
        help_text=gettext_lazy("A month such as 2026-09. Leave it empty for “at once”."),
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-09"}),
    )
    note = TextField(
        limit=NOTE_LIMIT,
        required=False,
        label=gettext_lazy("A few words"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, openness: OpenToWork | None = None) -> None:
        known = {name: getattr(openness, name) for name in COLUMNS} if openness else {"audience": Audience.RECRUITERS}
        super().__init__(data, initial=known)

    def clean_starts(self) -> str:
        """A partial date."""
        try:
            return partial.check(self.cleaned_data["starts"])
        except ValueError:
            raise ValidationError(_("Write a year and a month, such as 2026-09.")) from None

    def clean_ways(self) -> list[str]:
        """In the order they are always told."""
        return [way.value for way in Way if way in self.cleaned_data["ways"]]

    def clean_kinds(self) -> list[str]:
        """In the order they are always told."""
        return [kind.value for kind in Kind if kind in self.cleaned_data["kinds"]]


class ExclusionForm(forms.Form):
    """Somebody to leave out: what sort, and the name or domain."""

    what = forms.ChoiceField(choices=Exclusion.What.choices)
    value = LineField(limit=TITLE_LIMIT, error_messages={"required": gettext_lazy("Write whom to leave out.")})

    def clean(self) -> dict[str, Any]:
        """A domain is read as one; what somebody typed as an address counts as its domain."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("what") == Exclusion.What.DOMAIN and cleaned.get("value"):
            bare = "" if " " in cleaned["value"] else cleaned["value"].rpartition("@")[2]
            domain = ascii_domain(bare)
            if not domain:
                self.add_error("value", _("That is not a domain such as acme.example."))
            cleaned["value"] = domain
        return cleaned
