"""The questions of the network, put through the product's own functions in one process. Runs in `collegium shell`.

Every question is asked by every asker once to warm up, then in rounds that count; beside it, in the same minute, its
floor: an empty round trip to the database, and the least NumPy must do (fetch the rows of the graph it is about) or
the bare statement that fetches the rows it shows.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path

import numpy as np
from django.db import connection
from django.http import QueryDict

from bench import people
from bench.figures import Run, Times
from bench.people import Asker
from bench.tying import cost_of_connecting
from collegium.feed import timeline
from collegium.graph import base, degrees, index, near, paths
from collegium.graph.view import View
from collegium.network.suggestions import ranking, suggesting
from collegium.search import asking, facets
from collegium.search import people as found
from collegium.search.eyes import Eyes
from collegium.search.searching import Search

SEED = 20
ROWS = "SELECT * FROM members_member WHERE id = ANY(%s)"

Question = Callable[[Asker], object]


def main(rounds: int, *, build: bool) -> None:
    """Ask everything, and print the figures as JSON.

    Args:
        rounds: how many count.
        build: whether the graph's files are written anew first, to see how long that takes.
    """
    began = time.perf_counter()
    folder = base.rebuild() if build else None
    built = time.perf_counter() - began if build else None
    gc.collect()
    gc.freeze()  # as the web server does
    askers = people.groups(SEED)
    run = Run(len(index.view().keys))
    for name, (ask, floor) in QUESTIONS.items():
        run.times[name] = {who: _time(group, ask, floor, rounds) for who, group in askers.items()}
    told = asdict(run) | {
        "rounds": rounds,
        "built": built,
        "files": _sizes(folder or index.view().folder),
        "connections": people.connections(),
        "most": [asker.viewer.me.connection_count for asker in (askers["hundred"][0], askers["hundred"][-1])],
        "tying": cost_of_connecting(askers["typical"]),
        "pages": _pages(askers),
        "timeline": {who: _stream(group, rounds) for who, group in askers.items()},
    }
    json.dump(told, sys.stdout)


def _sizes(folder: Path | None) -> dict[str, int]:
    """The bytes of each file."""
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir())} if folder else {}


def _time(askers: list[Asker], ask: Question, floor: Question, rounds: int) -> Times:
    """A round to warm up, then those that count; each answer directly after the floor it stands on."""
    times = Times()
    for asker in askers:
        times.first.append(_took(ask, asker))
    for _round in range(rounds):
        for asker in askers:
            times.floor.append(_took(floor, asker))
            began = time.thread_time()
            times.again.append(_took(ask, asker))
            times.own.append((time.thread_time() - began) * 1000)
    return times


def _took(ask: Question, asker: Asker) -> float:
    began = time.perf_counter()
    ask(asker)
    return (time.perf_counter() - began) * 1000


def round_trip() -> None:
    """Ask the database for nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _rows(keys: list[int]) -> None:
    """Fetch the rows of some people."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [keys])
        cursor.fetchall()


@cache
def _bare() -> View:
    """The graph, asked for once: floors do not ask what changed."""
    return index.view()


def _gathered(keys: list[int]) -> None:
    """Fetch the rows of the graph that belong to these people: one slice each, one copy."""
    round_trip()
    _copied(np.searchsorted(_bare().keys, np.array(keys, np.int64)).tolist())


def _copied(numbers: list[int]) -> None:
    ties = _bare().ties
    if numbers:
        np.concatenate([ties.targets[ties.offsets[number] : ties.offsets[number + 1]] for number in numbers])


def _acquaintances(asker: Asker) -> None:
    """The floor of everything that looks two steps far: the rows of all one's connections."""
    round_trip()
    ties = _bare().ties
    me = int(np.searchsorted(_bare().keys, asker.viewer.id))
    _copied(ties.targets[ties.offsets[me] : ties.offsets[me + 1]].tolist())


def _suggested(asker: Asker) -> None:
    """The floor of a page of suggestions: the rows of its people."""
    _rows(asker.page[: suggesting.PAGE])


def _search(asker: Asker) -> None:
    """What the search page works out: the people of its first page, and its facets."""
    search = Search(Eyes(asker.viewer), asking.read(QueryDict(asker.search)))
    found.page(search)
    facets.shown(search)


QUESTIONS: dict[str, tuple[Question, Question]] = {
    "degrees, 50 people": (
        lambda asker: degrees.standings(asker.viewer.member, asker.page),
        lambda asker: _gathered(asker.page),
    ),
    "second degree": (lambda asker: near.second(asker.viewer), _acquaintances),
    "suggestions": (lambda asker: suggesting.page(asker.viewer), _suggested),
    "suggestions, drawn": (lambda asker: ranking.draw(asker.viewer, index.view()), _acquaintances),
    "path": (
        lambda asker: paths.between(asker.viewer, asker.stranger),
        lambda asker: _gathered([asker.viewer.id, asker.stranger]),
    ),
    "search, facets": (_search, lambda asker: _rows(asker.page[: found.PAGE])),
    "typeahead": (lambda asker: found.ahead(asker.viewer, asker.typed), lambda asker: _rows(asker.page[:8])),
}


def _pages(askers: dict[str, list[Asker]]) -> dict[str, list[tuple[str, str]]]:
    """The home page of each asker: address and session."""
    sessions = people.signed_in([asker.viewer.me for group in askers.values() for asker in group])
    return {who: [("/", sessions[asker.viewer.me.pk]) for asker in group] for who, group in askers.items()}


def _stream(askers: list[Asker], rounds: int) -> list[float]:
    """The floor of the home page: the bare statement of the timeline, over people known beforehand."""
    prepared = [(timeline.people_of(asker.viewer.me), timeline.mix_of(asker.viewer.me)) for asker in askers]
    took = []
    for _round in range(1 + rounds):
        for known, mix in prepared:
            began = time.perf_counter()
            timeline.stream(known, mix, limit=timeline.PAGE + 1)
            took.append((time.perf_counter() - began) * 1000)
    return took[len(prepared) :]
