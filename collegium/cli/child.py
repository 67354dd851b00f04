"""One process under the supervisor: started, watched, started again when it dies, stopped."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import IO

PR_SET_PDEATHSIG = 1
# Seconds to wait before a child that died is started again: longer each time, forgotten after a quiet minute.
FIRST_WAIT, LONGEST_WAIT, QUIET = 0.5, 30.0, 60.0

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends without having stopped it (on Linux).

    Killed, not asked: with the supervisor gone, nobody would insist. Whatever it was doing is a transaction or a job.
    """
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


@dataclass
class Child:
    """A process that ought to run.

    Attributes:
        name: how it is called in messages.
        module: the Python module it is.
        environment: all of its environment.
        output: where its lines go; None for the terminal.
        keep: open files it inherits.
    """

    name: str
    module: str
    environment: dict[str, str]
    output: IO[bytes] | None
    keep: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    _born: float = 0.0
    _next: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a process group of its own: Ctrl-C in a terminal reaches the supervisor alone."""
        parent = os.getpid()

        def settle() -> None:
            die_with_parent()
            if os.getppid() != parent:
                os._exit(1)

        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=self.output,
            start_new_session=True,
            pass_fds=self.keep,
            preexec_fn=settle,  # noqa: PLW1509 - the supervisor has one thread
        )
        self._born = time.monotonic()

    def watch(self) -> str:
        """Start it again when it is dead and has waited long enough; say when that, or a death, happened."""
        now = time.monotonic()
        if self.process is None:
            if now < self._next:
                return ""
            self.start()
            return f"The {self.name} was started again."
        status = self.process.poll()
        if status is None:
            return ""
        self.end_group()
        self.process = None
        self.deaths = 1 if now - self._born > QUIET else self.deaths + 1
        wait = min(FIRST_WAIT * 2 ** (self.deaths - 1), LONGEST_WAIT)
        self._next = now + wait
        return f"The {self.name} ended ({_how(status)}); it is started again in {wait:g} s."

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def is_gone(self) -> bool:
        """Whether it has ended."""
        return self.process is None or self.process.poll() is not None

    def end_group(self) -> None:
        """Kill whatever is left of its process group, grandchildren included."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _how(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"status {status}"
