"""Strangers' pictures: what is good comes out clean, what is hostile is refused in one sentence, and we live on."""

import io
import json
import os
import pickle
import random
import signal
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib

import pytest
import pyvips

from collegium.media import decode
from collegium.media.decode import LEAST, SIZES, Crop, UnusableImage, process_image

RED, GREEN, BLUE, WHITE = (250, 10, 10), (10, 250, 10), (10, 10, 250), (250, 250, 250)


def plain(width: int, height: int, colour=(90, 140, 200)) -> pyvips.Image:
    """One colour."""
    return (pyvips.Image.black(width, height, bands=3) + list(colour)).cast("uchar").copy(interpretation="srgb")


def quarters(width: int = 400, height: int = 400) -> pyvips.Image:
    """Red and green above, blue and white below: shows turning, mirroring and cropping."""
    half = width // 2, height // 2
    above = plain(*half, RED).join(plain(*half, GREEN), "horizontal")
    return above.join(plain(*half, BLUE).join(plain(*half, WHITE), "horizontal"), "vertical")


def speckled(width: int = 160, height: int = 120) -> pyvips.Image:
    """Enough detail that damage has something to damage."""
    noise = pyvips.Image.gaussnoise(width, height, mean=128, sigma=60, seed=7)
    return noise.bandjoin([noise.rot180(), 90]).cast("uchar").copy(interpretation="srgb")


def file_of(image: pyvips.Image, suffix: str = ".png", **options) -> bytes:
    return image.write_to_buffer(suffix, **options)


def seen(file: bytes, x: float, y: float) -> str:
    """The colour at a place, in words."""
    image = pyvips.Image.new_from_buffer(file, "")
    point = image(int(x * image.width), int(y * image.height))
    near = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE, "black": (0, 0, 0)}
    return min(near, key=lambda name: sum(abs(a - b) for a, b in zip(near[name], point, strict=True)))


def corners(file: bytes) -> tuple[str, ...]:
    """Top left, top right, bottom left, bottom right."""
    return tuple(seen(file, x, y) for y in (0.2, 0.8) for x in (0.2, 0.8))


def problem_of(data: bytes, shape="photo") -> str:
    """The problem of a picture that must have one; told in one sentence or two."""
    with pytest.raises(UnusableImage) as refused:
        process_image(data, None, shape)
    assert 20 < len(str(refused.value)) < 130
    return refused.value.problem


def usable_or_refused(data: bytes) -> str:
    """What became of any bytes at all; nothing else may."""
    try:
        files = process_image(data, None, "photo")
    except UnusableImage as refused:
        return refused.problem
    assert set(files) == set(SIZES["photo"])
    return "fine"


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".gif", ".avif"])
@pytest.mark.parametrize("shape", ["photo", "cover"])
def test_every_kind_becomes_webp_in_every_size(suffix, shape):
    files = process_image(file_of(speckled(640, 480), suffix), None, shape)
    for width, file in files.items():
        image = pyvips.Image.new_from_buffer(file, "")
        assert (image.width, image.height) == SIZES[shape][width]
        assert image.get("vips-loader") == "webpload_buffer"
        assert (image.bands, image.interpretation) == (3, "srgb")


@pytest.mark.parametrize(
    "image",
    [
        speckled().colourspace("b-w"),
        speckled().colourspace("grey16"),
        speckled().colourspace("rgb16"),
        plain(100, 100, RED).bandjoin(0),
        speckled().colourspace("b-w").bandjoin(128).cast("uchar"),
    ],
    ids=["grey", "grey16", "rgb16", "transparent", "grey-alpha"],
)
def test_every_colour_model_becomes_srgb(image):
    for file in process_image(file_of(image), None, "photo").values():
        shown = pyvips.Image.new_from_buffer(file, "")
        assert (shown.bands, shown.interpretation, shown.format) == (3, "srgb", "uchar")


def test_cmyk_becomes_srgb():
    cmyk = speckled().icc_transform("cmyk", input_profile="srgb")
    assert usable_or_refused(file_of(cmyk, ".jpg")) == "fine"


def test_what_is_transparent_shows_white():
    clear = plain(100, 100, RED).bandjoin(0)
    assert corners(process_image(file_of(clear), None, "photo")[512]) == ("white",) * 4


