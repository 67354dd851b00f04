"""Calendar files and feeds. Programs read a feed: nobody is signed in there, the secret alone says whose it is."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from icalendar import Event as Part

from collegium.audience.door import Request, signed_in
from collegium.audience.viewer import NOBODY
from collegium.events.ical import actions, making, reading
from collegium.events.ical.making import Place
from collegium.events.models import CalendarFeed
from collegium.events.models.feeds import SECRET_LENGTH
from collegium.events.views.common import time_of, visible
from collegium.feed.views.common import number
from collegium.groups.models import Group, Visibility
from collegium.groups.reading import directory as groups
from collegium.lib.limits import by_address, charge, limit
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.ui.respond import done

CALENDAR = "/events/calendar/"
# A program asks about once an hour. Guessing a secret is hopeless anyway; this keeps it cheap.
A_PROGRAM, AN_ADDRESS = "60/h", "3000/h"


@require_safe
@never_cache
@limit("events.file", AN_ADDRESS, reads=True)
def file(request: Request, pk: int) -> HttpResponse:
    """An event, or one of its times, for one's own calendar."""
    event = visible(request, pk)
    key = number(request.GET.get("on", ""))
    on = time_of(event, key) if key else None
    parts = reading.file(request.viewer, event, on, place_of(request))
    return answer(parts, event.title, filename=f"event-{event.pk}.ics")


@require_safe
@never_cache
@limit("events.feed", AN_ADDRESS, by=by_address, reads=True)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What the member comes to whose secret this is, as long as she is in good standing.

    Raises:
        Http404: it is nobody's, or was taken back, or its owner is out of standing.
    """
    if len(secret) > SECRET_LENGTH or "\0" in secret:
        raise Http404
    row = CalendarFeed.objects.select_related("member").filter(secret=secret).first()
    if row is None or not row.member.is_active:
        raise Http404
    charge("events.feed", f"f:{row.member_id}", A_PROGRAM)
    name = _("Events of %(name)s") % {"name": row.member.name}
    return answer(reading.own(row, place_of(request)), name)


@require_safe
@never_cache
@limit("events.feed", AN_ADDRESS, by=by_address, reads=True)
def of_group(request: HttpRequest, handle: str) -> HttpResponse:
    """The events of a public group, the same for everybody.

    Raises:
        Http404: there is no such group in the eyes of somebody signed out.
    """
    group = _open_group(handle)
    if group is None:
        raise Http404
    return answer(reading.public(place_of(request), group=group), group.name)


@require_safe
@never_cache
@limit("events.feed", AN_ADDRESS, by=by_address, reads=True)
@of_organization
def of_page(request: HttpRequest, organization: Organization) -> HttpResponse:
    """The events of a page, the same for everybody.

    Raises:
        Http404: the record has no page.
    """
    if not organization.is_page:
        raise Http404
    return answer(reading.public(place_of(request), page=organization), organization.name)


@require_POST
@signed_in
@limit("events.own_feed", rate="30/h")
def make(request: Request) -> HttpResponse:
    """Have a feed, or another secret for it."""
    actions.make_feed(request.viewer.me)
    return done(request, _("Your feed has a new address. An old one ends here."), f"{CALENDAR}#feed")


@require_POST
@signed_in
@limit("events.own_feed", rate="30/h")
def end(request: Request) -> HttpResponse:
    """Have none any more."""
    actions.end_feed(request.viewer.me)
    return done(request, _("The feed has ended. Programs that read it find nothing any more."), f"{CALENDAR}#feed")


@require_POST
@signed_in
@limit("events.own_feed", rate="30/h")
def wider(request: Request) -> HttpResponse:
    """Say what stands in it."""
    actions.widen(request.viewer.me, wider=bool(request.POST.get("wider")))
    return done(request, _("Kept. Your calendar program shows it when it looks again."), f"{CALENDAR}#feed")


def answer(parts: list[Part], name: str, *, filename: str = "events.ics") -> HttpResponse:
    """A calendar that nobody keeps on its way."""
    response = HttpResponse(making.calendar(parts, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _open_group(handle: str) -> Group | None:
    """The group, where anybody on the internet reads in it."""
    group = groups.one(NOBODY, handle) if "\0" not in handle else None
    return group if group is not None and group.visibility == Visibility.PUBLIC else None


def place_of(request: HttpRequest) -> Place:
    """Where this community is, as others on the internet write it."""
    root = (settings.PUBLIC_URL or request.build_absolute_uri("/")).rstrip("/")
    return Place(root, urlsplit(root).hostname or "collegium")
