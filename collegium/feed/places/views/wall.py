"""The wall of a group, and posting on it."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed import cards
from collegium.feed.composing import Composer
from collegium.feed.drafts.views import schedule
from collegium.feed.models import PlaceState, Post
from collegium.feed.places import topics
from collegium.feed.places import wall as walls
from collegium.feed.places.cards import on_wall
from collegium.feed.places.forms import SearchForm
from collegium.feed.places.views.common import known
from collegium.feed.views.common import number
from collegium.groups import rules as groups
from collegium.groups.models import Group
from collegium.groups.seating import Place, place_of
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.ui.respond import respond, tell

WRONG = 422


@require_GET
def wall(request: Request, handle: str) -> HttpResponse:
    """The wall; whoever does not read there is led to what the group is about."""
    group = known(request, handle)
    seat = place_of(request.viewer, group)
    if not seat.reads:
        return HttpResponseRedirect(f"{group.path}about/")
    if request.htmx and request.GET.get("part") == "fresh":
        since = number(request.GET.get("since", ""))
        fresh = {"group": group, "count": walls.newer(request.viewer, group, since), "since": since}
        return respond(request, "feed/wall.html", "fresh", fresh)
    context = _stretch(request, group) | {"seat": seat}
    if not context["first"]:
        return respond(request, "feed/wall.html", "stretch", context)
    return respond(request, "feed/wall.html", "main", context | _around(request, seat))


@require_POST
@signed_in
@limit("feed.post", rate="60/h")
def posting(request: Request, handle: str) -> HttpResponse:
    """Post there; what waits is told so."""
    group = known(request, handle)
    require(groups.may_read(request.viewer, group))
    composer = Composer(request.viewer.me, request, group=group)
    if not composer.is_valid():
        return _again(request, group, composer, WRONG)
    if composer.due_at is not None:
        return schedule(request, composer)
    made = composer.post()
    tell(request, said(made))
    context = _stretch(request, group) | _around(request, place_of(request.viewer, group))
    return respond(request, "feed/wall.html", "main", context, otherwise=group.path)


def said(made: Post) -> str:
    """What its author is told of what she just posted."""
    if made.place_state == PlaceState.WAITING:
        return _("It waits for those who keep the group. You hear of it when they have decided.")
    return _("Posted.")


def _again(request: Request, group: Group, composer: Composer, status: int) -> HttpResponse:
    seat = place_of(request.viewer, group)
    context = _stretch(request, group) | _around(request, seat) | {"composer": composer}
    return respond(request, "feed/wall.html", "main", context, status=status)


def _stretch(request: Request, group: Group) -> dict[str, Any]:
    """One stretch of the wall, as it was asked for."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    recommended = request.GET.get("only") == "recommended" and not query
    before = request.GET.get("before", "")
    page = walls.page(request.viewer, group, before, recommended=recommended, query=query)
    laid = cards.lay_out(request.viewer, page.everything)
    on_wall(page.everything)
    return {
        "group": group,
        "page": page,
        "cards": laid,
        "first": not before,
        "query": query,
        "recommended": recommended,
    }


def _around(request: Request, seat: Place) -> dict[str, Any]:
    """What stands around the wall."""
    silent = seat.silent
    composer = Composer(request.viewer.me, group=seat.group) if seat.seat is not None and not silent else None
    own = walls.own(request.viewer, seat.group) if seat.seat is not None else []
    own_cards = cards.lay_out(request.viewer, own)
    on_wall(own)
    return {
        "seat": seat,
        "composer": composer,
        "silent": silent if seat.seat is not None and seat.group.is_open else "",
        "own": own,
        "own_cards": own_cards,
        "topics": topics.of(seat.group),
    }
