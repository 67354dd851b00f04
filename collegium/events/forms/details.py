"""What is said of an event, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.events.details import Asked, Details
from collegium.events.models import Event, Form, ListFor
from collegium.events.models.events import (
    ABOUT_LIMIT,
    ADDRESS_LIMIT,
    ALT_LIMIT,
    LINK_LIMIT,
    MOST_GUESTS,
    MOST_SEATS,
    PLACE_LIMIT,
    TITLE_LIMIT,
    WORDS_LIMIT,
)
from collegium.events.models.questions import MOST_QUESTIONS, QUESTION_LIMIT
from collegium.lib.fields import LineField, TextField
from collegium.lib.text.links import whole

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"
UNTIL = [
    (0, _("Until it begins")),
    (60, _("Until an hour before")),
    (360, _("Until six hours before")),
    (1440, _("Until a day before")),
    (4320, _("Until three days before")),
    (10080, _("Until a week before")),
]
GUESTS = [(0, _("Nobody")), *((number, str(number)) for number in range(1, MOST_GUESTS + 1))]


class DetailsForm(forms.Form):
    """Everything about an event but its hours."""

    # A place that is not asked for stands hidden, and a browser that demands it could not be satisfied.
    use_required_attribute = False

    title = LineField(limit=TITLE_LIMIT, label=_("What it is called"))
    about = TextField(limit=ABOUT_LIMIT, label=_("What happens there"), required=False)
    form = forms.ChoiceField(choices=Form.choices, label=_("Where one takes part"), initial=Form.PERSON)
    place = LineField(
        limit=PLACE_LIMIT,
        label=_("Place"),
        error_messages={"required": _("Where is it? The name of the place is enough.")},
    )
    address = LineField(limit=ADDRESS_LIMIT, label=_("Address"), required=False)
    link = LineField(
        limit=LINK_LIMIT,
        label=_("Link for taking part online"),
        required=False,
        help_text=_("Only those who come see it."),
    )
    capacity = forms.IntegerField(
        min_value=1, max_value=MOST_SEATS, required=False, label=_("Seats"), help_text=_("Empty: as many as come.")
    )
    waiting_list = forms.BooleanField(
        required=False, initial=True, label=_("Keep a waiting list when all seats are taken")
    )
    approving = forms.BooleanField(required=False, label=_("A host says yes to each person"))
    guests_allowed = forms.TypedChoiceField(choices=GUESTS, coerce=int, initial=0, label=_("Each may bring"))
    answer_until = forms.TypedChoiceField(choices=UNTIL, coerce=int, initial=0, label=_("Answers are taken"))
    list_for = forms.ChoiceField(choices=ListFor.choices, initial=ListFor.ATTENDEES, label=_("Who reads who comes"))
    attendees_invite = forms.BooleanField(required=False, label=_("Those who come may invite others"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_QUESTIONS + 1):
            self.fields[f"question_{place}"] = LineField(limit=QUESTION_LIMIT, required=False, label=_("Question"))
            self.fields[f"required_{place}"] = forms.BooleanField(required=False, label=_("Must be answered"))

    def clean_link(self) -> str:
        """An address on the web, as it stands in the address bar."""
        text: str = self.cleaned_data["link"]
        if not text:
            return ""
        found = whole(text)
        if found is None or not found.href.startswith(("http://", "https://")) or len(found.href) > LINK_LIMIT:
            raise forms.ValidationError(_("That is no address on the web. It begins with https://."))
        return found.href

    def clean(self) -> dict[str, Any]:
        """No place for what is nowhere, and every question once."""
        values = super().clean() or {}
        if values.get("form") == Form.ONLINE:
            self.errors.pop("place", None)
            values.setdefault("place", "")
        asked = [values.get(f"question_{place}") for place in range(1, MOST_QUESTIONS + 1)]
        words = [text for text in asked if text]
        if len({text.casefold() for text in words}) < len(words):
            self.add_error(None, _("Two questions are the same. Please make them differ."))
        return values

    @property
    def details(self) -> Details:
        """What a valid form holds."""
        values = self.cleaned_data
        asked = [
            Asked(values[f"question_{place}"], values[f"required_{place}"])
            for place in range(1, MOST_QUESTIONS + 1)
            if values.get(f"question_{place}")
        ]
        names = [name for name in Details.__dataclass_fields__ if name != "questions"]
        return Details(**{name: values[name] for name in names}, questions=tuple(asked))

    @property
    def questions(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the questions, in pairs."""
        return [(self[f"question_{place}"], self[f"required_{place}"]) for place in range(1, MOST_QUESTIONS + 1)]

    @property
    def asks(self) -> bool:
        """Whether any question is there, so that they stay open."""
        return any(question.value() for question, _required in self.questions)


def values_of(event: Event) -> dict[str, Any]:
    """What stands in the form of an event that is edited."""
    names = [name for name in Details.__dataclass_fields__ if name != "questions"]
    values = {name: getattr(event, name) for name in names}
    for place, row in enumerate(event.questions.order_by("place"), 1):
        values |= {f"question_{place}": row.words, f"required_{place}": row.required}
    return values


class WordsForm(forms.Form):
    """Words that go with what a host does; those concerned read them."""

    words = TextField(limit=WORDS_LIMIT, label=_("What you say to them"), required=False)


class CoverForm(forms.Form):
    """A picture, and what it shows."""

    picture = forms.FileField(
        label=_("Picture"), required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    alt = LineField(limit=ALT_LIMIT, label=_("What the picture shows"), required=False)
