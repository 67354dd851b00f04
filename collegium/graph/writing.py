"""Who writes the files when somebody asks and there are none that will do.

A command and a background task have time: they write them and go on. Somebody who waits for a page has none, and at a
million members it takes minutes: there a thread beside the pages writes them, one on a host at a time, and the page
waits for a moment only. What then is not there cannot be answered exactly, so it is not answered at all: 503, and when
to come again.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.db import DatabaseError, connection

from collegium.graph import base
from collegium.graph.models import Epoch
from collegium.graph.view import View
from collegium.members.models import Member

# At so many members it takes about a second, and nobody need be sent away for it.
SMALL = 10_000
# How long pages wait, counted from the moment the writing began: who comes later is told at once.
PATIENCE = 3.0
COME_AGAIN = 10

log = logging.getLogger(__name__)
_hurried: ContextVar[bool] = ContextVar("graph_hurried", default=False)


class NotReadyError(Exception):
    """The files are being written. Carries after how many seconds it is worth asking again."""

    def __init__(self, seconds: int = COME_AGAIN) -> None:
        super().__init__("The graph's files are being written.")
        self.seconds = seconds


@contextmanager
def hurried() -> Iterator[None]:
    """Within, somebody waits for a page."""
    token = _hurried.set(True)
    try:
        yield
    finally:
        _hurried.reset(token)


def has_time() -> bool:
    """Whether whoever asks may read all the tables: nobody waits, or they are short."""
    return not _hurried.get() or len(Member.objects.order_by("pk").values_list("pk")[: SMALL + 1]) <= SMALL


def see_to_it(unfit: Path | None) -> None:
    """Have files written, and come back when they are there.

    Args:
        unfit: files that are there and will not do.

    Raises:
        NotReadyError: somebody waits for a page, and it takes longer.
    """
    if has_time():
        write(unfit)
    else:
        _beside.wait(unfit)


def without_files() -> View:
    """The graph though no files will do, read from the tables as a whole.

    Raises:
        NotReadyError: somebody waits for a page, and it takes too long.
    """
    if not has_time():
        raise NotReadyError
    return base.in_memory()


def write(unfit: Path | None = None) -> None:
    """Write files, unless somebody else has, while one waited for a turn."""
    with turn():
        epoch = Epoch.objects.first()
        folder = base.latest(epoch.number, epoch.floor) if epoch else None
        if folder is None or folder == unfit or base.opened(folder) is None:
            base.rebuild()


@contextmanager
def turn() -> Iterator[None]:
    """Within, nobody else on this host writes files of this database who also waits for a turn."""
    place = base.home().with_suffix(".turn")
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _Beside:
    """The thread of this process that writes, if one does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._until = 0.0

    def wait(self, unfit: Path | None) -> None:
        """Begin, unless it has begun; wait for a while.

        Raises:
            NotReadyError: it takes longer.
        """
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=_write, args=(unfit,), name="graph files", daemon=True)
                self._until = time.monotonic() + PATIENCE
                self._thread.start()
            thread, until = self._thread, self._until
        thread.join(max(0.0, until - time.monotonic()))
        if thread.is_alive():
            raise NotReadyError


def _write(unfit: Path | None) -> None:
    """What the thread does; a failure is told to the log, and the next page begins anew."""
    try:
        write(unfit)
    except (DatabaseError, OSError):
        log.exception("the files of the graph could not be written")
    finally:
        connection.close()


_beside = _Beside()
