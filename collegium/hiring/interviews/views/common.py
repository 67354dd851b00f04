"""What the pages of interviews share."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from collegium.applications.models import Application
from collegium.audience.door import Request
from collegium.events.ical.views import place_of
from collegium.hiring.interviews import calendar, reading
from collegium.hiring.interviews.reading import Shown
from collegium.lib.refusal import Conflict
from collegium.openings.models import Opening
from collegium.ui.respond import respond

HIGHEST = (1 << 63) - 1
TAKEN, WRONG = 409, 422
WRITES, READS = "240/h", "1200/h"


def opening_of(request: Request, pk: int) -> Opening:
    """The opening, if the viewer hires for it.

    Raises:
        Http404: she does not.
    """
    rows = Opening.objects.hired_for_by(request.viewer).with_faces()
    return get_object_or_404(rows, pk=min(pk, HIGHEST))


def application_of(request: Request, pk: int, *, opening: Opening | None = None) -> Application:
    """The application: one's own, or one to this opening.

    Raises:
        Http404: it is neither, or was erased.
    """
    rows = Application.objects.filter(erased_at=None).select_related("opening__organization")
    mine = rows.filter(opening=opening) if opening is not None else rows.filter(applicant=request.viewer.id)
    return get_object_or_404(mine, pk=min(pk, HIGHEST))


def of_team(request: Request, pk: int, interview: int) -> Shown:
    """An interview of an opening for which the viewer hires.

    Raises:
        Http404: she does not, or it is none of it.
    """
    found = reading.one(request.viewer, min(interview, HIGHEST), mine=False)
    if found is None or found.row.application.opening_id != pk:
        raise Http404
    return found


def of_applicant(request: Request, pk: int, interview: int) -> Shown:
    """An interview to which the viewer is asked.

    Raises:
        Http404: it is none of hers.
    """
    found = reading.one(request.viewer, min(interview, HIGHEST), mine=True)
    if found is None or found.row.application_id != pk:
        raise Http404
    return found


def ics(request: Request, shown: Shown, *, mine: bool) -> HttpResponse:
    """The calendar file; nobody keeps it on its way."""
    body = calendar.file(shown, place_of(request), mine=mine)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = f'attachment; filename="interview-{shown.row.pk}.ics"'
    response["Cache-Control"] = "no-store"
    return response


def too_late(request: Request, conflict: Conflict, back: str) -> HttpResponse:
    """What stood in the way, as a page."""
    context = {"said": conflict.reason, "back": back}
    return respond(request, "hiring/interviews/late.html", "main", context, status=200 if request.htmx else TAKEN)
