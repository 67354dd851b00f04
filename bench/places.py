"""`bin/bench groups`: the wall and the members of a very large group, a page with very many employees, a full event.

The network of this bench is its own (`.cache/bench/groups-<n>`). Beside each page stand its floors: an empty view, the
slowest of its statements by itself, and all of its statements one after the other.
"""

import json
import time
from pathlib import Path
from typing import Any

from bench.load import fetch_all
from bench.site import collegium

WARM_SECONDS = 3.0
# Milliseconds at the median, for a million members on two cores.
AIMS = {"group, wall": 15.0, "group, search": 30.0, "page": 20.0, "page, people": 20.0}


def _told(data: Path) -> Any:
    """What the pages are, and what they ask."""
    made = collegium(data, "shell", "-c", "from bench.gathering import main; main()", capture=True)
    return json.loads(made[made.index("{") :])


def report(data: Path, port: int, seconds: float, *, plans: bool) -> None:
    """Fetch every page by itself, and print the table."""
    time.sleep(5)
    known = _told(data)
    sizes = known["sizes"]
    print(f"\ngroup of {sizes['group']:,} members, page of {sizes['house']:,} employees, event of {sizes['event']:,}")
    heads = ("p50 ms", "p99 ms", "x empty", "queries", "slowest", "all", "kB sent")
    print(f"{'page':16}" + "".join(f"{head:>9}" for head in heads) + "  aim")
    pages = {"(empty view)": [("/robots.txt", "")], **known["pages"]}
    floor = 0.0
    for kind, requests in pages.items():
        asked = [(path, session) for path, session in requests]
        fetch_all(port, asked, at_once=2, seconds=WARM_SECONDS)
        alone = fetch_all(port, asked, at_once=1, seconds=seconds)
        middle = alone.at(0.5)
        floor = floor or middle
        _row(kind, alone, known["told"].get(kind), middle / floor)
    if plans:
        print_plans(known["told"])


def _row(kind: str, alone: Any, own: dict[str, Any] | None, times: float) -> None:
    middle = alone.at(0.5)
    asked = f"{own['count']:9}{own['floor']:9.2f}{own['all']:9.2f}" if own else " " * 27
    aim = AIMS.get(kind)
    said = f"  ≤ {aim:g} {'reached' if middle <= aim else 'NOT REACHED'}" if aim else ""
    wrong = f"  {alone.wrong} answers were not 200" if alone.wrong else ""
    late, size = alone.at(0.99), alone.mean_bytes / 1000
    print(f"{kind:16}{middle:9.2f}{late:9.2f}{times:9.1f}{asked}{size:9.1f}{said}{wrong}", flush=True)


def print_plans(own: dict[str, dict[str, Any]]) -> None:
    """The slowest statement of every page, as the database went about it."""
    for kind, each in own.items():
        print(f"\n{kind}: {each['statement']}\n")
        print("\n".join(each["plan"]))
