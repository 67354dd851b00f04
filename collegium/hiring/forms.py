"""Text into clean values: notes, scorecards, stages, replies."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.applications.models import Standing
from collegium.applications.models.applications import WORDS_LIMIT
from collegium.hiring.actions.keeping import Wanted
from collegium.hiring.models import Criterion, Scorecard, Stage
from collegium.hiring.models.assessing import BEST, CRITERION_LIMIT, MOST_CRITERIA, NOTE_LIMIT
from collegium.hiring.models.stages import MOST_STAGES
from collegium.hiring.models.stages import NAME_LIMIT as STAGE_LIMIT
from collegium.hiring.models.templates import NAME_LIMIT
from collegium.hiring.stages import MEANINGS
from collegium.lib.fields import LineField, TextField

PARTS = ("name", "means", "place", "key")
MARKS = [(str(number), str(number)) for number in range(1, BEST + 1)]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class NoteForm(forms.Form):
    """Some words for the team."""

    words = TextField(label=_("Note"), limit=NOTE_LIMIT, widget=_area(3))


class WordsForm(forms.Form):
    """Some words for an applicant, where they are wanted."""

    words = TextField(label=_("To the applicant"), limit=WORDS_LIMIT, required=False, widget=_area(8))


class AnswerForm(forms.Form):
    """Some words for an applicant."""

    words = TextField(label=_("To the applicant"), limit=WORDS_LIMIT, widget=_area(8))


class ScorecardForm(forms.Form):
    """A mark over all, one for each line, and why."""

    rating = forms.ChoiceField(label=_("Over all"), choices=MARKS, widget=forms.RadioSelect)
    words = TextField(label=_("Why"), limit=NOTE_LIMIT, required=False, widget=_area(3))

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion] = (), mine: Scorecard | None = None, **kwargs: Any
    ) -> None:
        """Take the lines of the scorecard, and one's own card where there is one."""
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        had = {score.criterion_id: str(score.value) for score in mine.scores.all()} if mine else {}
        if mine:
            self.initial = {"rating": str(mine.rating), "words": mine.words}
        for line in self.criteria:
            choices = [("", _("not rated")), *MARKS]
            field = forms.ChoiceField(label=line.name, choices=choices, required=False)
            field.initial = had.get(line.pk, "")
            self.fields[f"line_{line.pk}"] = field

    @property
    def lines(self) -> list[forms.BoundField]:
        """A field for each criterion."""
        return [self[f"line_{line.pk}"] for line in self.criteria]

    def scores(self) -> dict[int, int]:
        """By key of the criterion."""
        given = {line.pk: self.cleaned_data.get(f"line_{line.pk}", "") for line in self.criteria}
        return {key: int(value) for key, value in given.items() if value}


class StagesForm(forms.Form):
    """All stages at once: name, what the applicant reads, place. A name left empty takes the stage away."""

    def __init__(self, *args: Any, stages: Sequence[Stage] = (), **kwargs: Any) -> None:
        """Take those that stand."""
        super().__init__(*args, **kwargs)
        self.stages = list(stages)
        meanings = [(str(each.value), each.label) for each in MEANINGS]
        places = [(str(place), str(place)) for place in range(1, MOST_STAGES + 1)]
        for number in range(MOST_STAGES):
            there = self.stages[number] if number < len(self.stages) else None
            name = LineField(label=_("Name"), limit=STAGE_LIMIT, required=False)
            name.initial = there.name if there else ""
            means = forms.ChoiceField(label=_("The applicant reads"), choices=meanings)
            means.initial = str(max(there.standing, Standing.SEEN)) if there else str(Standing.LISTED.value)
            place = forms.ChoiceField(label=_("Place"), choices=places)
            place.initial = str(number + 1)
            key = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)
            key.initial = there.pk if there else 0
            for what, field in zip(PARTS, (name, means, place, key), strict=True):
                self.fields[f"{what}_{number}"] = field

    @property
    def lines(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of each stage, and of three more."""
        shown = min(MOST_STAGES, len(self.stages) + 3)
        return [tuple(self[f"{what}_{number}"] for what in PARTS) for number in range(shown)]

    def clean(self) -> dict[str, Any]:
        """One stage at least."""
        values = super().clean() or {}
        if not any(values.get(f"name_{number}") for number in range(MOST_STAGES)):
            raise forms.ValidationError(_("Please keep at least one stage."))
        return values

    def wanted(self) -> list[Wanted]:
        """Those that stay and those that come, in their order."""
        values = self.cleaned_data
        kept = [number for number in range(MOST_STAGES) if values.get(f"name_{number}")]
        kept.sort(key=lambda number: (int(values[f"place_{number}"]), number))
        return [
            Wanted(
                values.get(f"key_{number}") or 0,
                values[f"name_{number}"],
                Standing(int(values[f"means_{number}"])),
            )
            for number in kept
        ]


class CriteriaForm(forms.Form):
    """The lines of the scorecard; one left empty goes."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion] = (), **kwargs: Any) -> None:
        """Take those that stand."""
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for number in range(MOST_CRITERIA):
            there = self.criteria[number] if number < len(self.criteria) else None
            label = _("Line %(n)s") % {"n": number + 1}
            name = LineField(label=label, limit=CRITERION_LIMIT, required=False)
            name.initial = there.name if there else ""
            key = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)
            key.initial = there.pk if there else 0
            self.fields[f"name_{number}"], self.fields[f"key_{number}"] = name, key

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each with its key."""
        shown = min(MOST_CRITERIA, max(5, len(self.criteria) + 2))
        return [(self[f"name_{number}"], self[f"key_{number}"]) for number in range(shown)]

    def wanted(self) -> list[tuple[int, str]]:
        """Key and name, in order."""
        values = self.cleaned_data
        numbers = [number for number in range(MOST_CRITERIA) if values.get(f"name_{number}")]
        return [(values.get(f"key_{number}") or 0, values[f"name_{number}"]) for number in numbers]


class ReplyForm(forms.Form):
    """A reply to keep."""

    name = LineField(label=_("Name"), limit=NAME_LIMIT, help_text=_("For the team; applicants do not read it."))
    words = TextField(
        label=_("Words"),
        limit=WORDS_LIMIT,
        widget=_area(10),
        help_text=_("{name}, {title} and {organization} are filled in for each applicant."),
    )
