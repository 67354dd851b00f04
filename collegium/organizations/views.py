"""The page of an organisation, and what the field for one offers while one types."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.text import render
from collegium.organizations.domains import domain_of
from collegium.organizations.models import Organization
from collegium.organizations.suggesting import suggest
from collegium.ui.respond import respond


@require_safe
@limit("organizations.read", "600/10m", reads=True)
def organization(request: Request, handle: str) -> HttpResponse:
    """The record of one organisation, for everybody; who works there is another room's page."""
    shown = get_object_or_404(Organization, handle=handle)
    context = {
        "organization": shown,
        "about": render(shown.about).html,
        "address": domain_of(shown.website) or shown.website.partition("://")[2].rstrip("/"),
        "canonical": _absolute(request, shown.path),
    }
    return respond(request, "organizations/organization.html", "main", context)


@require_safe
@signed_in
@limit("organizations.ahead", "900/10m", reads=True)
def options(request: Request) -> HttpResponse:
    """The records somebody may mean, as rows of a listbox and options of a `<datalist>`."""
    found = suggest(request.GET.get("q", ""))
    return respond(request, "organizations/options.html", "options", {"found": found})


def _absolute(request: Request, path: str) -> str:
    """The address as others on the internet write it."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
