"""Notes and scorecards."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.applications.models import Application
from collegium.audience.door import Request
from collegium.hiring import blind, rules
from collegium.hiring.actions import noting
from collegium.hiring.forms import NoteForm, ScorecardForm
from collegium.hiring.models import Note
from collegium.hiring.reading.sheet import criteria
from collegium.hiring.views.applicants import page
from collegium.hiring.views.common import LARGEST, WRONG, Desk, at_desk, go, one, show
from collegium.lib.refusal import require
from collegium.ui.respond import tell


@require_POST
@at_desk
def notes(request: Request, desk: Desk, application: int) -> HttpResponse:
    """Write a note."""
    row = one(request, desk, application)
    require(desk.assesses)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, desk, row, status=WRONG, note_form=form)
    noting.note(row, form.cleaned_data["words"], by=request.viewer.me)
    return go(request, f"{desk.path}{row.pk}/#notes")


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def note(request: Request, desk: Desk, application: int, note: int) -> HttpResponse:
    """Change one's own note."""
    row = one(request, desk, application)
    written = _own(request, row, note)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"words": written.words})
    path = f"{desk.path}{row.pk}/"
    if request.method != "POST" or not form.is_valid():
        status = WRONG if form.errors else 200
        known = {"form": form, "note": written, "path": path, "called": blind.calling(row)}
        return show(request, "hiring/note.html", desk, block="sheet", status=status, **known)
    noting.edit_note(written, form.cleaned_data["words"], by=request.viewer.me)
    return go(request, f"{path}#notes")


@require_POST
@at_desk
def note_removal(request: Request, desk: Desk, application: int, note: int) -> HttpResponse:
    """Delete one's own note."""
    row = one(request, desk, application)
    noting.drop_note(_own(request, row, note), by=request.viewer.me)
    tell(request, _("The note is deleted."))
    return go(request, f"{desk.path}{row.pk}/#notes")


@require_POST
@at_desk
def rating(request: Request, desk: Desk, application: int) -> HttpResponse:
    """Write one's scorecard; then those of the others are there to be read."""
    row = one(request, desk, application)
    require(desk.assesses)
    form = ScorecardForm(request.POST, criteria=criteria(desk.opening))
    if not form.is_valid():
        return page(request, desk, row, status=WRONG, score_form=form)
    values = form.cleaned_data
    noting.rate(row, int(values["rating"]), by=request.viewer.me, words=values["words"], scores=form.scores())
    return go(request, f"{desk.path}{row.pk}/#ratings")


def _own(request: Request, row: Application, key: int) -> Note:
    """A note of this application, its author's to change.

    Raises:
        Http404: there is none.
    """
    written = (
        Note.objects.filter(pk=min(key, LARGEST), application=row)
        .select_related("application__opening__organization")
        .first()
    )
    if written is None:
        raise Http404
    require(rules.may_edit_note(request.viewer.me, written))
    return written
