"""The stream as browsers meet it: a real server in a thread, and pages that read raw sockets."""

import asyncio
import contextlib
import logging
import re
import select
import socket
import threading
import time

import pytest
from django.conf import settings
from django.db import connection
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette
from starlette.routing import Route

from collegium.realtime import stream

PATIENCE = 5.0


class Page:
    """An open page: sends the request of an EventSource and reads what comes."""

    def __init__(self, port, client=None, **headers):
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME) if client else None
        given = {"Host": f"127.0.0.1:{port}", "Accept": "text/event-stream", "Sec-Fetch-Site": "same-origin"}
        if cookie:
            given["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={cookie.value}"
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value is not None)
        self.socket.sendall(f"GET /stream/ HTTP/1.1\r\n{lines}\r\n".encode())
        self.raw = b""
        self.text = ""
        self.ended = False
        while b"\r\n\r\n" not in self.raw:
            self.raw += self.socket.recv(65536)
        head, self.raw = self.raw.split(b"\r\n\r\n", 1)
        self.status = int(head.split()[1])
        self.chunked = b"chunked" in head.lower()
        self.length = int((re.findall(rb"content-length: (\d+)", head.lower()) or [0])[0])
        self._decode()

    def _decode(self):
        """Move whole chunks from the raw bytes to the text."""
        while self.chunked and (found := re.match(rb"([0-9a-f]+)\r\n", self.raw, re.IGNORECASE)):
            size, start = int(found[1], 16), found.end()
            if len(self.raw) < start + size + 2:
                return
            self.text += self.raw[start : start + size].decode()
            self.ended = self.ended or size == 0
            self.raw = self.raw[start + size + 2 :]
        if not self.chunked:
            self.text, self.raw = self.text + self.raw.decode(), b""
            self.ended = self.ended or len(self.text) >= self.length

    def read(self, patience):
        """Wait for more, at most so long; True when there was."""
        if self.ended or not select.select([self.socket], [], [], patience)[0]:
            return False
        piece = self.socket.recv(65536)
        self.raw += piece
        self.ended = not piece
        self._decode()
        return bool(piece)

    @property
    def events(self):
        return re.findall(r"^event: (.+)$", self.text, re.MULTILINE)

    @property
    def ids(self):
        return [int(found) for found in re.findall(r"^id: (\d+)$", self.text, re.MULTILINE)]

    def wait_for(self, *topics, patience=PATIENCE):
        """Read until all these were heard; the seconds it took."""
        began = time.monotonic()
        while not set(topics) <= set(self.events):
            left = patience - (time.monotonic() - began)
            assert left > 0, f"heard {self.events}, not {topics}"
            assert self.read(left) or not self.ended or set(topics) <= set(self.events), f"ended after {self.events}"
        return time.monotonic() - began

    def wait_for_end(self, patience=PATIENCE):
        until = time.monotonic() + patience
        while not self.ended:
            assert time.monotonic() < until, f"still open after {self.events}"
            self.read(until - time.monotonic())

    def hears_nothing(self, seconds=0.4):
        before = self.events
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.read(left)
        return self.events == before

    def close(self):
        self.socket.close()


class Running:
    """A server of the stream alone, and the pages that are open on it."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.pages = []
        self.up = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self):
        self.loop = asyncio.get_running_loop()
        app = stream.keeping(Starlette(routes=[Route("/stream/", stream.endpoint)]))
        self.server = Server(app, "127.0.0.1", self.port, interface=Interfaces.ASGINL, log_enabled=False)
        serving = self.loop.create_task(self.server.serve())
        self.loop.call_later(0.2, self.up.set)
        await serving
        await stream.closing()
        await asyncio.sleep(0.1)

    def start(self):
        self.thread.start()
        assert self.up.wait(PATIENCE)

    def open(self, client=None, *, ready=True, **headers):
        """A page; when `ready`, its line is known and it has said what it had missed."""
        page = Page(self.port, client, **headers)
        self.pages.append(page)
        if ready:
            while "retry:" not in page.text:
                assert page.read(PATIENCE)
        return page

    def in_loop(self, call):
        """Run something in the server's loop and wait for it."""

        async def run():
            return call()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(PATIENCE)

    @property
    def hub(self):
        return self.in_loop(stream.hub)

    @property
    def now(self):
        """The hub, for code that already runs in the server's loop."""
        return stream._hub

    def listening(self):
        until = time.monotonic() + PATIENCE
        while not self.hub.listener.listening:
            assert time.monotonic() < until, "never listened"
            time.sleep(0.01)

    def stop(self):
        for page in self.pages:
            with contextlib.suppress(OSError):
                page.close()
        self.loop.call_soon_threadsafe(self.server.stop)
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive(), "the server did not stop"


@pytest.fixture
def running(transactional_db, monkeypatch):
    """The stream, served; what a page first hears is not delayed."""
    monkeypatch.setattr("collegium.realtime.hub.SETTLE", 0.05)
    logging.getLogger("_granian").setLevel(logging.ERROR)
    served = Running()
    served.start()
    served.listening()
    yield served
    served.stop()
    # Connections of the server's threads go back to the pool, which must not keep the database of this run busy.
    connection.close_pool()
