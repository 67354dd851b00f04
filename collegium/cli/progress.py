"""A line that shows how far long work has come: redrawn on a terminal, a few plain lines in a file."""

import sys
import time
from types import TracebackType
from typing import Self

WIDTH = 24


class Bar:
    """Use as a block; `show(what, done, total)` may be called as often as one likes."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._last = 0.0
        self._what = ""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def show(self, what: str, done: int, total: int) -> None:
        """Say that `done` of `total` pieces of `what` are ready."""
        now, whole = time.monotonic(), total <= 0 or done >= total
        fresh = what != self._what
        if not self._live:
            if fresh:
                print(f"  {what} …", flush=True)
                self._what = what
            return
        if not fresh and not whole and now - self._last < 0.1:
            return
        if fresh and self._what:
            print()
        self._what, self._last = what, now
        filled = WIDTH if total <= 0 else min(WIDTH, WIDTH * done // total)
        print(f"\r  {what:<24} {'█' * filled}{'░' * (WIDTH - filled)} {done:,} of {total:,} ", end="", flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the line."""
        if self._live and self._what:
            print(flush=True)
