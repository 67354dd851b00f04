"""Those who hire: offering times, changing, calling off."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.applications.models import Application
from collegium.audience.door import Request, signed_in
from collegium.events.reading.times import zone_of
from collegium.hiring import blind
from collegium.hiring.interviews import actions, reading, rules
from collegium.hiring.interviews.forms import PlanForm, values_of
from collegium.hiring.interviews.views.common import (
    READS,
    TAKEN,
    WRITES,
    WRONG,
    application_of,
    ics,
    of_team,
    opening_of,
    too_late,
)
from collegium.hiring.models import Interview
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.notifications.hours import offered as zones
from collegium.openings import rules as openings
from collegium.ui.respond import done, respond

MOST = 100


@require_safe
@signed_in
@limit("hiring.interviews.read", READS, reads=True)
def interviews(request: Request, pk: int) -> HttpResponse:
    """All of an opening; or of one application, also as a part of its page.

    Raises:
        Http404: the viewer does not hire for it.
    """
    opening = opening_of(request, pk)
    wanted = request.GET.get("application", "")
    may = openings.may_change(request.viewer.member, opening)
    if wanted:
        row = application_of(request, int(wanted) if wanted.isascii() and wanted.isdigit() else 0, opening=opening)
        found = reading.of_application(request.viewer, row.pk, mine=False)
        name, may = blind.calling(row), may and not row.has_ended
        context = {"opening": opening, "application": row, "name": name, "shown": found, "may_arrange": may}
    else:
        rows = Interview.objects.filter(application__opening=opening, application__erased_at=None).with_faces()
        found = reading.shown(request.viewer, rows.order_by("-pk")[:MOST])
        context = {"opening": opening, "application": None, "name": "", "shown": found, "may_arrange": False}
    page = "hiring/interviews/fragments.html" if request.htmx else "hiring/interviews/team.html"
    return respond(request, page, "of_team", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("hiring.interviews", WRITES)
def offer(request: Request, pk: int) -> HttpResponse:
    """Offer times to an applicant.

    Raises:
        Http404: there is no such application to this opening.
    """
    opening = opening_of(request, pk)
    wanted = request.GET.get("application", "")
    row = application_of(request, int(wanted) if wanted.isascii() and wanted.isdigit() else 0, opening=opening)
    me = request.viewer.me
    require(rules.may_arrange(me, row))
    team = rules.team(opening)
    mine = [me.handle] if any(each.pk == me.pk for each in team) else []
    initial = {"zone": zone_of(me.pk) or "Europe/Berlin", "minutes": 45, "interviewers": mine}
    form = PlanForm(request.POST if request.method == "POST" else None, team=team, initial=initial)
    if request.method != "POST" or not form.is_valid():
        hindrance = rules.hindrance_to_arranging(row)
        return _form(request, row, form, None, hindrance=hindrance, status=WRONG if form.is_bound else 200)
    try:
        made = actions.offer(row, form.plan, by=me)
    except Conflict as conflict:
        return _form(request, row, form, None, hindrance=conflict, status=TAKEN)
    return done(request, _("Offered. You hear of it when a time is chosen."), made.team_path)


@require_safe
@signed_in
@limit("hiring.interviews.read", READS, reads=True)
def one(request: Request, pk: int, interview: int) -> HttpResponse:
    """One interview, for those who hire.

    Raises:
        Http404: the viewer does not hire for it.
    """
    shown = of_team(request, pk, interview)
    may = rules.may_arrange(request.viewer.member, shown.row.application)
    opening = shown.row.application.opening
    context = {"opening": opening, "application": None, "name": "", "shown": [shown], "may_arrange": may, "one": True}
    return respond(request, "hiring/interviews/team.html", "main", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("hiring.interviews", WRITES)
def change(request: Request, pk: int, interview: int) -> HttpResponse:
    """Offer other times, or another place.

    Raises:
        Http404: the viewer does not hire for it.
    """
    row = of_team(request, pk, interview).row
    require(rules.may_arrange(request.viewer.member, row.application))
    team, initial = rules.team(row.application.opening), values_of(row)
    form = PlanForm(request.POST if request.method == "POST" else None, team=team, initial=initial)
    if request.method != "POST" or not form.is_valid():
        hindrance = rules.hindrance_to_touching(row)
        return _form(request, row.application, form, row, hindrance=hindrance, status=WRONG if form.is_bound else 200)
    try:
        actions.change(row, form.plan, by=request.viewer.me)
    except Conflict as conflict:
        return _form(request, row.application, form, row, hindrance=conflict, status=TAKEN)
    return done(request, _("Changed. Whoever it concerns is told."), row.team_path)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("hiring.interviews", WRITES)
def cancel(request: Request, pk: int, interview: int) -> HttpResponse:
    """Say what calling it off means, then do so.

    Raises:
        Http404: the viewer does not hire for it, or there is nothing to call off.
    """
    shown = of_team(request, pk, interview)
    row = shown.row
    require(rules.may_arrange(request.viewer.member, row.application))
    if request.method != "POST":
        if not shown.may_touch:
            raise Http404
        return respond(request, "hiring/interviews/cancel.html", "main", {"each": shown})
    try:
        actions.cancel(row, by=request.viewer.me)
    except Conflict as conflict:
        return too_late(request, conflict, row.team_path)
    return done(request, _("Called off. Everybody is told."), row.team_path, undo=f"{row.team_path}restoration/")


@require_POST
@signed_in
@limit("hiring.interviews", WRITES)
def restore(request: Request, pk: int, interview: int) -> HttpResponse:
    """Let it take place after all.

    Raises:
        Http404: the viewer does not hire for it.
    """
    row = of_team(request, pk, interview).row
    try:
        actions.restore(row, by=request.viewer.me)
    except Conflict as conflict:
        return too_late(request, conflict, row.team_path)
    return done(request, _("It takes place after all. Everybody is told."), row.team_path)


@require_safe
@signed_in
@limit("hiring.interviews.read", READS, reads=True)
def file(request: Request, pk: int, interview: int) -> HttpResponse:
    """For the calendar of those who hire.

    Raises:
        Http404: the viewer does not hire for it.
    """
    return ics(request, of_team(request, pk, interview), mine=False)


def _form(
    request: Request,
    application: Application,
    form: PlanForm,
    row: Interview | None,
    *,
    hindrance: Conflict | None,
    status: int,
) -> HttpResponse:
    context = {
        "opening": application.opening,
        "application": application,
        "name": blind.calling(application),
        "named": blind.is_named(application),
        "form": form,
        "row": row,
        "zones": zones(),
        "hindrance": hindrance.reason if hindrance else "",
        "filled": sum(bool(slot.value()) for slot in form.slots),
    }
    return respond(request, "hiring/interviews/form.html", "main", context, status=status)
