"""One uploaded file becomes a picture, or a sentence that says why not."""

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from collegium.lib.limits import TooMany, charge, seconds
from collegium.media.decode import MOST_BYTES, Crop, UnusableImage, process_image
from collegium.media.storage import name_of
from collegium.members.models import Member
from collegium.pictures import actions
from collegium.pictures.models import WIDTHS, Picture

RATE = "240/h"
NAME_LIMIT = 60


def take(owner: Member, upload: UploadedFile, crop: Crop | None = None) -> Picture | str:
    """Open a file elsewhere (`media.decode`) and keep what it shows.

    Args:
        owner: who uploads.
        upload: the file; neither its name nor its declared type is believed.
        crop: the part to show; all of it without.

    Returns:
        The picture; or a sentence for the page, which begins with the file's name.
    """
    try:
        charge("pictures.upload", f"m:{owner.pk}", RATE)
        # One byte more than allowed is enough to be refused for its size.
        return actions.take_in(owner, process_image(upload.read(MOST_BYTES + 1), crop, "posted"))
    except TooMany as wait:
        minutes = max(1, round(seconds(wait.wait) / 60))
        return _("%(name)s: these are many pictures in a short time. Please go on in %(n)s min.") % {
            "name": named(upload),
            "n": minutes,
        }
    except UnusableImage as unusable:
        return f"{named(upload)}: {unusable}"


def cut(picture: Picture, crop: Crop) -> Picture | str:
    """A picture that shows a part of another, which stays as it is.

    Returns:
        The picture; or a sentence for the page.
    """
    try:
        with default_storage.open(name_of(picture.key, WIDTHS[-1])) as file:
            return take(picture.owner, SimpleUploadedFile(str(_("Picture")), file.read()), crop)
    except FileNotFoundError:
        return _("A picture is no longer here. Please choose it again.")


def named(upload: UploadedFile) -> str:
    """The file's name as it may stand in a sentence."""
    kept = "".join(letter for letter in (upload.name or "") if letter.isprintable())
    return kept if 0 < len(kept) <= NAME_LIMIT else f"{kept[: NAME_LIMIT - 1]}…" if kept else str(_("File"))
