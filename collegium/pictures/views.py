"""Uploading a picture, its page, and its files."""

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.media.decode import Crop
from collegium.media.serving import send
from collegium.media.storage import name_of
from collegium.pictures.models import WIDTHS, Picture
from collegium.pictures.uploading import RATE, cut, take
from collegium.ui.respond import respond


@require_POST
@signed_in
@limit("pictures.send", rate=RATE)
def upload(request: Request) -> HttpResponse:
    """Take one picture for a post that is being written, or a part of one that is there (`key`).

    What became of it is told to the script that sent it.
    """
    me, crop = request.viewer.me, _crop(request)
    given, key = request.FILES.get("picture"), request.POST.get("key", "")
    there = Picture.objects.filter(owner=me, key=key).first() if key and "\0" not in key else None
    if isinstance(given, UploadedFile):
        taken = take(me, given, crop)
    elif there is not None and crop is not None:
        taken = cut(there, crop)
    else:
        taken = _("Please choose a picture first.")
    if isinstance(taken, str):
        return JsonResponse({"say": taken}, status=422)
    size = {"width": taken.width, "height": taken.height}
    return JsonResponse({"key": taken.key, "url": taken.small, "large": taken.large, **size}, status=201)


def _crop(request: Request) -> Crop | None:
    """The part that is asked for; all of it where no four numbers came."""
    try:
        return Crop(*(float(request.POST[edge]) for edge in Crop._fields))
    except (KeyError, ValueError):
        return None


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """One picture as large as the window, with what is said of it, and its neighbours."""
    row = get_object_or_404(
        Picture.objects.visible_to(request.viewer).select_related("post__author", "post__page"), pk=_key(pk)
    )
    if row.post is None:
        album = [row]
    else:
        album = list(Picture.objects.visible_to(request.viewer).filter(post=row.post_id).order_by("place"))
    at = next((number for number, each in enumerate(album) if each.pk == row.pk), 0)
    context = {
        "picture": row,
        "number": at + 1,
        "count": len(album),
        "before": album[at - 1] if at else None,
        "after": album[at + 1] if at + 1 < len(album) else None,
    }
    return respond(request, "pictures/page.html", "main", context)


@require_safe
def file(request: Request, pk: str, key: str, width: str) -> HttpResponse:
    """One size, for those who see the post now; the browser asks again each time, so that a narrower audience counts.

    Raises:
        Http404: for everybody else, whatever their browser has kept.
    """
    size = int(width)
    seen = Picture.objects.visible_to(request.viewer).filter(pk=_key(int(pk)), key=key)
    if size not in WIDTHS or not seen.exists():
        raise Http404
    called = f"picture-{size}.webp"
    return send(request, name_of(key, size), content_type="image/webp", tag=f"{key[:32]}-{size}", filename=called)


def _key(pk: int) -> int:
    """The key, when the database could hold it."""
    if pk >= 1 << 63:
        raise Http404
    return pk
