"""Handing out the files of posts, and the shelf of a group."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.documents import shelf
from collegium.documents.models import Document
from collegium.groups.seating import Place
from collegium.groups.views.common import in_place
from collegium.lib.refusal import require
from collegium.media.serving import send
from collegium.ui.respond import respond


@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """A file for those who see its post now, only ever to be kept; judged each time.

    Raises:
        Http404: for everybody else, whatever their browser has kept.
    """
    row = Document.objects.visible_to(request.viewer).filter(pk=pk).first() if pk < 1 << 63 else None
    if row is None or not row.is_here:
        raise Http404
    tag = row.stored[6:38]
    return send(request, row.stored, content_type=row.content_type, tag=tag, filename=row.name, inline=False)


@require_safe
@in_place
def files(request: Request, place: Place) -> HttpResponse:
    """What hangs on the posts of a group, newest first."""
    require(place.reads, _("Only members of this group see what is in it."))
    chosen = request.GET.get("kind", "")
    only = chosen if chosen in shelf.sources else ""
    before = request.GET.get("before", "")
    page = shelf.page(request.viewer, place.group, only=only, before=before)
    context = {
        "group": place.group,
        "seat": place,
        "page": page,
        "only": only,
        "first": not before,
        "kinds": list(shelf.sources.values()),
    }
    return respond(request, "documents/files.html", "stretch" if before else "main", context)
