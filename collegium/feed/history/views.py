"""How a post read before it was edited, for whoever sees the post now."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from collegium.audience.door import Request
from collegium.feed.history.versions import readings
from collegium.feed.views.common import visible_post
from collegium.lib import cursor
from collegium.ui.respond import respond


@require_GET
def history(request: Request, pk: int) -> HttpResponse:
    """Its readings, newest first; a narrowed audience narrows this page too."""
    post = visible_post(request, pk)
    before = request.GET.get("before", "")
    found, older = readings(post, cursor.unpack(before, 1)[0] if before else None)
    context = {
        "post": post,
        "readings": found,
        "first": not before,
        "older": f"{post.path}history/?before={cursor.pack(older)}" if older is not None else "",
    }
    return respond(request, "feed/history.html", "stretch", context)
