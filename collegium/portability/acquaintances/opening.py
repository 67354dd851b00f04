"""Opens an address book: starts the process that reads it, waits a while for it, and believes nothing it says."""

import json
import logging
import sys
import threading
from typing import Any

from collegium.lib import children
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
    said = _ask(json.dumps(asked).encode() + b"\n" + data)
    try:
        return _book(json.loads(said))
    except (ValueError, TypeError, KeyError, RecursionError):
        log.warning("an address book's process said what it cannot have found")
        raise UnreadableBookError("failed") from None


def _ask(message: bytes) -> bytes:
    """Give a fresh child the message and return its answer."""
    try:
        with children.place(_places, PATIENCE):
            said = children.ask(
                _COMMAND, message, seconds=SECONDS, most=_MOST_ANSWER, environment=_ENVIRONMENT, name="an address book"
            )
    except children.ChildError as none:
        raise UnreadableBookError(none.problem) from None
    if said.ended:
        raise UnreadableBookError("slow" if said.ended < 0 else "failed")
    return said.written


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
