"""A real stream of the whole application, held open while the person's right to a conversation ends.

Nothing here waits for time to pass: the page waits for events. A word that everybody may hear goes through the same
line after what must not be heard, so that its coming proves the silence before it.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection
from django.test import Client

from collegium.lib.refusal import Conflict, Refusal
from collegium.members import actions as members
from collegium.messaging.actions import people, talking
from collegium.messaging.models import Attachment, Conversation
from collegium.messaging.tests import scene, sounds
from collegium.network import actions as network
from collegium.realtime import stream
from collegium.realtime.poke import poke
from collegium.testing.cast import Cast, client_of

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "quagga herds at low tide"
PATIENCE = 60.0
"""Seconds after which a word counts as lost, on however busy a machine."""
Hear = Callable[[], None]


class Line:
    """A page's stream, as a server drives it: the whole application, one request that does not end."""

    def __init__(self, loop: asyncio.AbstractEventLoop, client: Client) -> None:
        self._told = threading.Condition()
        self._text, self._read, self._over = "", 0, False
        self._loop, self._gone = loop, asyncio.Event()
        cookie = client.cookies[site.SESSION_COOKIE_NAME].value
        asyncio.run_coroutine_threadsafe(self._live(f"{site.SESSION_COOKIE_NAME}={cookie}".encode()), loop)
        self.until(lambda: "event: reset" in self._text)

    async def _live(self, cookie: bytes) -> None:
        from collegium.config.asgi import application

        headers = [(b"host", b"localhost"), (b"cookie", cookie), (b"accept", b"text/event-stream")]
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http"}
        scope |= {"path": "/stream/", "raw_path": b"/stream/", "query_string": b"", "root_path": "", "headers": headers}
        scope |= {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
        try:
            await application(scope, self._receive(), self._send)
        finally:
            with self._told:
                self._over = True
                self._told.notify_all()

    def _receive(self) -> Callable[[], Awaitable[dict[str, Any]]]:
        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> dict[str, Any]:
            for first in asked:
                return first
            await self._gone.wait()
            return {"type": "http.disconnect"}

        return receive

    async def _send(self, message: Any) -> None:
        with self._told:
            self._text += message.get("body", b"").decode()
            self._told.notify_all()

    def until(self, happened: Callable[[], bool]) -> None:
        with self._told:
            assert self._told.wait_for(happened, PATIENCE), self._text

    def ends(self) -> bool:
        """Wait for the end; whether the page was told that nobody is signed in there."""
        self.until(lambda: self._over)
        return "event: bye" in self._text

    def heard(self, member: int, fence: str) -> list[str]:
        """What came since the last time, up to a word that is said now."""
        poke([member], fence)
        mark = f"event: {fence}\n"
        self.until(lambda: mark in self._text[self._read :])
        end = self._text.index(mark, self._read)
        since, self._read = self._text[self._read : end], end + len(mark)
        return [line[7:] for line in since.splitlines() if line.startswith("event: ")]

    def leave(self) -> None:
        self._loop.call_soon_threadsafe(self._gone.set)
        self.until(lambda: self._over)


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.AbstractEventLoop]:
    """The loop of a worker, in a thread; nothing that is told first is delayed."""
    monkeypatch.setattr("collegium.realtime.hub.SETTLE", 0.0)
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever)
    thread.start()
    _in(made, _listening())
    yield made
    _in(made, stream.closing())
    made.call_soon_threadsafe(made.stop)
    thread.join(PATIENCE)
    made.close()
    connection.close_pool()


def _in(loop: asyncio.AbstractEventLoop, work: Any) -> None:
    done: Future[Any] = asyncio.run_coroutine_threadsafe(work, loop)
    done.result(PATIENCE)


async def _listening() -> None:
    """Have a hub, and return once it hears the database: from there on it does its work by itself."""
    here, caught = stream.hub(), asyncio.Event()
    alive = here.listener._alive
    here.listener._alive = lambda moment: (alive(moment), caught.set())  # type: ignore[assignment,func-returns-value]
    async with asyncio.timeout(PATIENCE):
        await caught.wait()


