"""The applicant: choosing a time, asking for others, the file for her calendar."""

from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.hiring.interviews import actions, reading
from collegium.hiring.interviews.forms import OtherForm
from collegium.hiring.interviews.views.common import (
    READS,
    WRITES,
    WRONG,
    application_of,
    ics,
    of_applicant,
    too_late,
)
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.ui.respond import done, respond, tell


@require_safe
@signed_in
@limit("hiring.interviews.read", READS, reads=True)
def interviews(request: Request, pk: int) -> HttpResponse:
    """All of one's application, also as a part of its page.

    Raises:
        Http404: it is none of hers.
    """
    row = application_of(request, pk)
    context = {"application": row, "shown": reading.of_application(request.viewer, row.pk, mine=True)}
    page = "hiring/interviews/fragments.html" if request.htmx else "hiring/interviews/mine.html"
    return respond(request, page, "of_applicant", context)


@require_safe
@signed_in
@limit("hiring.interviews.read", READS, reads=True)
def one(request: Request, pk: int, interview: int) -> HttpResponse:
    """One of them.

    Raises:
        Http404: it is none of hers.
    """
    shown = of_applicant(request, pk, interview)
    context = {"application": shown.row.application, "shown": [shown], "one": True}
    return respond(request, "hiring/interviews/mine.html", "main", context)


@require_POST
@signed_in
@limit("hiring.interviews", WRITES)
def choose(request: Request, pk: int, interview: int) -> HttpResponse:
    """Take one of the times.

    Raises:
        Http404: it is none of hers.
    """
    row = of_applicant(request, pk, interview).row
    at = _moment(request.POST.get("at", ""))
    if at is None:
        tell(request, _("Choose one of the times."), tone="warn")
        return HttpResponseRedirect(row.path)
    try:
        actions.choose(row, at, by=request.viewer.me)
    except Conflict as conflict:
        return too_late(request, conflict, row.path)
    return done(request, _("Chosen. Those who hire are told."), row.path)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("hiring.interviews", WRITES)
def other(request: Request, pk: int, interview: int) -> HttpResponse:
    """Ask for other times.

    Raises:
        Http404: it is none of hers.
    """
    shown = of_applicant(request, pk, interview)
    form = OtherForm(request.POST if request.method == "POST" else None, initial={"words": shown.row.asked_words})
    if request.method != "POST" or not form.is_valid():
        context = {"each": shown, "form": form}
        status = WRONG if form.is_bound else 200
        return respond(request, "hiring/interviews/other.html", "main", context, status=status)
    try:
        actions.ask_other(shown.row, form.cleaned_data["words"], by=request.viewer.me)
    except Conflict as conflict:
        return too_late(request, conflict, shown.row.path)
    return done(request, _("Asked. You hear of it when other times are offered."), shown.row.path)


@require_POST
@signed_in
@limit("hiring.interviews", WRITES)
def remind(request: Request, pk: int, interview: int) -> HttpResponse:
    """Say whether one wishes to be reminded the day before.

    Raises:
        Http404: it is none of hers.
    """
    row = of_applicant(request, pk, interview).row
    actions.remind(row, by=request.viewer.me, wished=bool(request.POST.get("remind")))
    tell(request, _("Kept."))
    return HttpResponseRedirect(row.path)


@require_safe
@signed_in
@limit("hiring.interviews.read", READS, reads=True)
def file(request: Request, pk: int, interview: int) -> HttpResponse:
    """For her calendar.

    Raises:
        Http404: it is none of hers.
    """
    return ics(request, of_applicant(request, pk, interview), mine=True)


def _moment(text: str) -> datetime | None:
    """A moment as the form sends it; None for anything else."""
    try:
        at = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
