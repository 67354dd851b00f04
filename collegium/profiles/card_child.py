"""The process that draws one card: it shapes words that strangers wrote, so it is alone and may be killed.

Reads one line of JSON and then a photo (WebP, made by us; or nothing) from standard input, writes a PNG to standard
output. Knows nothing of Collegium: no settings, no database, no secrets. The words are shaped first, because fonts for
them are opened on the way, under limits of memory and time; then it locks itself up, and only then opens the photo.

Request: {"name": …, "headline": …, "place": …, "site": …, "letters": …, "face": [r, g, b], "fonts": folder}.
"""

import html
import json
import os
import sys
from typing import Any

import pyvips

from collegium.media import sandbox

MEMORY, CPU_SECONDS, OPEN_FILES, OUTPUT = 1200 * 1024 * 1024, 5, 64, 4 * 1024 * 1024
WIDTH, HEIGHT, EDGE, FACE = 1200, 630, 84, 196
PAPER, INK, QUIET, HAIR = [251, 250, 247], [29, 34, 43], [98, 104, 114], [226, 225, 221]
GREEN, TERRACOTTA = [24, 103, 79], [180, 84, 45]
SERIF, SANS, LETTERS = "Source Serif 4 SemiBold 84", "Hanken Grotesk 40", "Source Serif 4 SemiBold 80"
FILES = {SERIF: "SourceSerif4-SemiBold.ttf", SANS: "HankenGrotesk-Regular.ttf", LETTERS: "SourceSerif4-SemiBold.ttf"}


def words(text: str, font: str, width: int, folder: str, height: int) -> pyvips.Image:
    """Words as a picture of their shape, white on black; too much of them is made smaller, then cut."""
    said, file = html.escape(text, quote=False), f"{folder}/{FILES[font]}"
    for times in (1, 1.5, 2.2, 3):
        broad = round(width * times)
        shape = pyvips.Image.text(said, font=font, fontfile=file, dpi=72, wrap="word-char", spacing=4, width=broad)
        if shape.height <= height * times or times == 3:
            break
    small = shape.resize(1 / times) if times > 1 else shape
    return small.crop(0, 0, min(small.width, width), min(small.height, height))


def laid(card: pyvips.Image, shape: pyvips.Image, colour: list[int], left: int, top: int) -> pyvips.Image:
    """A shape in one colour on the card."""
    flat = shape.new_from_image(colour).copy(interpretation="srgb").bandjoin(shape)
    return card.composite2(flat, "over", x=left, y=top)


def disc(size: int) -> pyvips.Image:
    """A circle with a soft edge, white on black."""
    middle = (size - 1) / 2
    at = pyvips.Image.xyz(size, size) - middle
    far = (at[0] ** 2 + at[1] ** 2) ** 0.5
    inside: pyvips.Image = ((size / 2 - far).linear(1, 0.5) * 255).cast("uchar")
    return inside


def portrait(letters: pyvips.Image | None, colour: list[int], photo: bytes) -> pyvips.Image:
    """The photo in a circle; without one, the letters on the colour of the handle."""
    if letters is None:
        picture = pyvips.Image.webpload_buffer(photo).thumbnail_image(FACE, height=FACE, size="force")[:3]
    else:
        picture = _plain(FACE, FACE, colour)
        left, top = (FACE - letters.width) // 2, (FACE - letters.height) // 2
        picture = laid(picture, letters, [255, 255, 255], left, top).flatten()
    return picture.bandjoin(disc(FACE))


def shapes(request: dict[str, Any], photo: bool) -> dict[str, pyvips.Image]:
    """The shapes of all words, in memory; "" has none."""
    folder, room = request["fonts"], WIDTH - 2 * EDGE
    wanted = {
        "name": (SERIF, room, 110),
        "headline": (SANS, room, 108),
        "place": (SANS, room // 2, 52),
        "site": (SANS, room // 2, 52),
        "letters": (LETTERS, FACE, FACE),
    }
    return {
        part: words(request[part], font, width, folder, height).copy_memory()
        for part, (font, width, height) in wanted.items()
        if request[part] and not (photo and part == "letters")
    }


def draw(shaped: dict[str, pyvips.Image], colour: list[int], photo: bytes) -> bytes:
    """The whole card."""
    card = _plain(WIDTH, HEIGHT, PAPER)
    card = card.draw_rect(GREEN, 0, 0, WIDTH * 7 // 10, 12, fill=True)
    card = card.draw_rect(TERRACOTTA, WIDTH * 7 // 10, 0, WIDTH - WIDTH * 7 // 10, 12, fill=True)
    card = card.composite2(portrait(shaped.get("letters"), colour, photo), "over", x=EDGE, y=72)
    top, foot = 72 + FACE + 34, HEIGHT - 82
    card = laid(card, shaped["name"], INK, EDGE, top)
    if "headline" in shaped:
        card = laid(card, shaped["headline"], QUIET, EDGE, top + shaped["name"].height + 24)
    card = card.flatten().draw_rect(HAIR, EDGE, foot - 18, WIDTH - 2 * EDGE, 2, fill=True)
    for part, ink in (("site", INK), ("place", QUIET)):
        if part in shaped:
            small = shaped[part].resize(0.8)
            card = laid(card, small, ink, WIDTH - EDGE - small.width if part == "site" else EDGE, foot + 8)
    return bytes(card.flatten().pngsave_buffer(compression=8, keep="none"))


def _plain(width: int, height: int, colour: list[int]) -> pyvips.Image:
    plain: pyvips.Image = pyvips.Image.black(width, height, bands=3).linear(1, colour).cast("uchar")
    return plain.copy(interpretation="srgb")


def main() -> None:
    """One card."""
    sandbox.limit_resources(memory=MEMORY, cpu=CPU_SECONDS, files=OPEN_FILES, output=OUTPUT)
    pyvips.cache_set_max(0)
    line, _newline, photo = sys.stdin.buffer.read().partition(b"\n")
    request = json.loads(line)
    shaped = shapes(request, bool(photo))
    sandbox.lock_up()
    sys.stdout.buffer.write(draw(shaped, request["face"], photo))
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
