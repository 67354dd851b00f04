"""Reading: the page of an event, its times, who comes, its picture, and who was there."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from collegium.audience.door import Request, signed_in
from collegium.events import rules
from collegium.events.after import there
from collegium.events.models import Attendance, Event, Occurrence, State
from collegium.events.models.events import WIDTHS
from collegium.events.reading import people, times
from collegium.events.reading.page import chosen, show
from collegium.events.views.common import page, visible
from collegium.feed.views.common import number
from collegium.graph.degrees import standings
from collegium.lib import clock, cursor
from collegium.lib.refusal import require
from collegium.media.serving import send
from collegium.media.storage import name_of
from collegium.ui.respond import respond

PIECES = ("answer", "coming")
DATES = 50


@require_GET
def event(request: Request, pk: int) -> HttpResponse:
    """The event at one of its times, with its wall."""
    row = visible(request, pk)
    part = request.GET.get("part", "")
    response = page(request, row, block=part if part in PIECES and request.htmx else "main")
    response["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response


@require_GET
def dates(request: Request, pk: int) -> HttpResponse:
    """Every time that is to come."""
    row = visible(request, pk)
    after = request.GET.get("after", "")
    rows = Occurrence.objects.filter(event=row).to_come()
    if after:
        rows = rows.filter(number__gt=cursor.unpack(after, 1)[0])
    found = list(rows.order_by("number")[: DATES + 1])
    for each in found:
        each.event = row
    mine: dict[int, str] = {}
    if request.viewer:
        answers = Attendance.objects.filter(member=request.viewer.id, occurrence__in=found)
        mine = dict(answers.values_list("occurrence_id", "state"))
    context = {
        "event": row,
        "dates": [
            (each, times.by_clock(each.starts_at, each.ends_at, row.zone), mine.get(each.pk)) for each in found[:DATES]
        ],
        "more": cursor.pack(found[DATES - 1].number) if len(found) > DATES else "",
        "hosting": rules.may_host(request.viewer.member, row),
        "repeats": times.rule_in_words(row.rule),
        "states": dict(State.choices),
    }
    return respond(request, "events/dates.html", "stretch", context)


@require_GET
@signed_in
def attendees(request: Request, pk: int) -> HttpResponse:
    """Who comes, to whoever may read it; to the hosts who asks and waits, and what they answered, too."""
    row = visible(request, pk)
    occurrence = chosen(row, number(request.GET.get("on", "")))
    if occurrence is None:
        raise Http404
    hosting = rules.may_host(request.viewer.me, row)
    shown = show(request.viewer, row, occurrence.pk)
    require(people.may_list(row, shown.mine, hosting=hosting), _("Only those who come read who comes."))
    listed = people.listing(request.viewer, occurrence, request.GET.get("after", ""), hosting=hosting)
    context = {"event": row, "shown": shown, "hosting": hosting} | listed
    context["near"] = standings(request.viewer.me, [each.member_id for each in listed["rows"]])
    if hosting:
        context["asking"] = people.in_line(request.viewer, occurrence, State.ASKED)
        context["waiting"] = people.in_line(request.viewer, occurrence, State.WAITING)
        context["refused"] = people.in_line(request.viewer, occurrence, State.REFUSED)
    return respond(request, "events/people.html", "stretch" if request.GET.get("after") else "main", context)


@require_GET
@signed_in
def met(request: Request, pk: int) -> HttpResponse:
    """Who was there, for those who were."""
    row = visible(request, pk)
    occurrence = _last(row, number(request.GET.get("on", "")))
    hosting = rules.may_host(request.viewer.me, row)
    if occurrence is None or not occurrence.has_begun:
        raise Http404
    require(there.may_look(request.viewer, occurrence, hosting=hosting), _("Only those who were there read who was."))
    found = there.others(request.viewer, occurrence, request.GET.get("after", ""))
    context = {
        "event": row,
        "occurrence": occurrence,
        "when": times.by_clock(occurrence.starts_at, occurrence.ends_at, row.zone),
        "near": standings(request.viewer.me, [each.member_id for each in found["rows"]]),
        "mine": there.was_there(request.viewer, occurrence),
    }
    return respond(request, "events/met.html", "stretch" if request.GET.get("after") else "main", context | found)


@require_safe
def cover(request: Request, pk: str, key: str, width: str) -> HttpResponse:
    """One size of its picture, for those who see the event now; the browser asks again each time.

    Raises:
        Http404: for everybody else, whatever their browser has kept.
    """
    number_, size = int(pk), int(width)
    if number_ >= 1 << 63 or size not in WIDTHS:
        raise Http404
    if not Event.objects.visible_to(request.viewer).filter(pk=number_, cover=key).exists():
        raise Http404
    called = f"event-{size}.webp"
    return send(request, name_of(key, size), content_type="image/webp", tag=f"{key[:32]}-{size}", filename=called)


def _last(event: Event, key: int) -> Occurrence | None:
    """The time that was asked for, else the last that began."""
    if key:
        return chosen(event, key)
    rows = Occurrence.objects.filter(event=event, starts_at__lte=clock.now(), cancelled_at=None)
    found = rows.order_by("-starts_at").first()
    if found is not None:
        found.event = event
    return found
