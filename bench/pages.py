"""An open page of a conversation, as the browser keeps it: patched by what it is told to look at, not fetched anew."""

import asyncio
import contextlib
import re
from http import HTTPStatus

from bench.lines import Pool, Stream

PART = re.compile(rb'<hx-partial hx-target="#([\w-]+)"(.*?)</hx-partial>', re.DOTALL)
LINE = re.compile(rb'data-n="(\d+)"((?:(?!data-n=").)*)', re.DOTALL)
KEY = re.compile(rb"key-([0-9a-f]{32})")
CHANGES = re.compile(rb'(?:\r\ntalk-changes: |data-changes=")(\d+)')
SECONDS = 20.0
AGAIN = 0.5
BROKEN = (OSError, EOFError, TimeoutError)
Line = tuple[int, str]


def lines_of(html: bytes) -> list[Line]:
    """Number and key of each message that stands in a piece of a page; notes have no key and are left out."""
    found = ((int(number), KEY.search(rest)) for number, rest in LINE.findall(html))
    return [(number, key[1].decode()) for number, key in found if key]


class Page:
    """One person's page of one conversation.

    Args:
        port: of the server.
        pool: the connections for its questions.
        talk: key of the conversation.
        session: of whoever reads.
    """

    def __init__(self, port: int, pool: Pool, talk: int, session: str) -> None:
        self.pool, self.talk, self.session = pool, talk, session
        self.stream = Stream(port, session)
        self.lines: list[Line] = []
        self.changes = self.highest = self.reconnects = 0
        self.fresh = asyncio.Event()
        self.moved = asyncio.Event()

    async def begin(self) -> None:
        """Open the page, and its line."""
        _status, _head, body = await self._get(f"/messages/{self.talk}/")
        self.lines, self.changes = lines_of(body), int(CHANGES.findall(body)[0])
        self.highest = max((int(number) for number, _rest in LINE.findall(body)), default=0)
        await self.stream.open()
        self.fresh.set()

    async def listen(self) -> None:
        """Wait for word of the conversation; a line that broke is opened again, from where it broke."""
        while True:
            async for name in self.stream.events():
                if name in (f"talk-{self.talk}", "reset"):
                    self.fresh.set()
            self.reconnects += 1
            opened = False
            while not opened:
                opened = await self._opened()

    async def _opened(self) -> bool:
        try:
            async with asyncio.timeout(SECONDS):
                await self.stream.open()
        except BROKEN:
            await asyncio.sleep(AGAIN)
            return False
        return True

    async def follow(self) -> None:
        """Look at each word about it, one question at a time; a question without an answer is asked again."""
        while True:
            await self.fresh.wait()
            self.fresh.clear()
            if not await self.look():
                await asyncio.sleep(AGAIN)
                self.fresh.set()
            self.moved.set()

    async def look(self) -> bool:
        """Ask for what changed, and put it where it belongs. False when nobody answered."""
        path = f"/messages/{self.talk}/since/{self.changes}/?from=1&to={self.highest}&tail=1&way=talk"
        try:
            status, head, body = await self._get(path)
        except BROKEN:
            return False
        if status == HTTPStatus.NO_CONTENT:
            self.lines = await self.whole()
            self.changes = max(self.changes, self.highest)
        elif status == HTTPStatus.OK:
            self.put(body)
            self.changes = int(CHANGES.findall(head)[0])
        return status < HTTPStatus.BAD_REQUEST

    def put(self, body: bytes) -> None:
        """Put each part of an answer in its place, as the page does, which does not ask whether it is there."""
        for target, part in PART.findall(body):
            if target == b"talk-list":
                self.lines += lines_of(part)
                self.highest = max([self.highest, *(int(number) for number, _rest in LINE.findall(part))])
            elif target.startswith(b"m") and (again := lines_of(part)):
                self.lines = [again[0] if number == again[0][0] else (number, key) for number, key in self.lines]

    async def whole(self) -> list[Line]:
        """What the page says when it is fetched anew, stretch by stretch from the beginning."""
        found: list[Line] = []
        after = 1
        while True:
            body = await self._surely(f"/messages/{self.talk}/?after={after}&part=1")
            if not (more := [line for line in lines_of(body) if line[0] > after]):
                return found
            found += more
            after = self.highest = found[-1][0]

    async def reaches(self, number: int) -> None:
        """Returns once the message with this number stands there."""
        while not self.lines or self.lines[-1][0] < number:
            self.moved.clear()
            await self.moved.wait()

    async def _surely(self, path: str) -> bytes:
        """What stands at an address; asked for again until somebody says it."""
        while True:
            with contextlib.suppress(*BROKEN):
                status, _head, body = await self._get(path)
                if status == HTTPStatus.OK:
                    return body
            await asyncio.sleep(AGAIN)

    async def _get(self, path: str) -> tuple[int, bytes, bytes]:
        async with asyncio.timeout(SECONDS):
            return await self.pool.get(path, self.session)
