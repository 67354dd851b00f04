"""A database for the tests, so that `pytest PATH` works with nothing set up.

Before Django's settings are read, starts (or joins) a fleeting PostgreSQL under `.cache/` in the clone, or takes the
server at `DATABASE_URL`. The migrations run once into a template database, kept until a migration changes; each run,
and each of its parallel workers, gets a copy, which takes a tenth of a second. Several runs at once do not meet.
"""

import gc
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from collegium.lib.postgres import Database, EmbeddedServer, ExternalServer

CLONE = Path(__file__).resolve().parents[2]
CACHE = CLONE / ".cache" / "tests"
TEMPLATE = "COLLEGIUM_TEST_TEMPLATE"
TEMPLATES_KEPT = 3
# Objects made before Python's collector walks the young, the middle-aged, the old ones. A run holds millions that stay
# (every room, every test), and at the usual numbers walking them is a twentieth of its time.
SELDOM = (20_000, 20, 10)


class Ground:
    """What one run of the tests stands on: a held server, an empty data directory."""

    def __init__(self) -> None:
        given = os.environ.get("DATABASE_URL", "")
        folder = CACHE / "postgres"
        self.server: Database = (
            ExternalServer(given) if given else EmbeddedServer(folder, log=CACHE / "postgres.log", fleeting=True)
        )
        self.data = CACHE / f"data-{os.getpid()}"

    def lay(self) -> None:
        """Start the server, and point the environment (ours and that of the parallel workers) at it."""
        self.server.acquire(lambda sentence: None)
        self.data.mkdir(parents=True, exist_ok=True)
        for name in [name for name in os.environ if name.startswith("COLLEGIUM_")]:
            del os.environ[name]
        os.environ |= {
            "COLLEGIUM_DATA": str(self.data),
            "DATABASE_URL": with_name(self.server.url, f"run_{os.getpid()}"),
            "DJANGO_SETTINGS_MODULE": "collegium.testing.settings",
            # Playwright's synchronous interface keeps an event loop running in the thread of the test.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        }
        with psycopg.connect(with_name(self.server.url, "postgres"), autocommit=True) as admin:
            _sweep(admin)
            os.environ[TEMPLATE] = _template(admin, self.server.url)

    def lift(self) -> None:
        """Let the server go, and remove what the tests wrote."""
        self.server.release()
        shutil.rmtree(self.data, ignore_errors=True)


def with_name(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _names(admin: psycopg.Connection[Any], pattern: str) -> list[str]:
    found = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY datname", [pattern])
    return [str(row[0]) for row in found]


def _drop(admin: psycopg.Connection[Any], name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _sweep(admin: psycopg.Connection[Any]) -> None:
    """Drop what killed runs left behind."""
    for name in _names(admin, "test\\_run\\_%"):
        if _is_over(name.split("_")[2]):
            _drop(admin, name)
    for folder in CACHE.glob("data-*"):
        if _is_over(folder.name.partition("-")[2]):
            shutil.rmtree(folder, ignore_errors=True)


def _is_over(pid: str) -> bool:
    """Whether the run with this process id has ended."""
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return True
    except PermissionError:
        return False
    return False


def _fingerprint() -> str:
    """Changes whenever a migration of ours or of a library does, or the data that one puts in."""
    digest = hashlib.sha256()
    rooms = CLONE / "collegium"
    for path in sorted([*rooms.glob("*/migrations/*.py"), *rooms.glob("*/data/*")]):
        digest.update(str(path.relative_to(CLONE)).encode() + path.read_bytes())
    for library in ("django", "django-allauth", "procrastinate"):
        digest.update(version(library).encode())
    return digest.hexdigest()[:16]


def _template(admin: psycopg.Connection[Any], url: str) -> str:
    """The name of a migrated database to copy; empty when the migrations fail (each run then shows why).

    The advisory lock makes runs that start together wait for the one that builds.
    """
    fingerprint = _fingerprint()
    admin.execute("SELECT pg_advisory_lock(20260101)")
    try:
        kept = _names(admin, f"mould\\_%\\_{fingerprint}")
        if kept:
            return kept[0]
        name = f"mould_{int(time.time())}_{fingerprint}"
        _drop(admin, f"draft_{name}")
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"draft_{name}")))
        environment = os.environ | {"DATABASE_URL": with_name(url, f"draft_{name}"), TEMPLATE: ""}
        command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        done = subprocess.run(command, check=False, env=environment, cwd=CLONE, capture_output=True)
        if done.returncode:
            _drop(admin, f"draft_{name}")
            return ""
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        admin.execute(rename.format(sql.Identifier(f"draft_{name}"), sql.Identifier(name)))
        for old in _names(admin, "mould\\_%")[:-TEMPLATES_KEPT]:
            _drop(admin, old)
        return name
    finally:
        admin.execute("SELECT pg_advisory_unlock(20260101)")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Lay the ground before pytest-django reads the settings."""
    gc.set_threshold(*SELDOM)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        ground = Ground()
        early_config.add_cleanup(ground.lift)
        ground.lay()
    result = yield
    from collegium.testing import vocabulary  # needs Django's settings, which have been read by now

    vocabulary.keep()
    return result
