"""Who asks to be let in, and asking people in."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request
from collegium.audience.rule import written_by_visible
from collegium.graph.degrees import standings
from collegium.groups import rules
from collegium.groups.actions import doors, inviting
from collegium.groups.forms import InviteForm, ReasonForm
from collegium.groups.models import Invitation
from collegium.groups.models import Request as Asking
from collegium.groups.reading import doors as waiting
from collegium.groups.seating import Place
from collegium.groups.views.common import TAKEN, WRONG, conflict_of, go, kept, show
from collegium.lib.limits import charge, requester
from collegium.lib.refusal import require
from collegium.ui.respond import respond, tell

A_DAY = "60/1d"


@require_safe
@kept
def requests(request: Request, place: Place) -> HttpResponse:
    """Those that wait, with their answers."""
    require(place.manages)
    after = request.GET.get("after", "")
    page = waiting.requests(request.viewer, place.group, after)
    near = standings(request.viewer.member, [each.member_id for each in page.rows])
    context = {"page": page, "near": near, "first": not after, "group": place.group, "seat": place}
    return respond(request, "groups/requests.html", "stretch" if after else "main", context)


@require_POST
@kept
def acceptance(request: Request, place: Place, pk: int) -> HttpResponse:
    """Let somebody in."""
    require(place.manages)
    row = _asking(request, place, pk)
    doors.accept(row, by=request.viewer.me)
    tell(request, _("%(name)s is in, and told.") % {"name": row.member.name})
    return go(request, f"{place.group.path}requests/")


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def declining(request: Request, place: Place, pk: int) -> HttpResponse:
    """Turn somebody away, with a word if there is one."""
    require(place.manages)
    row = _asking(request, place, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = WRONG if form.errors else 200
        return show(request, "groups/declining.html", place, asking=row, form=form, status=status)
    doors.decline(row, by=request.viewer.me, words=form.cleaned_data["reason"])
    tell(request, _("Declined. %(name)s is told.") % {"name": row.member.name})
    return go(request, f"{place.group.path}requests/")


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def invite(request: Request, place: Place) -> HttpResponse:
    """Ask connections in."""
    require(rules.may_invite(request.viewer.member, place.group))
    offered = waiting.offered(request.viewer, place.group)
    form = InviteForm(request.POST if request.method == "POST" else None, me=request.viewer.me, offered=offered)
    if request.method != "POST":
        return _inviting(request, place, form)
    if not form.is_valid():
        return _inviting(request, place, form, status=WRONG)
    values, me = form.cleaned_data, request.viewer.me
    charge("groups.inviting", requester(request), A_DAY, cost=min(len(values["members"]), 60))
    if reason := conflict_of(lambda: inviting.invite(place.group, values["members"], by=me, note=values["note"])):
        form.add_error(None, reason)
        return _inviting(request, place, form, status=TAKEN)
    number = len(values["members"])
    tell(request, ngettext("%(n)s person is invited.", "%(n)s people are invited.", number) % {"n": number})
    return go(request, f"{place.group.path}invite/")


@require_POST
@kept
def withdrawal(request: Request, place: Place, pk: int) -> HttpResponse:
    """Take an invitation back."""
    require(place.seat is not None)
    row = Invitation.objects.filter(pk=min(pk, 2**63 - 1), group=place.group).select_related("group", "member").first()
    if row is None or not (place.manages or row.sender_id == request.viewer.id):
        raise Http404
    inviting.withdraw(row, by=request.viewer.me)
    tell(request, _("The invitation is taken back."))
    return go(request, f"{place.group.path}invite/")


def _inviting(request: Request, place: Place, form: InviteForm, *, status: int = 200) -> HttpResponse:
    asked = waiting.asked_in(request.viewer, place.group, everybody=place.manages)
    return show(
        request, "groups/invite.html", place, form=form, offered=form.offered.values(), asked=asked, status=status
    )


def _asking(request: Request, place: Place, pk: int) -> Asking:
    """A request that the viewer is shown.

    Raises:
        Http404: there is none such.
    """
    rows = Asking.objects.filter(pk=min(pk, 2**63 - 1), group=place.group).select_related("member", "group")
    row = written_by_visible(rows, request.viewer, owner="member").first()
    if row is None:
        raise Http404
    return row
