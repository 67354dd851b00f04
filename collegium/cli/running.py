"""Which Collegium runs on a data directory: said by a file that its supervisor holds locked."""

import argparse
import fcntl
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from collegium.lib.postgres import open_database

PATIENCE = 40


class AlreadyRunning(Exception):  # noqa: N818 - a state, not a fault
    """Another Collegium runs on the same data."""


def _file(data: Path) -> Path:
    return data / "running.json"


@contextmanager
def claimed(data: Path, facts: dict[str, Any]) -> Iterator[None]:
    """Be the one Collegium that runs on `data`, and tell others the `facts` about it.

    Raises:
        AlreadyRunning: there is one.
    """
    handle = os.open(_file(data), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            there = found(data) or {}
            raise AlreadyRunning(
                f"Collegium runs on {data} already, at {there.get('address', 'an address it keeps')}."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(facts | {"pid": os.getpid()}).encode())
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def found(data: Path) -> dict[str, Any] | None:
    """The facts about the Collegium that runs on `data`; None when none does."""
    try:
        handle = os.open(_file(data), os.O_RDWR)
    except OSError:
        return None
    try:
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return None
        facts: dict[str, Any] = json.loads(os.read(handle, 10_000) or b"{}")
        return facts
    except ValueError:
        return {}
    finally:
        os.close(handle)


def answer(host: str, port: int, path: str) -> int:
    """The status with which the server answers a GET; 0 when it does not."""
    where = "127.0.0.1" if host in {"", "0.0.0.0"} else "::1" if host == "::" else host  # noqa: S104 - compared, not bound
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((where, port), timeout=5) as line:
            line.sendall(request.encode("ascii"))
            words = line.recv(64).split()
            return int(words[1]) if len(words) > 1 else 0
    except (OSError, ValueError):
        return 0


def stop(_arguments: argparse.Namespace) -> int:
    """`collegium stop`: ask the supervisor to end, and wait until it has."""
    from collegium.config.options import options

    facts = found(options.data)
    if not facts or "pid" not in facts:
        print(f"Collegium does not run on {options.data}.")
        return 3
    os.kill(facts["pid"], signal.SIGTERM)
    limit = time.monotonic() + PATIENCE
    while found(options.data) is not None:
        if time.monotonic() > limit:
            print(f"Collegium (process {facts['pid']}) has not stopped after {PATIENCE} s.")
            return 1
        time.sleep(0.05)
    print("Stopped.")
    return 0


def status(_arguments: argparse.Namespace) -> int:
    """`collegium status`: what runs, in a few lines."""
    from collegium.config.options import options

    database = open_database(options.data, options.database_url)
    up = "running" if database.is_running() else "not running"
    print(f"data      {options.data}\ndatabase  {'external, ' if options.database_url else 'embedded, '}{up}")
    facts = found(options.data)
    if not facts:
        print("server    not running")
        return 3
    well = answer(facts["host"], facts["port"], "/readyz") == 200
    print(f"server    {'serving' if well else 'running, but not ready'} at {facts['address']} (process {facts['pid']})")
    print(f"logs      {options.data / 'logs'}")
    return 0 if well else 1
