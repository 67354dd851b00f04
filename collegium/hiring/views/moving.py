"""Moving and answering one applicant."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.applications.models import Application, Standing
from collegium.audience.door import Request
from collegium.hiring import blind, replies
from collegium.hiring.actions import moving
from collegium.hiring.actions.moving import newest_step
from collegium.hiring.forms import AnswerForm, WordsForm
from collegium.hiring.models import Stage
from collegium.hiring.stages import columns
from collegium.hiring.views.common import TAKEN, WRONG, Desk, at_desk, go, hindered, number, one, show
from collegium.lib.refusal import require
from collegium.ui.respond import tell

ENDS = {"hired": Standing.HIRED, "declined": Standing.DECLINED}


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def move(request: Request, desk: Desk, application: int) -> HttpResponse:
    """Where to: a stage, or an end; with words for the applicant if there are some."""
    require(desk.moves)
    row = one(request, desk, application)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _moving(request, desk, row, form)
    to = request.POST.get("to", "")
    stage = columns(desk.opening).named(number(to) or 0)
    if (stage is None and to not in ENDS) or not form.is_valid():
        if stage is None and to not in ENDS:
            form.add_error(None, _("Please choose where to."))
        return _moving(request, desk, row, form, status=WRONG)
    words = _filled(form.cleaned_data["words"], row)
    if reason := hindered(lambda: _move(request, row, stage, to, words)):
        form.add_error(None, reason)
        return _moving(request, desk, row, form, status=TAKEN)
    known = {"name": blind.calling(row), "stage": stage.name if stage else Standing(ENDS[to]).label}
    tell(request, _("%(name)s: %(stage)s.") % known)
    return go(request, _back(request, desk, row))


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def answer(request: Request, desk: Desk, application: int) -> HttpResponse:
    """Write to the applicant."""
    require(desk.moves)
    row = one(request, desk, application)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        form.initial = {"words": _begun(request, desk)}
        return _answering(request, desk, row, form, status=WRONG if form.errors else 200)
    words, since = _filled(form.cleaned_data["words"], row), _since(request)
    if reason := hindered(lambda: moving.answer(row, words, by=request.viewer.me, since=since)):
        form.add_error(None, reason)
        return _answering(request, desk, row, form, status=TAKEN)
    tell(request, _("Your answer is sent to %(name)s.") % {"name": blind.calling(row)})
    return go(request, f"{desk.path}{row.pk}/")


def _move(request: Request, row: Application, stage: Stage | None, to: str, words: str) -> None:
    since = _since(request)
    if stage is not None:
        moving.move(row, stage, by=request.viewer.me, words=words, since=since)
    else:
        moving.end(row, ENDS[to], by=request.viewer.me, words=words, since=since)


def _since(request: Request) -> int | None:
    return number(request.POST.get("since", ""))


def _filled(words: str, row: Application) -> str:
    return replies.filled(words, name=row.sent.name, opening=row.opening)


def _begun(request: Request, desk: Desk) -> str:
    """The words of the reply that was asked for, as they are kept."""
    asked, kept = number(request.GET.get("reply", "")), replies.offered(desk.opening)
    return kept[asked].words if asked is not None and asked < len(kept) else ""


def _back(request: Request, desk: Desk, row: Application) -> str:
    """To the pipeline for whoever moved it there, otherwise to the application."""
    return desk.path if request.POST.get("back") == "pipeline" else f"{desk.path}{row.pk}/"


def _moving(request: Request, desk: Desk, row: Application, form: WordsForm, *, status: int = 200) -> HttpResponse:
    context = {"stages": columns(desk.opening).stages, "back": request.GET.get("back") or request.POST.get("back", "")}
    return _sheet(request, "hiring/move.html", desk, row, form=form, status=status, **context)


def _answering(request: Request, desk: Desk, row: Application, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    return _sheet(
        request, "hiring/answer.html", desk, row, form=form, status=status, replies=replies.offered(desk.opening)
    )


def _sheet(
    request: Request, page: str, desk: Desk, row: Application, *, form: forms.Form, status: int, **more: object
) -> HttpResponse:
    known: dict[str, Any] = {
        "called": blind.calling(row),
        "path": f"{desk.path}{row.pk}/",
        "since": newest_step(row),
        "row": row,
    }
    return show(request, page, desk, block="sheet", status=status, form=form, **known, **more)
