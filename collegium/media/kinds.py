"""What may be kept as a file: told by its ending, and believed only if its first bytes say the same.

Nothing here opens a file. What is kept is handed out to be kept, never shown by its own address, so the question is
only whether it is what it is called: whoever opens it trusts the name.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.lib.refusal import Refusal

LOOKED_AT = 64 * 1024
PLAIN = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
# What a text would begin with if it were something that runs or a page that shows itself.
_RUNS = (b"<!doctype", b"<html", b"<head", b"<body", b"<svg", b"<script", b"<?xml", b"<?php", b"#!", b"mz\x90")
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


class Family(NamedTuple):
    """Files that begin alike.

    Attributes:
        words: what they are, for people.
        icon: of the shared set.
        is_one: whether these first bytes are of such a file.
        types: content types by ending.
    """

    words: str | Promise
    icon: str
    is_one: Callable[[bytes], bool]
    types: Mapping[str, str]


def _begins(*starts: bytes, at: int = 0) -> Callable[[bytes], bool]:
    return lambda head: head[at:].startswith(starts)


def _is_text(head: bytes) -> bool:
    """Letters and lines, and nothing that a browser or a shell would run."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = head.decode("utf-16", "replace")[:64].encode()
    else:
        if _CONTROLS & frozenset(head):
            return False
        start = head.removeprefix(b"\xef\xbb\xbf")[:64]
    return not start.lstrip().lower().startswith(_RUNS)


def _is_wave(head: bytes) -> bool:
    return head.startswith(b"RIFF") and head[8:12] == b"WAVE"


_zip, _ole = _begins(b"PK\x03\x04"), _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_moving, _matroska = _begins(b"ftyp", b"moov", b"wide", b"mdat", b"free", at=4), _begins(b"\x1a\x45\xdf\xa3")
_DOCUMENT, _SHEET, _SLIDES = gettext_lazy("Document"), gettext_lazy("Spreadsheet"), gettext_lazy("Slides")
_SOUND, _VIDEO, _ARCHIVE, _TEXT = (gettext_lazy(word) for word in ("Sound", "Video", "Archive", "Text"))

FAMILIES = (
    Family("PDF", "file-text", _begins(b"%PDF-"), {".pdf": "application/pdf"}),
    Family(
        _DOCUMENT,
        "file-text",
        _zip,
        {
            ".docx": f"{_OFFICE}.wordprocessingml.document",
            ".odt": f"{_OPEN}.text",
            ".pages": PLAIN,
            ".epub": "application/epub+zip",
        },
    ),
    Family(_DOCUMENT, "file-text", _ole, {".doc": "application/msword"}),
    Family(_DOCUMENT, "file-text", _begins(b"{\\rtf"), {".rtf": "application/rtf"}),
    Family(
        _SHEET,
        "file-spreadsheet",
        _zip,
        {".xlsx": f"{_OFFICE}.spreadsheetml.sheet", ".ods": f"{_OPEN}.spreadsheet", ".numbers": PLAIN},
    ),
    Family(_SHEET, "file-spreadsheet", _ole, {".xls": "application/vnd.ms-excel"}),
    Family(
        _SLIDES,
        "presentation",
        _zip,
        {".pptx": f"{_OFFICE}.presentationml.presentation", ".odp": f"{_OPEN}.presentation", ".key": PLAIN},
    ),
    Family(_SLIDES, "presentation", _ole, {".ppt": "application/vnd.ms-powerpoint"}),
    Family(gettext_lazy("Table"), "file-spreadsheet", _is_text, {".csv": "text/csv", ".tsv": PLAIN}),
    Family(
        _TEXT,
        "file-text",
        _is_text,
        {
            ".txt": "text/plain",
            ".md": "text/plain",
            ".log": "text/plain",
            ".json": "application/json",
            ".geojson": "application/json",
            ".yaml": PLAIN,
            ".yml": PLAIN,
            ".toml": PLAIN,
            ".tex": PLAIN,
            ".bib": PLAIN,
            ".srt": PLAIN,
            ".vtt": "text/vtt",
            ".ics": "text/calendar",
            ".vcf": "text/vcard",
        },
    ),
    Family(_SOUND, "volume-2", _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), {".mp3": "audio/mpeg"}),
    Family(_SOUND, "volume-2", _moving, {".m4a": "audio/mp4"}),
    Family(_SOUND, "volume-2", _is_wave, {".wav": "audio/wav"}),
    Family(_SOUND, "volume-2", _begins(b"OggS"), {".ogg": "audio/ogg", ".opus": "audio/ogg"}),
    Family(_SOUND, "volume-2", _begins(b"fLaC"), {".flac": "audio/flac"}),
    Family(_VIDEO, "play", _moving, {".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime"}),
    Family(_VIDEO, "play", _matroska, {".webm": "video/webm", ".mkv": PLAIN}),
    Family(_ARCHIVE, "file-archive", _zip, {".zip": "application/zip"}),
    Family(_ARCHIVE, "file-archive", _begins(b"\x1f\x8b"), {".gz": "application/gzip", ".tgz": "application/gzip"}),
    Family(_ARCHIVE, "file-archive", _begins(b"7z\xbc\xaf\x27\x1c"), {".7z": "application/x-7z-compressed"}),
    Family(_ARCHIVE, "file-archive", _begins(b"ustar", at=257), {".tar": "application/x-tar"}),
)
BY_ENDING = {ending: family for family in FAMILIES for ending in family.types}
# Made anew from their pixels; the last two are named so that they are refused with the reason.
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".heif")
ENDINGS = (*PICTURES, *BY_ENDING)
# What a browser offers to choose from: without the two, a telephone makes a JPEG of its pictures by itself.
OFFERED = ",".join(ending for ending in ENDINGS if ending not in {".heic", ".heif"})
# What hangs on a post to be taken home: videos and pictures have ways of their own to stand there.
DOCUMENTS = tuple(ending for ending, family in BY_ENDING.items() if family.words is not _VIDEO)
KILO = 1000


def ending_of(name: str) -> str:
    """What a name ends with, in small letters."""
    return Path(name).suffix.lower()


def family_of(name: str) -> tuple[str, str]:
    """What a file of this name is, for people, and its icon."""
    family = BY_ENDING.get(ending_of(name))
    return (str(family.words), family.icon) if family else (_("File"), "file-text")


def size_of(count: int) -> str:
    """Bytes in words, as files are measured everywhere."""
    if count < KILO * KILO:
        return f"{number_format(max(count / KILO, 1), 0)} kB"
    return f"{number_format(count / KILO / KILO, 1)} MB"


def believe(name: str, path: Path) -> str:
    """The content type of a file that is what its name says.

    Raises:
        Refusal: it is something else, with a sentence.
    """
    ending = ending_of(name)
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    family = BY_ENDING[ending]
    if not family.is_one(head):
        raise Refusal(
            _("This is not what its name says: no %(kind)s file is inside. Please send it under its true name.")
            % {"kind": ending.removeprefix(".").upper()}
        )
    return family.types[ending]
