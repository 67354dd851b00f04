"""What the pages of events share."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from collegium.audience.door import Request
from collegium.audience.viewer import stand_in
from collegium.events import rules
from collegium.events.models import Attendance, Event, Occurrence
from collegium.events.reading.page import show
from collegium.feed.forms import CommentForm
from collegium.feed.threads import thread
from collegium.feed.views.common import number
from collegium.feed.views.posts import around
from collegium.lib.refusal import require
from collegium.lib.statement import Statement
from collegium.ui.respond import respond

WRONG, TAKEN = 422, 409
EVENT = Statement(
    lambda slot: Event.objects.visible_to(stand_in(slot.int("me"))).with_hosts().filter(pk=slot.int("pk"))
)
PAGE = "events/event.html"


def visible(request: Request, pk: int) -> Event:
    """The event, when this viewer sees it.

    Raises:
        Http404: she does not, or there is none.
    """
    if pk >= 1 << 63:
        raise Http404
    if not request.viewer:
        return get_object_or_404(Event.objects.visible_to(request.viewer).with_hosts(), pk=pk)
    found = EVENT.first(me=request.viewer.id, pk=pk)
    if found is None:
        raise Http404
    return found


def hosted(request: Request, pk: int) -> Event:
    """The event, when the viewer hosts it; whoever may only see it is told so."""
    event = visible(request, pk)
    require(rules.may_host(request.viewer.member, event))
    return event


def time_of(event: Event, pk: int) -> Occurrence:
    """One of its times.

    Raises:
        Http404: it has no such time.
    """
    if pk >= 1 << 63:
        raise Http404
    found = get_object_or_404(Occurrence, pk=pk, event=event)
    found.event = event
    return found


def answer_of(event: Event, pk: int) -> Attendance:
    """One of the answers to it.

    Raises:
        Http404: there is none such.
    """
    if pk >= 1 << 63:
        raise Http404
    rows = Attendance.objects.select_related("member", "occurrence")
    return get_object_or_404(rows, pk=pk, occurrence__event=event)


def page(
    request: Request, event: Event, occurrence: int = 0, block: str = "main", status: int = 200, **more: Any
) -> HttpResponse:
    """The page of the event, or a piece of it as it is now."""
    shown = show(request.viewer, event, occurrence or number(request.GET.get("on", "")))
    context: dict[str, Any] = {"shown": shown, "event": event} | more
    if block == "main":
        reply = number(request.GET.get("reply", ""))
        said = thread(
            request.viewer, event.post, after=request.GET.get("after", ""), order=request.GET.get("order", "")
        )
        context |= around(request, event.post, bare=True)
        context |= {"thread": said, "comment_form": CommentForm(), "reply_to": said.find(reply)}
    else:
        context |= {"post": event.post}
    return respond(request, PAGE, block, context, status=status)


def back(request: Request, occurrence: Occurrence) -> HttpResponse:
    """After a small change: the box with one's answer for htmx, the page for others."""
    event = visible(request, occurrence.event_id)
    if request.htmx:
        return page(request, event, occurrence.pk, "answer")
    return redirect(occurrence.path)
