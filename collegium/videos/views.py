"""The state of a video, its lists and its files: all of them for those who see the post, asked each time."""

import hashlib

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_safe

from collegium.audience.door import Request
from collegium.media import pieces, serving
from collegium.media.documents import guarded
from collegium.media.serving import knows
from collegium.ui.respond import respond
from collegium.videos.kind import shown
from collegium.videos.models import Captions, Size, State, Video

LIST = "application/vnd.apple.mpegurl"


@require_GET
def state(request: Request, pk: int) -> HttpResponse:
    """How far it is, or the video itself: a piece of a page. Without a script, the post."""
    video = Video.objects.visible_to(request.viewer).select_related("post").filter(pk=_key(pk)).first()
    if video is None:
        raise Http404
    if not request.htmx:
        return redirect(video.post.path)
    thing = shown(request.viewer, [video.post]).get(video.post_id)
    if thing is None:
        raise Http404
    return respond(
        request, "videos/state.html", "video", {"thing": thing, "post": video.post, "me": request.viewer.member}
    )


@require_safe
def choice(request: Request, pk: int) -> HttpResponse:
    """The list of its sizes, the smallest first: what begins at once is what every line carries."""
    sizes = sorted(_sizes(request, pk), key=lambda size: size.width * size.height)
    if not sizes:
        raise Http404
    made = [(f"{size.name}.m3u8", size.width, size.height, size.codecs, pieces.peak(size.parts)) for size in sizes]
    return _text(request, pieces.choice(made), LIST)


@require_safe
def playlist(request: Request, pk: str, size: str) -> HttpResponse:
    """The list of the pieces of one size."""
    row = _size(request, int(pk), size)
    return _text(request, pieces.playlist(f"{row.name}.mp4", row.head, row.parts), LIST)


@require_safe
def file(request: Request, pk: str, size: str) -> HttpResponse:
    """One size, whole or in parts."""
    row = _size(request, int(pk), size)
    tag = row.file[-40:].partition(".")[0]
    return serving.send(request, row.file, content_type="video/mp4", tag=tag, filename=f"video-{row.name}.mp4")


@require_safe
def poster(request: Request, pk: int) -> HttpResponse:
    """The picture before it plays."""
    name = _videos(request, pk).values_list("poster", flat=True).first()
    if not name:
        raise Http404
    tag = name[-40:].partition(".")[0]
    return serving.send(request, name, content_type="image/webp", tag=tag, filename="poster.webp")


@require_safe
def captions(request: Request, pk: str, language: str) -> HttpResponse:
    """What is said, in one language."""
    seen = Captions.objects.visible_to(request.viewer).filter(video=_key(int(pk)), language=language)
    text = seen.values_list("text", flat=True).first()
    if text is None:
        raise Http404
    return _text(request, text, "text/vtt; charset=utf-8")


def _videos(request: Request, pk: int) -> QuerySet[Video]:
    """The one of this key, if it can be played and the viewer sees its post now."""
    return Video.objects.visible_to(request.viewer).filter(pk=_key(pk), state=State.READY)


def _sizes(request: Request, pk: int) -> list[Size]:
    return list(Size.objects.filter(video__in=_videos(request, pk)))


def _size(request: Request, pk: int, name: str) -> Size:
    row = next((size for size in _sizes(request, pk) if size.name == name), None)
    if row is None:
        raise Http404
    return row


def _text(request: Request, text: str, kind: str) -> HttpResponse:
    """A short text that changes with what it is about."""
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = guarded(HttpResponseNotModified() if knows(request, tag) else HttpResponse(text, content_type=kind))
    response["ETag"] = tag
    return response


def _key(pk: int) -> int:
    """The key, when the database could hold it."""
    if pk >= 1 << 63:
        raise Http404
    return pk
