"""One's own photo and cover: choose, move under a frame, take away. Without JavaScript the middle is shown."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.media.decode import MOST_BYTES, Crop, Shape, UnusableImage, process_image
from collegium.media.storage import store
from collegium.profiles.actions import put_picture
from collegium.ui.respond import respond, tell

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"


class Words(NamedTuple):
    """What the page says for one shape."""

    title: str | Promise
    label: str | Promise
    hint: str | Promise
    kept: str | Promise
    removed: str | Promise


WORDS: dict[Shape, Words] = {
    "photo": Words(
        gettext_lazy("Your photo"),
        gettext_lazy("Choose a photo"),
        gettext_lazy("JPEG, PNG, WebP, GIF or AVIF, at most 10 MB. Where and with what it was taken is not kept."),
        gettext_lazy("Your photo is in place."),
        gettext_lazy("Your photo is gone."),
    ),
    "cover": Words(
        gettext_lazy("Your cover"),
        gettext_lazy("Choose a cover"),
        gettext_lazy(
            "A wide picture for the top of your profile, at most 10 MB. The frame is four times as wide as high."
        ),
        gettext_lazy("Your cover is in place."),
        gettext_lazy("Your cover is gone."),
    ),
}


class PictureForm(forms.Form):
    """A file, and the frame around the part to show."""

    picture = forms.FileField(
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Please choose a picture first."),
            "missing": gettext_lazy("Please choose a picture first."),
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, shape: Shape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shape = shape
        self.images: dict[int, bytes] = {}
        self.fields["picture"].label = str(WORDS[shape].label)
        self.fields["picture"].help_text = str(WORDS[shape].hint)

    def clean_picture(self) -> UploadedFile:
        """Open the picture, elsewhere; what is wrong with it is said at its field."""
        upload: UploadedFile = self.cleaned_data["picture"]
        # One byte more than allowed is enough to be refused for its size.
        data = upload.read(MOST_BYTES + 1)
        try:
            self.images = process_image(data, self._crop(), self.shape)
        except UnusableImage as unusable:
            raise ValidationError(str(unusable), code=unusable.problem) from None
        return upload

    def _crop(self) -> Crop | None:
        """The frame that the browser sent; None without one, or with one that makes no sense."""
        try:
            return Crop(*(float(self.data[f"picture_{edge}"]) for edge in "xywh"))
        except (KeyError, ValueError):
            return None


def photo(request: Request) -> HttpResponse:
    """The page of one's photo."""
    return _page(request, "photo")


def cover(request: Request) -> HttpResponse:
    """The page of one's cover."""
    return _page(request, "cover")


def photo_removal(request: Request) -> HttpResponse:
    """Take the photo away."""
    return _removal(request, "photo")


def cover_removal(request: Request) -> HttpResponse:
    """Take the cover away."""
    return _removal(request, "cover")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("profiles.picture", "30/h")
def _page(request: Request, shape: Shape) -> HttpResponse:
    """Show the form; take what is sent with it."""
    if request.method != "POST":
        return _answer(request, PictureForm(shape=shape))
    form = PictureForm(request.POST, request.FILES, shape=shape)
    if not form.is_valid():
        return _answer(request, form, status=422)
    put_picture(request.viewer.me, shape, store(form.images))
    tell(request, str(WORDS[shape].kept))
    return _answer(request, PictureForm(shape=shape))


@require_POST
@signed_in
def _removal(request: Request, shape: Shape) -> HttpResponse:
    """Take a picture away; without one there is nothing to do, and that is fine too."""
    member = request.viewer.me
    if getattr(member, shape):
        put_picture(member, shape, "")
        tell(request, str(WORDS[shape].removed))
    return _answer(request, PictureForm(shape=shape))


def _answer(request: Request, form: PictureForm, status: int = 200) -> HttpResponse:
    """The page as it stands now; after a change that was sent without htmx, the way back to it."""
    member = request.viewer.me
    shape = form.shape
    context = {
        "form": form,
        "shape": shape,
        "other": "cover" if shape == "photo" else "photo",
        "words": WORDS[shape],
        "member": member,
        "current": member.photo_url if shape == "photo" else member.cover_url,
    }
    return respond(request, "profiles/photo.html", "main", context, otherwise=f"profiles:{shape}", status=status)
