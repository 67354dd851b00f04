"""The running server as PostgreSQL's own pid file shows it, and the folder of its socket."""

import hashlib
import os
import signal
import socket
import stat
import subprocess
import tempfile
from pathlib import Path

from collegium.lib.postgres.database import DatabaseError
from collegium.lib.postgres.identity import Identity

FILE = ".s.PGSQL.5432"
# The kernel's limit for the path of a socket is 108 bytes with the closing zero.
LONGEST = 107


class Postmaster:
    """The server process of one data directory."""

    def __init__(self, cluster: Path) -> None:
        self._cluster = cluster
        self._file = cluster / "postmaster.pid"

    def _lines(self) -> list[str]:
        try:
            return self._file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []

    def pid(self) -> int | None:
        """The process id, when that process lives and really serves this directory."""
        lines = self._lines()
        if not lines or not lines[0].strip().isdigit():
            return None
        pid = int(lines[0])
        return pid if str(self._cluster) in _command_of(pid) else None

    def is_ready(self, folder: Path) -> bool:
        """Whether connections are accepted: PostgreSQL says so in the eighth line, and the socket agrees."""
        lines = self._lines()
        if self.pid() is None or len(lines) < 8 or lines[7].strip() != "ready":
            return False
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(str(folder / FILE))
            except OSError:
                return False
        return True

    def send(self, word: signal.Signals) -> None:
        """Signal the server, if it lives."""
        pid = self.pid()
        if pid is not None:
            os.kill(pid, word)

    def forget_stale(self) -> None:
        """Remove a pid file whose process is gone: its number may be another program's by now and block the start."""
        if self._file.exists() and self.pid() is None:
            self._file.unlink(missing_ok=True)


def _command_of(pid: int) -> str:
    """The command line of a process; empty when there is none, or it has ended and waits to be reaped."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True).stdout


def socket_folder(folder: Path, owner: Identity | None = None) -> Path:
    """Where the server of `folder` listens; with `owner`, make that place and close it to everybody else.

    Inside the folder when the kernel (which has a limit) and PostgreSQL (which reads a comma as "and") can take its
    path, else under the system's folder for temporary files, by a name made from the path.
    """
    place = folder / "socket"
    if len(os.fsencode(place / FILE)) > LONGEST or not set(str(place)).isdisjoint(",\"'\\"):
        name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        place = Path(tempfile.gettempdir(), f"collegium-{name}")
    if owner is not None:
        _make_private(place, owner)
    return place


def _make_private(place: Path, owner: Identity) -> None:
    """Make the folder, or make sure that an existing one is nobody else's (others can write in a temporary folder)."""
    try:
        place.mkdir(mode=0o700)
        owner.own(place)
    except FileExistsError:
        found = place.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner.uid, os.geteuid()}:
            raise DatabaseError(f"The place of the database's socket, {place}, belongs to somebody else.") from None
        owner.own(place)
