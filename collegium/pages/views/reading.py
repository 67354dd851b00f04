"""What everybody sees: the directory, and the page of one organisation."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.lib.limits import limit
from collegium.lib.text import render
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages import reading
from collegium.pages.figures.counting import opened
from collegium.pages.framing import Frame, canonical, frame
from collegium.profiles.structured import script
from collegium.ui.respond import respond

DIRECTORY, ABOUT = "pages/directory.html", "pages/about.html"
LIMIT = "600/10m"


@require_safe
@limit("organizations.read", LIMIT, reads=True)
def directory(request: Request) -> HttpResponse:
    """All organisations, or those of a name."""
    typed, kind, after = (request.GET.get(name, "") for name in ("q", "kind", "after"))
    typed = typed.strip()[:200]
    found = reading.search(typed, kind) if typed else reading.directory(kind, after)
    context = {
        "found": found,
        "typed": typed,
        "kind": kind if kind in Organization.Kind.values else "",
        "kinds": Organization.Kind.choices,
        "first": not after,
        "followed": reading.followed(request.viewer, found.rows),
        "mine": reading.worked_on(request.viewer.me) if request.viewer and not typed and not after else [],
    }
    return respond(request, DIRECTORY, "stretch" if after else "main", context)


@require_safe
@limit("organizations.read", LIMIT, reads=True)
@of_organization
def about(request: Request, organization: Organization) -> HttpResponse:
    """What an organisation says of itself; for everybody."""
    around = frame(request.viewer, organization, "about")
    address = canonical(request, organization.path)
    context = {
        "organization": organization,
        "frame": around,
        "about": render(organization.about).html,
        "canonical": address,
        "recruiters": reading.recruiters(request.viewer, organization),
    }
    if not request.viewer:
        context["structured"] = script(_data(request, around, address), getattr(request, "csp_nonce", ""))
    opened(request, organization, around.parts)
    return respond(request, ABOUT, "main", context)


def _data(request: Request, around: Frame, address: str) -> dict[str, Any]:
    """The organisation for programs: schema.org, of what stands on the page alone."""
    row = around.organization
    kind = {"school": "EducationalOrganization", "government": "GovernmentOrganization", "nonprofit": "NGO"}
    said = {
        "@context": "https://schema.org",
        "@type": kind.get(row.kind, "Organization"),
        "@id": f"{address}#organization",
        "name": row.name,
        "url": row.website or address,
        "mainEntityOfPage": address,
        "description": row.about,
        "logo": canonical(request, row.photo_url.replace("-192.", "-512.")) if row.photo else "",
        "foundingDate": str(row.founded) if row.founded else "",
        "location": [{"@type": "Place", "name": place} for place in (row.place, *row.places) if place],
    }
    return {name: value for name, value in said.items() if value}
