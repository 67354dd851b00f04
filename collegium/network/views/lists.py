"""Lists: what waits for me, what I wait for, my connections, whom I follow, who follows me, whom I blocked."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.network import letters, lists
from collegium.network.counts import counts
from collegium.network.views.common import HIGHEST_KEY, for_members
from collegium.ties.models import Invitation
from collegium.ui.respond import respond

ON_HOME = 3
MOST_DIGITS = 20


@require_safe
@for_members
def overview(request: Request) -> HttpResponse:
    """The invitations that wait for the viewer."""
    after = request.GET.get("after", "")
    found, older = letters.received(request.viewer, after)
    context = {"letters": found, "older": older, "first": not after} | lane(request, "network:overview")
    return respond(request, "network/overview.html", "stretch" if after else "main", context)


@require_safe
@for_members
def waiting(request: Request) -> HttpResponse:
    """The newest few invitations, to stand beside another page's content."""
    found, _older = letters.received(request.viewer, most=ON_HOME)
    return _fragment(request, "waiting", {"letters": found})


@require_safe
@for_members
def badge(request: Request) -> HttpResponse:
    """How many invitations wait."""
    return _fragment(request, "badge", {"waiting": _waiting(request).count()})


@require_safe
@for_members
def fresh(request: Request) -> HttpResponse:
    """Whether invitations came that the open page does not show yet."""
    since = request.GET.get("since", "")
    newest = min(int(since), HIGHEST_KEY) if since.isascii() and since.isdigit() and len(since) < MOST_DIGITS else 0
    return _fragment(request, "fresh", {"fresh": _waiting(request).filter(pk__gt=newest).count()})


@require_safe
@for_members
def sent(request: Request) -> HttpResponse:
    """The viewer's pending invitations."""
    rows = lists.sent(request.viewer.me)
    page = lists.by_key(rows, request.viewer, request.GET.get("after", ""))
    return _list(request, "network/sent.html", page, "network:sent")


@require_safe
@for_members
def connections(request: Request) -> HttpResponse:
    """One's connections are one's people: the list moved to `contacts`, with what was asked for."""
    asked = {"q": request.GET.get("q", ""), "sort": request.GET.get("sort", "")}
    query = urlencode({name: value for name, value in asked.items() if value})
    return HttpResponseRedirect(f"/network/people/?{query}" if query else "/network/people/")


@require_safe
@for_members
def following(request: Request) -> HttpResponse:
    """Whom the viewer follows."""
    rows = lists.followed(request.viewer.me)
    page = lists.by_time(rows, request.viewer, "followee", request.GET.get("after", ""))
    return _list(request, "network/following.html", page, "network:following")


@require_safe
@for_members
def followers(request: Request) -> HttpResponse:
    """Who follows the viewer."""
    rows = lists.followers(request.viewer.me)
    page = lists.by_time(rows, request.viewer, "follower", request.GET.get("after", ""))
    return _list(request, "network/followers.html", page, "network:followers")


@require_safe
@for_members
def blocked(request: Request) -> HttpResponse:
    """Whom the viewer blocked."""
    rows = lists.blocked(request.viewer.me)
    page = lists.by_time(rows, request.viewer, "blocked", request.GET.get("after", ""))
    return _list(request, "network/blocked.html", page, "network:blocked")


def _list(request: Request, page: str, rows: lists.Page, here: str, **more: Any) -> HttpResponse:
    """A page of people, or its next stretch alone."""
    after = request.GET.get("after", "")
    context = {"page": rows, "first": not after} | lane(request, here) | more
    return respond(request, page, "stretch" if after else "main", context)


def _fragment(request: Request, block: str, context: dict[str, Any]) -> HttpResponse:
    """A part that other pages borrow; opened by itself it is the page it belongs to."""
    if not request.htmx:
        return HttpResponseRedirect("/network/")
    return respond(request, "network/fragments.html", block, context)


def _waiting(request: Request) -> Any:
    return Invitation.objects.to(request.viewer.me)


def lane(request: Request, here: str) -> dict[str, Any]:
    """The tabs over the lists, here and over one's people, with counts. A count says what its list shows."""
    found = counts(request.viewer.me)
    labels = {
        "overview": _("Invitations"),
        "connections": _("Connections"),
        "sent": _("Sent"),
        "following": _("Following"),
        "followers": _("Followers"),
    }
    paths = {"overview": "/network/", "connections": "/network/people/"}
    return {
        "lane": [
            {
                "label": label,
                "href": paths.get(name, f"/network/{name}/"),
                "current": here == f"network:{name}",
                "count": found[name],
            }
            for name, label in labels.items()
        ]
    }
