"""How I am connected with this person; whom I know, or could reach, at this organisation."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.lib.limits import limit
from collegium.network.views.common import for_members
from collegium.network.views.common import person as somebody
from collegium.network.ways import reading as places
from collegium.network.ways.person import ways
from collegium.organizations.models import Organization
from collegium.ui.respond import respond

WAYS = "240/10m"
"""How often one member may ask: every answer is searched for in the whole network."""


@require_safe
@for_members
@limit("network.ways", WAYS, reads=True)
def person(request: Request, handle: str) -> HttpResponse:
    """The shortest ways to somebody, drawn and told."""
    other = somebody(request, handle)
    found = ways(request.viewer, other)
    context = {"ways": found, "person": other, "degree": found.length if found.length in (1, 2, 3) else None}
    return respond(request, "network/ways.html", "main", context)


@require_safe
@for_members
@limit("network.ways", WAYS, reads=True)
def organization(request: Request, handle: str) -> HttpResponse:
    """Whom the viewer knows there, and whom she could reach through whom.

    Raises:
        Http404: there is no such organisation, or the cursor is none of the list.
    """
    there = get_object_or_404(Organization.objects.select_related("merged_into"), handle=handle)
    if there.merged_into is not None:
        return redirect("network:organization_ways", there.merged_into.handle, permanent=True)
    asked, after = request.GET.get("when", ""), request.GET.get("after", "")
    if asked and asked not in places.WHENS:
        raise Http404
    reaches = places.reaches(request.viewer, there)
    when = asked or next((name for name, found in reaches.items() if found.first or found.second), places.WHENS[0])
    context = {"organization": there, "when": when, "lane": _lane(there, when, reaches), "first": not after}
    context |= _lists(request.viewer, there, when, reaches[when], after)
    return respond(request, "network/ways_organization.html", "stretch" if after else "main", context)


def _lists(viewer: Viewer, there: Organization, when: str, found: places.Reach, after: str) -> dict[str, Any]:
    """The people of one tab: those she knows on its first page, those she could reach page by page."""
    shown, rest = places.stretch(found.second, after)
    known = [] if after else places.contacts(viewer, there, when, found.first[: places.PAGE], 1)
    return {
        "known": known,
        "more_known": max(0, len(found.first) - places.PAGE),
        "reached": places.contacts(viewer, there, when, shown, 2),
        "total": len(found.second),
        "rest": rest,
    }


def _lane(there: Organization, when: str, reaches: dict[str, places.Reach]) -> list[dict[str, Any]]:
    """The tabs that have somebody, and the one that is open."""
    labels = {"present": _("Work here"), "former": _("Worked here"), "studied": _("Studied here")}
    counts = {name: len(found.first) + len(found.second) for name, found in reaches.items()}
    return [
        {
            "label": labels[name],
            "href": f"/network/ways/organization/{there.handle}/?when={name}",
            "current": name == when,
            "count": counts[name],
        }
        for name in places.WHENS
        if counts[name] or name == when
    ]
