"""`bin/bench network`: the questions in one process, the home page over HTTP, and what the graph costs."""

import json
import os
from pathlib import Path
from typing import Any

from bench import accounting
from bench.figures import Run, Times, table
from bench.load import fetch_all
from bench.site import collegium, serving

WARM_SECONDS, WARM_PAGES = 4.0, 30
# Pages that read the graph's files whole, so that the memory of a worker is that of one that has worked.
GRAPHIC = ("/network/suggestions/", "/search/?q=engineer")


def asked(data: Path, rounds: int, *, build: bool) -> Any:
    """Put the questions; everything that was told.

    Args:
        data: the folder of the network.
        rounds: how often everybody asks everything, once to warm up not counted.
        build: whether the graph's files are written anew first.
    """
    words = f"from bench.asking import main; main({rounds}, build={build})"
    made = collegium(data, "shell", "-c", words, capture=True)
    return json.loads(made[made.index("{") :])


def report(told: Any, data: Path, port: int, server: int, seconds: float) -> None:
    """Fetch home pages, and print everything.

    Args:
        told: from `asked`.
        data: the folder of the network.
        port: where it is served.
        server: the process that serves it.
        seconds: how long each group's home pages are fetched.
    """
    run = Run.told(told)
    run.times["home page"] = {
        who: _home(port, [(path, key) for path, key in rows], seconds) for who, rows in told["pages"].items()
    }
    for who, floor in told["timeline"].items():
        run.times["home page"][who].floor = floor
    run.keep(data)
    for path in GRAPHIC:
        fetch_all(port, [(path, key) for _home, key in told["pages"]["typical"]], at_once=4, seconds=WARM_SECONDS)
    smaller = _smaller(data, run.members)
    print(_heading(run, told, seconds))
    print("\n".join(table(run, smaller)))
    _print_connecting(told["tying"])
    _print_index(told, data, server)


def _heading(run: Run, told: Any, seconds: float) -> str:
    """What was measured, and how."""
    asked_by = {who: len(times.first) for who, times in run.times["path"].items()}
    least, most = sorted(told["most"])
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"""
{run.members:,} members, {told["connections"]:,} connections; {os.cpu_count()} processors, load {busy}.
Asked by {asked_by["typical"]} typical members (by chance), and by the {asked_by["hundred"]} best-connected ones
({least:,} to {most:,} connections).
first   p50 of a round to warm up: every question once by everybody
p50 p99 asked {told["rounds"]} times more by everybody; one process, one question at a time. The home page: over HTTP,
        two workers, one request at a time, for {seconds:g} s after at least {WARM_PAGES} pages to warm up
own     p50 of the processor's time in the asking process: what is left of p50 without waiting and the database
floor   p50 of what no answer can do without, measured between the answers: an empty round trip and a bare copy of
        the rows of the graph, or the bare statement that fetches the rows shown
"""


def _home(port: int, requests: list[tuple[str, str]], seconds: float) -> Times:
    warm = fetch_all(port, requests, at_once=2, seconds=WARM_SECONDS)
    while len(warm.milliseconds) < WARM_PAGES:
        warm.milliseconds += fetch_all(port, requests, at_once=2, seconds=WARM_SECONDS).milliseconds
    measured = fetch_all(port, requests, at_once=1, seconds=seconds)
    if measured.wrong:
        print(f"{measured.wrong} home pages were not answered with 200")
    return Times(warm.milliseconds, measured.milliseconds)


def _smaller(data: Path, members: int) -> Run | None:
    """The figures of the smallest network measured so far that is smaller than this one."""
    found = [run for folder in data.parent.iterdir() if (run := Run.kept(folder)) is not None and run.members < members]
    return min(found, key=lambda run: run.members, default=None)


def _print_connecting(costs: dict[str, dict[str, float]]) -> None:
    print(f"\none new connection, milliseconds ({next(iter(costs.values()))['n']} pairs, made and undone)")
    for name, cost in costs.items():
        print(f"  {name:22}p50 {cost['p50']:7.2f}  p99 {cost['p99']:7.2f}")


def _print_index(told: Any, data: Path, server: int) -> None:
    """Files, build time, and memory of the workers that have them mapped."""
    files = told["files"]
    whole = sum(files.values())
    built = f", written anew from the tables in {told['built']:.1f} s" if told["built"] else ""
    print(f"\nthe graph's files, words for the search included: {whole / 1e6:.0f} MB{built}")
    for name, size in sorted(files.items(), key=lambda file: -file[1])[:6]:
        print(f"  {name:28}{size / 1e6:9.1f} MB")
    ours, base = serving(server, data)
    for process in ours:
        resident, proportional = accounting.mapped_bytes(process, (data / "graph").resolve())
        if resident:
            print(
                f"  a worker: {accounting.resident_bytes(process) / 1e6:.0f} MB resident,"
                f" {accounting.memory_bytes([process]) / 1e6:.0f} MB proportional; of the graph's files"
                f" {resident / 1e6:.0f} MB and {proportional / 1e6:.0f} MB"
            )
    together = accounting.memory_bytes([*ours, *base]) / 1e6
    print(f"  everything (supervisor, web, background worker, database): {together:.0f} MB proportional")
