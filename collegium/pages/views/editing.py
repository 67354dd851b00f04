"""What a page says of itself: words, logo, cover."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.media.decode import Shape
from collegium.media.storage import store
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages import rules
from collegium.pages.actions import editing
from collegium.pages.forms import EditForm, PictureForm
from collegium.pages.framing import frame
from collegium.ui.respond import done, respond, tell

PICTURE = "pages/picture.html"
SHAPES: dict[str, Shape] = {"logo": "photo", "cover": "cover"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("pages.editing", "60/h")
@of_organization
def edit(request: Request, organization: Organization) -> HttpResponse:
    """Say otherwise what it is."""
    require(rules.may_edit(request.viewer.member, organization))
    form = EditForm(request.POST if request.method == "POST" else None, organization=organization)
    if request.method == "POST" and form.is_valid():
        editing.edit(organization, by=request.viewer.me, **form.cleaned_data)
        return done(request, _("Changed."), organization)
    context = {"organization": organization, "frame": frame(request.viewer, organization, "manage"), "form": form}
    return respond(request, "pages/edit.html", "main", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("pages.picture", "30/h")
@of_organization
def picture(request: Request, organization: Organization, which: str) -> HttpResponse:
    """The logo or the cover: show the form, take what is sent with it."""
    require(rules.may_edit(request.viewer.member, organization))
    shape = _shape(which)
    if request.method != "POST":
        return _answer(request, organization, which, PictureForm(shape=shape))
    form = PictureForm(request.POST, request.FILES, shape=shape)
    if not form.is_valid():
        return _answer(request, organization, which, form, status=422)
    row = editing.put_picture(organization, shape, store(form.images), by=request.viewer.me)
    tell(request, _("The logo is in place.") if shape == "photo" else _("The cover is in place."))
    return _answer(request, row, which, PictureForm(shape=shape))


@require_POST
@signed_in
@limit("pages.picture", "30/h")
@of_organization
def picture_removal(request: Request, organization: Organization, which: str) -> HttpResponse:
    """Take it away."""
    row = editing.put_picture(organization, _shape(which), "", by=request.viewer.me)
    tell(request, _("Taken away."))
    return _answer(request, row, which, PictureForm(shape=_shape(which)))


def _shape(which: str) -> Shape:
    """The shape of a picture.

    Raises:
        Http404: there is no such one.
    """
    if which not in SHAPES:
        raise Http404
    return SHAPES[which]


def _answer(
    request: Request, organization: Organization, which: str, form: PictureForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "manage"),
        "form": form,
        "which": which,
        "current": organization.photo_url if which == "logo" else organization.cover_url,
    }
    here = f"{organization.path}{which}/"
    return respond(request, PICTURE, "main", context, otherwise=here, status=status)