@pytest.mark.parametrize(("suffix", "orientation"), [*((".jpg", n) for n in range(1, 9)), (".webp", 6), (".png", 8)])
def test_pictures_stand_upright(suffix, orientation):
    """The same picture, stored in all eight ways, comes out the same."""
    turn = {
        1: lambda i: i,
        2: lambda i: i.fliphor(),
        3: lambda i: i.rot180(),
        4: lambda i: i.flipver(),
        5: lambda i: i.rot270().flipver(),
        6: lambda i: i.rot270(),
        7: lambda i: i.rot90().flipver(),
        8: lambda i: i.rot90(),
    }
    stored = turn[orientation](quarters(500, 300)).copy()
    stored.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    data = file_of(stored, suffix)
    assert corners(process_image(data, None, "photo")[512]) == ("red", "green", "blue", "white")
    below = Crop(0.1, 0.6, 0.9, 0.4)
    assert corners(process_image(data, below, "cover")[800]) == ("blue", "white", "blue", "white")


@pytest.mark.parametrize(
    ("crop", "expected"),
    [
        (None, ("red", "green", "blue", "white")),
        (Crop(0, 0, 0.5, 0.5), ("red",) * 4),
        (Crop(0.5, 0, 0.5, 0.5), ("green",) * 4),
        (Crop(0.5, 0.5, 2, 2), ("white",) * 4),  # too large a frame ends with the picture
        (Crop(-0.5, -0.5, 0.5, 0.5), ("red",) * 4),
        (Crop(0.2, 0.2, 0, 0), ("red", "green", "blue", "white")),  # no frame at all
        (Crop(float("nan"), 0, 1, 1), ("red", "green", "blue", "white")),
        (Crop(float("inf"), 0, 1, 1), ("red", "green", "blue", "white")),
        (Crop(0, 0, 1e300, -5), ("red", "green", "blue", "white")),
    ],
)
def test_the_frame_is_what_is_shown(crop, expected):
    assert corners(process_image(file_of(quarters()), crop, "photo")[512]) == expected


def test_metadata_is_gone(photo_with_a_past):
    for secret in (b"52.3740", b"GPS", b"Ada's phone", b"SN-4711", b"Exif", b"<x:xmpmeta", b"secret place"):
        assert not any(secret in file for file in process_image(photo_with_a_past, None, "photo").values())
    fields = pyvips.Image.new_from_buffer(process_image(photo_with_a_past, None, "photo")[512], "").get_fields()
    assert not [field for field in fields if field.startswith(("exif", "xmp", "iptc", "icc", "orientation"))]


@pytest.fixture
def photo_with_a_past() -> bytes:
    """A JPEG that says where it was made, by which camera, and more."""
    image = speckled().copy()
    for field, value in {
        "exif-ifd0-Make": "Ada's phone",
        "exif-ifd2-BodySerialNumber": "SN-4711",
        "exif-ifd3-GPSLatitude": "52/1 22/1 26/1",
        "exif-ifd3-GPSLatitudeRef": "N",
        "exif-ifd0-ImageDescription": "secret place 52.3740",
    }.items():
        image.set_type(pyvips.GValue.gstr_type, field, value)
    image.set_type(pyvips.GValue.blob_type, "xmp-data", b"<x:xmpmeta>52.3740</x:xmpmeta>")
    data = file_of(image, ".jpg")
    assert b"Ada's phone" in data
    assert b"52.3740" in data
    return data


# ------------------------------------------------------------------ hostile


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
    assert time.monotonic() - begun < 3


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
    assert time.monotonic() - begun < 6
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
            cwd=decode._CLONE,
            env=decode._ENVIRONMENT,
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


# ------------------------------------------------------------------ the child


def stand_in(monkeypatch, script: str) -> None:
    """Another program in the child's place."""
    monkeypatch.setattr(decode, "_COMMAND", [sys.executable, "-c", script])


def children() -> list[str]:
    listing = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "stat=,args="], capture_output=True, text=True, check=False
    )
    return [line for line in listing.stdout.splitlines() if "ps --ppid" not in line]


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("import os; os.abort()", "broken"),
        ("raise SystemExit(3)", "broken"),
        ("print('not json')", "broken"),
        ("print('[]')", "broken"),
        ("print('{}')", "broken"),
        ("""print('{"files": [1, 2, 3]}')""", "broken"),
        ("""print('{"files": [-1, 0, 1]}')""", "broken"),
        ("""print('{"files": "RIFF"}')""", "broken"),
        ("""print('{"files": [4, 4, 4]}'); print('x' * 11)""", "broken"),
        ("""print('{"problem": ["x"]}')""", "broken"),
        ("""print('{"problem": "never heard of"}')""", "broken"),
        ("import sys; sys.stdout.write('x' * 6_000_000)", "broken"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "slow"),
    ],
)
def test_a_child_that_misbehaves_is_a_sentence(script, problem, monkeypatch):
    before = children()
    stand_in(monkeypatch, script)
    assert problem_of(b"anything") == problem
    assert len(children()) <= len(before)


