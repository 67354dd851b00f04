"""Text into clean values: the answers of a poll, and one vote."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from collegium.lib.fields import LineField
from collegium.polls.models import ANSWER_LIMIT, DAYS, LEAST, MOST

WEEK = 7
OPEN_FOR = [(days, ngettext_lazy("%(n)s day", "%(n)s days", "n") % {"n": days}) for days in DAYS]
ANSWERS = [f"answer_{number}" for number in range(1, MOST + 1)]


class PollForm(forms.Form):
    """The poll in a composer; without an answer there is none."""

    answer_1 = LineField(limit=ANSWER_LIMIT, required=False, label=_("First answer"))
    answer_2 = LineField(limit=ANSWER_LIMIT, required=False, label=_("Second answer"))
    answer_3 = LineField(limit=ANSWER_LIMIT, required=False, label=_("Third answer"))
    answer_4 = LineField(limit=ANSWER_LIMIT, required=False, label=_("Fourth answer"))
    days = forms.TypedChoiceField(
        choices=OPEN_FOR, coerce=int, required=False, empty_value=str(WEEK), initial=WEEK, label=_("Open for")
    )

    def __init__(self, *args: Any, asked: bool = True, **kwargs: Any) -> None:
        """Take `asked`: whether the post has words, which are the question."""
        super().__init__(*args, **kwargs)
        self.asked = asked

    def clean(self) -> dict[str, Any]:
        """Gather the answers, in their order and without gaps."""
        values = super().clean() or {}
        answers = [values[name] for name in ANSWERS if values.get(name)]
        values["answers"] = answers
        values["days"] = int(values.get("days") or WEEK)
        if not answers or self.errors:
            return values
        if len(answers) < LEAST:
            self.add_error(None, _("A poll needs at least two answers."))
        elif len({answer.casefold() for answer in answers}) < len(answers):
            self.add_error(None, _("Two answers are the same. Please make them differ."))
        elif not self.asked:
            self.add_error(None, _("Write the question above: the words of your post are the question."))
        return values

    @property
    def inputs(self) -> list[forms.BoundField]:
        """The fields of the answers, in their order."""
        return [self[name] for name in ANSWERS]

    @property
    def is_begun(self) -> bool:
        """Whether anything was typed into it, so that it stays open."""
        return self.is_bound and (bool(self.errors) or any(field.value() for field in self.inputs))


class VoteForm(forms.Form):
    """One of the answers."""

    place = forms.IntegerField(
        min_value=0, max_value=MOST - 1, error_messages={"required": _("Choose one of the answers first.")}
    )
