"""One process's graph: files mapped, changes laid over them, as of now.

`view()` asks the database what changed, which takes one short statement, and is therefore always right: one's own
changes and everybody's, as soon as they are committed; one's own also before that. Nothing is kept that was not asked.
"""

import threading
import time
from pathlib import Path

from collegium.graph import base, changes, overlay, writing
from collegium.graph.view import View

# How long a process may go on laying changes over older files though newer ones are there.
LOOK_EVERY = 20.0
# Files that were written just now can be too old again, while a long load holds everything back; not for ever, though.
ATTEMPTS = 4


class Index:
    """The files this process has open, and what it has laid over them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._view, self._epoch, self._low = View(), 0, 0
        self._had: dict[int, int] = {}
        self._version = 0
        self._looked = 0.0

    def view(self) -> View:
        """The graph as it is now.

        Raises:
            writing.NotReadyError: somebody waits for a page, and the files are still being written.
        """
        for _attempt in range(ATTEMPTS):
            view, epoch, low, had, version = self._state()
            moment = changes.read(low, had, epoch)
            if moment.epoch == epoch and not moment.too_many and low >= moment.floor:
                seen = overlay.lay(view, moment.rows)
                if not moment.writing:
                    self._keep(seen, moment, version)
                return seen
            if (alone := self._begin(moment, view.folder)) is not None:
                return alone
        return writing.without_files()

    def _state(self) -> tuple[View, int, int, list[int], int]:
        with self._lock:
            if self._epoch and time.monotonic() - self._looked > LOOK_EVERY:
                self._newer()
            return self._view, self._epoch, self._low, list(self._had), self._version

    def _keep(self, seen: View, moment: changes.Moment, version: int) -> None:
        """Begin the next read here, unless another thread has read meanwhile: what it saw may be newer."""
        with self._lock:
            if self._version != version:
                return
            had = self._had | {row.id: row.xid for row in moment.rows}
            self._had = {key: xid for key, xid in had.items() if xid >= moment.low}
            self._view, self._low = seen, moment.low
            self._version += 1

    def _begin(self, moment: changes.Moment, had: Path | None) -> View | None:
        """Open files of this epoch; see to it that they are written where there are none.

        What a reader sees who has written herself is not yet everybody's: she gets a view of her own, and writes none.

        Args:
            moment: what was read.
            had: the files this process stands on, which will not do if too much has changed since.
        """
        if moment.empty and not moment.too_many and not moment.floor:
            self._start(View(), moment.epoch, 0)
            return None
        folder = base.latest(moment.epoch, moment.floor)
        worn = moment.too_many and folder == had
        made = None if folder is None or worn else base.opened(folder)
        if made is not None:
            self._start(made.view, made.epoch, made.low)
        elif moment.writing and writing.has_time():
            return base.in_memory()
        else:
            writing.see_to_it(folder)
        return None

    def _newer(self) -> None:
        """Change over to files that were written since."""
        self._looked = time.monotonic()
        folder = base.latest(self._epoch)
        if folder is None or folder == self._view.folder:
            return
        made = base.opened(folder)
        if made is not None and made.epoch == self._epoch:
            self._set(made.view, made.epoch, made.low)

    def _start(self, view: View, epoch: int, low: int) -> None:
        with self._lock:
            self._set(view, epoch, low)

    def _set(self, view: View, epoch: int, low: int) -> None:
        self._view, self._epoch, self._low, self._had = view, epoch, low, {}
        self._version += 1
        self._looked = time.monotonic()


_index = Index()


def view() -> View:
    """The graph as it is now; hand it on where several things are asked."""
    return _index.view()
