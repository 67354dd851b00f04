"""`bin/bench`: make a synthetic network (once), serve it with two workers, measure, and print a table."""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench import accounting
from bench.load import Result, fetch_all

CLONE = Path(__file__).resolve().parents[1]
WARM_SECONDS = 3.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--members", type=int, default=10_000, help="size of the synthetic network (default 10000)")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each kind of page is fetched (default 8)")
    parser.add_argument("--fresh", action="store_true", help="make the network again")
    options = parser.parse_args()
    data = CLONE / ".cache" / "bench" / str(options.members)
    if options.fresh:
        shutil.rmtree(data, ignore_errors=True)
    if not (data / "made").exists():
        shutil.rmtree(data, ignore_errors=True)
        _collegium(data, "synth", "--members", str(options.members))
        (data / "made").touch()
    port = _free_port()
    environment = os.environ | {"COLLEGIUM_WEB_WORKERS": "2"}
    log = (data / "serving.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "collegium.cli", "start", "--data", str(data), "--port", str(port)],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=CLONE,
    )
    try:
        _wait(port, server)
        _measure(port, server.pid, data, options.seconds)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def _measure(port: int, server: int, data: Path, seconds: float) -> None:
    """Fetch every kind of page and print the table."""
    time.sleep(5)
    idle = accounting.memory_bytes([*dict.fromkeys(process for part in _serving(server, data) for process in part)])
    ground = _ground(data)
    pages: dict[str, list[tuple[str, str]]] = {
        kind: [(path, key) for path, key in rows] for kind, rows in ground["pages"].items()
    }
    pages = {"(empty view)": [("/robots.txt", "")], **pages}
    heads = ("p50 ms", "p99 ms", "p99/p50", "CPU web", "CPU db", "pages/s", "queries", "kB sent", "x empty")
    print(f"\n{'page':14}" + "".join(f"{head:>9}" for head in heads))
    floor = 0.0
    for kind, requests in pages.items():
        fetch_all(port, requests, at_once=4, seconds=WARM_SECONDS)
        web, base = _serving(server, data)
        before = accounting.cpu_seconds(web), accounting.cpu_seconds(base)
        alone = fetch_all(port, requests, at_once=1, seconds=seconds)
        spent = accounting.cpu_seconds(web) - before[0], accounting.cpu_seconds(base) - before[1]
        cost = tuple(each * 1000 / len(alone.milliseconds) for each in spent)
        together = fetch_all(port, requests, at_once=4, seconds=seconds / 2)
        floor = floor or alone.at(0.5)
        _row(kind, alone, together, cost, ground["queries"].get(kind, 0), floor)
    bare = ground["floor"]
    print(
        f"\nfloor: the bare timeline statement through psycopg, {bare['people']} people read (median): "
        f"p50 {bare['p50']:.2f} ms, p99 {bare['p99']:.2f} ms"
    )
    _print_import(data)
    print(f"everything idle (supervisor, web, background worker, database): {idle / 1e6:.0f} MB proportional set size")


def _print_import(data: Path) -> None:
    """A large archive of one person: how long until it can be looked through."""
    made = _collegium(data, "shell", "-c", "from bench.importing import main; main()", capture=True)
    told = json.loads(made[made.index("{") :])
    print(
        f"an archive of {told['megabytes']} MB with {told['staged']:,} rows kept: {told['upload']:.1f} s to arrive, "
        f"{told['reading']:.1f} s to be read and compared, {told['page'] * 1000:.0f} ms for the page of its review"
    )


def _row(kind: str, alone: Result, together: Result, cost: tuple[float, ...], queries: float, floor: float) -> None:
    middle, late = alone.at(0.5), alone.at(0.99)
    wrong = alone.wrong + together.wrong
    print(
        f"{kind:14}{middle:9.2f}{late:9.2f}{late / middle:9.1f}{cost[0]:9.2f}{cost[1]:9.2f}{together.per_second:9.0f}"
        f"{queries or '':>9}{alone.mean_bytes / 1000:9.1f}{middle / floor:9.1f}"
        + (f"  {wrong} answers were not 200" if wrong else ""),
        flush=True,
    )


def _serving(server: int, data: Path) -> tuple[list[int], list[int]]:
    """The processes that work for a page: ours, and the database's."""
    base = _postgres(data)
    return [process for process in accounting.family(server) if process not in base], base


def _postgres(data: Path) -> list[int]:
    """The database of this data folder, which may not be a descendant of the server."""
    pid = next((data / "postgres").rglob("postmaster.pid"), None)
    return accounting.family(int(pid.read_text().split()[0])) if pid else []


def _ground(data: Path) -> Any:
    """Sign people in, and learn which pages to fetch."""
    made = _collegium(data, "shell", "-c", "from bench.ground import main; main()", capture=True)
    return json.loads(made[made.index("{") :])


def _collegium(data: Path, *words: str, capture: bool = False) -> str:
    """Run the operator's command on this data folder."""
    command = [sys.executable, "-m", "collegium.cli", words[0], "--data", str(data), *words[1:]]
    done = subprocess.run(command, cwd=CLONE, check=True, text=True, stdout=subprocess.PIPE if capture else None)
    return done.stdout or ""


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until it serves."""
    for _ in range(600):
        if server.poll() is not None:
            sys.exit("Collegium did not start; see serving.log in the bench's folder.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("Collegium was not ready within two minutes.")


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


if __name__ == "__main__":
    main()
