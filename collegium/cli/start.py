"""`collegium start`: everything a community needs, from one command, until Ctrl-C."""

import argparse
import contextlib
import errno
import json
import os
import socket
import time
from collections.abc import Callable
from typing import Any

from collegium.cli.child import Child
from collegium.cli.console import MailConsole
from collegium.cli.running import AlreadyRunning, answer, claimed
from collegium.cli.supervisor import Logs, Signals, Stopped, running, watch
from collegium.lib.postgres import Database, DatabaseError, open_database

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - compared, not bound
PATIENCE_READY = 60.0
PATIENCE_REVIVING = 10.0


def say(sentence: str) -> None:
    """Show progress at once, also when the output is a file."""
    print(sentence, flush=True)


def start(arguments: argparse.Namespace) -> int:
    """Start, stay, stop; the exit status is 0 after an orderly stop."""
    for name in ("host", "port"):
        if getattr(arguments, name) is not None:
            os.environ[f"COLLEGIUM_{name.upper()}"] = str(getattr(arguments, name))
    from collegium.config.options import options

    address = options.public_url or f"http://{_shown(options.host)}:{options.port}"
    _check_port(options.host, options.port)
    try:
        options.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(f"The data directory {options.data} cannot be made: {error.strerror}.") from None
    signals = Signals()
    facts = {"address": address, "host": options.host, "port": options.port}
    database = open_database(options.data, options.database_url)
    try:
        with claimed(options.data, facts), database.held(lambda sentence: say(f"  {sentence}")) as url:
            environment = dict(os.environ) | {
                "COLLEGIUM_DATA": str(options.data),
                "COLLEGIUM_PUBLIC_URL": address,
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "collegium.config.settings",
                "PYTHONUNBUFFERED": "1",
            }
            _serve(options, environment, signals, database, demo=arguments.demo)
    except AlreadyRunning as error:
        raise SystemExit(str(error)) from None
    except Stopped:
        say("Stopped.")
    except OSError as error:
        raise SystemExit(
            f"Collegium cannot go on: {error.strerror or error} ({error.filename or options.data})."
        ) from None
    return 0


def _serve(options: Any, environment: dict[str, str], signals: Signals, database: Database, *, demo: bool) -> None:
    """With the database there: prepare, start the children, say where, and watch.

    Raises:
        Stopped: the ordinary end.
    """
    news = _prepare(environment, signals, demo=demo)
    with contextlib.ExitStack() as stack:
        logs = None if options.logs == "output" else Logs(options.data / "logs" / "collegium.log")
        output = logs.file if logs else None
        children = [
            Child("web server", "collegium.cli.web", environment, output),
            Child("background worker", "collegium.cli.worker", environment, output),
        ]
        try:
            stack.enter_context(running(children, signals))
            _await_ready(options, children, signals, logs)
            _greet(environment["COLLEGIUM_PUBLIC_URL"], news, options)
            chores = [_reviving(database), MailConsole(options.data / "mail", say).look]
            if logs:
                chores.append(logs.turn)
            watch(children, signals, chores)
        except Stopped:
            say("\nStopping …")
            raise


def _reviving(database: Database) -> Callable[[], None]:
    """The chore of keeping the database alive; when that fails, it is tried again after a while."""
    next_try = 0.0

    def chore() -> None:
        nonlocal next_try
        if time.monotonic() >= next_try:
            try:
                database.revive(say)
            except DatabaseError as error:
                say(str(error))
                next_try = time.monotonic() + PATIENCE_REVIVING

    return chore


def _prepare(environment: dict[str, str], signals: Signals, *, demo: bool) -> dict[str, Any]:
    """Bring the database and the static files up to date in a process of its own; gives what it has to tell."""
    read, write = os.pipe()
    os.set_inheritable(write, True)
    more = {"COLLEGIUM_NEWS": str(write)} | ({"COLLEGIUM_FILL_DEMO": "1"} if demo else {})
    child = Child("preparation", "collegium.cli.prepare", environment | more, None, keep=(write,))
    status = signals.run(child)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    if status:
        raise SystemExit(status if status > 0 else 1)
    news: dict[str, Any] = json.loads(told or b"{}")
    return news


def _await_ready(options: Any, children: list[Child], signals: Signals, logs: Logs | None) -> None:
    limit = time.monotonic() + PATIENCE_READY
    while answer(options.host, options.port, "/readyz") != 200:
        for child in children:
            if child.is_gone():
                why = f": {logs.last_line()} (log: {logs.path})" if logs else ""
                raise SystemExit(f"The {child.name} ended before it was ready{why}")
        if time.monotonic() > limit:
            raise SystemExit(
                f"Collegium is not ready after {PATIENCE_READY:.0f} s; see the logs in {options.data / 'logs'}."
            )
        signals.wait(0.1)


def _greet(address: str, news: dict[str, Any], options: Any) -> None:
    say(f"\nCollegium is at {address}\n  data in {options.data}; Ctrl-C stops it.")
    if options.host in EVERYWHERE and not (options.hosts or options.public_url):
        say("  Other machines are let in under the names in COLLEGIUM_HOSTS only (see docs/operating.md).")
    if news.get("link"):
        say(f"\nThis network has nobody yet. The first person sets it up here (the link works once):\n  {news['link']}")
    if news.get("accounts"):
        say("\nThree people of the demo community to sign in as:")
        for account in news["accounts"]:
            say(f"  {account}")


def _shown(host: str) -> str:
    """A host that a browser can open."""
    if host in EVERYWHERE:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _check_port(host: str, port: int) -> None:
    """Find out at once, before anything slow is done, whether we may listen there."""
    if not 0 < port < 65536:
        raise SystemExit(f"There is no port {port}; choose one from 1 to 65535 with --port.")
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except socket.gaierror:
        raise SystemExit(f"{host!r} is not an address of this machine; see --host.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SystemExit(
                f"Port {port} on {host} is taken by another program; choose another with --port."
            ) from None
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise SystemExit(f"This user may not listen on port {port}; choose one above 1023 with --port.") from None
        raise SystemExit(f"Collegium cannot listen on {host}, port {port}: {error.strerror}.") from None
