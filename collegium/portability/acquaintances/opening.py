"""Opens an address book: starts the process that reads it, waits a while for it, and believes nothing it says."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from collegium.portability.acquaintances.book import MOST_KEYS, MOST_PROBLEMS, MOST_ROWS, SORTS, Book, Key, Wanted
from collegium.portability.acquaintances.words import why

MOST_BYTES = 5 * 1024 * 1024
SECONDS = 10
AT_ONCE = 2
PATIENCE = 5
_MOST_ANSWER = 64 * 1024 * 1024
_MOST_VALUE = 600
_MOST_NUMBER = 10**9

log = logging.getLogger(__name__)
_places = threading.BoundedSemaphore(AT_ONCE)
_CLONE = Path(__file__).resolve().parents[3]
_COMMAND = [sys.executable, "-E", "-s", "-S", "-m", "collegium.portability.acquaintances.child"]
# Nothing of ours is inherited: no address of the database, no secret.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}


class UnreadableBookError(Exception):
    """Nothing is taken from this file. `str()` is a sentence for whoever brought it."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(why(code, line))
        self.code = code


def read(data: bytes, wanted: Wanted, *, pasted: bool = False) -> Book:
    """What stands in an address book.

    Args:
        data: the file, or the text that was pasted.
        wanted: which part of it.
        pasted: whether it is a text with addresses somewhere in it.

    Raises:
        UnreadableBookError: it cannot be read, or it takes too long.
    """
    if not data.strip():
        raise UnreadableBookError("empty")
    if len(data) > MOST_BYTES:
        raise UnreadableBookError("heavy")
    asked = {"line": wanted.line, "words": list(wanted.words), "pasted": pasted}
    with _place():
        said = _ask_child(json.dumps(asked).encode() + b"\n" + data)
    try:
        return _book(json.loads(said))
    except (ValueError, TypeError, KeyError, RecursionError):
        log.warning("an address book's process said what it cannot have found")
        raise UnreadableBookError("failed") from None


@contextlib.contextmanager
def _place() -> Iterator[None]:
    """One of the places; whoever waits too long is told so instead of holding a web thread."""
    if not _places.acquire(timeout=PATIENCE):
        raise UnreadableBookError("busy")
    try:
        yield
    finally:
        _places.release()


def _ask_child(message: bytes) -> bytes:
    """Give a fresh child the message and return its answer; it is dead afterwards, one way or the other."""
    with _scratch() as question, _scratch() as answer, _scratch() as complaints:
        question.write(message)
        question.seek(0)
        child = subprocess.Popen(
            _COMMAND, stdin=question, stdout=answer, stderr=complaints, env=_ENVIRONMENT, cwd=_CLONE
        )
        in_time = False
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(SECONDS)
                in_time = True
        finally:
            child.kill()
            child.wait()
        if child.returncode:
            complaints.seek(0)
            log.warning("an address book's process ended with %d", child.returncode)
            # The kernel kills a process that has used up its processor time.
            raise UnreadableBookError("slow" if not in_time or child.returncode < 0 else "failed")
        answer.seek(0)
        return answer.read(_MOST_ANSWER)


def _scratch() -> IO[bytes]:
    """A file without a name, in memory where the system can."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("book", os.MFD_CLOEXEC), "w+b")
    return tempfile.TemporaryFile()


def _book(said: Any) -> Book:
    """The child's answer, taken apart.

    Raises:
        ValueError, TypeError, KeyError: it is none.
        UnreadableBookError: it says that the file cannot be read.
    """
    if "refused" in said:
        code, line = said["refused"]
        raise UnreadableBookError(_code(code), _number(line))
    if len(said["rows"]) > MOST_ROWS * MOST_KEYS:
        raise ValueError(said)
    book = Book(blank=_number(said["blank"]), national=_number(said["national"]), passed=_number(said["passed"]))
    book.rows = [(_number(line), [_key(each) for each in keys[:MOST_KEYS]]) for line, keys in said["rows"]]
    book.problems = [(_code(code), _number(line)) for code, line in said["problems"][:MOST_PROBLEMS]]
    return book


def _number(said: Any) -> int:
    if type(said) is not int or not 0 <= said <= _MOST_NUMBER:
        raise ValueError(said)
    return said


def _code(said: Any) -> str:
    if not isinstance(said, str) or not said.isalpha() or len(said) > 20:
        raise ValueError(said)
    return said


def _key(said: Any) -> Key:
    sort, colon, value = said.partition(":") if isinstance(said, str) else ("", "", "")
    if sort not in SORTS or not colon or not 0 < len(value) <= _MOST_VALUE:
        raise ValueError(said)
    return sort, value
