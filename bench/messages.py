"""`bin/bench messages`: two thousand open streams, messages at a steady pace, and how soon each is on the other's page.

A message counts from the moment at which it was to be sent, whether or not the sender got to it then (open loop), to
the moment at which the fragment with it has arrived at the receiver: the POST, the commit, the word over the stream,
and the GET by which the receiver's page asks for it. Beside it two floors, of the same run: the bare insert with its
commit, and an empty word through the stream, from its commit to the page. Then how soon a right ends (`endings`).
"""

import asyncio
import contextlib
import json
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import uvloop

from bench import accounting, endings
from bench.lines import Pool, Stream
from bench.load import Result, fetch_all
from bench.site import CLONE, collegium

FLOORS = 200
CHANGES = re.compile(rb"\r\ntalk-changes: (\d+)")
PATIENCE = 15.0
"""Seconds after the last message during which one may still arrive."""


@dataclass
class Talk:
    """One conversation as the bench plays both of its people."""

    pk: int
    changes: int
    sessions: tuple[str, str]
    receiver: int
    sent: dict[str, float] = field(default_factory=dict)
    came: dict[str, float] = field(default_factory=dict)
    twice: int = 0
    asked: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def whole(self) -> None:
        """Returns once everything that was sent has come."""
        async with self.asked:
            await self.asked.wait_for(lambda: not self.sent.keys() - self.came.keys())


@dataclass
class Told:
    """What a run came to."""

    taken: list[float]
    lost: int
    twice: int
    refused: int
    floor: list[float]
    memory: float
    streams: int
    cpu: tuple[float, float]


def _prepared(data: Path, pairs: int) -> Any:
    """What `bench.talks` says of this data folder."""
    made = collegium(data, "shell", "-c", f"import sys; sys.argv = ['', '{pairs}']; {_MAIN}", capture=True)
    return json.loads(made[made.index("{") :])


_MAIN = "from bench.talks import main; main()"


def report(data: Path, port: int, worker: Callable[[], tuple[list[int], list[int]]], options: Any) -> None:
    """Measure and print.

    Args:
        data: of the network.
        port: where it is served, by one worker.
        worker: the processes that work for a page: ours, and the database's.
        options: how many `streams`, the `rate` in messages a second, and for how many `seconds`.
    """
    told = _prepared(data, options.streams // 2)
    talks = [Talk(pk, changes, (one, other), key) for pk, changes, one, other, key in told["talks"]]
    pages = [(f"/messages/{talk.pk}/", talk.sessions[0]) for talk in talks]
    empty = _fetched(port, [("/robots.txt", "")], options.seconds)
    page = _fetched(port, pages, options.seconds)
    with _runner() as runner:
        run = runner.run(_talked(data, port, talks, worker, options.rate, options.seconds))
        ended = runner.run(endings.measured(data, port, talks[::-1]))
    print("\n".join(table(empty, page, run, told, options.rate, ended)))


def _runner() -> asyncio.Runner:
    """The loop that the bench's browsers live in."""
    return asyncio.Runner(loop_factory=uvloop.new_event_loop)


def table(empty: Result, page: Result, run: Told, told: Any, rate: int, ended: endings.Taken) -> list[str]:
    """The lines to print."""
    rows = [
        ("(empty view)", empty.milliseconds),
        (f"conversation of 50, {told['stored']:,} stored", page.milliseconds),
        ("(floor: bare insert, committed)", told["bare"]),
        ("(floor: empty word by the stream)", run.floor),
        (f"POST to fragment, {rate} a second", run.taken),
        *((words, ended[kind]) for kind, words in endings.NAMES.items()),
    ]
    lines = [f"\n{'milliseconds':38}{'p50':>9}{'p99':>9}{'count':>9}"]
    lines += [f"{name:38}{_at(taken, 0.5):9.2f}{_at(taken, 0.99):9.2f}{len(taken):9}" for name, taken in rows]
    fate = f"lost {run.lost}, doubled {run.twice}, refused {run.refused}"
    cost = f"processor: web {run.cpu[0]:.2f} cores, database {run.cpu[1]:.2f}"
    memory = f"{run.streams} streams in one worker, {run.memory / 1000:.1f} kB each"
    return [*lines, f"{fate}; {memory}; {cost}; {told['queries']} statements a page"]


def _at(taken: Sequence[float], share: float) -> float:
    ordered = sorted(taken)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("nan")


def _fetched(port: int, requests: list[tuple[str, str]], seconds: float) -> Result:
    fetch_all(port, requests, at_once=1, seconds=2.0)
    return fetch_all(port, requests, at_once=1, seconds=seconds)


async def _talked(data: Path, port: int, talks: list[Talk], worker: Any, rate: int, seconds: float) -> Told:
    pool = Pool(port)
    before = accounting.memory_bytes(worker()[0])
    streams = [Stream(port, session) for talk in talks for session in talk.sessions]
    for start in range(0, len(streams), 20):
        await asyncio.gather(*(stream.open() for stream in streams[start : start + 20]))
    await asyncio.sleep(3)
    memory = (accounting.memory_bytes(worker()[0]) - before) / len(streams)
    floor: dict[str, asyncio.Future[float]] = {}
    readers = [
        asyncio.ensure_future(_listen(streams[2 * place + side], talk, side, pool, floor))
        for place, talk in enumerate(talks)
        for side in (0, 1)
    ]
    words = await _floor(data, talks, floor)
    spent = [accounting.cpu_seconds(each) for each in worker()]
    began = time.time()
    refused = await _send(talks, pool, rate, seconds)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(talk.whole() for talk in talks))
    took = time.time() - began
    cpu = [(accounting.cpu_seconds(each) - was) / took for each, was in zip(worker(), spent, strict=True)]
    for reader in readers:
        reader.cancel()
    for stream in streams:
        stream.cut()
    taken = [1000 * (talk.came[key] - at) for talk in talks for key, at in talk.sent.items() if key in talk.came]
    lost = sum(len(talk.sent.keys() - talk.came.keys()) for talk in talks)
    twice = sum(talk.twice for talk in talks)
    return Told(taken, lost, twice, refused, words, memory, len(streams), (cpu[0], cpu[1]))


