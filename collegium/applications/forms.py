"""An application as it is typed, and the names of CVs."""

import uuid
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from collegium.applications import judging, papers
from collegium.applications.judging import NO, YES, Judged
from collegium.applications.models import Cv
from collegium.applications.models.cvs import NAME_LIMIT
from collegium.applications.models.sent import ANSWER_LIMIT, LETTER_LIMIT, REACH_LIMIT
from collegium.lib.fields import LineField, TextField, offer
from collegium.members.models import Member
from collegium.openings.models import Question
from collegium.openings.models.questions import Answer
from collegium.resumes.choice import PAPERS, TEMPLATES
from collegium.uploads.forms import UploadField, UploadMixin
from collegium.uploads.models import Upload

PURPOSE, ACCEPT = "cv", ",".join(papers.ENDINGS)
NONE, NEW = "none", "new"
PHONE_LIMIT = 60
SEND, KEEP, LOOK = "send", "keep", "look"


class ApplyForm(UploadMixin):
    """What is sent. Questions are fields `q<key>`; what ends an application is asked about once more (`anyway`)."""

    parts = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label=_("Of your profile"))
    photo = forms.BooleanField(required=False, label=_("Send my picture"))
    email = LineField(
        limit=REACH_LIMIT, label=_("Mail address"), validators=[EmailValidator(_("This is no mail address."))]
    )
    phone = LineField(limit=PHONE_LIMIT, required=False, label=_("Telephone"))
    letter = TextField(limit=LETTER_LIMIT, required=False, label=_("What you would like to say"))
    cv = forms.ChoiceField(required=False, label=_("CV"))
    upload = UploadField(purpose=PURPOSE, required=False, label=_("Another file"))
    days = forms.IntegerField(widget=forms.HiddenInput)
    consent = forms.BooleanField(
        error_messages={"required": _("Without your agreement nobody there could read what you send.")}
    )
    anyway = forms.BooleanField(required=False, label=_("Send it all the same"))
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        parts: list[tuple[str, str]],
        cvs: list[Cv],
        questions: list[Question],
        owner: Member,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, owner=owner, **kwargs)
        self.cvs, self.asked = cvs, questions
        offer(self, "parts", parts)
        self._offer_cvs()
        self.fields["form_key"].initial = uuid.uuid4
        for question in questions:
            self.fields[f"q{question.pk}"] = _field(question)

    def clean(self) -> dict[str, Any]:
        """Each answer is one to its question; a file goes with the choice of one."""
        values = super().clean() or {}
        for question in self.asked:
            name = f"q{question.pk}"
            problem = judging.problem_of(question, values.get(name, "")) if name not in self.errors else ""
            if problem:
                self.add_error(name, problem)
        if values.get("cv") == NEW and values.get("upload") is None and "upload" not in self.errors:
            self.add_error("upload", _("Please choose a file first."))
        return values

    def _offer_cvs(self) -> None:
        stored = [(str(row.pk), row.name) for row in self.cvs]
        offer(self, "cv", [(NONE, _("None")), *stored, (NEW, _("Another file"))])

    def take(self, row: Cv) -> None:
        """The file that was brought is kept by now: it is one of hers, should the form be shown again."""
        self.cvs.append(row)
        self._offer_cvs()
        self.say(cv=str(row.pk), upload="")

    def say(self, **values: str) -> None:
        """Let these stand in the form when it is shown again."""
        given: Any = self.data
        copy = given.copy()
        for name, value in values.items():
            copy[name] = value
        self.data = copy

    @property
    def judged(self) -> list[Judged]:
        """Every question that was answered as it can be, with what its rule says."""
        given = [(each, self.cleaned_data.get(f"q{each.pk}")) for each in self.asked]
        return [judging.judge(each, answer) for each, answer in given if answer is not None]

    @property
    def ending(self) -> list[Judged]:
        """The answers with which the application ends at once."""
        return [each for each in self.judged if each.ends]

    @property
    def answers(self) -> dict[int, str]:
        """By key of the question."""
        return {each.question.pk: each.answer for each in self.judged}

    @property
    def chosen(self) -> Cv | None:
        """The stored CV that goes along."""
        wanted = self.cleaned_data.get("cv", NONE)
        return next((row for row in self.cvs if str(row.pk) == wanted), None)

    @property
    def brought(self) -> Upload | None:
        """The file that goes along in its place."""
        found = self.cleaned_data.get("upload")
        return found if isinstance(found, Upload) and self.cleaned_data.get("cv") in (NEW, "", None) else None

    @property
    def questions(self) -> list[tuple[Question, forms.BoundField, str]]:
        """Each question with its field and the sentence of its rule."""
        return [(each, self[f"q{each.pk}"], judging.rule_of(each)) for each in self.asked]


def _field(question: Question) -> forms.Field:
    if question.answer in (Answer.YES_NO, Answer.CHOICE):
        choices: list[tuple[str, Any]] = [(YES, _("Yes")), (NO, _("No"))]
        if question.answer == Answer.CHOICE:
            choices = [(each, each) for each in question.choices]
        return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect, label=question.words)
    if question.answer == Answer.NUMBER:
        return LineField(limit=20, required=False, label=question.words)
    return TextField(limit=ANSWER_LIMIT, required=False, label=question.words)


class NameForm(forms.Form):
    """What a CV is called."""

    name = LineField(limit=NAME_LIMIT, label=_("Name"))


class UploadForm(UploadMixin):
    """A file to keep."""

    file = UploadField(purpose=PURPOSE, label=_("A file"))


class MakeForm(forms.Form):
    """How the PDF that is made of the profile looks."""

    template = forms.ChoiceField(choices=[(key, label) for key, label, _help in TEMPLATES], label=_("Look"))
    paper = forms.ChoiceField(choices=PAPERS, label=_("Paper"))
