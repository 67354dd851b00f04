"""One form for every section, built from what the section says of its columns."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.career import announcing
from collegium.career.models import Item, SkillUse
from collegium.career.sections import Column, Section, Spec
from collegium.lib.fields import LineField, TextField
from collegium.members.models import Member
from collegium.profiles.editing.dates import PartialDateField, ends_before
from collegium.profiles.editing.words import LinkField, NamesField

# Where it makes sense to say which skills were used.
SKILLED = frozenset(
    {
        Section.POSITIONS,
        Section.EDUCATION,
        Section.CERTIFICATES,
        Section.PROJECTS,
        Section.VOLUNTEERING,
        Section.PUBLICATIONS,
        Section.COURSES,
    }
)
GOES_ON = {
    Section.POSITIONS: _("I work here now"),
    Section.VOLUNTEERING: _("I still do this"),
    Section.PROJECTS: _("It goes on"),
    Section.MEMBERSHIPS: _("I am still a member"),
}
# What else a browser should know of a field.
HINTS = {
    "organization_name": {"autocomplete": "organization"},
    "place": {"autocomplete": "off"},
    "title": {"autocomplete": "off"},
    "number": {"autocomplete": "off"},
}


def field_of(column: Column) -> forms.Field:
    """The form field of a column."""
    about: dict[str, Any] = {"label": column.label, "required": column.required, "help_text": column.hint}
    if column.kind in ("from", "until"):
        return PartialDateField(**about)
    if column.kind == "choice":
        return forms.ChoiceField(choices=column.choices, **about)
    kinds: dict[str, type[LineField]] = {"text": TextField, "url": LinkField}
    made = kinds.get(column.kind, LineField)(limit=column.limit, **about)
    made.widget.attrs |= {"dir": "auto", **HINTS.get(column.name, {})} if column.kind != "url" else {}
    return made


class ItemForm(forms.Form):
    """A position, a degree, a certificate: new, or as it stands.

    A template draws it field by field (`fields`), because dates and skills look different from the rest.
    """

    def __init__(self, data: Any = None, *, spec: Spec, member: Member, item: Item | None = None) -> None:
        """Take what was sent, the section, whose item it is, and the item unless it is a new one."""
        self.spec, self.member, self.item = spec, member, item
        self.shown = ""
        place = f"item{item.pk}" if item else f"new-{spec.section}"
        super().__init__(data, initial=self._as_it_stands(), auto_id=f"{place}-%s")
        self.fields |= {column.name: field_of(column) for column in spec.columns}
        if "ended" in self.fields and spec.section in GOES_ON:
            self.fields["goes_on"] = forms.BooleanField(required=False, label=GOES_ON[spec.section])
        if spec.section in SKILLED:
            self.fields["skills"] = self._skills_field()
        if spec.section in announcing.ANNOUNCED:
            self.fields["tell"] = forms.BooleanField(required=False, label=_("Tell my connections"))
        if item is None:
            self.fields["form_key"] = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def _as_it_stands(self) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        if self.item is None:
            return {}
        held = {name: getattr(self.item, name) for name in self.spec.names}
        return held | {"goes_on": not self.item.ended, "skills": self._used()}

    def _used(self) -> list[str]:
        if self.item is None or self.spec.section not in SKILLED:
            return []
        uses = SkillUse.objects.filter(item=self.item, holding__removed_at=None).order_by("holding__rank", "holding_id")
        return list(uses.values_list("holding__skill__name", flat=True))

    def _skills_field(self) -> NamesField:
        field = NamesField(
            required=False,
            label=_("Skills"),
            help_text=_("Those you used there, with commas between them. New ones join the list of your skills."),
        )
        field.known = tuple(self.initial.get("skills", ()))
        field.widget.attrs |= {"autocomplete": "off", "dir": "auto"}
        return field

    @property
    def drawn(self) -> list[forms.BoundField]:
        """The fields of the section's own columns, in their order."""
        return [self[column.name] for column in self.spec.columns]

    def clean(self) -> dict[str, Any]:
        """What fields say together: nothing ends before it starts, and an end that was crossed out is none."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("goes_on") and "ended" in self.fields:
            cleaned["ended"] = ""
            self.errors.pop("ended", None)
        started, ended = cleaned.get("started") or "", cleaned.get("ended") or ""
        if ends_before(started, ended):
            self.add_error("ended", _("This lies before the start. One of the two dates needs another look."))
        return cleaned

    @property
    def columns(self) -> dict[str, str]:
        """The clean values of the section's columns."""
        return {name: self.cleaned_data[name] for name in self.spec.names}

    @property
    def told(self) -> bool:
        """Whether the owner wants this change announced."""
        return bool(self.cleaned_data.get("tell"))

    def sentence(self) -> str:
        """What the connections would read; empty while there is too little to say it."""
        values = {name: self.cleaned_data.get(name) or "" for name in self.spec.names}
        if any(not values[name] for name in self.spec.required):
            return ""
        return announcing.sentence(Item(section=self.spec.section, **values))

    def with_sentence(self) -> "ItemForm":
        """The form that shows what would be told, and remembers that it did."""
        self.shown = self.sentence()
        return self

    def is_as_shown(self) -> bool:
        """Whether the sentence about to be told is the very one its owner has seen."""
        return str(self.data.get("shown", "")) == self.sentence()
