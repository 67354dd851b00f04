"""Files on their way out: under the rule of sight of whom they belong to, and never as anything but a picture."""

from typing import cast

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from collegium.audience import people
from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.media.decode import SIZES, Shape
from collegium.media.storage import name_of

# A picture that is opened by its own address can run nothing, load nothing and read nothing.
_SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"
_AGE = 3600


@require_safe
def picture(request: Request, shape: str, member_id: str, key: str, size: str) -> HttpResponse:
    """A member's present photo or cover, for those who may open the profile. Anything else does not exist."""
    owner, width = int(member_id), int(size)
    if width not in SIZES[cast("Shape", shape)] or owner >= 2**63:
        raise Http404
    viewer: Viewer = request.viewer
    if not people.visible_to(viewer).filter(pk=owner, **{shape: key}).exists():
        raise Http404
    tag = f'"{key[:32]}-{width}"'
    if knows(request, tag):
        return _with_headers(HttpResponseNotModified(), tag)
    try:
        with default_storage.open(name_of(key, width)) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type="image/webp")
    response["Content-Disposition"] = f'inline; filename="{shape}-{width}.webp"'
    return _with_headers(response, tag)


def knows(request: Request, tag: str) -> bool:
    """Whether the browser has this very picture."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or any(each.removeprefix("W/") == tag for each in known)


def _with_headers(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = tag
    # Private: what one viewer may see, a shared cache must not hand to the next.
    response["Cache-Control"] = f"private, max-age={_AGE}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
