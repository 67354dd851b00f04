"""The ticket of whoever comes, and the door for those who keep it."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience import people
from collegium.audience.door import Request, signed_in
from collegium.events import rules as events
from collegium.events.door import actions, codes, reading, rules
from collegium.events.forms.answers import HostForm
from collegium.events.ical.views import place_of
from collegium.events.models import Attendance, Event, Helper, Occurrence, State
from collegium.events.models.attendances import CODE_LENGTH
from collegium.events.reading import times
from collegium.events.views.common import WRONG, answer_of, time_of, visible
from collegium.feed.views.common import number
from collegium.lib import clock
from collegium.lib.cells import table
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.ui.respond import done, respond, tell


@require_safe
@signed_in
@limit("events.ticket", rate="1200/h", reads=True)
def ticket(request: Request, code: str) -> HttpResponse:
    """What a code leads to: for whoever it belongs to her ticket, for those at the door who she is.

    Raises:
        Http404: for everybody else, and where there is no such code.
    """
    row = _by_code(code)
    event = row.occurrence.event
    me = request.viewer.me
    mine = row.member_id == me.pk
    keeping = rules.may_keep_door(me, event)
    if not _opens(request, row, keeping=keeping):
        raise Http404
    context = _about(request, row) | {"mine": mine, "keeping": keeping}
    if mine and row.state == State.GOING:
        context |= {"picture": codes.picture(f"{place_of(request).root}{_path(row)}"), "spoken": codes.spoken(row.code)}
    response = respond(request, "events/ticket.html", "ticket", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in
@limit("events.ticket", rate="1200/h", reads=True)
def own(request: Request, pk: int) -> HttpResponse:
    """To one's own ticket, for a link that does not hold its code."""
    event = visible(request, pk)
    rows = Attendance.objects.going().filter(member=request.viewer.id, occurrence__event=event)
    on = number(request.GET.get("on", ""))
    row = get_object_or_404(rows, occurrence=on) if on else rows.order_by("-occurrence__starts_at").first()
    if row is None:
        raise Http404
    return HttpResponseRedirect(_path(row))


@require_safe
@signed_in
@limit("events.door", rate="3600/h", reads=True)
def door(request: Request, pk: int, on: int) -> HttpResponse:
    """Everybody who is expected."""
    event, occurrence = _kept(request, pk, on)
    return _list(request, event, occurrence)


@require_POST
@signed_in
@limit("events.let_in", rate="3600/h")
def entry(request: Request, pk: int, on: int, answer: int) -> HttpResponse:
    """Let somebody in."""
    event, occurrence = _kept(request, pk, on)
    row = _present(request, event, occurrence, answer)
    try:
        row, fresh = actions.let_in(row, by=request.viewer.me)
    except Conflict as refusal:
        tell(request, refusal.reason, tone="danger")
        return _back(request, event, occurrence, row)
    if fresh:
        tell(request, _("%(name)s is in.") % {"name": row.member.name}, undo=f"{_door(occurrence)}{row.pk}/entry/undo/")
    else:
        tell(request, _already(row), tone="warn")
    return _back(request, event, occurrence, row)


@require_POST
@signed_in
@limit("events.let_in", rate="3600/h")
def entry_undo(request: Request, pk: int, on: int, answer: int) -> HttpResponse:
    """It was a mistake."""
    event, occurrence = _kept(request, pk, on)
    row = actions.let_out(_present(request, event, occurrence, answer), by=request.viewer.me)
    tell(request, _("%(name)s is not in.") % {"name": row.member.name})
    return _back(request, event, occurrence, row)


