"""The one connection of a process on which the database says which pages should look again."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import psycopg
import structlog
from django.db import connections

from collegium.realtime.poke import CHANNEL

PING = 15.0
"""Seconds without news after which the connection has to prove that it lives."""
PATIENCE = 10.0
LONGEST_PAUSE = 10.0

log = structlog.get_logger(__name__)


class Listener:
    """Listens until it is cancelled; takes a broken connection up again, ever more slowly.

    Args:
        hear: called with each payload.
        caught: awaited whenever a connection has begun to listen; what was said before it may have been missed.
        alive: called with the database's clock at each proof that nothing said so far was missed.
    """

    def __init__(
        self,
        hear: Callable[[str], None],
        caught: Callable[[], Awaitable[None]],
        alive: Callable[[datetime], None],
    ) -> None:
        self._hear = hear
        self._caught = caught
        self._alive = alive
        self.listening = False

    async def run(self) -> None:
        """Never returns."""
        pause = 0.1
        while True:
            try:
                await self._listen()
            except Exception as error:  # noqa: BLE001 - whatever it was, a process that stops listening is worse
                pause = 0.1 if self.listening else min(pause * 2, LONGEST_PAUSE)
                log.warning("stream.listener_lost", error=type(error).__name__, again_in=round(pause, 1))
            finally:
                self.listening = False
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads load, guards nothing

    async def _listen(self) -> None:
        async with asyncio.timeout(PATIENCE):
            connection = await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            self._alive(await _now(connection))
            await self._caught()
            self.listening = True
            while True:
                async for note in connection.notifies(timeout=PING):
                    self._hear(note.payload)
                self._alive(await _now(connection))


async def _now(connection: psycopg.AsyncConnection[Any]) -> datetime:
    """What time the database has; raises when it is not there any more."""
    async with asyncio.timeout(PATIENCE):
        answer = await connection.execute("SELECT clock_timestamp()")
        row = await answer.fetchone()
    assert row is not None  # noqa: S101 - such a SELECT has one row
    return row[0]  # type: ignore[no-any-return]


def _parameters() -> dict[str, Any]:
    """What Django connects with, less what belongs to Django's own cursors."""
    given = connections["default"].get_connection_params()
    return {key: value for key, value in given.items() if key not in {"context", "cursor_factory", "prepare_threshold"}}
