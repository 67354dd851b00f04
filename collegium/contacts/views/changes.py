"""Doing one thing to many: the preview of what it changes, the deed, the list of deeds, the way back."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.contacts import bulk, filters, phrases, reading
from collegium.contacts.actions import changes, shelves
from collegium.contacts.models import Change
from collegium.contacts.views.common import HERE, WRONG, around, for_members, mine, settle
from collegium.contacts.views.shelves import KINDS, Kind
from collegium.lib import clock, cursor
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network.models import Parting
from collegium.network.partings import look, part
from collegium.ui.respond import render_page, respond, tell
from collegium.ui.text import number

NAMED = 60
LISTED = 50
# The newest; the rest of them stand on the page of partings.
REMOVALS = 10


@require_POST
@for_members
def preview(request: Request) -> HttpResponse:
    """Say what would change on both sides, before anything does."""
    own = filters.own(request.viewer.me)
    way = bulk.WAYS.get(request.POST.get("act", ""))
    meant = bulk.meant(request.viewer, request, own)
    if way is None or not meant.people:
        words = _("Choose what to do.") if way is None else _("Choose somebody first.")
        tell(request, words, tone="info")
        return HttpResponseRedirect(_back(request, own))
    return _ask(request, own, way, meant)


def _ask(request: Request, own: filters.Own, way: bulk.Way, meant: bulk.Meant, *, problem: str = "") -> HttpResponse:
    effects = look.preview(request.viewer.me, meant.people, way.effect) if way.effect else None
    known: dict[str, list[Any]] = {"tags": own.tags, "circles": own.circles}
    context = {
        "way": way,
        "act": request.POST.get("act", ""),
        "meant": meant,
        "named": meant.people[:NAMED],
        "rest": max(0, len(meant.people) - NAMED),
        "question": str(way.question) % {"people": _whom(meant.people)},
        "effects": effects,
        "known": [(row.name, row.name) for row in known.get(way.shelf, [])],
        "of": _asked(request, own).query,
        "back": _back(request, own),
        "problem": problem,
        "most": number(reading.MOST_CHANGED),
        # To take people off one there must be one; to put them on it can be new.
        "can": way.adds or not way.shelf or bool(known[way.shelf]),
        "limit": KINDS[way.shelf].limit if way.shelf else 0,
    }
    page = render_page(request, "contacts/preview.html", context)
    return HttpResponse(page, status=WRONG if problem else 200)


def _whom(people: list[Member]) -> str:
    """One by name, several by number."""
    if len(people) == 1:
        return people[0].name
    return ngettext("%(n)s person", "%(n)s people", len(people)) % {"n": number(len(people))}


def _asked(request: Request, own: filters.Own) -> filters.Filter:
    return own.read(request.POST.get("of", ""))


def _back(request: Request, own: filters.Own) -> str:
    """The list as it was filtered."""
    query = _asked(request, own).query
    return f"{HERE}?{query}" if query else HERE


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def everything(request: Request) -> HttpResponse:
    """What was done to many in the last thirty days, with the way back; a POST does one more thing."""
    if request.method == "POST":
        return _do(request)
    me, after = request.viewer.me, request.GET.get("after", "")
    rows = Change.objects.filter(member=me).order_by("-id")
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    found = list(rows[: LISTED + 1])
    shown = found[:LISTED]
    removals = Parting.objects.filter(member=me, until__gt=clock.now()).order_by("-id")[:REMOVALS]
    context = {
        "rows": shown,
        "older": f"{HERE}changes/?after={cursor.pack(shown[-1].pk)}" if len(found) > LISTED else "",
        "first": not after,
        "removals": [] if after else removals,
        "phrases": phrases,
        **around(request),
    }
    return respond(request, "contacts/changes.html", "stretch", context)


def _do(request: Request) -> HttpResponse:
    """What the preview asked about, to exactly those people."""
    own = filters.own(request.viewer.me)
    way = bulk.WAYS.get(request.POST.get("act", ""))
    meant = bulk.meant(request.viewer, request, own)
    if way is None or not meant.people:
        return settle(request, _("There is nobody left to change."), _back(request, own))
    if request.POST.get("act") == "remove":
        return _remove(request, meant.people, _back(request, own))
    if way.rung is not None:
        return _settle(request, changes.keep_at(request.viewer.me, meant.people, way.rung), own)
    name, problem = _shelf(request, KINDS[way.shelf])
    if problem:
        return _ask(request, own, way, meant, problem=problem)
    return _shelve(request, own, way, meant.people, name)


def _remove(request: Request, people: list[Member], back: str) -> HttpResponse:
    wishes = {name: request.POST.get(name) == "on" for name in ("withdraw_words", "unfollow", "drop_followers")}
    parting = part.part(request.viewer.me, people, **wishes)
    if parting is None:
        return settle(request, _("They are no connections of yours any more."), back)
    words = ngettext(
        "%(n)s person is no longer among your connections. Nobody is told.",
        "%(n)s people are no longer among your connections. Nobody is told.",
        parting.count,
    )
    return settle(request, words % {"n": number(parting.count)}, back, undo=f"{parting.path}restoration/")


def _shelf(request: Request, kind: Kind) -> tuple[str, str]:
    """The name of the tag or circle, or what is wrong with it."""
    form = kind.form({"name": request.POST.get("name") or request.POST.get("known", "")})
    if form.is_valid():
        return form.cleaned_data["name"], ""
    return "", " ".join(str(error) for error in form.errors["name"])


def _shelve(request: Request, own: filters.Own, way: bulk.Way, people: list[Member], name: str) -> HttpResponse:
    me, model = request.viewer.me, KINDS[way.shelf].model
    if way.adds:
        return _settle(request, changes.put(model, me, people, name), own)
    shelf: Any = shelves.named(model, me, name)
    return _settle(request, changes.take(me, people, shelf) if shelf else None, own)


def _settle(request: Request, change: Change | None, own: filters.Own) -> HttpResponse:
    if change is None:
        return settle(request, _("It was so already: nothing changed."), _back(request, own))
    return settle(request, phrases.change(change), _back(request, own), undo=f"{change.path}undoing/")


@require_POST
@for_members
def undoing(request: Request, pk: int) -> HttpResponse:
    """Make it as it was before."""
    row = mine(request, Change, pk)
    try:
        undone = changes.undo(row, by=request.viewer.me)
    except Conflict as conflict:
        tell(request, conflict.reason, tone="warn")
        return HttpResponseRedirect(f"{HERE}changes/")
    words = ngettext("Undone for %(n)s person.", "Undone for %(n)s people.", undone.count) % {"n": number(undone.count)}
    if undone.left:
        left = ngettext(
            "%(n)s person was changed since, and stays as they are.",
            "%(n)s people were changed since, and stay as they are.",
            undone.left,
        )
        words = f"{words} {left % {'n': number(undone.left)}}"
    return settle(request, words, f"{HERE}changes/")
