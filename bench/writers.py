"""Somebody who writes as the browser's outbox does: the same key again and again, until the server has it."""

import asyncio
import re
import uuid
from collections.abc import Callable
from http import HTTPStatus

from bench.lines import Pool

SAID = re.compile(rb"\r\ntalk-said: (\d+)")
SECONDS = 20.0
AGAIN = 0.3


class Writer:
    """One person in one conversation.

    Args:
        pool: the connections for what is sent.
        talk: key of the conversation.
        session: of whoever writes.
    """

    def __init__(self, pool: Pool, talk: int, session: str) -> None:
        self.pool, self.talk, self.session = pool, talk, session
        self.acknowledged: dict[str, int] = {}
        self.retried = 0

    async def write(self, count: int, heard: Callable[[], None]) -> None:
        """Say so many things, one after the other; `heard` is called at each that the server has."""
        for _each in range(count):
            key, number = uuid.uuid4(), 0
            while not number:
                number = await self._said(key)
                await asyncio.sleep(0 if number else AGAIN)
            self.acknowledged[key.hex] = number
            heard()

    async def _said(self, key: uuid.UUID) -> int:
        """The number it got, or 0 when it has to be sent again.

        Raises:
            ValueError: it was refused for good.
        """
        body = f"text=the+plan+reads+well+key-{key.hex}&key={key}".encode()
        try:
            async with asyncio.timeout(SECONDS):
                status, head, _body = await self.pool.post(f"/messages/{self.talk}/messages/", self.session, body)
        except (OSError, EOFError, TimeoutError):
            self.retried += 1
            return 0
        if status == HTTPStatus.NO_CONTENT:
            return int(SAID.findall(head)[0])
        # Somebody in several groups may be told to wait: only what got no answer counts as sent again.
        self.retried += status >= HTTPStatus.INTERNAL_SERVER_ERROR
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
            return 0
        raise ValueError(status)
