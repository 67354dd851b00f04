"""What a member brought from elsewhere: who sees her posts of there, and what is kept for her alone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.audience.level import Level
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.portability.correspondence.views import shelves
from collegium.portability.elsewhere import actions, reading
from collegium.portability.elsewhere.models import Remark
from collegium.portability.imports.forms import level_of
from collegium.portability.imports.wording import REACTIONS
from collegium.ui.respond import respond, tell

PATH = "/settings/import/linkedin/"
MOST_QUERY = 100


@require_safe
@signed_in
@limit("portability.elsewhere", "240/10m", reads=True)
def elsewhere(request: Request) -> HttpResponse:
    """All of it; what is kept for her alone in stretches."""
    return _page(request)


def _page(request: Request, status: int = 200) -> HttpResponse:
    me = request.viewer.me
    query, kind = request.GET.get("q", "").strip()[:MOST_QUERY].replace("\0", ""), request.GET.get("kind", "")
    kind = kind if kind in Remark.Kind.values else ""
    after = request.GET.get("before", "")
    before = cursor.unpack(after, 1)[0] if after else None
    found = list(reading.remarks(me, query=query, kind=kind, before=before)[: reading.PAGE + 1])
    context: dict[str, Any] = {
        "remarks": found[: reading.PAGE],
        "older": cursor.pack(found[reading.PAGE - 1].pk) if len(found) > reading.PAGE else "",
        "q": query,
        "kind": kind,
        "first": before is None,
        "reactions": REACTIONS,
    }
    if before is None:
        posts = reading.posts(me)
        context |= {"counts": reading.counts(me), "posts": sum(count for _level, count in posts)}
        context["levels"] = [(Level(level), count) for level, count in posts]
        context["choices"] = Level
        context |= shelves(request)
    return respond(request, "elsewhere/page.html", "stretch", context, status=status)


@require_POST
@signed_in
@limit("portability.import", "600/h")
def posts(request: Request) -> HttpResponse:
    """Choose who sees all posts from there."""
    level = level_of(request.POST.get("audience", ""))
    if level is None:
        return _page(request, status=422)
    changed = actions.show(level, by=request.viewer.me)
    words = ngettext("Changed for %(num)d post.", "Changed for %(num)d posts.", changed)
    tell(request, words % {"num": changed} if changed else _("That was so already."))
    return redirect(PATH)


@require_POST
@signed_in
@limit("portability.import", "600/h")
def posts_removal(request: Request) -> HttpResponse:
    """Delete the posts from there."""
    left = actions.take_back(by=request.viewer.me)
    if left:
        words = ngettext("%(num)d post is left. Press again.", "%(num)d posts are left. Press again.", left)
        tell(request, words % {"num": left})
    else:
        tell(request, _("Your posts from LinkedIn are deleted."))
    return redirect(PATH)


@require_POST
@signed_in
@limit("portability.import", "600/h")
def removal(request: Request) -> HttpResponse:
    """Forget what is kept."""
    actions.forget(by=request.viewer.me)
    tell(request, _("Deleted. Nothing of it is kept."))
    return redirect(PATH)
