"""Reading a LinkedIn archive: the door of this package.

The archive is opened by a process of its own that can reach nothing (`child`); this side starts it, waits no longer
than two minutes for it, and believes nothing it says (`checking`).
"""

import contextlib
import logging
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Self

from collegium.career.document import Draft, Header, Reach
from collegium.portability.linkedin import checking, sentences
from collegium.portability.linkedin.catalogue import TAKEN
from collegium.portability.linkedin.checking import NonsenseError
from collegium.portability.linkedin.things import FileReport, Problem, Thing

# As it lies on the disk. The largest described has 20 MB.
MOST_BYTES = 256 * 1024 * 1024
# Of waiting for the child; the time the caller takes with a row is not the child's. Its processor time is bounded by
# itself: a busy machine may take several times as long over the same work.
SECONDS = 120
# A row of JSON: texts are cut in the child, what a row needs at most is one article and its head.
_MOST_LINE = 4 * 1024 * 1024
_MOST_ANSWER = 1024 * 1024 * 1024
_PIECE = 256 * 1024

Progress = Callable[[int, int], None]
Taken = Draft | Header | Reach | Thing

log = logging.getLogger(__name__)
_CLONE = Path(__file__).resolve().parents[3]
_COMMAND = [sys.executable, "-E", "-s", "-S", "-m", "collegium.portability.linkedin.child"]
# Nothing of ours is inherited: no address of the database, no secret.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}


class UnreadableArchiveError(Exception):
    """Nothing can be taken from this archive; what has been read of it before is to be dropped.

    `str()` is the sentence for the member, `problem` the reason.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(sentences.say(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Found:
    """One thing: from the row (1 is the first after the header) of the file with this place in `Archive.files`."""

    file: int
    row: int
    kind: str
    thing: Taken


class Archive:
    """The things of an archive, as they are read; iterating a second time goes on where the first one stopped.

    `files` has a report for every file from before its first row; numbers and problems are complete after its last.
    """

    def __init__(self, source: IO[bytes], kinds: Collection[str], progress: Progress | None) -> None:
        self.files: list[FileReport] = []
        self._progress = progress
        self._total = 0
        self._source = source
        self._found = self._run(source, sorted(kinds))

    def __iter__(self) -> Iterator[Found]:
        return self._found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading; the child is ended."""
        self._found.close()
        self._source.close()

    def _run(self, source: IO[bytes], kinds: list[str]) -> Generator[Found, None, None]:
        with source, _child(source, kinds) as child:
            ended = False
            try:
                for line in _lines(child):
                    said = checking.message(line)
                    if said[0] == "end":
                        ended = True
                    elif (found := self._hear(said)) is not None:
                        yield found
            except NonsenseError:
                log.warning("an archive's process said what it cannot have found", exc_info=True)
                raise UnreadableArchiveError(Problem("failed")) from None
            if not ended:
                raise UnreadableArchiveError(Problem("failed"))
            if self._progress:
                self._progress(self._total, self._total)

    def _hear(self, said: list[Any]) -> Found | None:
        """Take in one thing the child says; a row is given on."""
        word, rest = said[0], said[1:]
        if word == "refused":
            raise UnreadableArchiveError(checking.problem(rest))
        if word == "size":
            self._total = checking.number(rest, 0)
        elif word == "at":
            if self._progress and self._total:
                self._progress(min(checking.number(rest, 0), self._total), self._total)
        elif word == "file":
            if checking.number(rest, 0) != len(self.files) or len(self.files) > checking.MOST_FILES:
                raise NonsenseError(rest)
            self.files.append(checking.report(rest))
        else:
            place = checking.number(rest, 0)
            if not self.files or place != len(self.files) - 1:
                raise NonsenseError(rest)
            if word == "done":
                self._close(place, checking.report(rest))
            elif word == "row":
                return self._row(place, rest)
            else:
                raise NonsenseError(word)
        return None

    def _close(self, place: int, report: FileReport) -> None:
        """A file is complete; what was found out on this side is added to what the child found."""
        mine = self.files[place]
        self.files[place] = replace(
            report,
            problems=(report.problems + mine.problems)[: checking.MOST_PROBLEMS],
            problem_count=report.problem_count + mine.problem_count,
        )

    def _row(self, place: int, rest: list[Any]) -> Found | None:
        """One thing, cleaned as if somebody had typed it."""
        report = self.files[place]
        row = checking.number(rest, 1)
        try:
            thing = checking.thing(rest, report.kind)
        except checking.UnusableError as unusable:
            problem = Problem("unusable", report.name, row, unusable.field)
            kept = (*report.problems, problem)[: checking.MOST_PROBLEMS]
            self.files[place] = replace(report, problems=kept, problem_count=report.problem_count + 1)
            return None
        return Found(place, row, report.kind, thing)


