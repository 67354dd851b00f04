"""What they will read of what stands in the form, drawn as they will read it."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from collegium.applications import judging
from collegium.applications import snapshot as snapshots
from collegium.applications.forms import NONE, ApplyForm
from collegium.applications.judging import Judged
from collegium.openings.models import Opening
from collegium.resumes import printed
from collegium.resumes.printed import Sheet


@dataclass(frozen=True)
class Answered:
    """A question with an answer as it is read."""

    words: str
    shown: str
    passed: bool | None


@dataclass(frozen=True)
class Shown:
    """An application before it is sent; or after, drawn by the same template."""

    sheet: Sheet
    email: str
    phone: str
    photo: str = ""
    letter: str = ""
    cv_name: str = ""
    cv_path: str = ""
    answers: list[Answered] = field(default_factory=list)
    ending: list[str] = field(default_factory=list)


def preview(form: ApplyForm, opening: Opening) -> Shown:
    """What would be read if this were sent now; fields that are not as they must be count as they stand."""
    me = form.owner
    if me is None:
        raise RuntimeError("a form without whose it is")
    snapshot = snapshots.of(
        me,
        _texts(form, "parts"),
        photo=bool(form["photo"].value()),
        email=_text(form, "email"),
        phone=_text(form, "phone"),
    )
    judged = [judging.judge(each, _text(form, f"q{each.pk}").strip()) for each in form.asked]
    # What nobody has answered yet ends nothing yet.
    answered = [each for each in judged if each.answer]
    return Shown(
        sheet=printed.sheet(snapshot.document),
        email=snapshot.email,
        phone=snapshot.phone,
        photo=me.photo_url if snapshot.photo else "",
        letter=_text(form, "letter"),
        cv_name=_cv(form),
        answers=[_answered(each) for each in answered],
        ending=[each.question.words for each in answered if each.ends],
    )


def _answered(each: Judged) -> Answered:
    return Answered(each.question.words, judging.shown(each.question, each.answer), each.passed)


def _cv(form: ApplyForm) -> str:
    wanted = _text(form, "cv") or NONE
    return next((row.name for row in form.cvs if str(row.pk) == wanted), "")


def _text(form: ApplyForm, name: str) -> str:
    """What stands there, cleaned where it can be."""
    value = form[name].value()
    if not isinstance(value, str):
        return ""
    try:
        cleaned = form.fields[name].to_python(value)
    except ValidationError:
        return value
    return cleaned if isinstance(cleaned, str) else value


def _texts(form: ApplyForm, name: str) -> list[str]:
    value = form[name].value() or []
    return [str(each) for each in value] if isinstance(value, list | tuple) else []
