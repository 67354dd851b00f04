"""Files on their way out: under the rule of sight of whom they belong to, and never as anything but a picture."""

from typing import cast

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience import people
from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.media.decode import SIZES, Shape
from collegium.media.serving import send
from collegium.media.storage import name_of

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
    return send(
        request,
        name_of(key, width),
        content_type="image/webp",
        tag=f"{key[:32]}-{width}",
        filename=f"{shape}-{width}.webp",
        age=_AGE,
    )
