"""The photo and the cover of a group: choose, move under a frame, take away."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.groups.actions.founding import put_picture
from collegium.groups.seating import Place
from collegium.groups.views.common import WRONG, go, kept, show
from collegium.lib.refusal import require
from collegium.media.decode import Shape
from collegium.media.storage import store
from collegium.profiles.photo import PictureForm
from collegium.ui.respond import tell

SHAPES: tuple[Shape, ...] = ("photo", "cover")


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def photo(request: Request, place: Place) -> HttpResponse:
    """Its photo."""
    return _page(request, place, "photo")


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def cover(request: Request, place: Place) -> HttpResponse:
    """Its cover."""
    return _page(request, place, "cover")


@require_POST
@kept
def removal(request: Request, place: Place, shape: str) -> HttpResponse:
    """Take one of them away; without one there is nothing to do, and that is fine too."""
    require(place.manages)
    for each in SHAPES:
        if each == shape and getattr(place.group, each):
            put_picture(place.group, each, "", by=request.viewer.me)
            tell(request, _("The picture is gone."))
    return go(request, f"{place.group.path}settings/")


def _page(request: Request, place: Place, shape: Shape) -> HttpResponse:
    """Show the form; take what is sent with it."""
    require(place.manages)
    if request.method != "POST":
        return _answer(request, place, PictureForm(shape=shape))
    form = PictureForm(request.POST, request.FILES, shape=shape)
    if not form.is_valid():
        return _answer(request, place, form, status=WRONG)
    put_picture(place.group, shape, store(form.images), by=request.viewer.me)
    tell(request, _("The picture is in place."))
    return go(request, place.group.path + "settings/")


def _answer(request: Request, place: Place, form: PictureForm, status: int = 200) -> HttpResponse:
    form.fields["picture"].label = _("Choose a photo") if form.shape == "photo" else _("Choose a cover")
    current = place.group.photo_url if form.shape == "photo" else place.group.cover_url
    context: dict[str, Any] = {"form": form, "shape": form.shape, "current": current}
    return show(request, "groups/picture.html", place, status=status, **context)
