"""How soon a right to a conversation ends: its page, its files and what a search finds, and the line itself.

A child in `collegium shell` (`acting`) blocks, removes and suspends, one after the other, and says when each was
committed. From then on the bench asks as whoever lost the right, until everything is refused, and the time counts.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.db import transaction

from bench.lines import Pool, Stream
from bench.site import CLONE

EACH = 20
PATIENCE = 10.0
WORD = "quagga"
NAMES = {
    "suspend": "suspended: the line says so and ends",
    "block": "blocked: page, file, search refuse",
    "remove": "removed: page, file, search refuse",
}
Taken = dict[str, list[float]]


async def measured(data: Path, port: int, talks: Sequence[Any]) -> Taken:
    """Milliseconds from the commit of each end to its effect, by kind.

    Args:
        data: of the network.
        port: where it is served.
        talks: conversations of two (`messages.Talk`), each with the sessions of both; the last so many are used.

    Raises:
        TimeoutError: something was still to be had after ten seconds.
    """
    command = [sys.executable, "-m", "collegium.cli", "shell", "--data", str(data), "-c"]
    actor = await asyncio.create_subprocess_exec(
        *command, "from bench.endings import acting; acting()", cwd=CLONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    pool, taken = Pool(port), {kind: list[float]() for kind in NAMES}
    for place, kind in enumerate(NAMES):
        for talk in talks[place * EACH : (place + 1) * EACH]:
            taken[kind].append(await _one(actor, port, pool, kind, talk))
    if actor.stdin is not None:
        actor.stdin.close()
    await actor.wait()
    return taken


async def _one(actor: Any, port: int, pool: Pool, kind: str, talk: Any) -> float:
    """One right that ends; it is given back afterwards."""
    session = talk.sessions[1]
    there = await _told(actor, "begin", kind, talk.pk, talk.receiver)
    paths = [f"/messages/{there['talk']}/", f"/messages/files/{there['file']}/"]
    found = f"/messages/search/?q={WORD}&in={there['talk']}"
    assert await _readable(pool, session, paths, found) == 3  # noqa: S101 - else silence would prove nothing
    line = Stream(port, session)
    await line.open()
    events = line.events()
    await anext(events)
    ended = await _told(actor, "end", kind, there["talk"], talk.receiver)
    async with asyncio.timeout(PATIENCE):
        if kind == "suspend":
            # The page hears that nobody is signed in there any more; after it nothing comes.
            async for name in events:
                if name == "bye":
                    break
        while await _readable(pool, session, paths, found):
            pass
    took = 1000 * (time.time() - ended["at"])
    line.cut()
    await _told(actor, "restore", kind, there["talk"], talk.receiver)
    return took


async def _readable(pool: Pool, session: str, paths: Sequence[str], search: str) -> int:
    """How many of the page, the file and the search still give something."""
    open_ = [(await pool.get(path, session))[0] == HTTPStatus.OK for path in paths]
    status, _head, body = await pool.get(search, session)
    return sum(open_) + (status == HTTPStatus.OK and paths[0].encode() in body)


async def _told(actor: Any, step: str, kind: str, talk: int, member: int) -> Any:
    actor.stdin.write(f"{step} {kind} {talk} {member}\n".encode())
    while not (line := await actor.stdout.readline()).startswith(b"{"):
        if not line:
            raise ConnectionError("whoever acts has gone")
    return json.loads(line)


def acting() -> None:
    """Do what standard input says, a line each, and say when it was committed. Runs in `collegium shell`."""
    for line in sys.stdin:
        step, kind, talk, member = line.split()
        with transaction.atomic():
            said = _STEPS[step](kind, int(talk), int(member))
        print(json.dumps(said | {"at": time.time()}), flush=True)


def _people(talk: int, member: int) -> tuple[Any, Any, Any]:
    from collegium.members.models import Member  # noqa: PLC0415 - only the child has models
    from collegium.messaging.models import Conversation  # noqa: PLC0415 - as above

    row = Conversation.objects.get(pk=talk)
    inside = Member.objects.filter(pk__in=row.participants.values("member")).select_related("user")
    return row, inside.get(pk=member), inside.exclude(pk=member).order_by("pk")[0]


def _begin(kind: str, talk: int, member: int) -> dict[str, Any]:
    """Words and a file in the conversation of the two, or in a group of theirs where one is to be removed."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - only the child has models

    from collegium.messaging.actions import people, talking  # noqa: PLC0415 - as above
    from collegium.messaging.files import taking  # noqa: PLC0415 - as above
    from collegium.uploads import taking as uploads  # noqa: PLC0415 - as above

    row, who, other = _people(talk, member)
    if kind == "remove":
        row = people.found(other, [who], "Two and the weir")
    sent = uploads.take_in(other, SimpleUploadedFile("tides.csv", b"day,level\n1,204\n"), taking.PURPOSE)
    file = taking.take_sent(other, sent.key)
    talking.write(row, by=other, text=f"about the {WORD}", files=[file])
    return {"talk": row.pk, "file": file.pk}


def _end(kind: str, talk: int, member: int) -> dict[str, Any]:
    from collegium.members import actions as members  # noqa: PLC0415 - only the child has models
    from collegium.messaging.actions import people  # noqa: PLC0415 - as above
    from collegium.network import actions as network  # noqa: PLC0415 - as above

    row, who, other = _people(talk, member)
    verbs: dict[str, Callable[[], object]] = {
        "suspend": lambda: members.suspend(who, by=None),
        "block": lambda: network.block(other, who),
        "remove": lambda: people.remove(row, by=other, people=[who]),
    }
    verbs[kind]()
    return {}


def _restore(kind: str, talk: int, member: int) -> dict[str, Any]:
    """As it was, so that the next run finds the same network."""
    from collegium.members import actions as members  # noqa: PLC0415 - only the child has models
    from collegium.members.models import Member  # noqa: PLC0415 - as above
    from collegium.messaging.models import Conversation  # noqa: PLC0415 - as above
    from collegium.network import actions as network  # noqa: PLC0415 - as above
    from collegium.ties.models import Connection  # noqa: PLC0415 - as above

    who = Member.objects.select_related("user").get(pk=member)
    if kind == "suspend":
        members.restore(who, by=None)
    elif kind == "block":
        row = Conversation.objects.get(pk=talk)
        other = Member.objects.get(pk=next(key for key in (row.low_id, row.high_id) if key and key != member))
        network.unblock(other, who)
        Connection.tie(other, who)
    return {}


_STEPS = {"begin": _begin, "end": _end, "restore": _restore}
