"""One's referrals: what one was asked, what one asked; and one of them."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.lib import cursor
from collegium.network.views.common import HIGHEST_KEY, for_members
from collegium.referrals.models import Referral, ReferralQuerySet
from collegium.referrals.standing import as_asked, as_received
from collegium.referrals.views.answering import show
from collegium.referrals.views.common import MINE, ROOT, lane
from collegium.ui.respond import respond

PAGE = 20


@require_safe
@for_members
def received(request: Request) -> HttpResponse:
    """What lies with the viewer, and what she gave."""
    rows, rest = _stretch(Referral.objects.with_referrer(request.viewer.me), request.GET.get("after", ""))
    return _list(request, {"received": as_received(request.viewer, rows), "asked": []}, rest, "received")


@require_safe
@for_members
def asked(request: Request) -> HttpResponse:
    """What the viewer asked."""
    rows, rest = _stretch(Referral.objects.filter(asker=request.viewer.id), request.GET.get("after", ""))
    return _list(request, {"received": [], "asked": as_asked(request.viewer, rows)}, rest, "asked")


@require_safe
@for_members
def one(request: Request, pk: int) -> HttpResponse:
    """As the viewer's part in it shows it.

    Raises:
        Http404: she has none, or it never reached her.
    """
    row = Referral.objects.visible_to(request.viewer).with_faces().filter(pk=min(pk, HIGHEST_KEY)).first()
    if row is None:
        raise Http404
    if row.referrer_id == request.viewer.id:
        return show(request, row)
    mine = as_asked(request.viewer, [row])
    if not mine:
        raise Http404
    context = {"received": None, "asked": mine[0], "form": None, "lane": lane("asked")}
    return respond(request, "referrals/one.html", "main", context)


def _stretch(rows: ReferralQuerySet, after: str) -> tuple[list[Referral], str]:
    """A page, the newest first, and the cursor of the next one or ''."""
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    found = list(rows.with_faces().order_by("-pk")[: PAGE + 1])
    return found[:PAGE], cursor.pack(found[PAGE - 1].pk) if len(found) > PAGE else ""


def _list(request: Request, lists: dict[str, object], rest: str, which: str) -> HttpResponse:
    after = request.GET.get("after", "")
    here = ROOT if which == "received" else MINE
    context = lists | {"rest": rest, "begins": not after, "which": which, "here": here, "lane": lane(which)}
    return respond(request, "referrals/list.html", "stretch" if after else "rows", context)
