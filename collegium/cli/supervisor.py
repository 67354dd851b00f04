"""Keeps the children running until told to stop. One thread, no Django, a few megabytes."""

import contextlib
import json
import os
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from collegium.cli.child import Child

PATIENCE_STOP = 8.0
LOG_LIMIT = 20_000_000
LOGS_KEPT = 5
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):  # noqa: N818 - a request, not a fault
    """Somebody asked us to stop."""


class Signals:
    """Turns signals into something the loop can wait for."""

    def __init__(self) -> None:
        self.asked = 0
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for word in STOPPING:
            # Started with nohup, it outlives its terminal.
            if word != signal.SIGHUP or signal.getsignal(word) is not signal.SIG_IGN:
                signal.signal(word, self._ask)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def _ask(self, _number: int, _frame: object) -> None:
        self.asked += 1

    def wait(self, seconds: float) -> None:
        """Sleep, but wake for a signal.

        Raises:
            Stopped: when we are asked to stop.
        """
        if not self.asked:
            select.select([self._read], [], [], seconds)
            with contextlib.suppress(BlockingIOError):
                os.read(self._read, 4096)
        if self.asked:
            raise Stopped

    def run(self, child: Child) -> int:
        """Wait for a child that ends by itself, and give its exit status; a request to stop ends it.

        Raises:
            Stopped: when we are asked to stop.
        """
        child.start()
        try:
            while child.process is not None and child.process.poll() is None:
                self.wait(0.5)
        finally:
            child.ask_to_stop()
            with contextlib.suppress(Exception):
                child.process.wait(PATIENCE_STOP) if child.process else None
            child.end_group()
        return child.process.returncode if child.process else 1


class Logs:
    """The file all children append to. Grown too long, it is copied away and emptied, so nobody need reopen it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file: IO[bytes] = path.open("ab")

    def turn(self) -> None:
        """Make room, keeping a few older files."""
        if self.path.stat().st_size < LOG_LIMIT:
            return
        for age in range(LOGS_KEPT - 1, 0, -1):
            older = self.path.with_name(f"{self.path.name}.{age}")
            if older.exists():
                older.replace(self.path.with_name(f"{self.path.name}.{age + 1}"))
        shutil.copyfile(self.path, self.path.with_name(f"{self.path.name}.1"))
        os.truncate(self.path, 0)

    def last_line(self) -> str:
        """The newest line, for a message about what went wrong."""
        lines = self.path.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        if not lines:
            return "it said nothing"
        try:
            line = json.loads(lines[-1])
            trace = str(line.get("exception", "")).strip().splitlines()
            return trace[-1] if trace else str(line["event"])
        except (ValueError, KeyError, AttributeError):
            return lines[-1]


@contextlib.contextmanager
def running(children: list[Child], signals: Signals) -> Iterator[None]:
    """Start the children, and end them, all of them, when the block is left."""
    try:
        for child in children:
            child.start()
        yield
    finally:
        _stop(children, signals)


def _stop(children: list[Child], signals: Signals) -> None:
    """Ask, wait a few seconds, then insist; a second Ctrl-C insists at once."""
    for child in children:
        child.ask_to_stop()
    asked, limit = signals.asked, time.monotonic() + PATIENCE_STOP
    while time.monotonic() < limit and signals.asked <= asked and not all(child.is_gone() for child in children):
        time.sleep(0.02)
    for child in children:
        child.end_group()


def watch(children: list[Child], signals: Signals, chores: list[Callable[[], None]]) -> None:
    """Restart what dies and do the chores each second, until asked to stop.

    Raises:
        Stopped: when we are asked to stop.
    """
    while True:
        signals.wait(1.0)
        for child in children:
            sentence = child.watch()
            if sentence:
                print(sentence, file=sys.stderr, flush=True)
        for chore in chores:
            chore()
