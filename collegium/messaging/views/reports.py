"""What members reported, for those who run the place: a copy of one message each, and what came of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.accounts.owners import owners_only
from collegium.audience.door import Request
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.messaging.actions import reporting
from collegium.messaging.forms import ClosingForm
from collegium.messaging.models import Report
from collegium.messaging.views.common import TAKEN, WRONG, key
from collegium.ui.respond import respond, tell

ALL, PAGE = "/messages/reports/", "messaging/report_page.html"
LISTED = 20


@require_safe
@owners_only
def every(request: Request) -> HttpResponse:
    """Those that are open; or those that were closed."""
    closed = request.GET.get("closed") == "yes"
    rows = Report.objects.visible_to(request.viewer).filter(closed_at__isnull=not closed)
    if before := request.GET.get("before", ""):
        rows = rows.filter(pk__lt=cursor.unpack(before, 1)[0])
    found = list(rows.select_related("reporter", "author", "closed_by").order_by("-pk")[: LISTED + 1])
    older = cursor.pack(found[LISTED - 1].pk) if len(found) > LISTED else ""
    context = {"rows": found[:LISTED], "closed": closed, "older": older, "first": not before, "here": ALL}
    return respond(request, "messaging/reports.html", "stretch", context)


@require_safe
@owners_only
def one(request: Request, pk: int) -> HttpResponse:
    """One of them, and the form that closes it."""
    return respond(request, PAGE, "main", {"row": _found(request, pk), "form": ClosingForm()})


@require_POST
@owners_only
@limit("messaging.closing", "60/m")
def closing(request: Request, pk: int) -> HttpResponse:
    """Say what came of it."""
    row, form = _found(request, pk), ClosingForm(request.POST)
    if not form.is_valid():
        return respond(request, PAGE, "main", {"row": row, "form": form}, status=WRONG)
    try:
        reporting.close(row, by=request.viewer.me, outcome=form.cleaned_data["outcome"])
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return respond(request, PAGE, "main", {"row": _found(request, pk), "form": form}, status=TAKEN)
    tell(request, _("Closed. Who reported it is told that it was looked at."))
    return redirect(ALL)


def _found(request: Request, pk: int) -> Report:
    rows = Report.objects.visible_to(request.viewer).select_related("reporter", "author", "closed_by")
    row = rows.filter(pk=key(pk)).first()
    if row is None:
        raise Http404
    return row
