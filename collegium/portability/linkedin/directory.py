"""The list of a ZIP's entries, read without believing it: only the directory at the end, and each entry's own head.

Python's `zipfile` reads a directory of any length before anybody can ask how long it is, and does not mind entries
that lie on top of each other; so the directory is read here.
"""

import codecs
import struct
from dataclasses import dataclass
from typing import IO

from collegium.portability.linkedin.things import Problem, RefusedError

# The largest archive described has 52 entries; articles add one each.
MOST_ENTRIES = 2000
# Name, extra fields and comment of an entry; what real archives need is a hundred bytes.
_MOST_ABOUT_ONE = 1024
_MOST_DIRECTORY = MOST_ENTRIES * (46 + _MOST_ABOUT_ONE)

_END = struct.Struct("<4s4H2LH")
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
# Looked up now: in the locked-up child no codec could be loaded.
_OLD_NAMES = codecs.lookup("cp437").name
_UTF8, _ENCRYPTED, _STRONG, _MASKED = 1 << 11, 1, 1 << 6, 1 << 13


@dataclass(slots=True)
class Entry:
    """One entry. `start` is where its bytes begin; 0 while its own head has not been read or is broken."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int
    attributes: int
    raw_name: bytes
    start: int = 0

    @property
    def encrypted(self) -> bool:
        """Whether a password is needed."""
        return bool(self.flags & (_ENCRYPTED | _STRONG | _MASKED))

    @property
    def mode(self) -> int:
        """The kind of file as Unix tells it; 0 where nothing is said."""
        return (self.attributes >> 16) & 0xF000


def entries(file: IO[bytes]) -> list[Entry]:
    """All entries, in the order of the directory, none of them overlapping another.

    Raises:
        RefusedError: it is no ZIP, it is damaged, it has too many entries, or they lie on top of each other.
    """
    length = file.seek(0, 2)
    count, size, offset, end = _end(file, length)
    if count > MOST_ENTRIES or size > _MOST_DIRECTORY:
        raise RefusedError(Problem("entries", limit=MOST_ENTRIES))
    # Something may stand before the archive; every place in it is then off by that much.
    shift = end - size - offset
    if shift < 0:
        raise RefusedError(Problem("damaged"))
    file.seek(offset + shift)
    found = _parse(file.read(size), count, shift)
    if not found:
        raise RefusedError(Problem("no_files"))
    for entry in found:
        _find_start(file, entry)
    _refuse_overlaps(found, offset + shift)
    return found


def _end(file: IO[bytes], length: int) -> tuple[int, int, int, int]:
    """Number of entries, size and place of the directory, and where the records after it begin."""
    tail_at = max(0, length - _END.size - _FULL16)
    file.seek(tail_at)
    tail = file.read(_END.size + _FULL16)
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if at + _END.size <= len(tail):
            _sign, disk, first, here, count, size, offset, comment = _END.unpack_from(tail, at)
            if at + _END.size + comment <= len(tail):
                break
        at = tail.rfind(b"PK\x05\x06", 0, at)
    if at < 0:
        raise RefusedError(Problem("not_zip"))
    end = tail_at + at
    if _FULL16 in (count, here, disk) or _FULL32 in (size, offset):
        count, size, offset, end = _end64(file, end) or (count, size, offset, end)
    elif disk or first or here != count:
        raise RefusedError(Problem("parts"))
    return count, size, offset, end


def _end64(file: IO[bytes], end: int) -> tuple[int, int, int, int] | None:
    """The same from the larger records of long archives; None where there are none."""
    if end < _END64_PLACE.size:
        return None
    file.seek(end - _END64_PLACE.size)
    sign, disk, place, disks = _END64_PLACE.unpack(file.read(_END64_PLACE.size))
    if sign != b"PK\x06\x07":
        return None
    if disk or disks > 1:
        raise RefusedError(Problem("parts"))
    # The record stands right before its locator, wherever the archive begins; what it says of its place may be off.
    for at in (end - _END64_PLACE.size - _END64.size, place):
        if 0 <= at <= end - _END64.size:
            file.seek(at)
            record = file.read(_END64.size)
            if record[:4] == b"PK\x06\x06" and len(record) == _END64.size:
                _s, _l, _m, _v, first, second, here, count, size, offset = _END64.unpack(record)
                if first or second or here != count:
                    raise RefusedError(Problem("parts"))
                return count, size, offset, at
    raise RefusedError(Problem("damaged"))


def _parse(directory: bytes, count: int, shift: int) -> list[Entry]:
    """The records of the directory: exactly as many as were announced."""
    found: list[Entry] = []
    at = 0
    while at + _CENTRAL.size <= len(directory) and directory[at : at + 4] == b"PK\x01\x02":
        if len(found) >= MOST_ENTRIES:
            raise RefusedError(Problem("entries", limit=MOST_ENTRIES))
        record = _CENTRAL.unpack_from(directory, at)
        flags, method = record[3], record[4]
        checksum, packed, size, name_length, extra_length, comment_length = record[7:13]
        disk, attributes, offset = record[13], record[15], record[16]
        at += _CENTRAL.size
        raw = directory[at : at + name_length]
        extra = directory[at + name_length : at + name_length + extra_length]
        at += name_length + extra_length + comment_length
        size, packed, offset = _long(extra, size, packed, offset)
        if disk not in (0, _FULL16):
            raise RefusedError(Problem("parts"))
        name = raw.decode("utf-8" if flags & _UTF8 else _OLD_NAMES, errors="replace")
        found.append(Entry(name, flags, method, checksum, packed, size, offset + shift, attributes, raw))
    if at != len(directory) or len(found) != count:
        raise RefusedError(Problem("damaged"))
    return found


def _long(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """The numbers of an entry, those that did not fit into 32 bits from its extra field."""
    values = [size, packed, offset]
    if _FULL32 not in values:
        return size, packed, offset
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == 1:
            for place, value in enumerate(values):
                if value == _FULL32 and len(body) >= 8:
                    values[place], body = int.from_bytes(body[:8], "little"), body[8:]
    return values[0], values[1], values[2]


def _find_start(file: IO[bytes], entry: Entry) -> None:
    """Where an entry's bytes begin, if its own head is there and bears the same name."""
    file.seek(entry.offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
        return
    *_rest, name_length, extra_length = _LOCAL.unpack(head)
    if file.read(name_length) == entry.raw_name:
        entry.start = entry.offset + _LOCAL.size + name_length + extra_length


def _refuse_overlaps(found: list[Entry], directory: int) -> None:
    """Entries that share bytes are how a small archive becomes petabytes; no honest tool makes them.

    One whose head is broken counts as its head alone; it is left out later.
    """
    free = 0
    for entry in sorted(found, key=lambda entry: entry.offset):
        if entry.offset < free:
            raise RefusedError(Problem("overlap", file=entry.name))
        free = entry.start + entry.packed if entry.start else entry.offset + _LOCAL.size
        if entry.start and free > directory:
            raise RefusedError(Problem("damaged"))
