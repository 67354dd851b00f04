"""Pictures that people upload, decoded and encoded anew by a process that may be killed.

What comes out is always a WebP made by us from pixels: nothing of the file that was uploaded is kept, neither what
it says about place and camera nor what else it may be at the same time.
"""

import json
import logging
import sys
import threading
from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.lib import children

Shape = Literal["photo", "cover", "pinned", "posted", "slide"]

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
SECONDS = 10
AT_ONCE = 2
PATIENCE = 5
MOST_OUTPUT = 4 * 1024 * 1024

SIZES: dict[Shape, dict[int, tuple[int, int]]] = {
    "photo": {512: (512, 512), 192: (192, 192), 96: (96, 96)},
    "cover": {1600: (1600, 400), 800: (800, 200)},
    "pinned": {1200: (1200, 1200), 480: (480, 480)},
    "posted": {1920: (1920, 1920), 960: (960, 960), 480: (480, 480)},
    "slide": {1600: (1600, 1600), 800: (800, 800)},
}
LEAST: dict[Shape, tuple[int, int]] = {
    "photo": (64, 64),
    "cover": (300, 75),
    "pinned": (64, 64),
    "posted": (64, 64),
    "slide": (1, 1),
}
# Shapes that show all of a picture: their sizes are the most it may have, and it is never made larger.
WHOLE: frozenset[Shape] = frozenset({"pinned", "posted", "slide"})
# How hard the encoder tries, from 0 to 6: somebody waits for the large sizes of a whole photograph.
EFFORT: dict[Shape, int] = {"posted": 2}

_PROBLEMS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Please choose a picture."),
    "heavy": _("The file is larger than 10 MB. Please choose a smaller one."),
    "unknown": _("This is not a picture that can be read here. Please use JPEG, PNG, WebP, GIF or AVIF."),
    "heic": _("HEIC pictures cannot be read here. Please save it as JPEG first."),
    "huge": _("The picture has more than 50 megapixels. Please choose a smaller one."),
    "small": _("The picture is too small. It needs at least 64 by 64 pixels, a cover 300 by 75."),
    "broken": _("The picture is damaged or incomplete. Please try another file."),
    "slow": _("The picture took too long to open. Please try a smaller one."),
    "busy": _("Many pictures are being prepared at this moment. Please try again in a few seconds."),
}
log = logging.getLogger(__name__)
_places = threading.BoundedSemaphore(AT_ONCE)
_COMMAND = [sys.executable, "-E", "-s", "-m", "collegium.media.child"]
# Nothing of ours is inherited: no address of the database, no secret.
ENVIRONMENT = {
    "VIPS_BLOCK_UNTRUSTED": "1",
    "VIPS_CONCURRENCY": "1",
    # Large pictures stay in memory, whose limit is known; the child has no disk.
    "VIPS_DISC_THRESHOLD": "2g",
    "MALLOC_ARENA_MAX": "1",
    "LC_ALL": "C.UTF-8",
}


class Crop(NamedTuple):
    """A rectangle as fractions of the upright picture."""

    x: float
    y: float
    w: float
    h: float


class UnusableImageError(Exception):
    """No picture came of it. Shown as a sentence for the person who uploaded it."""

    def __init__(self, problem: str) -> None:
        super().__init__(str(_PROBLEMS[problem]))
        self.problem = problem


UnusableImage = UnusableImageError


def process_image(data: bytes, crop: Crop | None, shape: Shape) -> dict[int, bytes]:
    """Make all sizes of a photo or a cover.

    Args:
        data: the file, as uploaded.
        crop: the part to show; the middle without. It is narrowed to the shape's proportions.
        shape: which sizes.

    Returns:
        WebP files by their width.

    Raises:
        UnusableImageError: with a sentence; `problem` is "busy" when it is worth trying again.
    """
    if not data:
        raise UnusableImageError("empty")
    if len(data) > MOST_BYTES:
        raise UnusableImageError("heavy")
    sizes = SIZES[shape]
    request = {"sizes": list(sizes.values()), "crop": _within(crop), "least": LEAST[shape], "pixels": MOST_PIXELS}
    request["whole"] = shape in WHOLE
    request["effort"] = EFFORT.get(shape, 4)
    return dict(zip(sizes, _files(_ask(json.dumps(request).encode() + b"\n" + data), len(sizes)), strict=True))


def size_of(file: bytes) -> tuple[int, int]:
    """Width and height of a WebP file that was made here, from its header.

    Raises:
        UnusableImageError: it is not of the one kind that our encoder makes.
    """
    if file[:4] != b"RIFF" or file[8:16] != b"WEBPVP8 " or len(file) < 30:
        raise UnusableImageError("broken")
    width, height = (int.from_bytes(file[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return width, height


def _within(crop: Crop | None) -> Crop | None:
    """The part of a crop that lies in the picture; no crop when next to nothing does."""
    if crop is None or not all(-1 <= part <= 2 for part in crop):
        return None
    x, y = min(max(crop.x, 0.0), 1.0), min(max(crop.y, 0.0), 1.0)
    inside = Crop(x, y, min(crop.w, 1 - x), min(crop.h, 1 - y))
    return inside if inside.w >= 0.01 and inside.h >= 0.01 else None


def _ask(message: bytes) -> bytes:
    """Give a fresh child the message and return its answer."""
    try:
        with children.place(_places, PATIENCE):
            said = children.ask(
                _COMMAND, message, seconds=SECONDS, most=MOST_OUTPUT, environment=ENVIRONMENT, name="a picture"
            )
    except children.ChildError as none:
        raise UnusableImageError(none.problem) from None
    return said.written


def _files(answer: bytes, count: int) -> list[bytes]:
    """Take the child's answer apart, believing nothing of it."""
    line, newline, rest = answer.partition(b"\n")
    try:
        said = json.loads(line) if newline else {}
        lengths = said.get("files", [])
        problem = said.get("problem", "broken")
    except (ValueError, AttributeError):
        raise UnusableImageError("broken") from None
    whole = isinstance(lengths, list) and all(isinstance(length, int) and length > 0 for length in lengths)
    if not whole or len(lengths) != count or sum(lengths) != len(rest):
        raise UnusableImageError(problem if isinstance(problem, str) and problem in _PROBLEMS else "broken")
    files, at = [], 0
    for length in lengths:
        files.append(rest[at : at + length])
        at += length
    if not all(file[:4] == b"RIFF" and file[8:12] == b"WEBP" for file in files):
        raise UnusableImageError("broken")
    return files
