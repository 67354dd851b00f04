"""A career as a PDF: tagged (PDF/UA-1), set by typst in a process that may be killed."""

import bisect
import contextlib
import functools
import json
import logging
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from collegium.career.document import Document
from collegium.resumes.printed import check_length, sheet

Template = Literal["letter", "ledger"]
Paper = Literal["a4", "us-letter"]

SECONDS = 15
AT_ONCE = 2
PATIENCE = 5
MOST_OUTPUT = 16 * 1024 * 1024
UNSET = "\ufffd"
log = logging.getLogger(__name__)
_places = threading.BoundedSemaphore(AT_ONCE)
_ROOM = Path(__file__).resolve().parent
FONTS = _ROOM.parent / "ui" / "fonts"
_COMMAND = [sys.executable, "-E", "-s", "-m", "collegium.resumes.child"]
# Nothing of ours is inherited: no address of the database, no secret.
_ENVIRONMENT = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}


class NotPrintedError(Exception):
    """No PDF came of it; says why, for the person who asked."""

    def __init__(self, *, busy: bool) -> None:
        super().__init__(
            _("Many CVs are being printed at this moment. Please try again in a few seconds.")
            if busy
            else _("The PDF could not be made. The Word file has the same content.")
        )
        self.busy = busy


def pdf(document: Document, *, template: Template = "letter", paper: Paper = "a4") -> bytes:
    """Print a career.

    Args:
        document: what to print, all of it.
        template: which of the two looks.
        paper: the size of the pages.

    Returns:
        The file. Letters that no font of ours has (`unprintable` names them) are U+FFFD there, pictures nothing.

    Raises:
        NotPrintedError: too many at once, or it took too long.
        TooLongError: there is too much of it.
    """
    check_length(document)
    words = _settable(sheet(document).data())
    asked = {"template": template, "paper": paper, "data": words}
    heavy = any(not _has(letter) for text in _texts(words) if not text.isascii() for letter in set(text))
    with _place():
        return _child(json.dumps(asked).encode(), ["cjk"] if heavy else [])


def unprintable(document: Document) -> list[str]:
    """The characters of a career that no font of ours has, each once, in the order they come."""
    found: dict[str, None] = {}
    for text in _texts(sheet(document).data()):
        if not text.isascii():
            found |= dict.fromkeys(each for each in dict.fromkeys(text) if not _can(each) and not _silent(each))
    return list(found)


@contextlib.contextmanager
def _place() -> Iterator[None]:
    """One of the two places; whoever waits too long is told so instead of holding a web thread."""
    if not _places.acquire(timeout=PATIENCE):
        raise NotPrintedError(busy=True)
    try:
        yield
    finally:
        _places.release()


def _child(message: bytes, extra: list[str]) -> bytes:
    """What a fresh child makes of the message; it is dead afterwards, one way or the other."""
    try:
        done = subprocess.run(
            [*_COMMAND, *extra],
            input=message,
            capture_output=True,
            timeout=SECONDS,
            env=_ENVIRONMENT,
            cwd=_ROOM.parents[1],
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.warning("a CV took longer than %d s to print", SECONDS)
        raise NotPrintedError(busy=False) from None
    if done.stderr:
        log.warning("printing a CV: %s", done.stderr[:2000].decode(errors="replace"))
    if done.returncode or not done.stdout.startswith(b"%PDF-") or len(done.stdout) > MOST_OUTPUT:
        raise NotPrintedError(busy=False)
    return done.stdout


@functools.cache
def _coverage(name: str) -> list[int]:
    """The code points some fonts have, as bounds of ranges: one is in when it lies after an odd number of them."""
    bounds: list[int] = []
    for line in (FONTS / f"{name}.txt").read_text().split():
        first, _dash, last = line.partition("-")
        bounds += [int(first, 16), int(last or first, 16) + 1]
    return bounds


def _has(letter: str, name: str = "coverage") -> bool:
    """Whether one of our fonts has it; `coverage-cjk` is about the heavy one."""
    return letter in "\n\t" or bisect.bisect_right(_coverage(name), ord(letter)) % 2 == 1


def _can(letter: str) -> bool:
    return _has(letter) or _has(letter, "coverage-cjk")


def _silent(letter: str) -> bool:
    """Whether nothing is printed for it anyway: line ends, joiners, the marks that choose a picture."""
    return letter in "\n\t" or unicodedata.category(letter) in {"Cf", "Cc"} or "\ufe00" <= letter <= "\ufe0f"


def _set(text: str) -> str:
    """The text with what can be set; a picture goes, a letter leaves a mark in its place."""
    if text.isascii():
        return text
    return "".join(letter if _can(letter) else _instead(letter) for letter in text)


def _instead(letter: str) -> str:
    return "" if _silent(letter) or unicodedata.category(letter) in {"So", "Sk", "Mn"} else UNSET


def _settable(value: Any) -> Any:
    """The same, with every text as it can be set."""
    if isinstance(value, str):
        return _set(value)
    if isinstance(value, dict):
        return {key: _settable(each) for key, each in value.items()}
    return [_settable(each) for each in value] if isinstance(value, list | tuple) else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
