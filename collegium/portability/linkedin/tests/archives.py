"""Archives for tests: honest ones from texts, and ones that lie in any field of any record."""

import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from collegium.portability.linkedin import checking
from collegium.portability.linkedin.catalogue import KINDS, TAKEN
from collegium.portability.linkedin.read import UnreadableArchiveError, read
from collegium.portability.linkedin.reader import Walk, plain
from collegium.portability.linkedin.things import RefusedError

CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
NOTES = (
    "Notes:\r\n"  # as LinkedIn writes it
    '"When exporting your connection data, you may notice that some of the email addresses are missing. You will only '
    "see email addresses for connections who have allowed their connections to see or download their email "
    'address."\r\n'
    "\r\n"
)
POSITIONS = "Company Name,Title,Description,Location,Started On,Finished On"
RECEIVED = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status"
RECOMMENDS = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
MESSAGES = (
    '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO","RECIPIENT PROFILE URLS","DATE",'
    '"SUBJECT","CONTENT","FOLDER"'
)
EVERYTHING = frozenset(KINDS)


def zipped(files):
    """A ZIP of texts (as UTF-8) and bytes by name."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def taken(data, kinds=EVERYTHING):
    """All that is found in an archive, and its files' reports, through the locked-up child."""
    archive = read(io.BytesIO(data), kinds=kinds)
    found = list(archive)
    return found, archive.files


def rows(name, text, kinds=EVERYTHING):
    """The things of one file, and its report; without a process."""
    found, (report,) = walk(zipped({name: text}), kinds)
    return found, report


def codes(report):
    return [problem.code for problem in report.problems]


def refusal(data):
    """The code an archive is refused with, or None, and its reports."""
    try:
        return None, taken(data)[1]
    except UnreadableArchiveError as refused:
        return refused.problem.code, []


def walk(data, kinds=TAKEN):
    """The walk without a process, all it says taken in as the parent would: the quick way, for many examples."""
    said = []
    source = io.BytesIO(data)
    walker = Walk(kinds, lambda message: said.append(json.dumps(message, ensure_ascii=False).encode(errors="replace")))
    try:
        walker.archive(source)
    except RefusedError as refused:
        checking.problem([plain(refused.problem)])
        return None
    things, reports = [], {}
    for line in said:
        word, *rest = checking.message(line)
        if word in ("file", "done"):
            reports[rest[0]] = checking.report(rest)
        elif word == "row":
            try:
                things.append(checking.thing(rest, reports[rest[0]].kind))
            except checking.UnusableError:
                continue
    return things, list(reports.values())


@dataclass
class Lie:
    """An entry whose records may say anything."""

    name: bytes = b"Skills.csv"
    data: bytes = b"Name\nWelding\n"
    method: int = 8
    flags: int = 0
    size: int | None = None
    packed: int | None = None
    checksum: int | None = None
    offset: int | None = None
    mode: int = 0
    local_name: bytes | None = None
    extra: bytes = b""
    raw: bytes | None = None
    sign: bytes = b"PK\x03\x04"
    at: int = field(default=0, init=False)

    @property
    def body(self):
        if self.raw is not None:
            return self.raw
        if self.method != 8:
            return self.data
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return squeezer.compress(self.data) + squeezer.flush()

    @property
    def numbers(self):
        checksum = zlib.crc32(self.data) if self.checksum is None else self.checksum
        packed = len(self.body) if self.packed is None else self.packed
        return checksum, packed, len(self.data) if self.size is None else self.size


def lying(*entries, count=None, size=None, offset=None, comment=b"", before=b"", after=b"", disks=(0, 0)):
    """A ZIP by hand."""
    out = bytearray(before)
    for entry in entries:
        entry.at = len(out)
        name = entry.name if entry.local_name is None else entry.local_name
        out += struct.pack("<4s5H3L2H", entry.sign, 20, entry.flags, entry.method, 0, 0, *entry.numbers, len(name), 0)
        out += name + entry.body
    begin = len(out)
    for entry in entries:
        place = entry.at if entry.offset is None else entry.offset
        numbers = (len(entry.name), len(entry.extra), 0, 0, 0, entry.mode << 16, place)
        out += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 0x0314, 20, entry.flags, entry.method, 0, 0, *entry.numbers, *numbers
        )
        out += entry.name + entry.extra
    length = len(out) - begin if size is None else size
    many = len(entries) if count is None else count
    begin = begin if offset is None else offset
    out += struct.pack("<4s4H2LH", b"PK\x05\x06", *disks, many, many, length, begin, len(comment)) + comment + after
    return bytes(out)
