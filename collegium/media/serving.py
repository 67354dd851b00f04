"""Files on their way out to somebody who was already judged: ranges, tags, and no thread held by a slow reader.

What a file is sent by is looked for in this order: the door, which sends it when this view is over (`lib.serving`);
the proxy in front, told by `X-Accel-Redirect`; this view itself, in pieces.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from collegium.lib.serving.handing import HEADER, File, place_in

# A file that is opened by its own address can run nothing, load nothing and read nothing.
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"
# Smaller ones are in memory before anybody could have handed them over.
AT_ONCE = 512 * 1024
_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*")


def send(
    request: HttpRequest, name: str, *, content_type: str, tag: str, filename: str, inline: bool = True, age: int = 0
) -> HttpResponse:
    """A file of the default storage. Whoever calls has asked whether this reader may have it, now.

    Args:
        request: GET or HEAD.
        name: in the storage.
        content_type: what it is, as far as we made it ourselves.
        tag: of this very content, without quotes; a name of ours will do.
        filename: what it is called when somebody keeps it.
        inline: whether it may be shown; otherwise it is only ever kept.
        age: seconds for which a browser need not ask again; 0 asks each time, so that a narrower audience counts.

    Raises:
        Http404: the file is gone.
    """
    etag = f'"{tag}"'
    if knows(request, etag):
        return _headed(HttpResponseNotModified(), etag, age)
    try:
        size = default_storage.size(name)
    except FileNotFoundError:
        raise Http404 from None
    asked = _asked(request, etag, size)
    if asked is None:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = _answer(request, name, size, asked)
        response["Content-Type"] = content_type
        response["Content-Disposition"] = _disposition(filename, inline=inline)
    response["Accept-Ranges"] = "bytes"
    return _headed(response, etag, age)


def _answer(request: HttpRequest, name: str, size: int, asked: range) -> Any:
    """The bytes asked for, by the shortest way there is."""
    whole = len(asked) == size
    if settings.ACCEL and request.method != "HEAD" and _path(name):
        # The proxy reads the range itself.
        return HttpResponse(headers={"X-Accel-Redirect": f"{settings.ACCEL.rstrip('/')}/{quote(name)}"})
    try:
        response = _body(request, name, asked, whole=whole)
    except FileNotFoundError:
        raise Http404 from None
    response.status_code = 200 if whole else 206
    response["Content-Length"] = str(len(asked))
    if not whole:
        response["Content-Range"] = f"bytes {asked.start}-{asked.stop - 1}/{size}"
    return response


def _body(request: HttpRequest, name: str, asked: range, *, whole: bool) -> HttpResponseBase:
    """An answer with these bytes, or one whose bytes the door sends."""
    if request.method == "HEAD":
        return HttpResponse()

    def pieces() -> Iterator[bytes]:
        return default_storage.pieces(name, asked.start, len(asked))  # type: ignore[no-any-return, attr-defined]

    if len(asked) <= AT_ONCE:
        return HttpResponse(b"".join(pieces()))
    place = place_in(request.META)
    if place is None:
        return StreamingHttpResponse(pieces())
    place.file = File(pieces, _path(name) if whole else "")
    return HttpResponse(headers={HEADER: "1"})


def _path(name: str) -> str:
    """Where it lies on this machine's disk; "" when it lies elsewhere."""
    try:
        return default_storage.path(name)
    except NotImplementedError:
        return ""


def knows(request: HttpRequest, etag: str) -> bool:
    """Whether the browser has this very file."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or any(each.removeprefix("W/") == etag for each in known)


def _asked(request: HttpRequest, etag: str, size: int) -> range | None:
    """The bytes that are asked for; None when there are none such.

    Several ranges at once, a unit we do not know and what cannot be read are answered with the whole file, and so is a
    range of a file that has changed since (`If-Range`), which is RFC 9110.
    """
    everything = range(size)
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or not (found[1] or found[2]) or request.headers.get("If-Range", etag) != etag:
        return everything
    if not found[1]:
        last = int(found[2])
        return range(max(size - last, 0), size) if last and size else None
    start = int(found[1])
    end = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < start:
        return everything
    return range(start, end + 1) if start < size else None


def _disposition(filename: str, *, inline: bool) -> str:
    """How it is to be shown and called."""
    kept = "".join(letter for letter in filename if letter.isprintable() and letter not in '"\\/')
    plain = kept.encode("ascii", "replace").decode().replace("?", "_")
    star = "" if plain == kept else f"; filename*=UTF-8''{quote(kept, safe='')}"
    return f'{"inline" if inline else "attachment"}; filename="{plain}"{star}'


def _headed(response: Any, etag: str, age: int) -> Any:
    response["ETag"] = etag
    # Private: what one viewer may see, a shared cache must not hand to the next.
    response["Cache-Control"] = f"private, max-age={age}" if age else "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