async def _listen(stream: Stream, talk: Talk, side: int, pool: Pool, floor: dict[str, Any]) -> None:
    """Read a stream; the receiver of the conversation asks for what is new at each word about it."""
    async for name in stream.events():
        if name == f"talk-{talk.pk}" and side == 1:
            await _look(talk, pool)
        elif name == "floor" and not (heard := floor[stream.session]).done():
            heard.set_result(time.time())


async def _look(talk: Talk, pool: Pool) -> None:
    """Ask for what is new, as the page does: one question at a time."""
    async with talk.asked:
        path = f"/messages/{talk.pk}/since/{talk.changes}/?from=1&to={talk.changes}&tail=1&way=talk"
        status, head, body = await pool.get(path, talk.sessions[1])
        now = time.time()
        if status != HTTPStatus.OK:
            return
        found = CHANGES.search(head)
        talk.changes = int(found[1]) if found else talk.changes
        for raw in re.findall(rb"key-([0-9a-f]{32})", body):
            key = raw.decode()
            talk.twice += key in talk.came
            talk.came.setdefault(key, now)
        talk.asked.notify_all()


async def _send(talks: list[Talk], pool: Pool, rate: int, seconds: float) -> int:
    """Messages at a steady pace, by turns in all conversations; how many were refused."""
    refused = 0

    async def one(talk: Talk, at: float) -> None:
        nonlocal refused
        key = uuid.uuid4()
        talk.sent[key.hex] = at
        body = f"text=the+plan+reads+well+key-{key.hex}&key={key}".encode()
        status, _head, _body = await pool.post(f"/messages/{talk.pk}/messages/", talk.sessions[0], body)
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            refused += 1
            del talk.sent[key.hex]

    start, sending = time.time() + 0.5, []
    for number in range(int(rate * seconds)):
        at = start + number / rate
        await asyncio.sleep(max(0.0, at - time.time()))
        sending.append(asyncio.ensure_future(one(talks[number % len(talks)], at)))
    await asyncio.gather(*sending)
    return refused


async def _floor(data: Path, talks: list[Talk], floor: dict[str, Any]) -> list[float]:
    """Milliseconds from the commit of an empty word to its arrival at a page."""
    command = [sys.executable, "-m", "collegium.cli", "shell", "--data", str(data), "-c"]
    poker = await asyncio.create_subprocess_exec(
        *command, "from bench.talks import poked; poked()", cwd=CLONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert poker.stdin is not None  # noqa: S101 - both were asked for
    assert poker.stdout is not None  # noqa: S101 - as above
    taken = []
    for talk in talks[:FLOORS]:
        session = talk.sessions[1]
        floor[session] = asyncio.get_running_loop().create_future()
        poker.stdin.write(f"{talk.receiver}\n".encode())
        said = float((await poker.stdout.readline()).split()[-1])
        taken.append(1000 * (await asyncio.wait_for(floor[session], 5) - said))
        await asyncio.sleep(0.01)
    poker.stdin.close()
    await poker.wait()
    return taken