class Scene:
    """Bo in a group of Ada's and in a conversation of two with her; a file and words in each; his line is open."""

    def __init__(self, cast: Cast, loop: asyncio.AbstractEventLoop, hear: Hear) -> None:
        self.cast, self.hear = cast, hear
        self.browser = client_of(cast.bo)
        self.two = scene.two(cast.ada, cast.bo)
        self.group = scene.group(cast.ada, cast.bo)
        self.files = {row.pk: self._say(row) for row in (self.two, self.group)}
        hear()
        assert self._reads(self.two)
        assert self._reads(self.group)
        self.line = Line(loop, self.browser)

    def _say(self, row: Conversation) -> Attachment:
        file = sounds.file(self.cast.ada)
        talking.write(row, by=self.cast.ada, text=SECRET, files=[file])
        return file

    def _reads(self, row: Conversation) -> bool:
        answers = [
            self.browser.get(f"/messages/{row.pk}/"),
            self.browser.get(f"/messages/files/{self.files[row.pk].pk}/"),
        ]
        found = self.browser.get(f"/messages/search/?q=quagga&in={row.pk}").content.decode()
        read = [answer.status_code == 200 for answer in answers] + [
            f"/messages/{row.pk}/" in found and "herds" in found
        ]
        assert len(set(read)) == 1, [answer.status_code for answer in answers]
        if not read[0]:
            assert {answer.status_code for answer in answers} <= ({404} if self.is_in else {302})
        return read[0]

    @property
    def is_in(self) -> bool:
        return self.browser.get("/messages/").status_code == 200

    def hears(self, row: Conversation, what: Callable[[], object]) -> bool:
        """Whether Bo's page learns of something that happens in a conversation."""
        self.line.heard(self.cast.bo.pk, "fence-before")
        with suppress(Refusal, Conflict):
            what()
        self.hear()
        return row.topic in self.line.heard(self.cast.bo.pk, "fence-after")

    def said(self, row: Conversation) -> bool:
        return self.hears(row, lambda: talking.write(row, by=self.cast.ada, text="more about it"))


@pytest.fixture
def there(cast: Cast, loop: asyncio.AbstractEventLoop, hear: Hear, settings: Any, tmp_path: Path) -> Iterator[Scene]:
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "media", tmp_path / "data"
    made = Scene(cast, loop, hear)
    yield made
    made.line.leave()


def test_who_is_in_it_hears_and_reads(there: Scene) -> None:
    """The measure for all the others: without it, silence would prove nothing."""
    assert there.said(there.two)
    assert there.said(there.group)


def test_who_is_removed_hears_and_reads_nothing_more(there: Scene) -> None:
    people.remove(there.group, by=there.cast.ada, people=[there.cast.bo])
    there.hear()
    assert not there.said(there.group)
    assert not there._reads(there.group)
    assert there.said(there.two), "the line itself goes on"


def test_who_is_blocked_hears_and_reads_nothing_more(there: Scene) -> None:
    network.block(there.cast.ada, there.cast.bo)
    there.hear()
    assert not there.said(there.two)
    assert not there._reads(there.two)
    assert there.browser.get(f"/messages/files/{there.files[there.group.pk].pk}/").status_code == 404
    assert "herds" not in there.browser.get("/messages/search/?q=quagga").content.decode()


def test_who_is_suspended_is_hung_up(there: Scene) -> None:
    members.suspend(there.cast.bo, by=None)
    there.hear()
    assert there.line.ends()
    assert not there._reads(there.two)
    assert not there._reads(there.group)


def test_who_signs_out_is_hung_up(there: Scene) -> None:
    kept = there.browser.cookies[site.SESSION_COOKIE_NAME].value
    there.browser.post("/accounts/logout/")
    there.browser.cookies[site.SESSION_COOKIE_NAME] = kept
    there.hear()
    assert there.line.ends()
    assert not there._reads(there.two)
    assert not there._reads(there.group)
