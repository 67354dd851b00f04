"""Videos that people upload, read and encoded anew by a process that may be killed.

What comes out was made by us from pictures and samples: one file a size, in pieces that begin with key frames, and a
poster. The file of a size is a whole MP4 by itself; players that choose between sizes are told where its pieces lie.
"""

import contextlib
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from collegium.media import pieces
from collegium.media.pieces import Piece
from collegium.media.video_process import PROBLEMS, Process, StoppedError, UnusableVideoError

__all__ = ["PROBLEMS", "StoppedError", "UnusableVideoError"]
MOST_SECONDS = 60 * 60
MOST_SIDE, MOST_AREA, LEAST_SIDE = 4096, 4096 * 2304, 16
MOST_POSTER = 2 * 1024 * 1024
LOOK_SECONDS, LOOK_PATIENCE = 10, 30
# A moment lies in a piece of four seconds.
STILL_SECONDS = 15
# What a second of video may cost at the very most, and what every file may, so that none holds a core for ever.
COST_EACH, COST_MORE = 8, 120
# How much longer than its processor time it may take on a busy machine.
PATIENCE = 4
AT_ONCE, WAIT = 2, 5
LEFT_OVER = 24 * 60 * 60

# The long and the short side, the most bits a second, the quality (less is better), how hard the encoder tries.
RENDITIONS: list[dict[str, Any]] = [
    {"box": (1280, 720), "rate": 2_500_000, "crf": 23, "preset": "veryfast", "sound": 128_000},
    {"box": (640, 360), "rate": 700_000, "crf": 25, "preset": "veryfast", "sound": 96_000},
]

_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the header says; upright, in square pixels. Recordings of browsers do not know how long they are."""

    width: int
    height: int
    seconds: float | None
    sound: bool


@dataclass(frozen=True, slots=True)
class Size:
    """One size that was made: a whole MP4, and where its pieces lie in it."""

    path: Path
    width: int
    height: int
    codecs: str
    head: int
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Made:
    """All that was made, in a folder that goes when the block ends."""

    sizes: list[Size]
    poster: Path
    seconds: float


def look(path: Path) -> Facts:
    """Read the header and the first picture, so that what cannot be taken is refused while its author is there.

    Raises:
        UnusableVideoError: with a sentence; `problem` is "busy" when it is worth trying again.
    """
    if not _places.acquire(timeout=WAIT):
        raise UnusableVideoError("busy")
    try:
        said = Process(path, {"cpu": LOOK_SECONDS, **_asked(None)}, []).hear(LOOK_PATIENCE)
    finally:
        _places.release()
    return _facts(said.get("facts"))


@contextlib.contextmanager
def made(
    path: Path,
    *,
    poster: float | None = None,
    seconds: float | None = None,
    tell: Callable[[float], None] | None = None,
) -> Iterator[Made]:
    """Make everything of a file; what was made is there until the block ends.

    Args:
        path: the file as it came.
        poster: the moment to show before it plays; a good one near the beginning without.
        seconds: how long it is, as `look` found.
        tell: called with the share that is done, at least once a second; may raise `StoppedError`.

    Raises:
        UnusableVideoError: with a sentence.
    """
    cost = int((seconds or MOST_SECONDS) * COST_EACH) + COST_MORE
    with _folder() as folder:
        names = [*(f"{at}.mp4" for at in range(len(RENDITIONS))), "poster.webp"]
        files = [(folder / name).open("w+b") for name in names]
        try:
            child = Process(path, {"cpu": cost, **_asked(poster)}, files)
            said = child.hear(cost * PATIENCE, tell)
        finally:
            for file in files:
                file.close()
        yield _made(said.get("made"), folder)


def still(content: bytes, at: float) -> bytes:
    """The picture of one moment, as WebP.

    Args:
        content: of a short file that we made ourselves: what stands before the pieces of a size, and one piece.
        at: seconds from its beginning.

    Raises:
        UnusableVideoError: with a sentence; `problem` is "busy" when it is worth trying again.
    """
    if not _places.acquire(timeout=WAIT):
        raise UnusableVideoError("busy")
    try:
        with _folder() as folder, (folder / "poster.webp").open("w+b") as output:
            (folder / "piece.mp4").write_bytes(content)
            asked = {"cpu": STILL_SECONDS, **_asked(None), "still": at}
            Process(folder / "piece.mp4", asked, [output]).hear(STILL_SECONDS * PATIENCE)
            return _poster(folder).read_bytes()
    finally:
        _places.release()


def sweep() -> None:
    """Delete what a killed process left behind."""
    for folder in _root().iterdir():
        with contextlib.suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > LEFT_OVER:
                shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    place = Path(settings.DATA_DIR) / "preparing"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=_root()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _asked(poster: float | None) -> dict[str, Any]:
    most = {"seconds": MOST_SECONDS, "side": MOST_SIDE, "area": MOST_AREA, "least": LEAST_SIDE}
    return {"most": most, "poster": poster, "renditions": RENDITIONS}


def _facts(said: Any) -> Facts:
    """What the child found, checked like a stranger's words."""
    try:
        seconds = said["seconds"]
        known = Facts(
            int(said["width"]), int(said["height"]), None if seconds is None else float(seconds), bool(said["sound"])
        )
    except (KeyError, TypeError, ValueError):
        raise UnusableVideoError("broken") from None
    if not (0 < known.width <= 1 << 14 and 0 < known.height <= 1 << 14):
        raise UnusableVideoError("broken")
    return known


def _made(said: Any, folder: Path) -> Made:
    """What the child wrote, checked like a stranger's files."""
    try:
        over, under = (int(number) for number in said["pace"])
        frames, each, pace = int(said["frames"]), int(said["piece"]), over / under
        wide = [(int(width), int(height)) for width, height in said["sizes"]]
        if not (0 < frames <= MOST_SECONDS * 62 and 0 < each < 1000 and 1 <= pace <= 62 and 0 < len(wide) <= 2):
            raise UnusableVideoError("broken")
        files = [path for path in sorted(folder.glob("*.mp4")) if path.stat().st_size]
        sizes = [
            _size(path, size, pieces.read(path, frames=frames, each=each, pace=pace))
            for path, size in zip(files, wide, strict=True)
        ]
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        raise UnusableVideoError("broken") from None
    return Made(sizes, _poster(folder), frames / pace)


def _poster(folder: Path) -> Path:
    """The picture before it plays, if the child wrote one."""
    poster = folder / "poster.webp"
    with poster.open("rb") as file:
        head = file.read(12)
    if not (head[:4] == b"RIFF" and head[8:] == b"WEBP" and poster.stat().st_size <= MOST_POSTER):
        raise UnusableVideoError("broken")
    return poster


def _size(path: Path, size: tuple[int, int], known: tuple[str, int, list[Piece]]) -> Size:
    codecs, head, parts = known
    return Size(path, *size, codecs, head, parts)
