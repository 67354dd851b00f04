"""`bin/bench`: make a synthetic network (once), serve it with two workers, measure, and print a table.

`bin/bench network` measures the graph, suggestions, search and the home page instead, for typical and for very
well-connected members; `bin/bench home` a home of posts of every form, alone and while a video is made; `bin/bench
messages` how soon what one writes is on the other's page; `bin/bench order` whether any message is lost, doubled or out
of order while lines break and processes are killed; `bin/bench groups` very large groups, pages and events; `bin/bench
jobs` searching a hundred thousand openings and hiring among two thousand applicants; `bin/bench pictures` and
`bin/bench videos` how long what members upload takes to be made ready; `bin/bench pitches` how well pitches are told
from ordinary first messages.
"""

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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import accounting, home, jobs, messages, network, order, pictures, pitches, places, videos
from bench.load import Result, fetch_all
from bench.site import CLONE, collegium, serving

WARM_SECONDS = 3.0


def main() -> None:
    """Measure and print."""
    making: dict[str, Callable[[list[str]], None]] = {
        "pictures": pictures.main,
        "videos": videos.main,
        "pitches": pitches.main,
    }
    if sys.argv[1:2] and sys.argv[1] in making:
        making[sys.argv[1]](sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        choices=("pages", "network", "home", "groups", "jobs", "messages", "order", *making),
        default="pages",
        help="what is measured",
    )
    parser.add_argument("--members", type=int, help="size of the synthetic network (default 10000; order: 300)")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each kind of page is fetched (default 8)")
    parser.add_argument("--rounds", type=int, default=3, help="network: how often everything is asked (default 3)")
    parser.add_argument("--streams", type=int, default=2000, help="messages: how many pages are open (default 2000)")
    parser.add_argument("--rate", type=int, default=100, help="messages: how many a second (default 100)")
    parser.add_argument("--messages", type=int, default=10_000, help="order: how many are written (default 10000)")
    parser.add_argument("--conversations", type=int, default=50, help="order: in how many (default 50)")
    parser.add_argument("--openings", type=int, default=100_000, help="jobs: how many stand (default 100000)")
    parser.add_argument("--as-is", action="store_true", help="network: with the graph's files that are there")
    parser.add_argument(
        "--plans", action="store_true", help="groups, jobs: print how the slowest statements are worked out"
    )
    parser.add_argument("--fresh", action="store_true", help="make the network again")
    options = parser.parse_args()
    apart = {"groups": "groups-", "jobs": f"jobs-{options.openings}-"}.get(options.what, "")
    more = ["--openings", str(options.openings)] if options.what == "jobs" else []
    members = options.members or (300 if options.what == "order" else 10_000)
    data = _network(members, more, fresh=options.fresh, apart=apart)
    asked = network.asked(data, options.rounds, build=not options.as_is) if options.what == "network" else None
    with _served(data, workers=1 if options.what == "messages" else 2) as (port, server):
        if asked:
            network.report(asked, data, port, server, options.seconds)
        elif options.what == "groups":
            places.report(data, port, options.seconds, plans=options.plans)
        elif options.what == "jobs":
            jobs.report(data, port, options.seconds, plans=options.plans)
        elif options.what == "messages":
            messages.report(data, port, lambda: serving(server, data), options)
        elif options.what == "order":
            order.report(data, port, server, options)
        elif options.what == "home":
            home.report(data, port, options.seconds)
        else:
            _measure(port, server, data, options.seconds)


def _network(members: int, more: list[str], *, fresh: bool, apart: str = "") -> Path:
    """The data folder of a network of this size, or of one apart from the others; made when it is not there."""
    data = CLONE / ".cache" / "bench" / f"{apart}{members}"
    if fresh or not (data / "made").exists():
        shutil.rmtree(data, ignore_errors=True)
        began = time.perf_counter()
        collegium(data, "synth", "--members", str(members), *more)
        print(f"{members:,} members made in {time.perf_counter() - began:.0f} s")
        (data / "made").touch()
    return data


@contextmanager
def _served(data: Path, workers: int = 2) -> Iterator[tuple[int, int]]:
    """The port and the process of a server of this data."""
    port = _free_port()
    # The pages that mixed posts link to are of the bench's own making: nobody is asked for them.
    environment = os.environ | {"COLLEGIUM_WEB_WORKERS": str(workers), "COLLEGIUM_PREVIEWS": "off"}
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
        yield port, server.pid
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def _measure(port: int, server: int, data: Path, seconds: float) -> None:
    """Fetch every kind of page and print the table."""
    time.sleep(5)
    idle = accounting.memory_bytes([*dict.fromkeys(process for part in serving(server, data) for process in part)])
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
        web, base = serving(server, data)
        before = accounting.cpu_seconds(web), accounting.cpu_seconds(base)
        alone = fetch_all(port, requests, at_once=1, seconds=seconds)
        spent = accounting.cpu_seconds(web) - before[0], accounting.cpu_seconds(base) - before[1]
        cost = tuple(each * 1000 / len(alone.milliseconds) for each in spent)
        together = fetch_all(port, requests, at_once=4, seconds=seconds / 2)
        floor = floor or alone.at(0.5)
        _row(kind, alone, together, cost, ground["queries"].get(kind, 0), floor)
    bare = ground["floor"]
    print(
        f"\nfloor: the statement of the timeline alone, {bare['people']} people read (median): "
        f"p50 {bare['p50']:.2f} ms, p99 {bare['p99']:.2f} ms"
    )
    _print_import(data)
    print(f"everything idle (supervisor, web, background worker, database): {idle / 1e6:.0f} MB proportional set size")


def _print_import(data: Path) -> None:
    """A large archive of one person: how long until it can be looked through."""
    made = collegium(data, "shell", "-c", "from bench.importing import main; main()", capture=True)
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


def _ground(data: Path) -> Any:
    """Sign people in, and learn which pages to fetch."""
    made = collegium(data, "shell", "-c", "from bench.ground import main; main()", capture=True)
    return json.loads(made[made.index("{") :])


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
