"""Files as a conversation shows them: what they are, how large, and a voice note as the line of its loudness."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from collegium.media.kinds import family_of, size_of
from collegium.messaging.models import Attachment

# A picture in a conversation is shown whole, within this many pixels; several share a frame.
BROAD, TALL = 360, 400
# Of the line of loudness, in its own units.
STEP, HEIGHT, LEAST = 4, 36, 3


class Shown(NamedTuple):
    """One file for the page.

    Attributes:
        words: what it is ("PDF", "Spreadsheet").
        icon: of the shared set.
        size: "2.4 MB".
        length: of a voice note, "1:07".
        wave: of a voice note, the path of its line.
        width: of a picture alone, in pixels of the page.
        height: likewise.
    """

    words: str
    icon: str
    size: str
    length: str = ""
    wave: str = ""
    width: int = 0
    height: int = 0


def shown(file: Attachment) -> Shown:
    """What the page says of a file."""
    if file.kind == Attachment.Kind.VOICE:
        return Shown(_("Voice note"), "mic", size_of(file.size), length_of(file.seconds), wave(file.peaks))
    if file.kind == Attachment.Kind.PICTURE:
        scale = min(BROAD / max(file.width, 1), TALL / max(file.height, 1), 1)
        width, height = (max(round(side * scale), 1) for side in (file.width, file.height))
        return Shown(_("Picture"), "image", size_of(file.size), width=width, height=height)
    words, icon = family_of(file.name)
    return Shown(words, icon, size_of(file.size))


def length_of(seconds: float) -> str:
    """Minutes and seconds, at least one."""
    minutes, rest = divmod(max(round(seconds), 1), 60)
    return f"{minutes}:{rest:02}"


def wave(peaks: list[int]) -> str:
    """The line of loudness as a path: a stroke for each step."""
    strokes = []
    for place, peak in enumerate(peaks):
        height = max(peak * HEIGHT // 100, LEAST)
        strokes.append(f"M{place * STEP + STEP // 2} {(HEIGHT - height) / 2:g}v{height}")
    return "".join(strokes)
