"""The door to Django: bounded threads, whole bodies of bounded size, and a clear word when there is no room.

Django is synchronous and runs in one pool of threads. A request gets a thread only when its body has arrived, so that
slow senders hold none; and when too many wait already, it is sent away before any work is done for it.
"""

import asyncio
import contextlib
import ipaddress
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from starlette.types import Message, Receive, Scope, Send

from collegium.lib.serving.leaving import Leaving
from collegium.lib.serving.log import answer
from collegium.lib.serving.wide import Refused, Wide, announced

BODY_LIMIT = 12 * 1024 * 1024
# A body over the limit is still read to its end, up to this much, so that its sender hears the answer.
DRAIN_LIMIT = 64 * 1024 * 1024
BODY_SECONDS = 60.0
IN_MEMORY = 256 * 1024
PIECE = 256 * 1024
WAITING_FOR_EACH_THREAD = 8
SENDERS = 128
# They read a piece of a file each, however many readers there are.
FILE_THREADS = 4

FULL = b"Too many people are here at this moment. Please try again in a second.\n"
TOO_LARGE = b"What was sent is larger than 12 MB, the most that is taken.\n"
TOO_SLOW = b"What was sent did not arrive within a minute.\n"
TOO_LARGE_HERE = b"What was sent is larger than %d MB, the most that is taken here.\n"
TOO_SLOW_HERE = b"What was sent took too long to arrive. Please try again over a faster connection.\n"
CLOSE = (b"connection", b"close")
PROXY_WORDS = {b"forwarded", b"x-real-ip", b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host"}


class Gone(Exception):  # noqa: N818 - a fact about the other side
    """The other side closed the connection before its request was whole."""


class Door:
    """An ASGI application in front of a WSGI one.

    Args:
        wsgi: the application behind the door.
        threads: how many requests are worked on at once.
        proxies: addresses and networks of proxies whose word about the visitor is taken.
        wide: addresses that take larger bodies, each by rules of its own.
    """

    def __init__(
        self, wsgi: Any, *, threads: int, proxies: Iterable[str] = (), wide: Mapping[str, Wide] | None = None
    ) -> None:
        self._wide = dict(wide or {})
        self._proxies = [ipaddress.ip_network(proxy, strict=False) for proxy in proxies]
        self._behind = WSGIMiddleware(wsgi, workers=threads)
        self._files = ThreadPoolExecutor(FILE_THREADS, "files")
        self._room = threads * (1 + WAITING_FOR_EACH_THREAD)
        self._inside = 0
        self._sending = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say why not."""
        if scope["type"] != "http":
            return
        try:
            self._check_room()
            wide = self._wide.get(scope["path"]) if scope["method"] == "POST" else None
            folder = str(wide.ready_folder()) if wide else None
            with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=folder) as body:
                if wide is None:
                    await self._take(scope, receive, body)
                else:
                    with wide.admitted(scope):
                        await self._take(scope, receive, body, most=wide.most, seconds=wide.seconds)
                self._check_room()
                await self._serve(scope, _Reader(body), send, receive)
        except Refused as refusal:
            await answer(send, refusal.status, refusal.words, *refusal.headers)
            if refusal.unread:
                await _drain(receive)
        except Gone:
            return

    def close(self) -> None:
        """Take no more work; what is being worked on is finished."""
        self._behind.executor.shutdown(wait=False, cancel_futures=True)
        self._files.shutdown(wait=False, cancel_futures=True)

    async def _serve(self, scope: Scope, body: Receive, send: Send, receive: Receive) -> None:
        """Let the application answer; a file it leaves is sent when its thread is free again."""
        given = plain(scope, word_taken=self._is_proxy(scope))
        leaving = Leaving(self._files, given, send)
        self._inside += 1
        try:
            await self._behind(given, body, leaving)  # type: ignore[arg-type]
        finally:
            self._inside -= 1
        await leaving.finish(receive)

    def _is_proxy(self, scope: Scope) -> bool:
        """Whether the request comes from one of the proxies."""
        if not self._proxies:
            return False
        try:
            address = ipaddress.ip_address(scope["client"][0])
        except (TypeError, ValueError):
            return False
        return any(address in network for network in self._proxies)

    def _check_room(self) -> None:
        if self._inside >= self._room or self._sending >= SENDERS:
            raise Refused(503, FULL, (b"retry-after", b"1"))

    async def _take(
        self, scope: Scope, receive: Receive, into: IO[bytes], *, most: int = BODY_LIMIT, seconds: float = 0
    ) -> None:
        """Read the body whole.

        Raises:
            Refused: it is too large or too slow.
            Gone: the sender left.
        """
        over, size = announced(scope) > most, 0
        self._sending += 1
        try:
            async with asyncio.timeout(seconds or BODY_SECONDS):
                async for piece in _pieces(receive):
                    size += len(piece)
                    over = over or size > most
                    if not over:
                        into.write(piece)
                    elif size > DRAIN_LIMIT:
                        break
        except TimeoutError:
            if not over:
                raise Refused(408, TOO_SLOW if not seconds else TOO_SLOW_HERE, CLOSE) from None
        finally:
            self._sending -= 1
        if over:
            raise Refused(413, TOO_LARGE if most == BODY_LIMIT else TOO_LARGE_HERE % (most >> 20), CLOSE)
        into.seek(0)


class _Reader:
    """Gives a stored body back in pieces, as an ASGI server would."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body = body

    async def __call__(self) -> Message:
        piece = self._body.read(PIECE)
        return {"type": "http.request", "body": piece, "more_body": len(piece) == PIECE}


async def _drain(receive: Receive) -> None:
    """Hear a sender out who was answered before her body came, or she would not hear the answer; nothing is kept."""
    size = 0
    with contextlib.suppress(TimeoutError, Gone):
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in _pieces(receive):
                size += len(piece)
                if size > DRAIN_LIMIT:
                    return


async def _pieces(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        more = message.get("more_body", False)
        if piece := message.get("body", b""):
            yield piece


def plain(scope: Scope, *, word_taken: bool = False) -> Scope:
    """The request in the form that WSGI can carry without mistaking one thing for another.

    A header with an underscore would read like its sibling with a hyphen, so it is left out: `X_Forwarded_For` must not
    pass for the proxy's own. What only a proxy may say is left out too, unless its word is taken. HTTP/2 may split the
    cookies into several headers, which belong together. A query string is ASCII; what is not is escaped.
    """
    headers, cookies = [], []
    for name, value in scope["headers"]:
        if name == b"cookie":
            cookies.append(value)
        elif b"_" not in name and (word_taken or name not in PROXY_WORDS):
            headers.append((name, value))
    if cookies:
        headers.append((b"cookie", b"; ".join(cookies)))
    query = scope["query_string"]
    if not query.isascii():
        query = quote(query, safe="!#$%&'()*+,/:;=?@[]~").encode("ascii")
    return {**scope, "headers": headers, "query_string": query}