@require_safe
@signed_in
@limit("events.door_file", rate="60/h", reads=True)
def file(request: Request, pk: int, on: int) -> HttpResponse:
    """The list as a table file, for the hosts, of those who let themselves be named."""
    event, occurrence = _kept(request, pk, on)
    require(events.may_host(request.viewer.me, event), _("Only the hosts take the list along."))
    heads, lines = reading.file(request.viewer, occurrence, place_of(request).root)
    response = HttpResponse(table(heads, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="event-{event.pk}-{occurrence.number}.csv"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.helpers", rate="120/h")
def helpers(request: Request, pk: int) -> HttpResponse:
    """Who helps at the door; a host asks others."""
    event = visible(request, pk)
    require(events.may_host(request.viewer.me, event))
    form = HostForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and (named := _ask(request, event, form)):
            return done(request, _("%(name)s helps at the door now.") % {"name": named.name}, f"{event.path}helpers/")
        status = WRONG
    rows = Helper.objects.filter(event=event, member__in=people.present_to(request.viewer)).select_related("member")
    context = {"event": event, "form": form, "rows": list(rows.order_by("member__sort_name"))}
    return respond(request, "events/helpers.html", "sheet", context, status=status)


@require_POST
@signed_in
@limit("events.helpers", rate="120/h")
def helper_removal(request: Request, pk: int, handle: str) -> HttpResponse:
    """Take somebody off, or lay it down."""
    event = visible(request, pk)
    rows = Helper.objects.filter(event=event).values("member")
    member = get_object_or_404(Member, handle=handle.replace("\0", ""), pk__in=rows)
    actions.help_no_more(event, member, by=request.viewer.me)
    if member.pk == request.viewer.id:
        return done(request, _("You do not help at the door any more."), event.path)
    words = _("%(name)s does not help at the door any more.") % {"name": member.name}
    return done(request, words, f"{event.path}helpers/")


def _by_code(code: str) -> Attendance:
    if len(code) > CODE_LENGTH or "\0" in code:
        raise Http404
    related = ("member", "checked_in_by", "occurrence__event__post__group", "occurrence__event__post__page")
    rows = Attendance.objects.select_related(*related, "occurrence__event__post__author")
    return get_object_or_404(rows, code=code)


def _kept(request: Request, pk: int, on: int) -> tuple[Event, Occurrence]:
    """An event and one of its times, for those who keep its door; whoever may only see it is told so."""
    event = visible(request, pk)
    require(rules.may_keep_door(request.viewer.me, event), _("Only the hosts and those who help them keep the door."))
    return event, time_of(event, on)


def _present(request: Request, event: Event, occurrence: Occurrence, answer: int) -> Attendance:
    row = answer_of(event, answer)
    if row.occurrence_id != occurrence.pk or not _is_present(request, row.member):
        raise Http404
    return row


def _is_present(request: Request, member: Member) -> bool:
    """Whether no block parts the two, and she is in good standing."""
    return people.present_to(request.viewer).filter(pk=member.pk).exists()


def _opens(request: Request, row: Attendance, *, keeping: bool) -> bool:
    """Whether this viewer sees the ticket: her own as long as she sees the event, others' at the door."""
    if row.member_id == request.viewer.id:
        return events.may_answer(request.viewer.me, row.occurrence.event)
    return keeping and _is_present(request, row.member)


def _about(request: Request, row: Attendance) -> dict[str, Any]:
    occurrence = row.occurrence
    event = occurrence.event
    there = times.by_clock(occurrence.starts_at, occurrence.ends_at, event.zone)
    mine = times.for_reader(there, times.zone_of(request.viewer.id)) if row.member_id == request.viewer.id else None
    return {
        "row": row,
        "event": event,
        "occurrence": occurrence,
        "when": there,
        "here": mine,
        "door": _door(occurrence),
        "path": _path(row),
        "already": _already(row) if row.checked_in_at else "",
        "off": event.cancelled_at is not None or occurrence.cancelled_at is not None,
        "today": clock.now().astimezone(event.tz).date(),
    }


def _list(request: Request, event: Event, occurrence: Occurrence, status: int = 200) -> HttpResponse:
    asked = request.GET if request.method in ("GET", "HEAD") else request.POST
    words, only = asked.get("q", "").replace("\0", ""), asked.get("only", "")
    found = reading.door(request.viewer, occurrence, words=words, only=only)
    context = {
        "event": event,
        "occurrence": occurrence,
        "when": times.by_clock(occurrence.starts_at, occurrence.ends_at, event.zone),
        "found": found,
        "door": _door(occurrence),
        "hosting": events.may_host(request.viewer.me, event),
        "off": event.cancelled_at is not None or occurrence.cancelled_at is not None,
    }
    return respond(request, "events/door.html", "list", context, status=status)


def _back(request: Request, event: Event, occurrence: Occurrence, row: Attendance) -> HttpResponse:
    """The list for htmx; otherwise where it was done: the page of the ticket, or the list as it was looked through."""
    if request.POST.get("back") == "ticket":
        return HttpResponseRedirect(_path(row))
    if request.htmx:
        return _list(request, event, occurrence)
    kept = {name: value for name in ("q", "only") if (value := request.POST.get(name, "")[: reading.WORDS_LIMIT])}
    return HttpResponseRedirect(_door(occurrence) + (f"?{urlencode(kept)}" if kept else ""))


def _ask(request: Request, event: Event, form: HostForm) -> Member | None:
    handle = form.cleaned_data["handle"].strip().lstrip("@").lower()
    member = people.visible_to(request.viewer).filter(handle=handle).first()
    if member is None or not rules.may_help(request.viewer.me, member, event):
        form.add_error("handle", _("Nobody of this name is connected with you or comes, and sees the event."))
        return None
    actions.ask_to_help(event, member, by=request.viewer.me)
    return member


def _already(row: Attendance) -> str:
    """Since when she is in, and who let her in."""
    at = row.checked_in_at
    if at is None:
        return ""
    known = {"name": row.member.name, "time": f"{at.astimezone(row.occurrence.event.tz):%H:%M}"}
    if row.checked_in_by is None:
        return _("%(name)s is in since %(time)s.") % known
    return _("%(name)s is in since %(time)s, let in by %(by)s.") % (known | {"by": row.checked_in_by.name})


def _door(occurrence: Occurrence) -> str:
    return f"/events/{occurrence.event_id}/door/{occurrence.pk}/"


def _path(row: Attendance) -> str:
    return f"/events/door/{row.code}/"
