"""The process that opens a stranger's PDF. Started for a few pages, locked up before it sees a byte of the file.

The file is its standard input and is mapped, not read; what is asked stands in the only argument. It writes one line
of JSON to standard output and then the WebP files it made. Knows nothing of Collegium: no settings, no database, no
secrets, no environment. The reader that is used here has no engine for scripts, no forms are begun, and nothing that a
document would open, launch or carry along is asked for: what comes out is the look of its pages and their letters.

Request: {"first": index, "count": how many pages to draw, 0 only to look through, "most": pages a document may have,
"sizes": [longer side in pixels, …] largest first, "letters": of text a page}.
Answer: {"pages": n, "slides": [{"text": …, "files": [length, …]}, …]} or {"problem": word, "page": number from 1}.
"""

import codecs
import ctypes
import json
import math
import mmap
import os
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pyvips

from collegium.media import sandbox

# Address space; the file itself, up to 100 MB, is mapped into it.
MEMORY = 1600 * 1024 * 1024
CPU_SECONDS = 40
OPEN_FILES = 16
OUTPUT = 48 * 1024 * 1024
QUALITY = 84
EFFORT = 2
# A page that is longer than so many times its width is a strip and no page.
STRIP = 12
# Somebody's page is opened before somebody's slides are drawn.
NICE = 10

_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


class ProblemError(Exception):
    """One word for the parent, which has the sentences; and the page it is about, 0 for the whole."""

    def __init__(self, word: str, page: int = 0) -> None:
        super().__init__(word)
        self.page = page


def opened(asked: dict[str, Any]) -> pypdfium2.PdfDocument:
    """The document, without a password and without its forms."""
    size = os.fstat(0).st_size
    if size == 0:
        raise ProblemError("empty")
    # A private copy that is only made of what is written to, which is nothing: the reader asks for writable memory.
    mapped = mmap.mmap(0, size, access=mmap.ACCESS_COPY)
    if b"%PDF-" not in mapped[:1024]:
        raise ProblemError("unknown")
    try:
        document = pypdfium2.PdfDocument((ctypes.c_char * size).from_buffer(mapped))
    except pypdfium2.PdfiumError as wrong:
        code = getattr(wrong, "err_code", None)
        word = "locked" if code in _LOCKED else "bare" if code == pdfium.FPDF_ERR_SUCCESS else "broken"
        raise ProblemError(word) from None
    if len(document) > asked["most"]:
        raise ProblemError("long")
    return document


def measured(document: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    """The size of a page in points; only the proportions of it are used, so that no box is too large."""
    try:
        width, height = document.get_page_size(index)
    except pypdfium2.PdfiumError:
        raise ProblemError("page", index + 1) from None
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise ProblemError("page", index + 1)
    if max(width, height) > STRIP * min(width, height):
        raise ProblemError("strip", index + 1)
    return width, height


def drawn(document: pypdfium2.PdfDocument, index: int, asked: dict[str, Any]) -> tuple[str, list[bytes]]:
    """The letters of a page, and its look in every size."""
    width, height = measured(document, index)
    try:
        page = document[index]
        text = letters_of(page, asked["letters"])
        scale = asked["sizes"][0] / max(width, height)
        bitmap = page.render(scale=scale, may_draw_forms=False, prefer_bgrx=True, rev_byteorder=True)
        raw = pyvips.Image.new_from_memory(bitmap.buffer, bitmap.width, bitmap.height, 4, "uchar")
        whole = raw.extract_band(0, n=3).copy(interpretation="srgb")
        files = [saved(whole, side) for side in asked["sizes"]]
        page.close()
    except (pypdfium2.PdfiumError, pyvips.Error, ValueError, MemoryError):
        raise ProblemError("page", index + 1) from None
    return text, files


def letters_of(page: pypdfium2.PdfPage, most: int) -> str:
    """The first letters of a page, in the order of the document."""
    text = page.get_textpage()
    count = min(text.count_chars(), most)
    found: str = text.get_text_range(0, count) if count > 0 else ""
    text.close()
    return found[:most]


def saved(picture: pyvips.Image, side: int) -> bytes:
    """A WebP file whose longer side is at most this long."""
    if max(picture.width, picture.height) > side:
        scale = side / max(picture.width, picture.height)
        width, height = (max(round(length * scale), 1) for length in (picture.width, picture.height))
        picture = picture.thumbnail_image(width, height=height, size="force")
    file: bytes = picture.webpsave_buffer(Q=QUALITY, effort=EFFORT, keep="none", smart_subsample=True)
    return file


def answer(asked: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """What is said of the document, and the files of the pages that were asked for."""
    document = opened(asked)
    pages = len(document)
    slides: list[dict[str, Any]] = []
    files: list[bytes] = []
    for index in range(pages) if not asked["count"] else ():
        measured(document, index)
    for index in range(asked["first"], min(asked["first"] + asked["count"], pages)):
        text, made = drawn(document, index, asked)
        slides.append({"text": text, "files": [len(file) for file in made]})
        files += made
    return {"pages": pages, "slides": slides}, files


def main() -> None:
    """A few pages."""
    sandbox.limit_resources(memory=MEMORY, cpu=CPU_SECONDS, files=OPEN_FILES, output=OUTPUT)
    os.nice(NICE)
    pyvips.cache_set_max(0)
    # Letters come in this encoding, and what reads it cannot be opened any more afterwards.
    codecs.lookup("utf-16-le")
    sandbox.lock_up()
    files: list[bytes] = []
    try:
        said, files = answer(json.loads(sys.argv[1]))
    except ProblemError as problem:
        said = {"problem": str(problem), "page": problem.page}
    except (MemoryError, OSError, ValueError):
        said = {"problem": "broken"}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + b"".join(files))
    sys.stdout.buffer.flush()
    # Nothing is worth tidying up, and a reader in a bad state could get stuck over it.
    os._exit(0)


if __name__ == "__main__":
    main()
