"""Rule 8, and more than forty hostile archives: refused, or their bad part left out, with a sentence; soon."""

import dataclasses
import io
import random
import resource
import stat
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.portability.linkedin import directory, sentences, zips
from collegium.portability.linkedin.tests.archives import (
    CONNECTIONS,
    MESSAGES,
    POSITIONS,
    RECEIVED,
    RECOMMENDS,
    Lie,
    codes,
    lying,
    refusal,
    taken,
    walk,
    zipped,
)
from collegium.portability.linkedin.things import SkillName

GOOD = b"Name\nWelding\n"
MB = 1024 * 1024


def spent():
    """Seconds of processor time of this process and its children: what a busy machine does not change."""
    mine, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def squeezed(length, byte=b"x"):
    """So many bytes, packed as tightly as can be."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = byte * MB
    return b"".join(squeezer.compress(piece) for _ in range(length // MB)) + squeezer.flush()


def fifield(count=200):
    """The bomb whose entries all lie on one kernel."""
    kernel = Lie(b"kernel.csv", raw=squeezed(16 * MB), size=16 * MB, checksum=0)
    heads = [Lie(b"%d.csv" % number, raw=b"", packed=len(kernel.raw), size=16 * MB) for number in range(count)]
    return lying(*heads, kernel)


def spanned(count):
    """Entries that all point to the first one's bytes."""
    first = Lie(b"a.csv", GOOD * 1000)
    return lying(
        first, *(Lie(b"a.csv" if not n else b"%d.csv" % n, GOOD * 1000, offset=0, raw=b"") for n in range(count))
    )


def endless():
    """A million entries of nothing."""
    name = b"a" * 10
    one = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0) + name
    body = one * 1_000_000
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1_000_000, 1_000_000, len(body), 0)
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(body), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return body + end64 + place + end


def quine():
    """An archive with a copy of an archive of an archive inside."""
    inner = zipped({"Skills.csv": GOOD})
    for _ in range(20):
        inner = zipped({"again.zip": inner})
    return inner


