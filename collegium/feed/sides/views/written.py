"""What a person posted, side by side: professional first, anything else asked for."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from collegium.audience import people
from collegium.audience.door import Request
from collegium.feed.models import Facet, Post
from collegium.feed.sides import balance, reading
from collegium.feed.views.posts import listing
from collegium.members.models import Member
from collegium.ui.respond import respond


@require_GET
def written(request: Request, handle: str) -> HttpResponse:
    """What reaches the viewer of one side, or of one facet of the author's own."""
    author = get_object_or_404(people.visible_to(request.viewer), handle=handle)
    offered = reading.offer(request.viewer, author)
    side, narrowed = _side(request, offered)
    # What she says in groups stands on their walls.
    posts = Post.objects.visible_to(request.viewer).filter(author=author, group=None, **narrowed)
    context = listing(request, posts) | {"author": author, "side": side, "lane": _lane(author, offered, side)}
    if not context["first"]:
        return respond(request, "feed/written.html", "stretch", context)
    context |= _beside(request, author, offered)
    part = "hint" if request.GET.get("part") == "hint" else "written"
    return respond(request, "feed/written.html", part, context)


def _side(request: Request, offered: reading.Offer) -> tuple[str, dict[str, Any]]:
    """Which side is asked for, and how posts are narrowed to it.

    Raises:
        Http404: there is none such that the viewer sees anything of.
    """
    asked = request.GET.get("side", "")
    if asked in ("", Facet.PROFESSIONAL):
        return "", {"facet": Facet.PROFESSIONAL}
    if asked == Facet.PERSONAL:
        return asked, {"facet": Facet.PERSONAL}
    found = {str(side.pk): side for side in offered.sides}.get(asked)
    if found is None:
        raise Http404
    return asked, {"side": found}


def _lane(author: Member, offered: reading.Offer, side: str) -> list[dict[str, Any]]:
    """The ways to the other sides; none where the viewer sees one side alone."""
    base = f"{author.path}posts/"
    named = [("", _("Professional")), *([(str(Facet.PERSONAL), _("Personal"))] if offered.personal else [])]
    named += [(str(each.pk), each.name) for each in offered.sides]
    if len(named) == 1:
        return []
    return [
        {"label": label, "href": f"{base}?side={key}" if key else base, "current": key == side} for key, label in named
    ]


def _beside(request: Request, author: Member, offered: reading.Offer) -> dict[str, Any]:
    """Her own balance; for others whether the personal side could come home, and does not."""
    me = request.viewer.member
    if me is None:
        return {}
    if me.pk == author.pk:
        return {"balance": balance.of(me)}
    hint = offered.personal and reading.reads(me, author) and not reading.chosen(me, author).personal
    return {"hint": hint}
