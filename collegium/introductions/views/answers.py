"""Answers: passing on, consenting, declining, and thinking better of it."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.career.history import shared
from collegium.introductions import actions, letters
from collegium.introductions.forms import AnswerForm, PassOnForm
from collegium.introductions.letters import Letter
from collegium.introductions.models import Introduction
from collegium.introductions.views.common import ROOT, TAKEN, as_role
from collegium.lib.refusal import Conflict
from collegium.network.views.common import close_dialog, for_members
from collegium.ui.respond import respond, tell


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def forward(request: Request, pk: int) -> HttpResponse:
    """Edit what is passed on, and pass it on.

    Raises:
        Http404: it does not lie with the viewer.
    """
    row = as_role(request, pk, "introducer")
    letter = letters.one(request.viewer, row.pk)
    if request.method != "POST":
        if letter is None or row.state != Introduction.State.ASKED:
            raise Http404
        return _edit(request, letter, PassOnForm(initial={"words": row.to_target}))
    form = PassOnForm(request.POST)
    if not form.is_valid():
        if letter is None:
            raise Http404
        return _edit(request, letter, form, status=422)
    try:
        row = actions.pass_on(row, by=request.viewer.me, **form.cleaned_data)
    except Conflict as conflict:
        return _too_late(request, conflict)
    tell(request, _("Passed on to %(name)s. If there is a yes, the three of you can talk.") % {"name": row.target.name})
    return HttpResponseRedirect(row.path)


def _edit(request: Request, letter: Letter, form: PassOnForm, *, status: int = 200) -> HttpResponse:
    row = letter.row
    both = shared(request.viewer, row.asker_id, row.target_id)
    context = {"letter": letter, "row": row, "form": form, "between": both[0].words if both else ""}
    return respond(request, "introductions/forward.html", "main", context, status=status)


@require_POST
@for_members
def acceptance(request: Request, pk: int) -> HttpResponse:
    """Yes: the three can talk."""
    row = as_role(request, pk, "target")
    try:
        actions.accept(row, by=request.viewer.me)
    except Conflict as conflict:
        return _too_late(request, conflict)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": row.path})
    return HttpResponseRedirect(row.path)


@require_POST
@for_members
def decline(request: Request, pk: int) -> HttpResponse:
    """No, and nobody is told."""
    return _decline(request, _mine(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def answer(request: Request, pk: int) -> HttpResponse:
    """No, with a line that the introducer reads."""
    row = as_role(request, pk, "target")
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _decline(request, row, form.cleaned_data["answer"])
    if request.method != "POST" and letters.one(request.viewer, row.pk) is None:
        raise Http404
    context = {"row": row, "form": form}
    return respond(request, "introductions/answer.html", "main", context, status=422 if form.is_bound else 200)


@require_POST
@for_members
def restoration(request: Request, pk: int) -> HttpResponse:
    """Take back a silent no: the letter is there again."""
    row = _mine(request, pk)
    try:
        actions.reopen(row, by=request.viewer.me)
    except Conflict as conflict:
        return _too_late(request, conflict)
    letter = letters.one(request.viewer, row.pk)
    if letter is None:
        return _too_late(request, Conflict(_("This letter is no longer open: it was withdrawn or has run out.")))
    if not request.htmx:
        tell(request, _("The letter waits for you again."))
        return HttpResponseRedirect(row.path)
    return respond(request, "introductions/letter.html", "card", {"letter": letter})


def _decline(request: Request, row: Introduction, line: str = "") -> HttpResponse:
    """Say no, and show in the place of the letter what that came to."""
    try:
        actions.decline(row, by=request.viewer.me, answer=line)
    except Conflict as conflict:
        return _too_late(request, conflict)
    if line:
        said = _("Declined. %(name)s reads your line; nobody else learns of it.") % {"name": row.introducer.name}
    else:
        said = _("Declined. Nobody is told.")
    undo = "" if line else f"{row.path}restoration/"
    if request.htmx:
        context = {"row": row, "said": said, "undo": undo, "in_dialog": request.POST.get("in") == "dialog"}
        return close_dialog(request, respond(request, "introductions/settled.html", "settled", context))
    tell(request, said, undo=undo)
    return HttpResponseRedirect(ROOT if row.introducer_id == request.viewer.id else f"{ROOT}about/")


def _mine(request: Request, pk: int) -> Introduction:
    """The letter, if it is the viewer's to pass on or to answer.

    Raises:
        Http404: it is neither.
    """
    try:
        return as_role(request, pk, "introducer")
    except Http404:
        return as_role(request, pk, "target")


def _too_late(request: Request, conflict: Conflict) -> HttpResponse:
    """What stood in the way: in the place of the letter, or as a page."""
    context = {"row": None, "said": conflict.reason, "undo": "", "late": True, "in_dialog": False}
    return respond(request, "introductions/settled.html", "settled", context, status=200 if request.htmx else TAKEN)
