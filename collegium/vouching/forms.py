"""Text into clean values: a request, a recommendation, a remark, a time spent at the same place."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.career import partial
from collegium.career.models import Item
from collegium.career.sections import Section
from collegium.lib import clock
from collegium.lib.fields import LineField, TextField, offer
from collegium.members.models import Member
from collegium.vouching import phrases, rules
from collegium.vouching.models import BODY_LIMIT, NOTE_LIMIT
from collegium.vouching.reading import position
from collegium.vouching.together import Place

IN_GENERAL = _("In general")


class ChooseForm(forms.Form):
    """Which of one's connections are shown to choose from; nonsense is as if nothing had been typed."""

    q = LineField(limit=100, required=False, label=_("Search your connections"))


class _AboutForm(forms.Form):
    """What a request and a recommendation have in common: which position, and how the two know each other."""

    item = forms.ChoiceField(required=False, label=_("About what"))
    relationship = forms.ChoiceField(label=_("How you know each other"))

    def __init__(
        self, data: Any, *, items: Iterable[Item], relationships: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Take what can be chosen from."""
        super().__init__(data, **kwargs)
        self._items = {str(item.pk): item for item in items}
        offer(self, "item", [("", IN_GENERAL), *_grouped(self._items)])
        offer(self, "relationship", relationships)

    def clean_item(self) -> Item | None:
        """The row that was chosen."""
        return self._items.get(self.cleaned_data["item"])


class AskForm(_AboutForm):
    """Asking somebody for a recommendation."""

    note = TextField(
        limit=NOTE_LIMIT,
        required=False,
        label=_("Your note"),
        help_text=_("Say what you would like to be remembered for. It makes writing easier."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any, *, writer: Member, items: Iterable[Item], **kwargs: Any) -> None:
        """Offer the relationships as the asker says them."""
        choices = [("", str(_("Let them say"))), *phrases.asked(writer.name)]
        super().__init__(data, items=items, relationships=choices, **kwargs)
        self.fields["relationship"].required = False


class WriteForm(_AboutForm):
    """Writing a recommendation."""

    body = TextField(
        limit=BODY_LIMIT,
        label=_("Your recommendation"),
        help_text=_("What did you see them do? One thing that happened says more than ten adjectives."),
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": _("Write a few words first.")},
    )

    def __init__(self, data: Any, *, recipient: Member, items: Iterable[Item], **kwargs: Any) -> None:
        """Offer the relationships as the author says them."""
        choices = [("", str(_("Choose one"))), *phrases.mine(recipient.name)]
        super().__init__(data, items=items, relationships=choices, **kwargs)


class EditForm(WriteForm):
    """Changing the words or the relationship; the position stays."""

    def __init__(self, data: Any, *, recipient: Member, **kwargs: Any) -> None:
        """Leave out the position."""
        super().__init__(data, recipient=recipient, items=(), **kwargs)
        del self.fields["item"]


class RemarkForm(forms.Form):
    """What the recipient asks to change."""

    remark = TextField(
        limit=NOTE_LIMIT,
        label=_("What should change"),
        help_text=_("The author reads this, nobody else."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what should change, or hide it instead.")},
    )


class VersionForm(forms.Form):
    """Which words were read."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class TogetherForm(forms.Form):
    """Where and when two people worked together."""

    place = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect)
    since = forms.CharField(label=_("From which year"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    until = forms.CharField(
        required=False,
        label=_("Until which year"),
        help_text=_("Leave it empty while it goes on."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data: Any, *, places: list[Place], **kwargs: Any) -> None:
        """Offer the places both have; the first and its time are proposed."""
        first = places[0] if places else None
        proposed = {"place": first.key, "since": first.since[:4], "until": first.until[:4]} if first else {}
        super().__init__(data, initial=proposed | kwargs.pop("initial", {}), **kwargs)
        self._places = {place.key: place for place in places}
        words = [(place.key, f"{place.name}, {place.years}" if place.years else place.name) for place in places]
        offer(self, "place", words)

    def clean_place(self) -> Place:
        """The place that was chosen."""
        return self._places[self.cleaned_data["place"]]

    def clean_since(self) -> str:
        """A year."""
        return _year(self.cleaned_data["since"])

    def clean_until(self) -> str:
        """A year, or nothing."""
        return _year(self.cleaned_data["until"]) if self.cleaned_data["until"] else ""

    def clean(self) -> dict[str, Any]:
        """The years stand in their order."""
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("since", ""), values.get("until", "")
        if until and since and until < since:
            self.add_error("until", _("This lies before the first year."))
        return values


def _grouped(items: dict[str, Item]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rows under the names of their sections, work first."""
    groups: dict[str, list[tuple[str, str]]] = {section: [] for section in rules.ABOUT}
    for key, item in items.items():
        groups[item.section].append((key, " · ".join(part for part in (position(item), item.span) if part)))
    return [(str(Section(section).label), rows) for section, rows in groups.items() if rows]


def _year(text: str) -> str:
    """Four digits, not in the future.

    Raises:
        ValidationError: it is none.
    """
    try:
        year = partial.check(text.strip())
    except ValueError:
        year = ""
    if len(year) != 4 or int(year) > clock.now().year:
        raise forms.ValidationError(_("Write a year, such as %(year)s.") % {"year": clock.now().year - 3})
    return year
