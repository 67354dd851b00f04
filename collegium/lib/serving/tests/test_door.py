"""The door: whole bodies of bounded size, bounded company, and headers that mean what they say."""

import asyncio
import threading

import pytest

from collegium.lib.serving import door as door_module
from collegium.lib.serving.door import Door, plain
from collegium.testing.looping import run


def scope(method="GET", *, headers=(), query=b""):
    return {
        "type": "http",
        "method": method,
        "path": "/",
        "query_string": query,
        "http_version": "1.1",
        "scheme": "http",
        "headers": list(headers),
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
    }


async def ask(door, what, pieces=(b"",), *, then=None):
    """Send one request in pieces; give status, headers and body of the answer."""
    left, sent = list(pieces), []

    async def receive():
        if not left:
            if then is not None:
                return then
            await asyncio.sleep(3600)
        piece = left.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(left) or then is not None}

    async def send(message):
        sent.append(message)

    await door(what, receive, send)
    if not sent:
        return 0, {}, b""
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


def echo(environ, start_response):
    start_response("200 OK", [("content-type", "text/plain")])
    return [environ["wsgi.input"].read()]


def test_a_body_arrives_whole():
    words = b"a" * (door_module.IN_MEMORY * 2 + 17)
    pieces = [words[at : at + 50_000] for at in range(0, len(words), 50_000)]
    assert run(ask(Door(echo, threads=1), scope("POST"), pieces)) == (
        200,
        {b"content-type": b"text/plain"},
        words,
    )


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_the_limit_is_refused_and_never_reaches_django(announced):
    def never(environ, start_response):
        raise AssertionError("Django was asked")

    headers = [(b"content-length", str(13 << 20).encode())] if announced else []
    status, answer, words = run(ask(Door(never, threads=1), scope("POST", headers=headers), [bytes(1 << 20)] * 13))
    assert (status, answer[b"connection"]) == (413, b"close")
    assert b"12 MB" in words


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(door_module, "BODY_SECONDS", 0.05)

    async def slow():
        async def receive():
            await asyncio.sleep(3600)

        sent = []

        async def send(message):
            sent.append(message)

        await Door(echo, threads=1)(scope("POST"), receive, send)
        return sent[0]["status"]

    assert run(slow()) == 408


def test_a_sender_who_leaves_gets_nothing():
    assert run(ask(Door(echo, threads=1), scope("POST"), [b"half"], then={"type": "http.disconnect"}))[0] == 0


def test_a_full_house_says_so_before_any_work_is_done():
    free, asked = threading.Event(), []

    def slow(environ, start_response):
        asked.append(1)
        free.wait(10)
        return echo(environ, start_response)

    async def crowd():
        door = Door(slow, threads=1)
        inside = [asyncio.create_task(ask(door, scope())) for _ in range(1 + door_module.WAITING_FOR_EACH_THREAD)]
        await asyncio.sleep(0.1)
        late = await ask(door, scope())
        free.set()
        return late, [(await task)[0] for task in inside], await ask(door, scope())

    late, inside, later = run(crowd())
    assert (late[0], late[1][b"retry-after"]) == (503, b"1")
    assert inside == [200] * 9
    assert later[0] == 200


def test_headers_mean_what_they_say():
    given = scope(
        headers=[
            (b"cookie", b"a=1"),
            (b"x_forwarded_for", b"6.6.6.6"),
            (b"x-forwarded-for", b"192.0.2.1"),
            (b"cookie", b"b=2"),
        ],
        query="q=é&x=%20".encode(),
    )
    made = plain(given)
    assert made["headers"] == [(b"cookie", b"a=1; b=2")]
    assert made["query_string"] == b"q=%C3%A9&x=%20"


@pytest.mark.parametrize(("proxy", "heard"), [("127.0.0.0/8", b"https"), ("192.0.2.7", b""), (None, b"")])
def test_only_a_named_proxy_may_speak_for_the_visitor(proxy, heard):
    def scheme(environ, start_response):
        start_response("200 OK", [])
        return [environ.get("HTTP_X_FORWARDED_PROTO", "").encode()]

    door = Door(scheme, threads=1, proxies=[proxy] if proxy else [])
    assert run(ask(door, scope(headers=[(b"x-forwarded-proto", b"https")])))[2] == heard
