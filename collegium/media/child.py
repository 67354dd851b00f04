"""The process that opens a stranger's picture. Started for one picture, locked up before it sees a byte of it.

Reads from standard input one line of JSON and then the file; writes to standard output one line of JSON and then the
WebP files it made. Knows nothing of Collegium: no settings, no database, no secrets, no environment.

Request: {"sizes": [[512, 512], …] largest first, "crop": [x, y, w, h] | null, "least": [w, h], "pixels": n,
"whole": whether all of the picture is shown, within those sizes, "effort": how hard the encoder tries}.
Answer: {"files": [length, …]} or {"problem": word}.
"""

import json
import os
import sys
from typing import Any

import pyvips

from collegium.media import sandbox

# Address space. What 50 megapixels need at worst of real memory, measured: 320 MB as JPEG, 400 as WebP, 470 as PNG.
MEMORY = 1200 * 1024 * 1024
CPU_SECONDS = 5
OPEN_FILES = 16
OUTPUT = 4 * 1024 * 1024
QUALITY = 82
# Up to so many pixels, edges between colours are kept with care; beyond, nobody sees it and everybody waits for it.
FINE = 1_500_000

# By EXIF orientation: where a rectangle of the upright picture (left, top, right, bottom as fractions) lies in the
# stored one.
_UPRIGHT = {
    1: lambda a, b, c, d: (a, b, c, d),
    2: lambda a, b, c, d: (1 - c, b, 1 - a, d),
    3: lambda a, b, c, d: (1 - c, 1 - d, 1 - a, 1 - b),
    4: lambda a, b, c, d: (a, 1 - d, c, 1 - b),
    5: lambda a, b, c, d: (b, a, d, c),
    6: lambda a, b, c, d: (b, 1 - c, d, 1 - a),
    7: lambda a, b, c, d: (1 - d, 1 - c, 1 - b, 1 - a),
    8: lambda a, b, c, d: (1 - d, a, 1 - b, c),
}


class ProblemError(Exception):
    """One word for the parent, which has the sentences."""


def kind_of(data: bytes) -> str:
    """The kind of picture, by its first bytes; names and declared types are not asked."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return {b"avif": "heif", b"avis": "heif", b"heic": "heic", b"heix": "heic"}.get(data[8:12], "unknown")
    return "unknown"


def load(data: bytes, kind: str, **options: Any) -> pyvips.Image:
    """The picture through the one loader of its kind; animations give their first image."""
    loader = getattr(pyvips.Image, f"{kind}load_buffer")
    image: pyvips.Image = loader(data, access="sequential", fail_on="error", **options)
    return image


def process(data: bytes, request: dict[str, Any]) -> list[bytes]:
    """Make the files that were asked for."""
    kind = kind_of(data)
    if kind in ("unknown", "heic"):
        raise ProblemError(kind)
    header = load(data, kind)
    if header.width * header.height > request["pixels"]:
        raise ProblemError("huge")
    orientation = header.get("orientation") if header.get_typeof("orientation") else 1
    turned = orientation >= 5
    upright = (header.height, header.width) if turned else (header.width, header.height)
    if upright[0] < request["least"][0] or upright[1] < request["least"][1]:
        raise ProblemError("small")
    _x, _y, w, h = request["crop"] or (0, 0, 1, 1)
    shown = (max(round(w * upright[0]), 1), max(round(h * upright[1]), 1))
    if request.get("whole") and (shown[0] < request["least"][0] or shown[1] < request["least"][1]):
        raise ProblemError("small")
    sizes = [within(shown, size) for size in request["sizes"]] if request.get("whole") else request["sizes"]
    width, height = sizes[0]
    box = fitted(request["crop"], upright, width / height)
    box = _UPRIGHT.get(orientation, _UPRIGHT[1])(*box)
    target = (height, width) if turned else (width, height)
    image = cut(data, kind, header, box, target)
    largest = finished(image).copy_memory()
    pictures = [largest, *(largest.thumbnail_image(w, height=h, size="force") for w, h in sizes[1:])]
    effort = request.get("effort", 4)
    return [
        picture.webpsave_buffer(
            Q=QUALITY, effort=effort, keep="none", smart_subsample=picture.width * picture.height <= FINE
        )
        for picture in pictures
    ]


def within(size: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """The size of a whole picture scaled down to fit, never up."""
    scale = min(most[0] / size[0], most[1] / size[1], 1.0)
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)


def fitted(crop: list[float] | None, size: tuple[int, int], ratio: float) -> tuple[float, float, float, float]:
    """The largest rectangle of this ratio in the middle of the crop: left, top, right, bottom as fractions."""
    x, y, w, h = crop or (0.0, 0.0, 1.0, 1.0)
    width, height = w * size[0], h * size[1]
    new_width, new_height = min(width, height * ratio), min(height, width / ratio)
    left = x + (w - new_width / size[0]) / 2
    top = y + (h - new_height / size[1]) / 2
    return left, top, left + new_width / size[0], top + new_height / size[1]


def cut(
    data: bytes, kind: str, header: pyvips.Image, box: tuple[float, float, float, float], target: tuple[int, int]
) -> pyvips.Image:
    """The rectangle at its target size, as little of the rest decoded as the format allows."""
    left, top, right, bottom = box
    wanted = (right - left) * header.width / target[0], (bottom - top) * header.height / target[1]
    shrink = next((n for n in (8, 4, 2) if min(wanted) >= n), 1) if kind == "jpeg" else 1
    image = load(data, kind, shrink=shrink) if shrink > 1 else load(data, kind)
    x, y = round(left * image.width), round(top * image.height)
    width = max(1, min(round((right - left) * image.width), image.width - x))
    height = max(1, min(round((bottom - top) * image.height), image.height - y))
    piece = image.crop(min(x, image.width - width), min(y, image.height - height), width, height)
    # Taking colours through a profile costs more than all the rest; what has none is sRGB, or made so afterwards.
    profile = {"export_profile": "srgb"} if needs_profile(header) else {}
    return piece.thumbnail_image(target[0], height=target[1], size="force", no_rotate=True, **profile)


def needs_profile(image: pyvips.Image) -> bool:
    """Whether its colours mean something else than sRGB: it says so, or it is made for printing."""
    return bool(image.get_typeof("icc-profile-data")) or image.interpretation not in ("srgb", "b-w", "rgb16", "grey16")


def finished(image: pyvips.Image) -> pyvips.Image:
    """Upright, sRGB, eight bits, opaque."""
    image = image.copy_memory().autorot()
    if image.interpretation != "srgb":
        image = image.colourspace("srgb")
    if image.hasalpha():
        image = image.flatten(background=[255, 255, 255])
    return image.cast("uchar")


def main() -> None:
    """One picture."""
    sandbox.limit_resources(memory=MEMORY, cpu=CPU_SECONDS, files=OPEN_FILES, output=OUTPUT)
    pyvips.cache_set_max(0)
    sandbox.lock_up()
    line, _newline, data = sys.stdin.buffer.read().partition(b"\n")
    files: list[bytes] = []
    try:
        files = process(data, json.loads(line))
        answer: dict[str, Any] = {"files": [len(file) for file in files]}
    except ProblemError as problem:
        answer = {"problem": str(problem)}
    except (pyvips.Error, MemoryError):
        answer = {"problem": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(files))
    sys.stdout.buffer.flush()
    # Nothing is worth tidying up, and a decoder in a bad state could get stuck over it.
    os._exit(0)


if __name__ == "__main__":
    main()
