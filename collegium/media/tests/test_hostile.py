"""Hostile files are refused in one sentence or come out harmless, and the parent lives on."""

import io
import pickle
import random
import struct
import subprocess
import sys
import time
import zipfile
import zlib

import pytest
import pyvips

from collegium.lib.children import CLONE
from collegium.media import decode
from collegium.media.decode import LEAST, process_image
from collegium.media.tests.pictures import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    corners,
    file_of,
    plain,
    problem_of,
    speckled,
    usable_or_refused,
)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, rows: bytes, bits: int = 1, colour: int = 0) -> bytes:
    """A PNG by hand: any size, whatever its rows say."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def bomb(width: int, height: int) -> bytes:
    """A picture that is small as a file and large in memory."""
    return png_of(width, height, zlib.compress(b"\x00" * (((width + 7) // 8 + 1) * height), 9))


def test_a_bomb_of_a_hundred_megapixels_is_refused_unopened():
    data = bomb(10_000, 10_000)
    assert len(data) < 20_000
    begun = time.monotonic()
    assert problem_of(data) == "huge"
    assert time.monotonic() - begun < 8


def test_fifty_megapixels_pass():
    assert usable_or_refused(bomb(7000, 7000)) == "fine"


@pytest.mark.parametrize(
    ("width", "height"), [(2**31 - 1, 2**31 - 1), (2**31 - 1, 1), (1, 2**31 - 1), (0, 0), (65_535, 700)]
)
def test_lying_sizes_are_refused(width, height):
    assert problem_of(png_of(width, height, zlib.compress(b"\x00" * 100))) in ("huge", "broken", "small")


def test_a_zip_bomb_inside_a_png_is_cut_off():
    """Four gigabytes of rows in a picture that says it is small."""
    squeezer = zlib.compressobj(9)
    rows = b"".join(squeezer.compress(bytes(1 << 20)) for _ in range(512)) + squeezer.flush()
    assert usable_or_refused(png_of(100, 100, rows)) in ("fine", "broken")


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".gif", ".avif"])
@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9])
def test_truncated_files_are_refused(suffix, kept):
    data = file_of(speckled(300, 300), suffix)
    assert problem_of(data[: int(len(data) * kept)]) in ("broken", "unknown")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\x00", "unknown"),
        (b"\xff\xd8\xff", "broken"),
        (b"GIF89a", "broken"),
        (b"RIFF\x00\x00\x00\x00WEBP", "broken"),
        (b"\x00\x00\x00\x18ftypavif" + b"\x00" * 100, "broken"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100, "heic"),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><script>alert(1)</script></svg>',
            "unknown",
        ),
        (b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', "unknown"),
        (b"%PDF-1.7\n", "unknown"),
        (b"%!PS\nshowpage", "unknown"),
        (b"P6 100 100 255\n" + b"x" * 30_000, "unknown"),
        (b"II*\x00" + b"\x00" * 100, "unknown"),
        (b"BM" + b"\x00" * 100, "unknown"),
        (b"push graphic-context\nimage over 0,0 0,0 'https://127.0.0.1/x'\n", "unknown"),
        (b"PK\x03\x04" + b"\x00" * 100, "unknown"),
        (b"<html><script>alert(1)</script>", "unknown"),
        (b"x" * (10 * 1024 * 1024 + 1), "heavy"),
    ],
)
def test_what_is_no_picture_is_refused(data, problem):
    assert problem_of(data) == problem


def test_too_small_pictures_are_refused():
    assert problem_of(file_of(plain(63, 200))) == "small"
    assert problem_of(file_of(plain(299, 75)), "cover") == "small"
    assert usable_or_refused(file_of(plain(*LEAST["photo"]))) == "fine"


def test_the_name_and_the_declared_type_mean_nothing():
    """Only bytes are looked at: a PNG is a PNG whatever it was called, and nothing else is one."""
    assert usable_or_refused(file_of(speckled(), ".png")) == "fine"
    assert problem_of(b"\x89PNG but not really") == "unknown"


@pytest.mark.parametrize("payload", ["html", "zip", "script", "php"])
def test_polyglots_lose_their_other_half(payload):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as inside:
        inside.writestr("evil.html", "<script>alert('other half')</script>")
    other = {
        "html": b"<html><script>alert('other half')</script></html>",
        "zip": archive.getvalue(),
        "script": b"*/=alert('other half');/*",
        "php": b"<?php system('other half'); ?>",
    }[payload]
    data = file_of(speckled(), ".jpg")
    comment = b"\xff\xfe" + struct.pack(">H", len(other) + 2) + other
    for both in (data + other, data[:2] + comment + data[2:]):
        for file in process_image(both, None, "photo").values():
            assert other not in file
            assert b"other half" not in file
            assert b"PK\x03\x04" not in file
            assert file[:4] == b"RIFF"
            assert int.from_bytes(file[4:8], "little") + 8 == len(file)


def test_of_an_animation_only_the_first_image_is_opened():
    frames = pyvips.Image.arrayjoin(
        [plain(64, 64, colour) for colour in (GREEN, RED, BLUE, WHITE, RED)], across=1
    ).copy()
    frames.set_type(pyvips.GValue.gint_type, "page-height", 64)
    five = file_of(frames, ".gif")
    # The second image, thousands of times over.
    begin = five.index(b"\x21\xf9", five.index(b"\x21\xf9") + 2)
    end = five.index(b"\x21\xf9", begin + 2)
    many = five[:begin] + five[begin:end] * 5000 + five[begin:]
    begun = time.monotonic()
    assert corners(process_image(many, None, "photo")[512]) == ("green",) * 4
    assert time.monotonic() - begun < 9
    assert corners(process_image(file_of(frames, ".webp"), None, "photo")[512]) == ("green",) * 4


# Opens many files in one locked-up process, as `child.main` opens one; says what became of each.
MANY = """
import pickle, sys
import pyvips
from collegium.media import child, sandbox
requests = pickle.load(sys.stdin.buffer)
sandbox.limit_resources(memory=child.MEMORY, cpu=60, files=child.OPEN_FILES, output=child.OUTPUT)
sandbox.lock_up()
for data, request in requests:
    try:
        files = child.process(data, request)
        said = "fine" if all(file[:4] == b"RIFF" for file in files) else "strange"
    except child.ProblemError as problem:
        said = str(problem)
    except (pyvips.Error, MemoryError):
        said = "broken"
    print(said, flush=True)
