"""Reading: the page of an opening, those of an organisation, what one hires for."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.gazetteer import countries
from collegium.lib.limits import limit
from collegium.openings import reading, rules, trust
from collegium.openings.models import Opening
from collegium.openings.out.structured import structured
from collegium.openings.views.common import key
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages.framing import canonical, frame
from collegium.ui.respond import respond

MOST_OFFERED = 8


@require_safe
@limit("openings.read", "1200/10m", reads=True)
def opening(request: Request, pk: int) -> HttpResponse:
    """One opening; what stood and is over says so, and leads on."""
    viewer = request.viewer
    found = Opening.objects.visible_to(viewer).with_faces().filter(pk=key(pk)).first()
    if found is None:
        return _gone(request, pk)
    shown = reading.show(viewer, found)
    context = {
        "shown": shown,
        "opening": found,
        "signals": trust.signals(found, viewer),
        "structured": structured(request, found),
        "mine": shown.part is not None,
        "address": canonical(request, found.path),
    }
    return respond(request, "openings/opening.html", "main", context)


def _gone(request: Request, pk: int) -> HttpResponse:
    """It stood once and reached these eyes: it is over, which is no secret. Anything else is not there.

    Raises:
        Http404: it is unknown to this viewer.
    """
    row = Opening.objects.once_visible_to(request.viewer).with_faces().filter(pk=key(pk)).first()
    if row is None:
        raise Http404
    return respond(request, "openings/gone.html", "main", {"opening": row}, status=HTTPStatus.GONE)


@require_safe
@limit("openings.read", "1200/10m", reads=True)
@of_organization
def of_place(request: Request, organization: Organization) -> HttpResponse:
    """What stands at one organisation, page or plain record."""
    context = reading.of_organization(request.viewer, organization, request.GET.get("before", "")[:40])
    context |= {
        "organization": organization,
        "frame": frame(request.viewer, organization, "jobs"),
        "may_post": rules.may_post_for(request.viewer.member, organization),
    }
    return respond(request, "openings/of_place.html", "stretch", context)


@require_safe
@signed_in
@limit("openings.read", "1200/10m", reads=True)
def mine(request: Request) -> HttpResponse:
    """What one hires for."""
    context = reading.mine(request.viewer, request.GET.get("before", "")[:40])
    context |= {"first": "before" not in request.GET, "places": reading.places_of(request.viewer.me)}
    return respond(request, "openings/mine.html", "stretch", context)


@require_safe
@limit("openings.ahead", "900/10m", reads=True)
def named_countries(request: Request) -> HttpResponse:
    """Countries whose name begins so, for the field that takes several."""
    typed = countries.plain(request.GET.get("q", "")[:60].strip())
    named = [name for _code, name in countries.countries() if typed and countries.plain(name).startswith(typed)]
    return respond(request, "openings/countries.html", "options", {"found": named[:MOST_OFFERED]})