def read(source: Path | IO[bytes], *, kinds: Collection[str] = TAKEN, progress: Progress | None = None) -> Archive:
    """Read an archive: the ZIP, or the JSON of the Member Snapshot interface.

    Args:
        source: the file; one that is no file of the disk is copied into memory, or to a file without a name. The
            place where an open file stands is moved; it stays open.
        kinds: keys of `catalogue.KINDS` whose rows are wanted; the other files are read and counted all the same.
        progress: told bytes done and bytes in all, now and then.

    Raises:
        UnreadableArchiveError: here or while iterating.
    """
    file = _opened(source)
    length = file.seek(0, os.SEEK_END)
    if not length or length > MOST_BYTES:
        file.close()
        raise UnreadableArchiveError(Problem("heavy" if length else "nothing", limit=MOST_BYTES // (1024 * 1024)))
    return Archive(file, kinds, progress)


def _opened(source: Path | IO[bytes]) -> IO[bytes]:
    """A file of our own with a descriptor that a child can be given."""
    if isinstance(source, Path):
        return source.open("rb")
    with contextlib.suppress(OSError, AttributeError):
        source.flush()
    with contextlib.suppress(OSError, AttributeError, TypeError):
        return os.fdopen(os.dup(source.fileno()), "rb")
    scratch = _scratch()
    source.seek(0)
    shutil.copyfileobj(source, scratch, _PIECE)
    scratch.flush()
    return scratch


@contextlib.contextmanager
def _child(source: IO[bytes], kinds: list[str]) -> "Iterator[subprocess.Popen[bytes]]":
    """A fresh child with the archive; it is dead afterwards, one way or the other."""
    source.seek(0)
    with _scratch() as complaints:
        child = subprocess.Popen(
            [*_COMMAND, ",".join(kinds)],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=_ENVIRONMENT,
            cwd=_CLONE,
            bufsize=0,
        )
        try:
            yield child
        finally:
            child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()
            complaints.seek(0)
            if said := complaints.read(2000):
                log.warning("an archive's process complained: %s", said.decode(errors="replace"))


def _scratch() -> IO[bytes]:
    """A file without a name, in memory where the system can."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("archive", os.MFD_CLOEXEC), "w+b")
    return tempfile.TemporaryFile()


def _lines(child: "subprocess.Popen[bytes]") -> Iterator[bytes]:
    """What a child says, line by line, in time and within bounds.

    Raises:
        UnreadableArchiveError: it takes too long or has been killed.
    """
    assert child.stdout is not None  # noqa: S101 - it was started with a pipe
    poll = select.poll()
    poll.register(child.stdout, select.POLLIN)
    rest = b""
    waited, heard = 0.0, 0
    while True:
        begun = time.monotonic()
        ready = poll.poll(max(0, SECONDS - waited) * 1000)
        waited += time.monotonic() - begun
        if not ready:
            raise UnreadableArchiveError(Problem("slow", limit=SECONDS))
        piece = os.read(child.stdout.fileno(), _PIECE)
        if not piece:
            break
        heard += len(piece)
        *whole, rest = (rest + piece).split(b"\n")
        if len(rest) > _MOST_LINE or heard > _MOST_ANSWER:
            raise NonsenseError("too much")
        yield from whole
    if child.wait() != 0 or rest:
        # The kernel kills a process that has used up its processor time.
        used_up = child.returncode in (-signal.SIGKILL, -signal.SIGXCPU)
        raise UnreadableArchiveError(Problem("slow" if used_up else "failed", limit=SECONDS))
