"""A file that a view left is sent when the view's thread is free; by the server itself, or in pieces."""

import asyncio
import threading

import pytest

from collegium.lib.serving import leaving as leaving_module
from collegium.lib.serving.door import Door
from collegium.lib.serving.handing import HEADER, File, place_in
from collegium.lib.serving.leaving import PATHSEND
from collegium.lib.serving.tests.test_door import scope
from collegium.testing.looping import run

PIECES = [b"one ", b"two ", b"three"]


def leaves(path="", pieces=lambda: iter(PIECES), *, mark=True):
    """An application whose answer is a file."""

    def application(environ, start_response):
        place_in(environ).file = File(pieces, path)
        start_response("206 Partial Content", [("content-length", "13"), *([(HEADER, "1")] if mark else [])])
        return [b"" if mark else b"an error page"]

    return application


def listening(*then):
    """The other side: an empty body, then what is given, then nothing."""
    said = [{"type": "http.request", "body": b"", "more_body": False}, *then]

    async def receive():
        if not said:
            await asyncio.sleep(3600)
        return said.pop(0)

    return receive


async def ask(application, *, extensions=None, send=None, gone=None):
    sent = []

    receive = listening(*([gone] if gone else []))

    async def keep(message):
        sent.append(message)

    door = Door(application, threads=1)
    try:
        await door({**scope(), "extensions": extensions or {}}, receive, send or keep)
    finally:
        door.close()
    return sent


def test_in_pieces():
    start, *rest = run(ask(leaves("/films/x")))
    assert (start["status"], start["headers"]) == (206, [(b"content-length", b"13")])
    assert [message["body"] for message in rest] == [*PIECES, b""]
    assert [message["more_body"] for message in rest] == [True, True, True, False]


def test_the_server_sends_what_is_a_whole_file():
    _start, last = run(ask(leaves("/films/x"), extensions={PATHSEND: {}}))
    assert last == {"type": PATHSEND, "path": "/films/x"}
    _start, *rest = run(ask(leaves(""), extensions={PATHSEND: {}}))
    assert [message["type"] for message in rest] == ["http.response.body"] * 4


def test_an_answer_in_the_place_of_the_files_is_itself():
    """Something failed after the view: what is then said has no mark, and the file is not sent."""
    _start, *rest = run(ask(leaves("/films/x", mark=False), extensions={PATHSEND: {}}))
    assert b"".join(message["body"] for message in rest) == b"an error page"


def test_answers_without_a_file_pass_unchanged():
    def plain(_environ, start_response):
        start_response("200 OK", [])
        return [b"a", b"b"]

    _start, *rest = run(ask(plain))
    assert b"".join(message["body"] for message in rest) == b"ab"


def test_a_slow_reader_holds_no_thread():
    """One thread, one reader who takes nothing: the next request is answered all the same."""

    async def both():
        stuck, free = asyncio.Event(), asyncio.Event()

        async def slow(message):
            if message["type"] == "http.response.body":
                stuck.set()
                await free.wait()

        busy = threading.Event()

        def application(environ, start_response):
            busy.set()
            return leaves()(environ, start_response)

        door = Door(application, threads=1)

        first = asyncio.ensure_future(door({**scope(), "extensions": {}}, listening(), slow))
        await stuck.wait()
        sent = []

        async def quick(message):
            sent.append(message)

        await door({**scope(), "extensions": {}}, listening(), quick)
        free.set()
        await first
        door.close()
        return sent

    assert len(run(both())) == 5


def test_a_reader_who_takes_nothing_is_let_go_and_the_file_closed(monkeypatch):
    monkeypatch.setattr(leaving_module, "STUCK", 0.05)
    closed = []

    def pieces():
        try:
            yield from PIECES
        finally:
            closed.append(True)

    async def never(message):
        if message["type"] == "http.response.body":
            await asyncio.sleep(3600)

    with pytest.raises(TimeoutError):
        run(ask(leaves(pieces=pieces), send=never))
    assert closed == [True]


def test_a_file_that_breaks_off_is_not_ended_as_if_it_were_whole():
    def pieces():
        yield b"one "
        raise OSError("disk")

    sent = []

    async def keep(message):
        sent.append(message)

    with pytest.raises(OSError, match="disk"):
        run(ask(leaves(pieces=pieces), send=keep))
    assert [message.get("body") for message in sent[1:]] == [b"one "]


def test_nothing_is_read_for_a_reader_who_is_gone():
    """The web server does not say so when it is told to send."""
    read, closed = [], []

    def pieces():
        try:
            for piece in [*PIECES] * 100:
                read.append(piece)
                yield piece
        finally:
            closed.append(True)

    run(ask(leaves(pieces=pieces), gone={"type": "http.disconnect"}))
    assert len(read) < 5
    assert closed == [True]
