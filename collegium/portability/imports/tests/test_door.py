"""The door at the address for large files: only there, only with a ticket, few at once."""

import asyncio

from collegium.lib.serving import wide as wide_module
from collegium.lib.serving.door import Door
from collegium.lib.serving.tests.test_door import ask, echo, scope
from collegium.portability.imports import arriving
from collegium.testing.looping import run


def at(path: str, query: bytes = b"", size: int = 0) -> dict:
    headers = [(b"content-length", str(size).encode())] if size else []
    return scope("POST", headers=headers, query=query) | {"path": path}


def door() -> Door:
    return Door(echo, threads=1, wide={arriving.ADDRESS: arriving.wide()})


def test_a_large_body_gets_in_there_and_nowhere_else(cast, data_folder):
    query = arriving.ticket(cast.ada).partition("?")[2].encode()
    pieces = [b"a" * (1 << 20)] * 20

    async def go():
        there = door()
        return (
            await ask(there, at(arriving.ADDRESS, query), list(pieces)),
            await ask(there, at(arriving.ADDRESS), list(pieces)),
            await ask(there, at("/settings/import/", query), list(pieces)),
            await ask(there, at(arriving.ADDRESS, query, 102 << 20), list(pieces)),
        )

    taken, without, elsewhere, huge = run(go())
    assert (taken[0], len(taken[2])) == (200, 20 << 20)
    assert (without[0], b"open for too long" in without[2]) == (403, True)
    assert elsewhere[0] == 413
    assert (huge[0], b"101 MB" in huge[2]) == (413, True)
    assert list((data_folder / "uploads").iterdir()) == []


def test_the_third_is_told_that_others_are_busy_before_her_body_is_read(cast):
    queries = [arriving.ticket(each).partition("?")[2].encode() for each in (cast.ada, cast.bo, cast.cy)]

    async def go():
        there, release = door(), asyncio.Event()

        async def slow(query: bytes) -> int:
            sent = []

            async def receive():
                await release.wait()
                return {"type": "http.request", "body": b"x", "more_body": False}

            async def send(message):
                sent.append(message)

            await there(at(arriving.ADDRESS, query), receive, send)
            return sent[0]["status"]

        waiting = [asyncio.create_task(slow(query)) for query in queries[:2]]
        await asyncio.sleep(0.1)
        third = await ask(there, at(arriving.ADDRESS, queries[2]), [b"y"])
        again = await ask(there, at(arriving.ADDRESS, queries[0]), [b"y"])
        other = await ask(there, at("/"), [b"z"])
        release.set()
        return third, again, other, [await task for task in waiting]

    third, again, other, waited = run(go())
    assert (third[0], third[2]) == (503, wide_module.BUSY)
    assert (again[0], again[2]) == (409, wide_module.BUSY_WITH_YOURS)
    assert (other[0], waited) == (200, [200, 200])
