"""Reporting an opening, and what the owners of the community do about it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.openings.models import Opening, Report
from collegium.openings.trust import actions, reading, rules
from collegium.openings.trust.forms import ReportForm, SettleForm
from collegium.openings.trust.signs import signals
from collegium.ui.respond import done, respond, tell

SHEET, LIST = "openings/report.html", "openings/reports.html"
LIST_PATH = "/jobs/reports/"
MOST = 2**63


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("openings.report", "20/24h")
def report(request: Request, pk: int) -> HttpResponse:
    """The sheet on which a member says what is wrong."""
    opening = _seen(request, pk)
    require(rules.may_report(request.viewer.member, opening))
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _said(request, opening, form):
        words = _("Thank you. Those who run this network look at it, and you are told what they decide.")
        return done(request, words, opening.path)
    context = {"opening": opening, "form": form, "again": reading.said(request.viewer.me, opening)}
    return respond(request, SHEET, "sheet", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def reports(request: Request) -> HttpResponse:
    """What waits; for owners."""
    require(rules.may_look(request.viewer.member))
    return respond(request, LIST, "main", _waiting(request))


@require_POST
@signed_in
@limit("openings.settling", "120/h")
def settling(request: Request, pk: int) -> HttpResponse:
    """An owner closes the opening, or lets it stand."""
    require(rules.may_look(request.viewer.member))
    opening = reading.reported(pk) if pk < MOST else None
    if opening is None:
        raise Http404
    form = SettleForm(request.POST)
    if not form.is_valid():
        return respond(request, LIST, "main", _waiting(request), status=422)
    actions.settle(opening, form.cleaned_data["outcome"], by=request.viewer.me)
    closed = form.cleaned_data["outcome"] == Report.State.CLOSED
    tell(request, _("It is closed.") if closed else _("It stays."))
    return respond(request, LIST, "main", _waiting(request), otherwise=LIST_PATH)


def _waiting(request: Request) -> dict[str, object]:
    rows = reading.waiting()
    return {"rows": [(row, signals(row.opening, request.viewer)) for row in rows]}


def _seen(request: Request, pk: int) -> Opening:
    """The opening, where the viewer reads it."""
    rows = Opening.objects.visible_to(request.viewer).with_faces()
    return get_object_or_404(rows, pk=pk if pk < MOST else 0)


def _said(request: Request, opening: Opening, form: ReportForm) -> bool:
    try:
        actions.report(opening, form.cleaned_data["reason"], form.cleaned_data["words"], by=request.viewer.me)
    except Conflict as conflict:
        form.add_error("words", conflict.reason)
        return False
    return True
