"""Opening a stranger's ZIP: what is read of it and what is left out, and its contents in pieces; nothing is unpacked.

Limits and their reasons: a member's whole archive was never seen above 52 entries and some tens of megabytes of text.
"""

import re
import stat
import unicodedata
import zlib
from collections.abc import Iterator
from typing import IO

from collegium.portability.linkedin.directory import Entry
from collegium.portability.linkedin.things import Problem, RefusedError

# Everything together when unpacked; reading it takes half of the half minute there is.
MOST_TOGETHER = 512 * 1024 * 1024
# One file: twenty years of somebody's messages.
MOST_OF_ONE = 64 * 1024 * 1024
# Tables of words shrink to a fifth, tables of one word to a hundredth; beyond, there is nothing to read in it.
MOST_RATIO = 200
_SMALL = 1024 * 1024
_PIECE = 64 * 1024
_STORED, _DEFLATED = 0, 8

_DEVICE = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])( *\.| *$)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class BrokenEntryError(Exception):
    """The bytes of one entry are not what its head says; the word is the code of a problem."""


def judge(found: list[Entry]) -> list[tuple[Entry, Problem | None]]:
    """The files among the entries, each with the reason why it cannot be read, or None.

    Raises:
        RefusedError: together they are larger than anything that could be read.
    """
    if sum(entry.size for entry in found) > MOST_TOGETHER:
        raise RefusedError(Problem("huge", limit=MOST_TOGETHER // _SMALL))
    judged: list[tuple[Entry, Problem | None]] = []
    names: set[str] = set()
    for entry in found:
        if entry.name.endswith("/") and not entry.size and not unsafe(entry.name.rstrip("/") or "/"):
            continue
        folded = unicodedata.normalize("NFC", entry.name).casefold()
        code = "double" if folded in names else unreadable(entry)
        names.add(folded)
        limit = {"large": MOST_OF_ONE // _SMALL, "ratio": MOST_RATIO}.get(code, 0)
        judged.append((entry, Problem(code, file=entry.name, limit=limit) if code else None))
    return judged


def unreadable(entry: Entry) -> str:
    """The code of the reason why an entry is not opened; "" when it may be."""
    if code := unsafe(entry.name):
        return code
    reasons = {
        "link_entry": stat.S_ISLNK(entry.mode),
        "special": entry.mode not in (0, stat.S_IFREG),
        "encrypted": entry.encrypted,
        "method": entry.method not in (_STORED, _DEFLATED),
        "broken": not entry.start,
        "large": entry.size > MOST_OF_ONE,
        "ratio": entry.size > _SMALL and entry.size > MOST_RATIO * entry.packed,
        "lying": entry.method == _STORED and entry.size != entry.packed,
    }
    return next((code for code, holds in reasons.items() if holds), "")


def unsafe(name: str) -> str:
    """The code of what is wrong with a name, were anybody to make a file of it; "" when nothing is."""
    parts = re.split(r"[/\\]", name)
    if not name or _CONTROL.search(name):
        return "name"
    if name[0] in "/\\" or re.match(r"[A-Za-z]:", name):
        return "absolute"
    if ".." in parts:
        return "outside"
    return "device" if any(_DEVICE.match(part) for part in parts) else ""


def contents(file: IO[bytes], entry: Entry) -> Iterator[bytes]:
    """The bytes of an entry, in pieces; never more of them than it said it has.

    Raises:
        BrokenEntryError: "lying" when there are more or fewer, "broken" when they are damaged.
    """
    made, checksum = 0, 0
    for piece in _pieces(file, entry):
        made += len(piece)
        if made > entry.size:
            raise BrokenEntryError("lying")
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if made != entry.size:
        raise BrokenEntryError("lying")
    if checksum != entry.checksum:
        raise BrokenEntryError("broken")


def _pieces(file: IO[bytes], entry: Entry) -> Iterator[bytes]:
    """The bytes as they come, each piece of a bounded size whatever it was packed to."""
    unpacker = zlib.decompressobj(-15) if entry.method == _DEFLATED else None
    left = entry.packed
    while left:
        # Somebody else may have moved the file's place since the last piece.
        file.seek(entry.start + entry.packed - left)
        raw = file.read(min(_PIECE, left))
        if not raw:
            raise BrokenEntryError("broken")
        left -= len(raw)
        if unpacker is None:
            yield raw
            continue
        try:
            while raw and not unpacker.eof:
                yield unpacker.decompress(raw, _PIECE)
                raw = unpacker.unconsumed_tail
        except zlib.error:
            raise BrokenEntryError("broken") from None
        if unpacker.eof:
            return
    if unpacker is not None:
        yield unpacker.flush(_PIECE)
        if not unpacker.eof:
            raise BrokenEntryError("broken")
