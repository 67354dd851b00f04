"""A picture for a conversation: drawn anew from its pixels, like pictures of posts, in two sizes."""

from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from collegium.lib.refusal import Refusal
from collegium.media.decode import MOST_BYTES, UnusableImage, process_image, size_of

LARGE, SMALL = 1920, 960


class Drawn(NamedTuple):
    """The two files, and the size of the larger one."""

    large: bytes
    small: bytes
    width: int
    height: int


def draw(path: Path) -> Drawn:
    """Open a file elsewhere (`media.decode`) and make what it shows anew; what it says about place and camera is gone.

    Raises:
        Refusal: nothing came of it, with a sentence.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Refusal(_("The picture is larger than 10 MB. Please choose a smaller one, or send it in a ZIP file."))
    try:
        made = process_image(path.read_bytes(), None, "posted")
        return Drawn(made[LARGE], made[SMALL], *size_of(made[LARGE]))
    except UnusableImage as unusable:
        raise Refusal(str(unusable)) from None
