"""Files on their way out: under the rule of sight of whom they belong to, and never as anything but a picture."""

from typing import cast

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience import people
from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.media.carriers import carriers
from collegium.media.decode import SIZES, Shape
from collegium.media.serving import send
from collegium.media.storage import name_of

_AGE = 3600


@require_safe
def picture(request: Request, shape: str, member_id: str, key: str, size: str) -> HttpResponse:
    """A member's present photo or cover, for those who may open the profile. Anything else does not exist."""
    owner, width = _bounded(shape, member_id, size)
    viewer: Viewer = request.viewer
    if not people.visible_to(viewer).filter(pk=owner, **{shape: key}).exists():
        raise Http404
    return _sent(request, shape, key, width)


@require_safe
def carried(request: Request, carrier: str, shape: str, **of: str) -> HttpResponse:
    """The present photo or cover of something else that has one, under the rule of its room. The rest is not there."""
    (owner, width), key = _bounded(shape, of["pk"], of["size"]), of["key"]
    if not carriers.shows(carrier, request.viewer, owner, shape, key):
        raise Http404
    return _sent(request, shape, key, width)


def _bounded(shape: str, pk: str, size: str) -> tuple[int, int]:
    """The key and the width as numbers.

    Raises:
        Http404: no row has such a key, or nothing is kept in this width.
    """
    owner, width = int(pk), int(size)
    if width not in SIZES[cast("Shape", shape)] or owner >= 2**63:
        raise Http404
    return owner, width


def _sent(request: Request, shape: str, key: str, width: int) -> HttpResponse:
    return send(
        request,
        name_of(key, width),
        content_type="image/webp",
        tag=f"{key[:32]}-{width}",
        filename=f"{shape}-{width}.webp",
        age=_AGE,
    )
