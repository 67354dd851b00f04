"""Messages and invitations that a member brought along: for her, and for nobody else there is no such page."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.messaging.reading.search import excerpt
from collegium.portability.correspondence import actions, people, reading, wording
from collegium.portability.correspondence.models import Letter, Thread
from collegium.portability.elsewhere.reading import counts
from collegium.portability.imports.forms import HIGHEST_KEY
from collegium.ui.respond import respond, tell

PATH = "/settings/import/linkedin/"
MOST_QUERY = 100


def shelves(request: Request) -> dict[str, Any]:
    """What the row of sections says: how much there is in each."""
    me = request.viewer.me
    return {"shelf": reading.shelf(me), "remarked": sum(counts(me).values())}


@require_safe
@signed_in
@limit("portability.elsewhere", "240/10m", reads=True)
def threads(request: Request) -> HttpResponse:
    """The conversations; with words to look for, those called so and the messages that say them."""
    me, before = request.viewer.me, request.GET.get("before", "")
    query = request.GET.get("q", "").strip()[:MOST_QUERY].replace("\0", "")
    words = reading.words_of(query)
    page = reading.find(me, words, before) if words else reading.threads(me, before)
    context: dict[str, Any] = {
        "page": page,
        "hits": [(each, excerpt(_said(each), query.split()), _at(each)) for each in page.hits],
        "q": query,
        "searched": bool(words),
        "first": not before,
        "heading": wording.heading,
        "folder": wording.folder,
    }
    return respond(request, "correspondence/threads.html", "stretch", context | shelves(request))


def _said(letter: Letter) -> str:
    return f"{letter.subject} {letter.text}" if letter.subject else letter.text


def _at(letter: Letter) -> str:
    """The address of a message in its conversation."""
    return f"{letter.thread.path}?at={cursor.pack(letter.sent, letter.pk)}#m{letter.pk}"


def _mine(request: Request, pk: int) -> Thread:
    """A conversation of hers; anybody else's does not exist."""
    if pk > HIGHEST_KEY:
        raise Http404
    return get_object_or_404(Thread, member=request.viewer.me, pk=pk)


@require_safe
@signed_in
@limit("portability.elsewhere", "240/10m", reads=True)
def thread(request: Request, pk: int) -> HttpResponse:
    """One conversation, to be read."""
    row = _mine(request, pk)
    asked = {name: request.GET.get(name, "") for name in ("before", "after", "at")}
    stretch = reading.letters(row, **asked)
    context = {
        "thread": row,
        "heading": wording.heading(row.title, row.names),
        "folder": wording.folder(row.folder),
        "here": people.here(request.viewer, [slug for _name, slug in row.people]),
        "stretch": stretch,
        "days": _days(stretch.rows),
    }
    return respond(request, "correspondence/thread.html", "main", context)


def _days(rows: list[Letter]) -> list[tuple[date | None, list[tuple[Letter, str]]]]:
    """The messages with their hour, by the day on which they were sent, by the reader's clock."""
    days: list[tuple[date | None, list[tuple[Letter, str]]]] = []
    for each in rows:
        local = timezone.localtime(each.at) if each.at is not None else None
        day = local.date() if local is not None else None
        if not days or days[-1][0] != day:
            days.append((day, []))
        days[-1][1].append((each, formats.time_format(local.time(), "TIME_FORMAT") if local is not None else ""))
    return days


@require_POST
@signed_in
@limit("portability.import", "600/h")
def thread_removal(request: Request, pk: int) -> HttpResponse:
    """Forget one conversation."""
    actions.forget(_mine(request, pk), by=request.viewer.me)
    tell(request, _("The conversation is deleted."))
    return redirect(f"{PATH}messages/")


@require_POST
@signed_in
@limit("portability.import", "600/h")
def removal(request: Request) -> HttpResponse:
    """Forget all of it."""
    actions.forget_all(by=request.viewer.me)
    tell(request, _("Your messages and invitations from LinkedIn are deleted. Nothing of them is kept."))
    return redirect(f"{PATH}messages/")


@require_safe
@signed_in
@limit("portability.elsewhere", "240/10m", reads=True)
def invitations(request: Request) -> HttpResponse:
    """Who asked whom there."""
    before = request.GET.get("before", "")
    sent = request.GET.get("way") == "sent"
    rows, older = reading.invitations(request.viewer.me, incoming=not sent, before=before)
    context = {
        "rows": rows,
        "older": older,
        "sent": sent,
        "first": not before,
        "here": people.here(request.viewer, {each.slug for each in rows}),
    }
    return respond(request, "correspondence/invitations.html", "stretch", context | shelves(request))
