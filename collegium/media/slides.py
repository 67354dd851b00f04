"""The pages of PDFs that people upload, as pictures and text, made by a process that may be killed.

Of the file nothing is kept: a page becomes a WebP made by us from pixels and a string of letters. What else a PDF may
do (scripts, forms, files it carries, programs it would start) has no counterpart in either.
"""

import json
import logging
import re
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.lib import children
from collegium.lib.text import clean_text
from collegium.media.decode import ENVIRONMENT, SIZES, UnusableImage, size_of

MOST_BYTES = 100 * 1024 * 1024
MOST_PAGES = 300
# Longer sides, largest first: for a whole screen, for a card.
SIDES = tuple(sorted(SIZES["slide"], reverse=True))
LETTERS = 4000
SECONDS = 60
SECONDS_TO_LOOK = 10
# Somebody waits for these.
AT_ONCE = 2
PATIENCE = 5
MOST_OUTPUT = 48 * 1024 * 1024

_PROBLEMS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Please choose another."),
    "heavy": _("The file is larger than 100 MB. Please choose a smaller one."),
    "unknown": _("This is not a PDF. Please export your slides as PDF first."),
    "locked": _("This PDF is locked with a password. Please save it without one."),
    "bare": _("This PDF has no pages."),
    "long": _("This PDF has more than 300 pages. Please choose the ones that matter most."),
    "broken": _("This PDF is damaged or incomplete. Please export it again."),
    "slow": _("This PDF takes too long to draw. Please export it with simpler pictures."),
    "busy": _("Many slides are being looked through at this moment. Please try again in a few seconds."),
}
_OF_A_PAGE: dict[str, str | Promise] = {
    "page": _("Page %(n)s of this PDF cannot be drawn. Please export it again."),
    "strip": _("Page %(n)s is too long and narrow to be a slide. Please leave it out."),
}
# What stands for a hyphen at the end of a line, with the end of the line.
_HYPHEN = re.compile("[\x02\ufffe]\r?\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"[^\S\n]+")
log = logging.getLogger(__name__)
_places = threading.BoundedSemaphore(AT_ONCE)
_COMMAND = [sys.executable, "-E", "-s", "-m", "collegium.media.slides_child"]


class UnusableSlidesError(Exception):
    """No slides came of it. Shown as a sentence for the person who uploaded it."""

    def __init__(self, problem: str, page: int = 0) -> None:
        words = _OF_A_PAGE.get(problem) if page else None
        super().__init__(str(words) % {"n": page} if words else str(_PROBLEMS.get(problem, _PROBLEMS["broken"])))
        self.problem, self.page = problem, page

    @property
    def is_passing(self) -> bool:
        """Whether it is worth trying again."""
        return self.problem in ("busy", "slow")


UnusableSlides = UnusableSlidesError


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its look by the longer side asked for, the size of the largest, and its letters."""

    files: dict[int, bytes]
    width: int
    height: int
    text: str


def look(path: Path) -> int:
    """Look a document through without drawing it.

    Args:
        path: the file; neither its name nor its declared type is believed.

    Returns:
        How many pages it has, all of which have a size that can be drawn.

    Raises:
        UnusableSlidesError: with a sentence.
    """
    try:
        with children.place(_places, PATIENCE):
            said, _rest = _ask(path, first=0, count=0, seconds=SECONDS_TO_LOOK)
    except children.ChildError as none:
        raise UnusableSlidesError(none.problem) from None
    return _pages(said)


def draw(path: Path, first: int, count: int) -> list[Page]:
    """Draw a few pages; all of the document is drawn by asking again and again, in a fresh process each time.

    Args:
        path: the file.
        first: index of the first page.
        count: how many; fewer come back at the end of the document.

    Raises:
        UnusableSlidesError: with a sentence.
    """
    said, rest = _ask(path, first=first, count=count, seconds=SECONDS)
    expected = max(min(count, _pages(said) - first), 0)
    told = said.get("slides")
    if not isinstance(told, list) or len(told) != expected:
        raise UnusableSlidesError("broken")
    made, at = [], 0
    for each in told:
        page, at = _page(each, rest, at)
        made.append(page)
    if at != len(rest):
        raise UnusableSlidesError("broken")
    return made


def _ask(path: Path, *, first: int, count: int, seconds: int) -> tuple[dict[str, Any], bytes]:
    """Have a fresh child do it, and take its answer apart, believing nothing of it."""
    size = path.stat().st_size
    if size == 0 or size > MOST_BYTES:
        raise UnusableSlidesError("heavy" if size else "empty")
    asked = {"first": first, "count": count, "most": MOST_PAGES, "sizes": SIDES, "letters": LETTERS}
    line, newline, rest = _run(path, json.dumps(asked), seconds).partition(b"\n")
    try:
        said = json.loads(line) if newline else {}
    except ValueError:
        raise UnusableSlidesError("broken") from None
    if not isinstance(said, dict):
        raise UnusableSlidesError("broken")
    if "problem" in said or "pages" not in said:
        problem, page = said.get("problem"), said.get("page")
        number = page if isinstance(page, int) and 0 <= page <= MOST_PAGES else 0
        # A reader that fell over says nothing at all.
        raise UnusableSlidesError(problem if isinstance(problem, str) else "broken", number)
    return said, rest


def _run(path: Path, asked: str, seconds: int) -> bytes:
    """Start the child on the file and return what it wrote."""
    command = [*_COMMAND, asked]
    try:
        with path.open("rb") as document:
            said = children.ask(
                command, document, seconds=seconds, most=MOST_OUTPUT, environment=ENVIRONMENT, name="a PDF"
            )
    except children.ChildError as none:
        raise UnusableSlidesError(none.problem) from None
    return said.written


def _pages(said: dict[str, Any]) -> int:
    """How many pages there are said to be."""
    pages = said.get("pages")
    if not isinstance(pages, int) or not 0 < pages <= MOST_PAGES:
        raise UnusableSlidesError("broken")
    return pages


def _page(told: Any, rest: bytes, at: int) -> tuple[Page, int]:
    """One page out of the answer, and where the next begins."""
    lengths = told.get("files") if isinstance(told, dict) else None
    text = told.get("text") if isinstance(told, dict) else None
    whole = isinstance(lengths, list) and all(isinstance(length, int) and length > 0 for length in lengths)
    if not whole or not isinstance(text, str) or lengths is None or len(lengths) != len(SIDES):
        raise UnusableSlidesError("broken")
    files: dict[int, bytes] = {}
    for side, length in zip(SIDES, lengths, strict=True):
        files[side] = rest[at : at + length]
        at += length
    try:
        sizes = [size_of(file) for file in files.values()]
    except UnusableImage:
        raise UnusableSlidesError("broken") from None
    if any(not 0 < max(size) <= side or not min(size) for size, side in zip(sizes, SIDES, strict=True)):
        raise UnusableSlidesError("broken")
    return Page(files, *sizes[0], clean(text)), at


def clean(text: str) -> str:
    """Letters as the database can hold them, in lines, without what a layout leaves behind."""
    joined = _HYPHEN.sub("", text.encode("utf-8", "ignore").decode())
    plain = _CONTROL.sub(" ", joined.replace("\r\n", "\n").replace("\r", "\n"))
    # Putting letters in one spelling can make a few more of them, all of which are welcome up to the limit.
    return clean_text(_SPACES.sub(" ", plain), 4 * LETTERS)[:LETTERS].rstrip()
