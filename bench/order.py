"""`bin/bench order`: thousands of messages by people who write at once, while lines break and processes are killed.

Demanded is that whatever was acknowledged is stored, once; and that every open page, put together from what came to it,
reads as the same page fetched anew: all of them in the one order of their conversation.
"""

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvloop

from bench import accounting
from bench.lines import Pool
from bench.pages import Line, Page
from bench.site import CLONE, collegium
from bench.writers import Writer

SIZE = 4
CUT = 0.1
"""For so many messages in one somebody's line is cut."""
VICTIMS = ("a web process", "the background worker", "a web process", "the web server", "the background worker")
PATIENCE = 60.0
"""Seconds after the last message during which one may still reach a page."""


@dataclass
class Told:
    """What a run came to."""

    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    written: int = 0
    retried: int = 0
    reconnects: int = 0
    restarts: list[str] = field(default_factory=list)
    seconds: float = 0.0


def report(data: Path, port: int, server: int, options: Any) -> None:
    """Run and print.

    Args:
        data: of the network.
        port: where it is served.
        server: the process of its supervisor, whose family is killed from.
        options: how many `messages`, in how many `conversations`.
    """
    words = f"import sys; sys.argv = ['', '{options.conversations}', '{SIZE}']; from bench.circles import main; main()"
    made = collegium(data, "shell", "-c", words, capture=True)
    talks = json.loads(made[made.index("{") :])["talks"]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        told, writers, pages, anew = runner.run(_run(port, server, talks, options.messages))
    judge(told, _stored(data, [pk for pk, _sessions in talks]), writers, pages, anew)
    print("\n".join(table(told, len(talks), len(writers), len(pages))))


def _stored(data: Path, talks: list[int]) -> dict[int, list[Line]]:
    command = [sys.executable, "-m", "collegium.cli", "shell", "--data", str(data), "-c"]
    done = subprocess.run(
        [*command, "from bench.circles import kept; kept()"],
        cwd=CLONE,
        check=True,
        text=True,
        input=json.dumps(talks),
        stdout=subprocess.PIPE,
    )
    rows = json.loads(done.stdout[done.stdout.index("{") :])["stored"]
    return {pk: [(number, key) for number, key in lines] for pk, lines in rows}


async def _run(port: int, server: int, talks: Any, messages: int) -> tuple[Told, list[Writer], list[Page], list[Any]]:
    """Let them write and read, disturbed; then fetch every page anew."""
    pool, told, began = Pool(port), Told(), time.perf_counter()
    pages = [Page(port, pool, pk, session) for pk, sessions in talks for session in sessions]
    for start in range(0, len(pages), 20):
        await asyncio.gather(*(page.begin() for page in pages[start : start + 20]))
    following = [asyncio.ensure_future(work) for page in pages for work in (page.listen(), page.follow())]
    writers = [Writer(pool, page.talk, page.session) for page in pages]
    shares = [len(range(place, messages, len(writers))) for place in range(len(writers))]
    due = [(messages * turn / (len(VICTIMS) + 1), victim) for turn, victim in enumerate(VICTIMS, 1)]
    chance = random.Random(messages)  # noqa: S311 - a run that can be made again, not a secret
    trouble = Trouble(server, pages, told, due, chance)
    await asyncio.gather(*(one.write(share, trouble.heard) for one, share in zip(writers, shares, strict=True)))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(page.reaches(_highest(writers, page.talk)) for page in pages))
    told.seconds = time.perf_counter() - began
    for each in following:
        each.cancel()
    anew = [await page.whole() for page in pages]
    told.reconnects, told.retried = sum(page.reconnects for page in pages), sum(one.retried for one in writers)
    return told, writers, pages, anew


def _highest(writers: Sequence[Writer], talk: int) -> int:
    return max((number for one in writers if one.talk == talk for number in one.acknowledged.values()), default=0)


@dataclass
class Trouble:
    """What goes wrong while they write.

    Attributes:
        server: the process of the supervisor.
        pages: whose lines are cut.
        told: what is counted.
        due: who is still to be killed, and when: after so many messages.
    """

    server: int
    pages: Sequence[Page]
    told: Told
    due: list[tuple[float, str]]
    chance: random.Random

    def heard(self) -> None:
        """Another message was acknowledged. Who is not there to be killed, being started again, is killed later."""
        self.told.written += 1
        if self.chance.random() < CUT:
            self.chance.choice(self.pages).stream.cut()
        if self.due and self.told.written >= self.due[0][0] and (there := victims(self.server)[self.due[0][1]]):
            os.kill(self.chance.choice(there), signal.SIGKILL)
            self.told.restarts.append(self.due.pop(0)[1])


def victims(server: int) -> dict[str, list[int]]:
    """The processes of this server and of no other, by what they are called here."""
    known, family = accounting.parents(), accounting.family(server)
    web = [process for process in family if _runs(process, "collegium.cli.web")]
    heads = [process for process in web if known.get(process) not in web]
    return {
        "a web process": [process for process in web if process not in heads],
        "the web server": heads,
        "the background worker": [process for process in family if _runs(process, "collegium.cli.worker")],
    }


def _runs(process: int, module: str) -> bool:
    with contextlib.suppress(OSError):
        return module.encode() in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    return False


def judge(
    told: Told,
    stored: dict[int, list[Line]],
    writers: Sequence[Writer],
    pages: Sequence[Page],
    anew: Sequence[list[Line]],
) -> None:
    """Count what is missing, what stands twice, and what stands elsewhere than it should."""
    for one in writers:
        rows = stored[one.talk]
        told.lost += len(one.acknowledged.keys() - {key for _number, key in rows})
        mine = [(number, key) for number, key in rows if key in one.acknowledged]
        told.disordered += mine != [(number, key) for key, number in one.acknowledged.items()]
    for talk, rows in stored.items():
        known = {key for one in writers if one.talk == talk for key in one.acknowledged}
        told.doubled += len(rows) - len(known & {key for _number, key in rows})
    for page, again in zip(pages, anew, strict=True):
        keys = [key for _number, key in page.lines]
        told.lost += len({key for _number, key in stored[page.talk]} - set(keys))
        told.doubled += len(keys) - len(set(keys))
        told.disordered += page.lines != again or again != stored[page.talk]


def table(told: Told, talks: int, writers: int, pages: int) -> list[str]:
    """The lines to print."""
    killed = {victim: told.restarts.count(victim) for victim in dict.fromkeys(VICTIMS)}
    return [
        f"\n{told.written:,} messages over {talks} conversations by {writers} who wrote at once, {pages} pages open",
        f"lost {told.lost}, doubled {told.doubled}, disordered {told.disordered}",
        f"{told.reconnects:,} reconnects, {told.retried:,} messages sent again; killed: "
        + ", ".join(f"{victim} {times} times" for victim, times in killed.items()),
        f"{told.seconds:.0f} s",
    ]
