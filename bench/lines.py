"""A thousand browsers in one loop: streams that stay open, and requests over connections that are kept."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

HOST = "127.0.0.1"
TOKEN = "bench" * 6 + "ok"
"""Thirty-two letters; the cookie and the header have to be the same, and nothing more."""


def _head(method: str, path: str, session: str, more: str = "") -> bytes:
    cookie = f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nSec-Fetch-Site: same-origin\r\n{cookie}{more}\r\n".encode()


class Stream:
    """An open page's line to the server."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session = port, session
        self.last = ""
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Connect, from where the line broke if it did.

        Raises:
            ConnectionError: the server has no line for it.
        """
        self._reader, self._writer = await asyncio.open_connection(HOST, self.port)
        after = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        self._writer.write(_head("GET", "/stream/", self.session, f"Accept: text/event-stream\r\n{after}"))
        head = await self._reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head.decode())

    async def events(self) -> AsyncIterator[str]:
        """The names of what comes, until the line breaks. What frames the chunks is no line that we know."""
        assert self._reader is not None  # noqa: S101 - it was opened
        with contextlib.suppress(ConnectionError):
            while line := await self._reader.readline():
                if line.startswith(b"event: "):
                    yield line[7:].strip().decode()
                elif line.startswith(b"id: "):
                    self.last = line[4:].strip().decode()

    def cut(self) -> None:
        """Break it, as a tunnel does."""
        if self._writer is not None:
            self._writer.transport.abort()


class Pool:
    """Connections for short requests; each is used by one request at a time and kept."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, path: str, session: str) -> tuple[int, bytes, bytes]:
        """Status, head in lower case, and body, as htmx asks."""
        return await self._ask(_head("GET", path, session, "HX-Request: true\r\n"))

    async def post(self, path: str, session: str, body: bytes) -> tuple[int, bytes, bytes]:
        """The same of a form that htmx sends."""
        more = f"HX-Request: true\r\nX-CSRFToken: {TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        return await self._ask(_head("POST", path, session, f"{more}Content-Length: {len(body)}\r\n") + body)

    async def _ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        reader, writer = self._free.pop() if self._free else await asyncio.open_connection(HOST, self.port)
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        body = await _body(reader, head)
        self._free.append((reader, writer))
        return int(head.split(b" ", 2)[1]), head, body


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    if b"transfer-encoding: chunked" not in head:
        length = head.partition(b"content-length:")[2].split(b"\r\n", 1)[0].strip()
        return await reader.readexactly(int(length or 0))
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)
