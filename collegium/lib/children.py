"""Processes that open what strangers sent: each for one file, given nothing of ours, dead when its answer is here."""

import contextlib
import logging
import os
import select
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

log = logging.getLogger(__name__)
CLONE = Path(__file__).resolve().parents[2]
_COMPLAINTS = 2000
# The kernel kills a process that has used up its processor time.
_SPENT = (-signal.SIGKILL, -signal.SIGXCPU)


class ChildError(Exception):
    """There is no answer.

    Attributes:
        problem: "busy" when it is worth trying again soon, "slow" when time ran out.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child wrote, and how it ended: 0, an exit status, or the negative number of a signal."""

    written: bytes
    ended: int


@contextlib.contextmanager
def place(places: threading.Semaphore, patience: float) -> Iterator[None]:
    """One of a few places; whoever waits too long is told so instead of holding a web thread.

    Args:
        places: how many children may run at once.
        patience: seconds to wait for one.

    Raises:
        ChildError: "busy".
    """
    if not places.acquire(timeout=patience):
        raise ChildError("busy")
    try:
        yield
    finally:
        places.release()


def ask(
    command: Sequence[str],
    given: bytes | IO[bytes],
    *,
    seconds: float,
    most: int,
    environment: Mapping[str, str],
    name: str,
) -> Answer:
    """Give a fresh child something to read and return what it writes.

    Args:
        command: the program and its words.
        given: its standard input: bytes, or an open file that it reads itself.
        seconds: how long it may take by the clock.
        most: one byte more than this is read of its answer.
        environment: all of its environment; nothing of ours is inherited, no address of the database, no secret.
        name: of what it opens, for the log.

    Raises:
        ChildError: "slow": it used up its time, by the clock or of the processor.
    """
    with contextlib.ExitStack() as stack:
        question = given if not isinstance(given, bytes) else stack.enter_context(_holding(given))
        answer, complaints = stack.enter_context(_scratch()), stack.enter_context(_scratch())
        child = subprocess.Popen(
            list(command), stdin=question, stdout=answer, stderr=complaints, env=dict(environment), cwd=CLONE
        )
        try:
            in_time = _ends(child, seconds)
        finally:
            child.kill()
            child.wait()
        if child.returncode:
            complaints.seek(0)
            words = complaints.read(_COMPLAINTS).decode(errors="replace")
            log.warning("the process of %s ended with %d: %s", name, child.returncode, words)
        if not in_time or child.returncode in _SPENT:
            raise ChildError("slow")
        answer.seek(0)
        return Answer(answer.read(most + 1), child.returncode)


def _holding(given: bytes) -> IO[bytes]:
    """A file with these bytes, at its beginning."""
    file = _scratch()
    file.write(given)
    file.seek(0)
    return file


def _scratch() -> IO[bytes]:
    """A file without a name, in memory where the system can: what a child may write to it is bounded by its rlimit."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("child", os.MFD_CLOEXEC), "w+b")
    return tempfile.TemporaryFile()


def _ends(child: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Wait for the end of a child; False when time ran out."""
    if not hasattr(os, "pidfd_open"):
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        return child.returncode is not None
    # `Popen.wait` with a timeout sleeps and looks; this wakes at once.
    handle = os.pidfd_open(child.pid)
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    finally:
        os.close(handle)