def test_a_child_that_never_ends_is_killed(monkeypatch):
    monkeypatch.setattr(decode, "SECONDS", 0.5)
    stand_in(monkeypatch, "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)")
    begun = time.monotonic()
    before = children()
    assert problem_of(b"anything") == "slow"
    assert time.monotonic() - begun < 5
    assert len(children()) <= len(before)


def test_the_third_waits_and_is_told_when_it_takes_too_long(monkeypatch):
    monkeypatch.setattr(decode, "PATIENCE", 0.2)
    monkeypatch.setattr(decode, "SECONDS", 1.5)
    stand_in(monkeypatch, "import time; time.sleep(60)")
    problems = []
    threads = [threading.Thread(target=lambda: problems.append(problem_of(b"anything"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(problems) == ["busy", "slow", "slow"]
    monkeypatch.undo()
    assert usable_or_refused(file_of(speckled())) == "fine"


WALLS = """
import json, os, resource, signal, socket, sys, threading
from collegium.media import child, sandbox
sandbox.limit_resources(memory=child.MEMORY, cpu=child.CPU_SECONDS, files=child.OPEN_FILES, output=child.OUTPUT)
if os.geteuid() == 0 and AS_NOBODY:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
walls = sandbox.lock_up()
def tried(what):
    try:
        what()
    except OSError as refused:
        return type(refused).__name__
    except MemoryError:
        return "MemoryError"
    return "done"
thread = tried(lambda: threading.Thread(target=int).start())
print(json.dumps({"walls": walls, "user": os.getuid(), "thread": thread, **{name: tried(what) for name, what in {
    "read a file": lambda: open("/etc/passwd"),
    "write a file": lambda: open("/tmp/by-a-decoder", "w"),
    "list a folder": lambda: os.listdir("/"),
    "remove": lambda: os.unlink("/tmp/by-a-decoder"),
    "tcp": lambda: socket.socket().connect(("127.0.0.1", 80)),
    "unix socket": lambda: socket.socket(socket.AF_UNIX),
    "fork": lambda: os._exit(0) if os.fork() == 0 else None,
    "start a program": lambda: os.execv("/bin/true", ["true"]),
    "signal the parent": lambda: os.kill(os.getppid(), signal.SIGUSR1),
    "more memory": lambda: bytearray(child.MEMORY),
}.items()}}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the walls beyond rlimits are Linux's")
@pytest.mark.parametrize("as_nobody", [False, True])
def test_a_decoder_that_was_taken_over_gets_nowhere(as_nobody):
    """Started by root and started by someone ordinary: every way out is shut."""
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-c", f"AS_NOBODY = {as_nobody}\n{WALLS}"],
        capture_output=True,
        check=False,
        cwd=decode._CLONE,
        env=decode._ENVIRONMENT,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {"rlimits", "seccomp"} <= set(said.pop("walls"))
    assert said.pop("user") != 0
    assert said.pop("thread") == "done"
    assert said.pop("more memory") == "MemoryError"
    assert set(said.values()) == {"PermissionError"}, said


def test_the_child_inherits_nothing(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    stand_in(
        monkeypatch,
        "import os, sys; sys.exit(9 if 'DATABASE_URL' in os.environ or len(os.listdir('/proc/self/fd')) > 4 else 0)",
    )
    seen_codes = []
    real = subprocess.Popen.wait

    def wait(self, *args, **kwargs):
        code = real(self, *args, **kwargs)
        seen_codes.append(code)
        return code

    monkeypatch.setattr(subprocess.Popen, "wait", wait)
    assert problem_of(b"anything") == "broken"
    assert seen_codes == [0]


def test_a_killed_decoder_is_written_down(monkeypatch, caplog):
    stand_in(monkeypatch, "import os, signal, sys; sys.stderr.write('why'); sys.stderr.flush(); os.abort()")
    assert problem_of(b"anything") == "broken"
    assert f"ended with {-signal.SIGABRT}: why" in caplog.text
