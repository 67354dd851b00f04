"""The lists: what was written for the viewer, what she wrote, who asks, whom she asked; and all of somebody's."""

from pathlib import PurePath
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience import people
from collegium.audience.door import Request
from collegium.lib.limits import limit
from collegium.ui.respond import respond
from collegium.vouching import own, phrases, reading
from collegium.vouching.models import ForeignRecommendation
from collegium.vouching.views.common import for_members


@require_safe
@for_members
def received(request: Request) -> HttpResponse:
    """What was written for the viewer."""
    return _list(request, "vouching/received.html", own.received(request.viewer, _after(request)))


@require_safe
@for_members
def given(request: Request) -> HttpResponse:
    """What the viewer wrote."""
    return _list(request, "vouching/given.html", own.given(request.viewer, _after(request)))


@require_safe
@for_members
def requests(request: Request) -> HttpResponse:
    """Who asks the viewer."""
    return _list(request, "vouching/requests.html", own.asked_of(request.viewer, _after(request)))


@require_safe
@for_members
def asked(request: Request) -> HttpResponse:
    """Whom the viewer asked."""
    return _list(request, "vouching/asked.html", own.asked_by(request.viewer, _after(request)))


@require_safe
@for_members
def together(request: Request) -> HttpResponse:
    """Who confirms what."""
    return _list(request, "vouching/together.html", own.confirmations(request.viewer, _after(request)))


@require_safe
@for_members
def elsewhere(request: Request) -> HttpResponse:
    """What the viewer brought along."""
    return _list(request, "vouching/elsewhere.html", own.elsewhere(request.viewer, _after(request)))


@require_safe
@limit("vouching.read", "600/10m", reads=True)
def of(request: Request, handle: str) -> HttpResponse:
    """All recommendations of somebody, as the reader finds them on the profile."""
    person = get_object_or_404(people.visible_to(request.viewer), handle=handle)
    page = reading.page(request.viewer, person, _after(request))
    context = {"person": person, "page": page, "mine": person.pk == request.viewer.id, "first": not _after(request)}
    return respond(request, "vouching/of.html", "stretch" if _after(request) else "main", context)


def _after(request: Request) -> str:
    return request.GET.get("after", "")


def _list(request: Request, template: str, page: own.Page) -> HttpResponse:
    """A page of the list, or its next stretch alone."""
    lane = _lane(request, PurePath(template).stem)
    context = {"page": page, "first": not _after(request), "lane": lane, "relation_of": phrases.told}
    return respond(request, template, "stretch" if _after(request) else "main", context)


def _lane(request: Request, here: str) -> list[dict[str, Any]]:
    """The tabs; a number says how many wait for the viewer there."""
    counts = own.waiting(request.viewer)
    labels = {
        "received": _("Received"),
        "given": _("Given"),
        "requests": _("Asked of you"),
        "asked": _("You asked"),
        "together": _("Worked together"),
    }
    if here == "elsewhere" or ForeignRecommendation.objects.filter(member=request.viewer.id).exists():
        labels["elsewhere"] = _("From LinkedIn")
    return [
        {
            "label": label,
            "href": "/vouching/" if name == "received" else f"/vouching/{name}/",
            "current": name == here,
            "count": counts.get(name) or None,
        }
        for name, label in labels.items()
    ]
