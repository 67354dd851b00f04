"""Captions as WebVTT: read strictly, written anew. Cues are plain text; styles, regions and tags stay behind.

The reader takes what the standard (W3C WebVTT) calls a file, bounded in every way, and says in a sentence and with
the number of the line what it does not take. What is served is only ever what `written` made.
"""

import re
from html import unescape
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collegium.lib.text.clean import clean_text
from collegium.media.videos import MOST_SECONDS
from collegium.videos.models import CAPTIONS_LIMIT

MOST_BYTES = 512 * 1024
MOST_CUES = 5000
CUE_LIMIT = 600
_TIME = r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_TAG = re.compile(r"<[^>]*>")
_BLOCKS = ("NOTE", "STYLE", "REGION")


class Cue(NamedTuple):
    """Words, and from when to when (in thousandths of a second) they stand there."""

    start: int
    end: int
    words: str


def read(data: bytes) -> list[Cue]:
    """The cues of a file, in the order of their times.

    Raises:
        ValidationError: it is no such file, or too large.
    """
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The captions are larger than 512 kB. Please choose a smaller file."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(_("The captions are not UTF-8 text. Please save them as WebVTT in UTF-8.")) from None
    lines = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise ValidationError(_("This is not a file of captions that can be read here: WebVTT begins with WEBVTT."))
    cues = [cue for at, block in _blocks(lines) if (cue := _cue(at, block)) is not None]
    if not cues:
        raise ValidationError(_("There is no caption in this file."))
    if len(cues) > MOST_CUES:
        raise ValidationError(_("There are more than %(n)s captions in this file.") % {"n": MOST_CUES})
    return sorted(cues)


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """What stands between blank lines, each with the number of its first line; the header is not among it."""
    found: list[tuple[int, list[str]]] = []
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            found.append((number - len(block), block))
            block = []
    return found[1:]


def _cue(at: int, block: list[str]) -> Cue | None:
    """What a block says; nothing when it is a note, a style or a region.

    Raises:
        ValidationError: it is none of what stands in such a file.
    """
    timing = next((place for place in (0, 1) if len(block) > place and "-->" in block[place]), None)
    if timing is None:
        if block[0].split(" ")[0].split("\t")[0] in _BLOCKS:
            return None
        raise ValidationError(_("Line %(n)s of the captions says no times.") % {"n": at})
    found = _TIMING.fullmatch(block[timing])
    if found is None:
        raise ValidationError(_("The times in line %(n)s of the captions cannot be read.") % {"n": at + timing})
    parts = [int(part or 0) for part in found.groups()]
    start, end = (((h * 60 + m) * 60 + s) * 1000 + ms for h, m, s, ms in (parts[:4], parts[4:]))
    if end <= start or end > (MOST_SECONDS + 60) * 1000:
        raise ValidationError(_("The times in line %(n)s of the captions are not possible.") % {"n": at + timing})
    words = _words(block[timing + 1 :], at + timing)
    return Cue(start, end, words) if words else None


def _words(lines: list[str], at: int) -> str:
    """Plain text: tags go, what is written as `&lt;` becomes what it means."""
    text = unescape(_TAG.sub("", "\n".join(line.strip() for line in lines)))
    try:
        kept = clean_text(text, CUE_LIMIT)
    except ValidationError as wrong:
        sentence = _("Line %(n)s of the captions: %(why)s") % {"n": at + 1, "why": " ".join(wrong.messages)}
        raise ValidationError(sentence) from None
    # A blank line would end the cue.
    return "\n".join(line for line in kept.split("\n") if line.strip())


def written(cues: list[Cue]) -> str:
    """The file we serve.

    Raises:
        ValidationError: it would be too long.
    """
    blocks = [f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{_escaped(cue.words)}\n" for cue in cues]
    text = "\n".join(["WEBVTT\n", *blocks])
    if len(text) > CAPTIONS_LIMIT:
        raise ValidationError(_("The captions are too long. Please choose a smaller file."))
    return text


def words_of(text: str) -> str:
    """The words alone, of a file we wrote."""
    lines = text.split("\n")[1:]
    return unescape("\n".join(line for line in lines if line and " --> " not in line))


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _stamp(at: int) -> str:
    seconds, thousandths = divmod(at, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
