"""Questions to applicants, with their rules, as typed: one small form for each."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.lib.fields import LineField, TextField
from collegium.lib.text import clean_line
from collegium.openings.details import Asked
from collegium.openings.forms.fields import amount
from collegium.openings.models import Answer
from collegium.openings.models.questions import CHOICE_LIMIT, MOST_CHOICES, MOST_QUESTIONS, WORDS_LIMIT

# Before a choice that passes.
STAR = "*"


class ChoicesField(TextField):
    """Choices, one a line; those that pass begin with a star."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=MOST_CHOICES * (CHOICE_LIMIT + 4), required=False, **kwargs)
        self.widget.attrs["rows"] = 4

    def clean(self, value: Any) -> list[tuple[str, bool]]:  # type: ignore[override]
        """Each choice, and whether it passes."""
        found: dict[str, bool] = {}
        for line in self.to_python(value).splitlines():
            passes = line.lstrip().startswith(STAR)
            if words := clean_line(line.lstrip().removeprefix(STAR), CHOICE_LIMIT):
                found.setdefault(words, passes)
        if len(found) > MOST_CHOICES:
            raise ValidationError(_("At most %(most)s choices go here.") % {"most": MOST_CHOICES})
        return list(found.items())


class QuestionForm(forms.Form):
    """One question; without words it is none."""

    use_required_attribute = False

    words = LineField(limit=WORDS_LIMIT, required=False, label=gettext_lazy("Question"))
    answer = forms.ChoiceField(choices=Answer.choices, required=False, label=gettext_lazy("Answer"))
    choices = ChoicesField(
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy("One a line. Begin a line with * where that answer is the one you need."),
    )
    least = LineField(limit=16, required=False, label=gettext_lazy("At least"))
    wanted = forms.ChoiceField(
        choices=[("", gettext_lazy("Either")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        required=False,
        label=gettext_lazy("The answer you need"),
    )
    required = forms.BooleanField(required=False, label=gettext_lazy("Must be answered"))
    must = forms.BooleanField(
        required=False,
        label=gettext_lazy("Any other answer ends the application; applicants read this before they apply"),
    )

    def clean_least(self) -> Decimal | None:
        """A number."""
        text: str = self.cleaned_data["least"]
        if not text:
            return None
        try:
            found = amount(text)
        except ValueError:
            raise ValidationError(_("Write a number.")) from None
        if found >= Decimal(10) ** 10:
            raise ValidationError(_("That number is too large."))
        return found

    def clean(self) -> dict[str, Any]:
        """A rule needs something to go by, and a choice something to choose from."""
        values = super().clean() or {}
        if not values.get("words"):
            return values
        answer, choices = values.get("answer") or Answer.YES_NO, values.get("choices") or []
        if answer == Answer.CHOICE and len(choices) < 2 and "choices" not in self.errors:
            self.add_error("choices", _("Write two choices or more, one a line."))
        if values.get("must"):
            self._rule(answer, values)
        return values

    def _rule(self, answer: str, values: dict[str, Any]) -> None:
        if answer == Answer.TEXT:
            self.add_error("must", _("Words never decide by themselves: choose another sort of answer."))
        if answer == Answer.NUMBER and values.get("least") is None and "least" not in self.errors:
            self.add_error("least", _("Write the least that passes."))
        if answer == Answer.YES_NO and not values.get("wanted"):
            self.add_error("wanted", _("Say which answer passes."))
        passing = [words for words, passes in values.get("choices") or [] if passes]
        if answer == Answer.CHOICE and not passing and "choices" not in self.errors:
            self.add_error("choices", _("Put * before the answers that pass."))

    @property
    def asked(self) -> Asked | None:
        """What a valid form holds; None where there is no question."""
        values = self.cleaned_data
        if not values.get("words"):
            return None
        answer = values["answer"] or Answer.YES_NO
        choices = values["choices"] if answer == Answer.CHOICE else []
        passing: tuple[str, ...] = tuple(words for words, passes in choices if passes)
        if answer == Answer.YES_NO and values["wanted"]:
            passing = (values["wanted"],)
        return Asked(
            words=values["words"],
            answer=answer,
            choices=tuple(words for words, _passes in choices),
            required=values["required"] or values["must"],
            must=values["must"],
            least=values["least"] if answer == Answer.NUMBER else None,
            passing=passing,
        )


def initial(asked: Asked) -> dict[str, Any]:
    """What stands in the form of a question that is there."""
    starred = (f"{STAR} {each}" if each in asked.passing else each for each in asked.choices)
    return {
        "words": asked.words,
        "answer": asked.answer,
        "choices": "\n".join(starred),
        "least": "" if asked.least is None else f"{asked.least.normalize():f}",
        "wanted": asked.passing[0] if asked.answer == Answer.YES_NO and asked.passing else "",
        "required": asked.required,
        "must": asked.must,
    }


def rows(data: Any, asked: tuple[Asked, ...] = ()) -> list[QuestionForm]:
    """One form for each question there may be.

    Args:
        data: what was sent; None for what is there.
        asked: what is there.
    """
    filled = [initial(each) for each in asked]
    filled += [{"required": True}] * (MOST_QUESTIONS - len(filled))
    return [QuestionForm(data, prefix=f"q{place}", initial=each) for place, each in enumerate(filled, 1)]
