"""One applicant: what was sent, its files."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from collegium.applications import actions, files
from collegium.applications.models import Application, Sent
from collegium.audience.door import Request
from collegium.hiring import blind
from collegium.hiring.forms import NoteForm, ScorecardForm
from collegium.hiring.reading import sheet as reading
from collegium.hiring.stages import columns, fits
from collegium.hiring.views.common import Desk, at_desk, one, show
from collegium.resumes import printed


@require_safe
@at_desk
def applicant(request: Request, desk: Desk, application: int) -> HttpResponse:
    """The page of one application. Opening it is work on the opening, and the first time the applicant is told."""
    row = one(request, desk, application)
    if request.method == "GET":
        actions.seen(row, by=request.viewer.me)
        row = one(request, desk, application)
    return page(request, desk, row)


def page(request: Request, desk: Desk, row: Application, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The same, with a form that was not in order in its place."""
    sheet = reading.sheet(request.viewer, row)
    criteria = reading.criteria(desk.opening)
    before, after = reading.neighbours(request.viewer, row)
    stages = columns(desk.opening)
    card = getattr(row, "card", None)
    kept = stages.named(card.stage_id) if card is not None else None
    stage = kept if kept is not None and fits(kept, row.standing) else stages.home(row.standing)
    context: dict[str, Any] = {
        "sheet": sheet,
        "row": row,
        "printed": printed.sheet(sheet.document),
        "before": before,
        "after": after,
        "stage": None if row.has_ended else stage,
        "also": reading.also(request.viewer, row),
        "criteria": criteria,
        "note_form": NoteForm(),
        "score_form": ScorecardForm(criteria=criteria, mine=sheet.mine),
        "path": f"{desk.path}{row.pk}/",
    }
    return show(request, "hiring/applicant.html", desk, status=status, **(context | forms))


@require_safe
@at_desk
def cv(request: Request, desk: Desk, application: int) -> HttpResponse:
    """The CV that was sent; not while nobody may know whose it is, for no file can be made nameless."""
    return files.cv(_named(request, desk, application), request)


@require_safe
@at_desk
def photo(request: Request, desk: Desk, application: int) -> HttpResponse:
    """The picture that was sent."""
    return files.photo(_named(request, desk, application), request)


def _named(request: Request, desk: Desk, application: int) -> Sent:
    row = one(request, desk, application)
    if not blind.is_named(row):
        raise Http404
    return row.sent
