"""Lists: the boxes, what is starred, what was found, the number in the bar, the panel on other pages."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.messaging.actions import keeping as keeps
from collegium.messaging.forms import SEARCH_LIMIT, MannersForm
from collegium.messaging.models.conversations import Box
from collegium.messaging.reading import inbox, manners, presence, search, starred
from collegium.messaging.reading import talk as reading
from collegium.messaging.views.boxes import LEADS, empty_of, places
from collegium.messaging.views.common import ROOT, keeping
from collegium.messaging.views.talks import number
from collegium.ui.respond import respond, tell


@require_safe
@signed_in
def boxes(request: Request) -> HttpResponse:
    """The conversations of one box; whole, its rows alone, or the next of them."""
    box = request.GET.get("box", "")
    box = box if box in inbox.BOXES else Box.FOCUSED.value
    only = inbox.UNREAD if request.GET.get("only") == inbox.UNREAD else ""
    before = request.GET.get("before", "")
    page = inbox.page(request.viewer, box, before=before, only=only)
    context: dict[str, Any] = {
        "page": page,
        "box": box,
        "only": only,
        "first": not before,
        "boxes": places(box, page.counts),
        "here": _here(box, only),
        "toggled": _here(box, "" if only else inbox.UNREAD),
        "lead": LEADS.get(box, "") if not before and page.rows else "",
        "empty": empty_of(box, only),
        "there": presence.of(request.viewer, {each for row in page.rows if row.people == 1 for each in row.others}),
    }
    part = "stretch" if before else "rows" if request.GET.get("part") else "list"
    return respond(request, "messaging/inbox.html", part, context | ({"part": part} if request.htmx else {}))


def _here(box: str, only: str) -> str:
    """The address of a box."""
    given = {"box": "" if box == Box.FOCUSED else box, "only": only}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{ROOT}?{query}" if query else ROOT


@require_safe
def badge(request: Request) -> HttpResponse:
    """How many conversations are unread; nothing for someone signed out meanwhile."""
    count = inbox.unread(request.viewer) if request.viewer else 0
    return respond(request, "messaging/badge.html", "badge", {"count": count})


@require_safe
@signed_in
def dock(request: Request) -> HttpResponse:
    """The newest conversations, for the panel on other pages."""
    page = inbox.page(request.viewer, Box.FOCUSED)
    there = presence.of(request.viewer, {each for row in page.rows if row.people == 1 for each in row.others})
    return respond(request, "messaging/dock.html", "list", {"page": page, "there": there})


@require_safe
@signed_in
def kept(request: Request) -> HttpResponse:
    """Messages one has starred, newest first."""
    before = request.GET.get("before", "")
    page = starred.page(request.viewer, before)
    return respond(request, "messaging/starred.html", "stretch", {"page": page, "first": not before})


@require_safe
@signed_in
@limit("messaging.search", "60/m", reads=True)
def found(request: Request) -> HttpResponse:
    """Messages that say something."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:SEARCH_LIMIT]
    before = request.GET.get("before", "")
    inside = reading.one(request.viewer, number(request.GET, "in"))
    within = inside.conversation.pk if inside is not None else 0
    page = search.find(request.viewer, words, before, within=within) if words else None
    context = {"page": page, "words": words, "inside": inside, "first": not before}
    return respond(request, "messaging/search.html", "stretch", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def shown(request: Request) -> HttpResponse:
    """What one shows of oneself while talking."""
    if request.method == "POST":
        form = MannersForm(request.POST)
        form.is_valid()
        keeps.manners(request.viewer.me, **form.cleaned_data)
        tell(request, _("Saved. It counts from now on."))
    context = {"manners": manners.of(request.viewer.me)}
    return respond(request, "messaging/manners.html", "main", context, otherwise=f"{ROOT}manners/")
