"""Addresses that take larger bodies than others: few at once, from senders who show a ticket, onto a disk with room.

The door stores a body before Django sees who sends it. For small ones that is cheap enough; whoever sends a large one
must show first that a page of ours let her, and nobody sends two at a time.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from starlette.types import Scope

BUSY = b"Others are sending large files at this moment. Please try again in a minute.\n"
BUSY_WITH_YOURS = b"A file of yours is on its way already. Please wait until it has arrived.\n"
NO_TICKET = b"This page has been open for too long. Please open it again, and choose the file once more.\n"
NO_ROOM = b"There is not enough room for large files here at the moment. The operator can make some.\n"
# What must be left on the disk beside the body itself: the database needs room to go on.
SPARE = 512 * 1024 * 1024


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The request is answered here and goes no further; `unread` when its body has not been listened to."""

    def __init__(self, status: int, words: bytes, *headers: tuple[bytes, bytes], unread: bool = False) -> None:
        super().__init__(status)
        self.status, self.words, self.headers, self.unread = status, words, headers, unread


class Wide:
    """What one such address takes.

    Args:
        most: bytes of a body.
        seconds: in which it must have arrived.
        at_once: how many bodies may be arriving in this process.
        folder: where they lie meanwhile, as files without a name; made when it is missing.
        sender: who shows this ticket (the query string), as a number; 0 for a ticket that is none of ours.
    """

    def __init__(
        self, *, most: int, seconds: float, at_once: int, folder: Path, sender: Callable[[bytes], int]
    ) -> None:
        self.most, self.seconds = most, seconds
        self._at_once, self._folder, self._sender = at_once, folder, sender
        self._sending: set[int] = set()

    def ready_folder(self) -> Path:
        """The folder, readable by its owner only."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder

    @contextlib.contextmanager
    def admitted(self, scope: Scope) -> Iterator[None]:
        """Within, this sender's body may arrive.

        Raises:
            Refused: no ticket, one is on its way already, too many are, or there is no room for it.
        """
        sender = self._sender(scope["query_string"])
        if not sender:
            raise Refused(403, NO_TICKET, unread=True)
        if sender in self._sending:
            raise Refused(409, BUSY_WITH_YOURS, unread=True)
        if len(self._sending) >= self._at_once:
            raise Refused(503, BUSY, (b"retry-after", b"60"), unread=True)
        if shutil.disk_usage(self.ready_folder()).free < SPARE + 2 * (announced(scope) or self.most):
            raise Refused(507, NO_ROOM, unread=True)
        self._sending.add(sender)
        try:
            yield
        finally:
            self._sending.discard(sender)


def announced(scope: Scope) -> int:
    """The length that the sender announced; 0 when none, or no number (the server has seen to that)."""
    given = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(given) if given.isdigit() else 0
