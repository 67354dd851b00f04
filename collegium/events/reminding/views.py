"""Saying when one wishes to be reminded."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collegium.audience.door import Request, signed_in
from collegium.events.models import Ahead
from collegium.events.reminding import wishes
from collegium.events.views.common import page, visible
from collegium.feed.views.common import number
from collegium.lib.limits import limit
from collegium.ui.respond import done, tell

CALENDAR = "/events/calendar/#reminders"
UNKNOWN = 422


@require_POST
@signed_in
@limit("events.remind", rate="120/h")
def usual(request: Request) -> HttpResponse:
    """For everything she says nothing else about."""
    ahead = request.POST.get("ahead", "")
    if ahead not in Ahead.values:
        return HttpResponse(status=UNKNOWN)
    wishes.wish(ahead, by=request.viewer.me)
    return done(request, _("Kept."), CALENDAR)


@require_POST
@signed_in
@limit("events.remind", rate="120/h")
def of_event(request: Request, pk: int) -> HttpResponse:
    """For one event."""
    event = visible(request, pk)
    ahead = request.POST.get("ahead", "")
    if ahead and ahead not in Ahead.values:
        return HttpResponse(status=UNKNOWN)
    wishes.wish(ahead, by=request.viewer.me, event=event)
    tell(request, _("Kept."))
    on = number(request.POST.get("on", ""))
    if request.htmx:
        return page(request, event, on, "answer")
    return HttpResponseRedirect(f"{event.path}?on={on}" if on else event.path)
