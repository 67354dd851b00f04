"""Who hires for an opening; and closing it."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.openings import actions, rules
from collegium.openings.forms.team import ClosingForm, SeatForm
from collegium.openings.models import Opening, Part, Seat, State
from collegium.openings.views.common import teamed
from collegium.pages.models import Role
from collegium.ui.respond import done, respond

RATE = "240/h"
WRONG, TAKEN = 422, 409
PARTS = [
    (Part.OBSERVER, gettext_lazy("Reads applications.")),
    (Part.INTERVIEWER, gettext_lazy("And writes notes, ratings and scorecards.")),
    (Part.RECRUITER, gettext_lazy("And moves and answers applications, and changes the opening.")),
    (Part.LEAD, gettext_lazy("And says who hires, and closes it.")),
]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("openings.team", RATE)
def team(request: Request, pk: int) -> HttpResponse:
    """Who hires; and giving somebody a part."""
    opening = teamed(request, pk, rules.may_lead)
    form = SeatForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if request.method != "POST":
        return _page(request, opening, form)
    if not form.is_valid():
        return _page(request, opening, form, WRONG)
    member = form.cleaned_data["person"]
    try:
        actions.seat(opening, member, form.cleaned_data["part"], by=request.viewer.me)
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _page(request, opening, form, TAKEN)
    return done(request, _("%(name)s hires with you now.") % {"name": member.name}, f"{opening.path}team/")


@require_POST
@signed_in
@limit("openings.team", RATE)
def removal(request: Request, pk: int, handle: str) -> HttpResponse:
    """Take somebody's part, or give up one's own."""
    opening = teamed(request, pk)
    own = handle == request.viewer.me.handle
    require(own or rules.may_lead(request.viewer.me, opening))
    seat = _seat(opening, handle)
    actions.unseat(opening, seat.member, by=request.viewer.me)
    if own:
        return done(request, _("You no longer hire for this opening."), "/jobs/mine/")
    words = _("%(name)s no longer hires with you.") % {"name": seat.member.name}
    return done(request, words, f"{opening.path}team/")


@require_POST
@signed_in
@limit("openings.team", RATE)
def handing(request: Request, pk: int, handle: str) -> HttpResponse:
    """Hand it over: another is named as the one who posted it."""
    opening = teamed(request, pk, rules.may_lead)
    to = _colleague(opening, handle)
    actions.hand_over(opening, to, by=request.viewer.me)
    return done(request, _("It is %(name)s’s opening now.") % {"name": to.name}, f"{opening.path}team/")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("openings.team", RATE)
def closing(request: Request, pk: int) -> HttpResponse:
    """Close it, with the reason."""
    opening = teamed(request, pk, rules.may_lead)
    if opening.state != State.LIVE:
        raise Conflict(_("This opening is not posted, or closed already."))
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.close(opening, form.cleaned_data["why"], by=request.viewer.me)
        return done(request, _("Closed. Whoever applied is told, and has an answer coming."), opening.path)
    context = {"opening": opening, "form": form}
    return respond(request, "openings/closing.html", "main", context, status=WRONG if form.errors else 200)


def _seat(opening: Opening, handle: str) -> Seat:
    return get_object_or_404(Seat.objects.select_related("member"), opening=opening, member__handle=handle)


def _colleague(opening: Opening, handle: str) -> Member:
    """Somebody with a seat, or with a part on the page that hires."""
    seats = Seat.objects.filter(opening=opening).values("member")
    hiring = Role.objects.filter(organization=opening.organization, part__in=rules.HIRING).values("member")
    return get_object_or_404(Member.objects.filter(Q(pk__in=seats) | Q(pk__in=hiring)), handle=handle)


def _page(request: Request, opening: Opening, form: SeatForm, status: int = 200) -> HttpResponse:
    seats = opening.seats.select_related("member").order_by("-part", "since")
    keepers: list[Member] = []
    if opening.organization.is_page:
        hiring = Role.objects.filter(organization=opening.organization, part__in=rules.HIRING).values("member")
        keepers = list(Member.objects.active().filter(pk__in=hiring).order_by("sort_name", "pk"))
    context = {
        "opening": opening,
        "form": form,
        "seats": [row for row in seats if row.member not in keepers],
        "keepers": keepers,
        "parts": [(part, Part(part).label, words) for part, words in PARTS],
    }
    return respond(request, "openings/team.html", "main", context, status=status)