"""


def test_two_hundred_damaged_files_do_no_harm():
    request = {"sizes": [[512, 512]], "crop": None, "least": LEAST["photo"], "pixels": decode.MOST_PIXELS}
    files = damaged_files(200)
    outcomes: list[str] = []
    deaths = 0
    while len(outcomes) < len(files):
        left = pickle.dumps([(data, request) for data in files[len(outcomes) :]])
        command = [sys.executable, "-E", "-s", "-c", MANY]
        done = subprocess.run(
            command,
            input=left,
            capture_output=True,
            check=False,
            cwd=CLONE,
            env=decode.ENVIRONMENT,
            timeout=120,
        )
        outcomes += done.stdout.decode().split()
        if done.returncode:
            assert done.returncode < 0, done.stderr  # killed, never an error that nobody thought of
            outcomes.append("dead")
            deaths += 1
    assert set(outcomes) <= {"fine", "broken", "unknown", "small", "huge", "heic", "dead"}
    assert outcomes.count("broken") > 20
    assert deaths <= 5


def test_damaged_files_leave_the_parent_as_it_was():
    assert {usable_or_refused(data) for data in damaged_files(12)} <= {"fine", "broken", "unknown", "small", "huge"}
    assert usable_or_refused(file_of(speckled())) == "fine"


def damaged_files(count: int) -> list[bytes]:
    """Good files with bytes changed, lost and put in; the same ones every time."""
    chance = random.Random(20260901)
    good = [file_of(speckled(80, 80), suffix) for suffix in (".jpg", ".png", ".webp", ".gif")]
    return [damaged(bytearray(good[number % len(good)]), chance) for number in range(count)]


def damaged(data: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                data[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff"))
            case 2:
                del data[at : at + chance.randrange(1, 30)]
            case 3:
                data[at:at] = chance.randbytes(chance.randrange(1, 30))
    return bytes(data)
