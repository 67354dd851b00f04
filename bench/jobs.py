"""`bin/bench jobs`: searching a hundred thousand openings, one opening, a pipeline of two thousand, and kept searches.

The network of this bench is its own (`.cache/bench/jobs-<openings>-<members>`). Beside each page stand its floors: an
empty view, the slowest of its statements by itself, and all of its statements one after the other.
"""

import json
import time
from pathlib import Path
from typing import Any

from bench.figures import Aim
from bench.load import Result, fetch_all
from bench.places import print_plans
from bench.site import collegium

WARM_SECONDS = 3.0
# For a hundred thousand openings and half a million applications on two cores.
AIMS = {"search, facets": Aim(0.99, 60.0), "pipeline": Aim(0.5, 40.0)}
SWEEP_BELOW = 60.0


def _told(data: Path, what: str) -> Any:
    """What the pages are and ask, or how long the sweep took."""
    made = collegium(data, "shell", "-c", f"from bench.market import {what}; {what}()", capture=True)
    return json.loads(made[made.index("{") :])


def report(data: Path, port: int, seconds: float, *, plans: bool) -> None:
    """Fetch every page by itself, and print the table; then the sweep."""
    time.sleep(5)
    known = _told(data, "main")
    sizes = known["sizes"]
    print(
        f"\n{sizes['openings']:,} openings stand, {sizes['applications']:,} applications, {sizes['pipeline']:,} to one"
    )
    heads = ("p50 ms", "p99 ms", "x empty", "queries", "slowest", "all", "kB sent")
    print(f"{'page':18}" + "".join(f"{head:>9}" for head in heads) + "  aim")
    floor = 0.0
    for kind, requests in {"(empty view)": [("/robots.txt", "")], **known["pages"]}.items():
        asked = [(path, session) for path, session in requests]
        fetch_all(port, asked, at_once=2, seconds=WARM_SECONDS)
        alone = fetch_all(port, asked, at_once=1, seconds=seconds)
        floor = floor or alone.at(0.5)
        print(row(kind, alone, known["told"].get(kind), floor), flush=True)
    print(swept(_told(data, "sweep")))
    if plans:
        print_plans(known["told"])


def row(kind: str, alone: Result, own: dict[str, Any] | None, floor: float) -> str:
    """One line of the table."""
    aim, asked = AIMS.get(kind), f"{own['count']:9}{own['floor']:9.2f}{own['all']:9.2f}" if own else " " * 27
    said = f"  {aim} {'reached' if alone.at(aim.share) <= aim.below else 'NOT REACHED'}" if aim else ""
    wrong = f"  {alone.wrong} answers were not 200" if alone.wrong else ""
    middle, late, size = alone.at(0.5), alone.at(0.99), alone.mean_bytes / 1000
    return f"{kind:18}{middle:9.2f}{late:9.2f}{middle / floor:9.1f}{asked}{size:9.1f}{said}{wrong}"


def swept(told: dict[str, Any]) -> str:
    """The line of the sweep."""
    reached = "reached" if told["seconds"] <= SWEEP_BELOW else "NOT REACHED"
    return (
        f"{told['searches']:,} kept searches worked off in {told['seconds']:.1f} s, {told['statements']:,} statements, "
        f"{told['mails']:,} mails  ≤ {SWEEP_BELOW:g} s {reached}"
    )
