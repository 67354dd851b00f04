"""An answer, an invitation, and who is to help, as they are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from collegium.events.models import Event, Question
from collegium.events.models.people import NOTE_LIMIT
from collegium.events.models.questions import ANSWER_LIMIT
from collegium.lib.fields import LineField, TextField

COME, WONDER, DECLINE = "come", "wonder", "decline"
SAID = [(COME, _("Come")), (WONDER, _("Interested")), (DECLINE, _("Cannot"))]


class AnswerForm(forms.Form):
    """Whether one comes, with whom, and what the hosts asked."""

    say = forms.ChoiceField(
        choices=SAID, error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")}
    )
    guests = forms.TypedChoiceField(coerce=int, empty_value="0", required=False, label=_("You bring"))
    listed = forms.BooleanField(required=False, label=_("Show my name among those who come"))

    def __init__(self, *args: Any, event: Event, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = questions
        choices: list[tuple[str, Any]] = [("0", _("Nobody else"))]
        choices += [
            (str(number), ngettext_lazy("%(n)s guest", "%(n)s guests", "n") % {"n": number})
            for number in range(1, event.guests_allowed + 1)
        ]
        self.fields["guests"].choices = choices  # type: ignore[attr-defined]
        for question in questions:
            self.fields[f"q{question.pk}"] = LineField(limit=ANSWER_LIMIT, required=False, label=question.words)

    def clean(self) -> dict[str, Any]:
        """Questions are asked of those who come alone."""
        values = super().clean() or {}
        if values.get("say") != COME:
            for question in self.asked:
                self.errors.pop(f"q{question.pk}", None)
            return values
        for question in self.asked:
            name = f"q{question.pk}"
            if question.required and name not in self.errors and not values.get(name):
                self.add_error(name, _("The hosts would like to know this."))
        return values

    @property
    def answers(self) -> dict[str, str]:
        """What a valid form says, by the keys of the questions."""
        found = {str(question.pk): self.cleaned_data.get(f"q{question.pk}", "") for question in self.asked}
        return {key: words for key, words in found.items() if words}

    @property
    def questions(self) -> list[tuple[Question, forms.BoundField]]:
        """Each question with its field."""
        return [(question, self[f"q{question.pk}"]) for question in self.asked]


class InviteForm(forms.Form):
    """Whom one asks to come, and a few words."""

    note = TextField(limit=NOTE_LIMIT, required=False, label=_("A few words to them"))


class HostForm(forms.Form):
    """Whom one asks to host with one."""

    handle = LineField(
        limit=60, label=_("Who"), help_text=_("Somebody you are connected with, by the @ of the profile.")
    )
