"""Keeping a post for later, and the page of what one keeps."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from collegium.audience.door import Request, signed_in
from collegium.feed import cards, timeline
from collegium.feed.models import Post
from collegium.feed.reading import actions, saved
from collegium.feed.views.common import visible_post
from collegium.feed.views.posts import around
from collegium.feed.views.pressing import Press
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.ui.respond import respond

ASKED = 100


@require_GET
@signed_in
@limit("feed.saved", rate="600/h", reads=True)
def kept(request: Request) -> HttpResponse:
    """What one keeps, the newest first, or what of it says the words one looks for."""
    query = request.GET.get("q", "").replace("\x00", "")[:ASKED].strip()
    before = request.GET.get("before", "")
    found = saved.of(request.viewer, query, cursor.unpack(before, 1)[0] if before else 0)
    context = {"q": query, "first": not before, "count": 0 if before else found.count()}
    rows = list(found.with_author()[: timeline.PAGE + 1])
    shown = rows[: timeline.PAGE]
    older = cursor.pack(shown[-1].kept) if len(rows) > timeline.PAGE else ""  # type: ignore[attr-defined]  # annotated
    context |= {"posts": shown, "older": older, "cards": cards.lay_out(request.viewer, shown)}
    return respond(request, "feed/saved.html", "stretch" if before else "main", context)


def _acts(request: Request, row: Post) -> HttpResponse:
    """The acts under the post as they are now."""
    return respond(request, "feed/single.html", "acts", around(request, row), otherwise=row.path)


on_post = Press("feed.save", "600/h", find=visible_post, after=_acts)
keep = on_post(actions.save)
drop = on_post(actions.unsave)
