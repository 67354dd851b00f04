"""The list of what one was told, the number in the bar, and opening one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.audience.viewer import Viewer
from collegium.graph.degrees import FAR, Standing, standings
from collegium.lib import clock, cursor
from collegium.lib.limits import limit
from collegium.members.models import Member
from collegium.notifications import actions, kinds
from collegium.notifications.models import Notification
from collegium.notifications.reading import CAP, page, unread
from collegium.notifications.reading import one as read_one
from collegium.ui.respond import respond

TEMPLATE = "notifications/list.html"


@require_safe
@signed_in
def told(request: Request) -> HttpResponse:
    """What one was told, newest first; `until` keeps what came later behind a pill that says how many."""
    return respond(request, TEMPLATE, "list", _shown(request))


@require_safe
def badge(request: Request) -> HttpResponse:
    """The number in the bar; nothing for someone signed out meanwhile."""
    count = unread(_viewer(request)) if _viewer(request) else 0
    return respond(request, "notifications/badge.html", "badge", {"count": count, "cap": CAP})


@require_GET
@signed_in
def one(request: Request, pk: int) -> HttpResponse:
    """Open one: it is read from now on, and leads to what it is about."""
    notification = read_one(_viewer(request), pk)
    actions.read(notification, by=_member(request))
    return HttpResponseRedirect(kinds.of(notification.kind).path(notification))


@require_POST
@signed_in
@limit("notifications.reading", "60/m")
def reading(request: Request) -> HttpResponse:
    """Mark all that the page showed as read."""
    actions.read_all(_member(request), until=_number(request.POST.get("until", "")))
    return respond(request, TEMPLATE, "list", _shown(request), otherwise="notifications:list")


def _shown(request: Request) -> dict[str, Any]:
    """What the page and its living part show."""
    until = _number(request.GET.get("until", ""))
    before = request.GET.get("before", "")
    found = page(_viewer(request), before, until=until)
    if (
        not found.rows and until
    ):  # All that the page showed is gone: nothing stands there that new rows could push aside.
        found, until = page(_viewer(request), before), 0
    newest = found.rows[0].id if found.rows else until
    first = not before
    return {
        "groups": _by_day(found.rows, _near(request, found.rows)),
        "older": found.older,
        "first": first,
        "until": cursor.pack(newest) if newest else "",
        "unread": unread(_viewer(request)),
        "fresh": unread(_viewer(request), after=until) if first and until else 0,
        "cap": CAP,
    }


def _near(request: Request, rows: list[Notification]) -> dict[int, Standing]:
    """How the reader stands to those who did it."""
    return standings(_viewer(request).member, {row.actor_id for row in rows if row.actor_id})


def _by_day(rows: list[Notification], near: dict[int, Standing]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows as the page shows them, today's apart from those before."""
    today = timezone.localdate(clock.now())
    groups: dict[str, list[dict[str, Any]]] = {_("Today"): [], _("Earlier"): []}
    for row in rows:
        kind = kinds.of(row.kind)
        fresh = timezone.localdate(row.created_at) == today
        groups[_("Today") if fresh else _("Earlier")].append(
            {
                "row": row,
                "icon": kind.icon,
                "phrase": kind.phrase(row),
                "degree": near.get(row.actor_id or 0, FAR).degree,
            }
        )
    return [(name, shown) for name, shown in groups.items() if shown]


def _number(text: str) -> int:
    """The key in a cursor; 0 when there is none.

    Raises:
        Http404: it is none of ours.
    """
    return cursor.unpack(text, 1)[0] if text else 0


def _viewer(request: Request) -> Viewer:
    viewer: Viewer = request.viewer
    return viewer


def _member(request: Request) -> Member:
    """The member signed in, in a view that only members reach."""
    member = _viewer(request).member
    if member is None:
        raise PermissionDenied
    return member
