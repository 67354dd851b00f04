"""What hosts do with an event: change it, move or cancel times, cancel it, give it a picture, ask for help."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience import people
from collegium.audience.door import Request, signed_in
from collegium.events import rules
from collegium.events.actions import changing, covers, hosting
from collegium.events.forms.answers import HostForm
from collegium.events.forms.details import ACCEPTED, CoverForm, DetailsForm, WordsForm, values_of
from collegium.events.forms.hours import HoursForm, MomentForm
from collegium.events.forms.hours import values_of as hours_of
from collegium.events.models import Cohost, Event, Occurrence
from collegium.events.reading import times
from collegium.events.reading.page import chosen
from collegium.events.views.common import TAKEN, WRONG, hosted, time_of, visible
from collegium.feed.views.common import number
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.media.decode import MOST_BYTES, UnusableImage, process_image
from collegium.members.models import Member
from collegium.notifications.hours import offered
from collegium.ui.respond import done, respond


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.change", rate="120/h")
def edit(request: Request, pk: int) -> HttpResponse:
    """Say something else of it."""
    event = hosted(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, initial=values_of(event) if sent is None else None)
    context: dict[str, Any] = {"event": event, "details": form, "accepted": ACCEPTED}
    if sent is None:
        return respond(request, "events/edit.html", "main", context)
    if not form.is_valid():
        return respond(request, "events/edit.html", "main", context, status=WRONG)
    try:
        changing.edit(event, form.details, by=request.viewer.me)
    except Conflict as refusal:
        form.add_error(None, refusal.reason)
        return respond(request, "events/edit.html", "main", context, status=TAKEN)
    return done(request, _("Changed."), event.path)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.change", rate="120/h")
def hours(request: Request, pk: int) -> HttpResponse:
    """Other hours: of everything that is to come, or of one time and all later ones."""
    event = hosted(request, pk)
    since = time_of(event, key) if (key := number(request.GET.get("from", ""))) else None
    sent = request.POST if request.method == "POST" else None
    form = HoursForm(sent, initial=_hours_now(event, since) if sent is None else None)
    context = {"event": event, "hours": form, "since": _when(since), "from": key, "zones": offered()}
    if sent is None:
        return respond(request, "events/hours.html", "main", context)
    if not form.is_valid():
        return respond(request, "events/hours.html", "main", context, status=WRONG)
    try:
        changing.rearrange(event, form.pattern, by=request.viewer.me, since=since)
    except Conflict as refusal:
        form.add_error(None, refusal.reason)
        return respond(request, "events/hours.html", "main", context, status=TAKEN)
    return done(request, _("Changed. Those who answered are told."), event.path)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.change", rate="120/h")
def one(request: Request, pk: int, on: int) -> HttpResponse:
    """One time by itself: move it."""
    event = hosted(request, pk)
    occurrence = time_of(event, on)
    when = times.by_clock(occurrence.starts_at, occurrence.ends_at, event.zone)
    sent = request.POST if request.method == "POST" else None
    initial = hours_of(when.starts.replace(tzinfo=None), when.ends.replace(tzinfo=None), event.zone)
    form = MomentForm(sent, initial=initial if sent is None else None)
    context = {"event": event, "occurrence": occurrence, "when": when, "moment": form, "zones": offered()}
    if sent is None:
        return respond(request, "events/one.html", "sheet", context)
    if not form.is_valid():
        return respond(request, "events/one.html", "sheet", context, status=WRONG)
    changing.move(occurrence, *form.instants, by=request.viewer.me)
    return done(request, _("Moved. Those who answered are told."), occurrence.path)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.change", rate="120/h")
def cancel_one(request: Request, pk: int, on: int) -> HttpResponse:
    """Let one time, or it and all later ones, not happen."""
    event = hosted(request, pk)
    occurrence = time_of(event, on)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        context = {"event": event, "occurrence": occurrence, "when": _when(occurrence), "form": form}
        status = WRONG if request.method == "POST" else 200
        return respond(request, "events/cancel_one.html", "sheet", context, status=status)
    words, me = form.cleaned_data["words"], request.viewer.me
    if request.POST.get("later"):
        changing.end_before(occurrence, words, by=me)
        return done(request, _("This date and all later ones are cancelled. Those who answered are told."), event.path)
    changing.cancel_one(occurrence, words, by=me)
    return done(request, _("This date is cancelled. Those who answered are told."), occurrence.path)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.change", rate="120/h")
def cancel(request: Request, pk: int) -> HttpResponse:
    """Cancel it altogether, with words."""
    event = hosted(request, pk)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        status = WRONG if request.method == "POST" else 200
        return respond(request, "events/cancel.html", "sheet", {"event": event, "form": form}, status=status)
    changing.cancel(event, form.cleaned_data["words"], by=request.viewer.me)
    words = _("It is cancelled. Those who answered are told.")
    return done(request, words, event.path, undo=f"{event.path}cancellation/undo/")


@require_POST
@signed_in
@limit("events.change", rate="120/h")
def uncancel(request: Request, pk: int) -> HttpResponse:
    """Let it happen after all."""
    event = hosted(request, pk)
    changing.uncancel(event, by=request.viewer.me)
    return done(request, _("It happens after all. Those who answered are told."), event.path)


@require_POST
@signed_in
@limit("events.cover", rate="120/h")
def cover(request: Request, pk: int) -> HttpResponse:
    """Give it a picture, or describe the one it has."""
    event = hosted(request, pk)
    form = CoverForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, event, " ".join(str(each) for words in form.errors.values() for each in words))
    given, alt = form.cleaned_data["picture"], form.cleaned_data["alt"]
    if not isinstance(given, UploadedFile) and not event.cover:
        return _refused(request, event, _("Please choose a picture first."))
    if not isinstance(given, UploadedFile):
        covers.describe(event, alt, by=request.viewer.me)
        return done(request, _("The description is kept."), f"{event.path}edit/#cover")
    try:
        images = process_image(given.read(MOST_BYTES + 1), None, "posted")
    except UnusableImage as unusable:
        return _refused(request, event, str(unusable))
    covers.put(event, images, alt, by=request.viewer.me)
    return done(request, _("The picture is in its place."), event.path)


@require_POST
@signed_in
@limit("events.cover", rate="120/h")
def cover_removal(request: Request, pk: int) -> HttpResponse:
    """Take the picture off."""
    event = hosted(request, pk)
    covers.drop(event, by=request.viewer.me)
    return done(request, _("The picture is gone."), f"{event.path}edit/#cover")


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.host", rate="60/h")
def hosts(request: Request, pk: int) -> HttpResponse:
    """Who hosts it too; whose event it is asks others."""
    event = hosted(request, pk)
    owning = rules.owns(request.viewer.me, event)
    form = HostForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        require(owning)
        if form.is_valid() and _ask(request, event, form):
            return done(request, _("Asked. You hear when they have accepted."), f"{event.path}hosts/")
        status = WRONG
    rows = Cohost.objects.filter(event=event, member__in=people.present_to(request.viewer)).select_related("member")
    context = {"event": event, "form": form, "owning": owning, "rows": list(rows.order_by("member__sort_name"))}
    return respond(request, "events/hosts.html", "sheet", context, status=status)


@require_POST
@signed_in
@limit("events.host", rate="60/h")
def host(request: Request, pk: int) -> HttpResponse:
    """Accept hosting it."""
    event = visible(request, pk)
    hosting.accept(event, by=request.viewer.me)
    return done(request, _("You host this event now."), event.path)


@require_POST
@signed_in
@limit("events.host", rate="60/h")
def host_removal(request: Request, pk: int, handle: str) -> HttpResponse:
    """Lay it down, or take somebody off."""
    event = visible(request, pk)
    member = get_object_or_404(Member, handle=handle, pk__in=Cohost.objects.filter(event=event).values("member"))
    hosting.drop(event, member, by=request.viewer.me)
    if member.pk == request.viewer.id:
        return done(request, _("You do not host this event."), "/events/")
    return done(
        request, _("%(name)s does not host this event any more.") % {"name": member.name}, f"{event.path}hosts/"
    )


def _ask(request: Request, event: Event, form: HostForm) -> bool:
    handle = form.cleaned_data["handle"].strip().lstrip("@").lower()
    member = people.visible_to(request.viewer).filter(handle=handle).first()
    if member is None or not rules.may_ask_to_host(request.viewer.me, member, event):
        form.add_error("handle", _("Nobody you are connected with has this name."))
        return False
    hosting.ask(event, member, by=request.viewer.me)
    return True


def _hours_now(event: Event, since: Occurrence | None) -> dict[str, Any]:
    """The hours as they are: of the time that is asked for, else of the next one."""
    row = since or chosen(event, 0)
    if row is None:
        return hours_of(event.pattern.start, event.pattern.start, event.zone, event.rule)
    when = times.by_clock(row.original_at, event.pattern.ends(row.original_at), event.zone)
    return hours_of(when.starts.replace(tzinfo=None), when.ends.replace(tzinfo=None), event.zone, event.rule)


def _when(occurrence: Occurrence | None) -> times.When | None:
    if occurrence is None:
        return None
    return times.by_clock(occurrence.starts_at, occurrence.ends_at, occurrence.event.zone)


def _refused(request: Request, event: Event, words: str) -> HttpResponse:
    context = {"event": event, "details": DetailsForm(initial=values_of(event)), "accepted": ACCEPTED}
    return respond(request, "events/edit.html", "main", context | {"cover_problem": words}, status=WRONG)
