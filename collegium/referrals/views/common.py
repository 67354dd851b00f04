"""What the pages of this room share."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from collegium.audience.door import Request
from collegium.lib.refusal import Conflict
from collegium.network.views.common import HIGHEST_KEY
from collegium.openings.models import Opening
from collegium.referrals.models import Referral
from collegium.ui.respond import respond

ROOT, MINE = "/referrals/", "/referrals/asked/"
TAKEN, TOO_MANY, WRONG = 409, 429, 422
WRITES = "120/h"


def opening_of(request: Request, pk: int) -> Opening:
    """The opening, if the viewer reads it.

    Raises:
        Http404: she does not, or there is none.
    """
    if pk > HIGHEST_KEY:
        raise Http404
    return get_object_or_404(Opening.objects.visible_to(request.viewer).with_faces(), pk=pk)


def as_role(request: Request, pk: int, role: str) -> Referral:
    """The referral, if the viewer has this part in it and it reached her.

    Raises:
        Http404: otherwise.
    """
    if pk > HIGHEST_KEY:
        raise Http404
    mine = {"asker": Referral.objects.filter(asker=request.viewer.id), "referrer": Referral.objects.all()}[role]
    rows = mine.with_faces().filter(pk=pk, **{role: request.viewer.id})
    return get_object_or_404(rows)


def lane(here: str) -> list[dict[str, object]]:
    """The tabs over the lists."""
    return [
        {"label": _("Asked of you"), "href": ROOT, "current": here == "received"},
        {"label": _("Asked by you"), "href": MINE, "current": here == "asked"},
    ]


def too_late(request: Request, conflict: Conflict) -> HttpResponse:
    """What stood in the way, as a page."""
    context = {"said": conflict.reason}
    return respond(request, "referrals/late.html", "main", context, status=200 if request.htmx else TAKEN)
