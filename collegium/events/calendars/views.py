"""The calendars: one's own, a group's, a page's."""

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.events import rules
from collegium.events.calendars import reading
from collegium.events.models import Ahead, CalendarFeed
from collegium.events.reminding.wishes import default_of
from collegium.groups.models import Visibility
from collegium.groups.reading import directory as groups
from collegium.groups.seating import place_of
from collegium.lib.limits import limit
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages.framing import frame
from collegium.ui.respond import respond


@require_safe
@signed_in
@limit("events.calendar", rate="1200/h", reads=True)
def mine(request: Request) -> HttpResponse:
    """One's own, with the feed for other programs and when one is reminded."""
    me = request.viewer.me
    shown = reading.show(request.viewer, reading.own(request.viewer), request.GET, "/events/calendar/")
    feed = CalendarFeed.objects.filter(member=me).first()
    context = {"shown": shown, "feed": feed, "ahead": default_of(me), "choices": Ahead.choices}
    if feed is not None:
        address = _absolute(request, f"/events/feed/{feed.secret}.ics")
        context |= {"address": address, "webcal": "webcal" + address.removeprefix("https").removeprefix("http")}
    response = respond(request, "events/calendar.html", "month", context)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


@require_safe
@limit("events.calendar", rate="1200/h", reads=True)
def of_group(request: Request, handle: str) -> HttpResponse:
    """A group's; whoever does not read there is led to what the group is about."""
    group = groups.one(request.viewer, handle) if "\0" not in handle else None
    if group is None:
        raise Http404
    seat = place_of(request.viewer, group)
    if not seat.reads:
        return HttpResponseRedirect(f"{group.path}about/")
    wanted = Q(event__post__group=group)
    context = {
        "group": group,
        "seat": seat,
        "shown": reading.show(request.viewer, wanted, request.GET, f"{group.path}events/"),
        "may_make": seat.seat is not None and rules.may_make_in(request.viewer.me, group),
        "address": _absolute(request, f"{group.path}events.ics") if group.visibility == Visibility.PUBLIC else "",
    }
    return respond(request, "events/of_group.html", "month", context)


@require_safe
@limit("events.calendar", rate="1200/h", reads=True)
@of_organization
def of_page(request: Request, organization: Organization) -> HttpResponse:
    """A page's.

    Raises:
        Http404: the record has no page.
    """
    if not organization.is_page:
        raise Http404
    member = request.viewer.member
    wanted = Q(event__post__page=organization)
    context = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "events"),
        "shown": reading.show(request.viewer, wanted, request.GET, f"{organization.path}events/"),
        "may_make": member is not None and rules.may_make_for(member, organization),
        "address": _absolute(request, f"{organization.path}events.ics"),
    }
    return respond(request, "events/of_page.html", "month", context)


def _absolute(request: Request, path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
