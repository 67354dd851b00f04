"""Who runs the embedded server.

PostgreSQL refuses to run as root. When Collegium is started by root, the server is given to a system user of its own,
who owns nothing but the database's folder. A clone or a data directory inside a folder that only root may enter is
reachable for that user through one inherited capability (reading, not writing, past permissions), asked for only when
it is needed.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from collegium.lib.postgres.database import DatabaseError

SYSTEM_USER = "collegium"
# Capabilities that let a process pass through closed folders, gentlest first, with their bit in the kernel's masks.
PASSAGE = (("dac_read_search", 2), ("dac_override", 1))
SETPCAP = 8


@dataclass(frozen=True)
class Identity:
    """A user of the system, and the words to put before a command so that it runs as that user."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def own(self, path: Path) -> None:
        """Give a folder to this user and close it to all others."""
        if path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)


def identity_for(folder: Path, *needs: Path) -> Identity:
    """Say who shall run the server of `folder`, able to reach the paths in `needs`.

    A folder that already holds a database decides by its owner.
    """
    mine = os.geteuid()
    cluster = folder / "cluster"
    owner = cluster.stat().st_uid if cluster.exists() else None
    if mine != 0:
        if owner not in {None, mine}:
            message = f"The database in {folder} belongs to user number {owner}; start Collegium as that user."
            raise DatabaseError(message)
        return Identity(mine, os.getegid())
    if owner == 0:
        message = f"The database in {folder} belongs to root, who may not run PostgreSQL; give it to another user."
        raise DatabaseError(message)
    user = _entry_of(owner) if owner is not None else _system_user()
    return Identity(user.pw_uid, user.pw_gid, _prefix(user, [folder, *needs]))


def _entry_of(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return pwd.struct_passwd((str(uid), "x", uid, uid, "", "/", "/bin/false"))


def _system_user() -> pwd.struct_passwd:
    """Find or make the server's own user; a system where none can be made lends `nobody`."""
    useradd = shutil.which("useradd")
    for attempt in (SYSTEM_USER, SYSTEM_USER, "nobody"):
        try:
            return pwd.getpwnam(attempt)
        except KeyError:
            if useradd and attempt == SYSTEM_USER:
                command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
                subprocess.run(command, check=False, capture_output=True)
    message = "PostgreSQL does not run as root, and there is no other user here; start Collegium as an ordinary user."
    raise DatabaseError(message)


def _prefix(user: pwd.struct_passwd, paths: list[Path]) -> tuple[str, ...]:
    setpriv = shutil.which("setpriv")
    if not setpriv:
        message = "Started by root, Collegium needs the program setpriv (util-linux); or start it as an ordinary user."
        raise DatabaseError(message)
    words = [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if any(_closed(path, user.pw_uid) for path in paths):
        words += _passage()
    return tuple(words)


def _closed(path: Path, uid: int) -> bool:
    """Whether some folder on the way to `path` keeps that user out."""
    steps = [step.stat() for step in path.resolve().parents]
    return any(not step.st_mode & 0o001 and step.st_uid != uid for step in steps)


def _passage() -> list[str]:
    """The words that hand on the gentlest capability this process has; none in a container that was given none.

    The secure bit makes access(2) respect the capability: initdb asks that way whether its sibling programs are there.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return []
    held = next((int(line.split()[1], 16) for line in status.splitlines() if line.startswith("CapPrm")), 0)
    found = [name for name, bit in PASSAGE if held >> bit & 1][:1]
    words = [f"--{kind}-caps=+{name}" for name in found for kind in ("inh", "ambient")]
    return [*words, "--securebits=+no_setuid_fixup"] if found and held >> SETPCAP & 1 else words
