"""Questions to the database and the disk from the asynchronous side, in a few threads that are not Django's."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

from django.db import connections
from django.utils.translation import gettext as _

from collegium.uploads.headers import Refused

T = TypeVar("T")

# Pieces that arrive at once in this process, of one member and altogether.
MOST_EACH, MOST = 3, 64


class Desk:
    """The threads of one process. A sender holds one of them for milliseconds, and none while her line is slow."""

    def __init__(self) -> None:
        self._questions = ThreadPoolExecutor(2, "uploads-db")
        self._writers = ThreadPoolExecutor(4, "uploads-disk")
        self._sending: Counter[int] = Counter()
        self._limits: set[asyncio.Timeout] = set()

    async def ask(self, question: Callable[..., T], *arguments: object) -> T:
        """Run a function that uses the database; its connection goes back to the pool."""

        def answer() -> T:
            try:
                return question(*arguments)
            finally:
                connections.close_all()

        return await asyncio.get_running_loop().run_in_executor(self._questions, answer)

    async def work(self, job: Callable[..., T], *arguments: object) -> T:
        """Run a function that uses the disk."""
        return await asyncio.get_running_loop().run_in_executor(self._writers, job, *arguments)

    @contextmanager
    def admitted(self, member: int) -> Iterator[None]:
        """Within, a piece of this member's may arrive."""
        if self._sending[member] >= MOST_EACH:
            raise Refused(429, _("Several files of yours are on their way already."), Retry_After="5")
        if self._sending.total() >= MOST:
            raise Refused(503, _("Others are sending large files at this moment."), Retry_After="10")
        self._sending[member] += 1
        try:
            yield
        finally:
            self._sending[member] -= 1
            if not self._sending[member]:
                del self._sending[member]

    @asynccontextmanager
    async def listed(self, limit: asyncio.Timeout) -> AsyncIterator[None]:
        """Within, this piece is ended when the process ends; what came of it stays."""
        self._limits.add(limit)
        try:
            yield
        finally:
            self._limits.discard(limit)

    def hang_up(self) -> None:
        """End all pieces that are on their way; called in their loop."""
        for limit in self._limits:
            limit.reschedule(asyncio.get_running_loop().time())

    def close(self) -> None:
        """Let the threads go."""
        self._questions.shutdown(wait=False, cancel_futures=True)
        self._writers.shutdown(wait=False, cancel_futures=True)


desk = Desk()