REFUSED = {
    "an entry for every byte of the directory": (
        lambda: lying(*(Lie(b"%d" % n, b"", 0) for n in range(2001))),
        "entries",
    ),
    "a million entries": (endless, "entries"),
    "a million entries that say they are few": (
        lambda: lying(*(Lie(b"%d" % n, b"", 0) for n in range(2500)), count=3),
        "entries",
    ),
    "overlapping entries, full overlap": (lambda: spanned(50), "overlap"),
    "overlapping entries, quoted heads": (fifield, "overlap"),
    "overlapping entries, few": (lambda: fifield(5), "overlap"),
    "the same place twice": (lambda: spanned(1), "overlap"),
    "an entry over the directory": (lambda: lying(Lie(packed=5000)), "damaged"),
    "more than can be unpacked": (lambda: lying(*(Lie(b"%d" % n, size=60 * MB) for n in range(10))), "huge"),
    "sizes of exabytes": (
        lambda: lying(Lie(size=0xFFFFFFFF, extra=struct.pack("<HHQ", 1, 8, 2**63))),
        "huge",
    ),
    "no archive": (lambda: b"Name\nWelding\n", "not_zip"),
    "nothing": (lambda: b"", "nothing"),
    "one byte": (lambda: b"P", "not_zip"),
    "cut in the middle": (lambda: zipped({"Skills.csv": GOOD * 1000})[:60], "not_zip"),
    "without its end": (lambda: zipped({"Skills.csv": GOOD})[:-10], "not_zip"),
    "a directory that is not there": (lambda: lying(Lie(), offset=2**31), "damaged"),
    "a directory shorter than it says": (lambda: lying(Lie(), count=2), "damaged"),
    "a directory cut short": (lambda: lying(Lie(), size=20), "damaged"),
    "a part of a larger one": (lambda: lying(Lie(), disks=(1, 1)), "parts"),
    "an end inside the comment": (lambda: lying(Lie(), comment=b"PK\x05\x06" + b"\0" * 18), "no_files"),
    "a lost end of 64 bits": (
        lambda: lying(Lie())[:-22] + struct.pack("<4sLQL", b"PK\x06\x07", 0, 5, 1) + lying(Lie(), count=0xFFFF)[-22:],
        "damaged",
    ),
    "a place before the beginning": (lambda: lying(Lie(), offset=0, before=b"x" * 50, size=2**31 - 1), "entries"),
    "a gzip": (lambda: b"\x1f\x8b\x08" + b"\0" * 100, "not_zip"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_as_a_whole(case):
    make, code = REFUSED[case]
    data = make()
    begun = spent()
    assert refusal(data) == (code, [])
    assert spent() - begun < 10


LEFT = {
    "flat bomb, one to a thousand": (Lie(raw=squeezed(60 * MB), size=60 * MB, checksum=0), "ratio"),
    "flat bomb that says it is small": (Lie(raw=squeezed(60 * MB), size=100, checksum=0), "lying"),
    "longer than it says": (Lie(data=GOOD * 100, size=50), "lying"),
    "shorter than it says": (Lie(data=GOOD, size=5000), "lying"),
    "stored, with two sizes": (Lie(method=0, size=5000), "lying"),
    "a gigabyte in one entry": (Lie(size=100 * MB), "large"),
    "a wrong checksum": (Lie(checksum=1), "broken"),
    "damaged bytes": (Lie(raw=b"\xff" * 40), "broken"),
    "bytes that stop": (Lie(data=random.Random(1).randbytes(3000), packed=1000), "broken"),
    "a link": (Lie(mode=stat.S_IFLNK | 0o777, data=b"/etc/passwd"), "link_entry"),
    "a pipe": (Lie(mode=stat.S_IFIFO | 0o777), "special"),
    "a disk": (Lie(mode=stat.S_IFBLK | 0o777), "special"),
    "out of the folder": (Lie(b"../../etc/Skills.csv"), "outside"),
    "out of the folder, from Windows": (Lie(b"..\\..\\Skills.csv"), "outside"),
    "out of it half-way": (Lie(b"a/../../Skills.csv"), "outside"),
    "an absolute place": (Lie(b"/etc/Skills.csv"), "absolute"),
    "a place in the network": (Lie(b"\\\\host\\share\\Skills.csv"), "absolute"),
    "a drive": (Lie(b"C:\\Skills.csv"), "absolute"),
    "a device": (Lie(b"CON"), "device"),
    "a device with an ending": (Lie(b"folder/nul.csv"), "device"),
    "a serial port": (Lie(b"com1 .csv"), "device"),
    "a name with a zero byte": (Lie(b"Skills.csv\0.exe"), "name"),
    "a name with a line end": (Lie(b"Skills\n.csv"), "name"),
    "no name": (Lie(b""), "name"),
    "a password": (Lie(flags=1), "encrypted"),
    "a strong password": (Lie(flags=1 | 1 << 6), "encrypted"),
    "a hidden head": (Lie(flags=1 << 13), "encrypted"),
    "BZip2": (Lie(method=12), "method"),
    "LZMA": (Lie(method=14), "method"),
    "a method nobody knows": (Lie(method=999), "method"),
    "another name before the bytes": (Lie(local_name=b"Other.csv."), "broken"),
    "no head before the bytes": (Lie(sign=b"XXXX"), "broken"),
    "a nested archive": (Lie(b"inner.zip", zipped({"Skills.csv": GOOD})), "nested"),
    "an archive called a table": (Lie(b"Skills2.csv", quine()), "nested"),
    "a program": (Lie(b"setup.exe", b"MZ\x90\x00\x03\x00\x00\x00" * 50), "binary"),
}


@pytest.mark.parametrize("case", LEFT)
def test_left_out_with_a_sentence_and_the_rest_is_read(case):
    entry, code = LEFT[case]
    begun = spent()
    found, files = walk(lying(Lie(b"first/Skills.csv", GOOD), entry))
    assert spent() - begun < 10
    assert found == [SkillName("Welding")]
    assert codes(files[1]) == [code]
    assert files[1].decision == ("unknown" if code in ("nested", "binary") else "broken")
    sentence = sentences.why(files[1])
    assert sentence
    assert files[1].name in sentence


def test_all_of_them_in_one_archive():
    """Through the locked-up child; each has a name of its own, and what is sound between them is read."""
    entries = []
    for number, (entry, code) in enumerate(LEFT.values()):
        named = entry.name if code in ("absolute", "name") else b"%d/" % number + entry.name
        entries += [dataclasses.replace(entry, name=named), Lie(b"good/%d.csv" % number, b"Name\nSkill %d\n" % number)]
    found, files = taken(lying(*entries))
    assert [each.thing.name for each in found] == [f"Skill {number}" for number in range(len(LEFT))]
    assert [codes(report) for report in files[::2]] == [[code] for _entry, code in LEFT.values()]


def test_there_are_more_than_forty():
    assert len(REFUSED) + len(LEFT) >= 40


@pytest.mark.parametrize(
    ("first", "second"), [("Skills.csv", "Skills.csv"), ("Skills.csv", "SKILLS.CSV"), ("Ähm.csv", "ähm.csv")]
)
def test_of_two_files_of_one_name_the_first_is_read(first, second):
    flags = 1 << 11
    found, files = taken(
        lying(Lie(first.encode(), GOOD, flags=flags), Lie(second.encode(), b"Name\nOther\n", flags=flags))
    )
    assert [each.thing for each in found] == [SkillName("Welding")]
    assert codes(files[1]) == ["double"]


def test_sound_archives_of_every_make_pass():
    plain = zipped({"Skills.csv": GOOD})
    streamed = io.BytesIO()

    class Pipe(io.RawIOBase):
        """A file that cannot go back, so that sizes stand behind the bytes."""

        def writable(self):
            return True

        def write(self, data):
            return streamed.write(data)

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Skills.csv", GOOD)
    long = io.BytesIO()
    with zipfile.ZipFile(long, "w") as archive, archive.open("Skills.csv", "w", force_zip64=True) as entry:
        entry.write(GOOD)
    for data in (
        plain,
        streamed.getvalue(),
        long.getvalue(),
        lying(Lie(method=0)),
        lying(Lie(), comment=b"made by somebody"),
        lying(Lie(), before=b"#!/bin/sh\n"),
        lying(Lie(b"folder/", b"", 0), Lie(b"folder/Skills.csv")),
        lying(Lie(size=0xFFFFFFFF, extra=struct.pack("<HHQ", 1, 8, len(GOOD)))),
        plain + b"PK\x05\x06",
    ):
        found, _files = taken(data)
        assert [each.thing for each in found] == [SkillName("Welding")]


def test_a_cell_of_twelve_megabytes_is_a_row_left_out():
    words = random.Random(1).randbytes(200_000).hex().encode()
    cell = words * (12 * MB // len(words))
    found, (report,) = taken(zipped({"Skills.csv": b'Name\nWelding\n"' + cell + b'"\nSoup\n'}))
    assert [each.thing.name for each in found] == ["Welding", "Soup"]
    assert codes(report) == ["row"]


def test_a_cell_of_a_hundred_megabytes_is_a_file_left_out():
    _found, (report,) = taken(zipped({"Skills.csv": b"Name\n" + b"ab" * 50 * MB}))
    assert codes(report) == ["large"]


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 30_000_000,
        "Name\n" + "\u0301\u0316" * 400_000,
        "Name\n" + '"x\n' * 50_000,
        "Name\n" + '""' * 400_000 + "\n",
        '"' * 1_000_001,
        "Name\n" + "," * 2_000_000,
        "Name," * 200_000,
        CONNECTIONS + "\n" + ",,,,,,02 Feb 2022\n" * 30_000,
        "<html><!--" + "<!-" * 100_000,
        "<html><a href='/pulse/'" + " x" * 400_000,
        "<html> /pulse/ " + "<" * 200_000,
        "<html> /pulse/ " + "&" * 900_000,
    ],
    ids=[
        "empty lines",
        "marks",
        "unclosed",
        "doubled",
        "only marks",
        "delimiters",
        "wide",
        "shells",
        "comment",
        "attributes",
        "brackets",
        "ands",
    ],
)
def test_no_text_takes_long(text):
    begun = spent()
    held = io.BytesIO()
    # Stored and mixed with noise, so that it is not refused for its ratio.
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("articles/x.csv", text.encode())
    code, _files = refusal(held.getvalue())
    assert code in (None, "slow", "memory")
    assert spent() - begun < 31


GREEDY = """
import resource, sys, django
django.setup()
from collegium.portability.linkedin import read
try:
    for found in read.read(open(sys.argv[1], "rb")):
        pass
except read.UnreadableArchiveError:
    pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("bomb", ["flat", "one kernel", "wide rows"])
def test_no_child_takes_more_memory_than_it_may(bomb, tmp_path):
    """Asked of a process that has had no other children."""
    path = tmp_path / "bomb.zip"
    cells = b"Name\n" + (b"x" * 900_000 + b"\n") * 60
    flat = {"Skills.csv": b"Name\n" + b"Welding\n" * 8_000_000, "more.csv": cells}
    path.write_bytes({"flat": zipped(flat), "one kernel": fifield(), "wide rows": zipped({"Skills.csv": cells})}[bomb])
    asked = subprocess.run([sys.executable, "-c", GREEDY, str(path)], capture_output=True, text=True, check=True)
    assert 0 < int(asked.stdout) < 512 * 1024


def sound():
    """One archive with a little of much, to be spoiled."""
    return zipped(
        {
            "Positions.csv": f'{POSITIONS}\r\nAcme,Cook,"Soups,\nand more",Bern,Mar 2021,\r\n' * 3,
            "Connections.csv": f"Notes:\n\n{CONNECTIONS}\nBo,Lind,linkedin.com/in/bo,,Acme,=1,12 Mar 2025\n",
            "Skills.csv": "\ufeffName\nWelding\nSoup\n".encode("utf-16"),
            "Received.csv": f'{RECOMMENDS}\nBo,Lind,,,Good,"01/19/13, 12:10 AM",VISIBLE\n',
            "e.csv": f"{RECEIVED}\n2026/07/28 13:20:49 UTC,Welding,Bo,Lind,,ACCEPTED\n",
            "messages.csv": f'{MESSAGES}\n"c","","Bo","","Ada","","2026-05-02 10:00:00 UTC","","Hi","INBOX"\n',
            "Articles/a.html": '<html><h1><a href="https://www.linkedin.com/pulse/x">T</a></h1><p>Hi</p></html>',
        }
    )


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_spoiled_archives_are_problems_never_errors(data):
    """Bytes changed, cut, doubled anywhere: what comes is an answer the parent takes in, or a refusal."""
    archive = bytearray(sound())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(archive) - 1))
        kind = data.draw(st.sampled_from(["set", "cut", "double", "zero"]))
        length = data.draw(st.integers(1, 40))
        if kind == "set":
            archive[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del archive[at : at + length]
        elif kind == "double":
            archive[at:at] = archive[at : at + length]
        else:
            archive[at : at + length] = bytes(len(archive[at : at + length]))
        if not archive:
            break
    walk(bytes(archive))


CONTENT = st.binary(max_size=300) | st.text(
    st.sampled_from('a,"\\\n;=\u00e9\u0301\ufeff\x00\u202e/:[]<>1'), max_size=200
).map(str.encode)
HEADER = st.sampled_from(
    [POSITIONS, CONNECTIONS, RECEIVED, MESSAGES, "Name", "Profile Summary", "Date,Link,Message", "<html>/pulse/"]
)


@settings(max_examples=400, deadline=None)
@given(HEADER, CONTENT)
def test_any_rows_under_any_header_are_things_or_problems(header, content):
    result = walk(zipped({"Received.csv": header.encode() + b"\n" + content}))
    assert result is not None


def test_the_limits_leave_room_for_an_honest_archive():
    assert directory.MOST_ENTRIES == 2000
    assert zips.MOST_OF_ONE < zips.MOST_TOGETHER <= 512 * MB
