"""All open pages of one process: who gets which poke, who still may, who is there."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.db import DatabaseError, InterfaceError, connections

from collegium.realtime import lines
from collegium.realtime.inbox import Stream
from collegium.realtime.listener import Listener
from collegium.realtime.poke import BYE, RESET
from collegium.realtime.sessions import holders

T = TypeVar("T")

MOST = 2_000
MOST_EACH = 10
BEAT = 20
TOUCH = 45
JUDGE = 60
LONGEST = 3600.0
"""Seconds after which a page is asked to come back, so that lines spread over the processes again."""
SETTLE = 2.0
"""Seconds after which a page that begins is told to look at everything: what was being written while its line opened
was written for those whose line was already known."""

log = structlog.get_logger(__name__)


class Hub:
    """The streams of one process and its one listening connection. Lives in the event loop it was made in."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.closing = False
        self.heard = 0
        self.byes = 0
        self._streams: dict[int, set[Stream]] = defaultdict(set)
        self._count = 0
        self._turn = 0
        self._empty = asyncio.Event()
        # Two threads: a thousand pages that come back at once must not take the database from the pages themselves.
        self._threads = ThreadPoolExecutor(2, "stream")
        self.listener = Listener(self._hear, self._caught, self._alive)
        self._tasks = {self.loop.create_task(self.listener.run()), self.loop.create_task(self._keep())}

    def __len__(self) -> int:
        return self._count

    async def ask(self, question: Callable[..., T], *arguments: object) -> T:
        """Run a function that uses the database, outside the loop; its connection goes back to the pool."""

        def answer() -> T:
            try:
                return question(*arguments)
            finally:
                connections.close_all()

        return await self.loop.run_in_executor(self._threads, answer)

    async def join(self, stream: Stream, after: datetime | None) -> bool:
        """Take a stream in, and have it look at what it missed.

        Args:
            stream: of somebody whose session was just judged.
            after: until when the page knows everything; None for a page that was not open before.

        Returns:
            False when there is no room for one more, of this member or altogether.
        """
        if self._count >= MOST or len(self._streams.get(stream.member, ())) >= MOST_EACH:
            return False
        self._streams[stream.member].add(stream)
        self._count += 1
        self._turn += 1
        stream.turn = self._turn % BEAT
        stream.until = self.loop.time() + LONGEST
        byes = self.byes
        made = after or datetime.now(UTC) - timedelta(seconds=15)
        missed = await self.ask(lines.reopen, stream.member, made)
        for topic in missed.topics:
            stream.add(topic)
        if missed.everything:
            self.loop.call_later(SETTLE, stream.add, RESET)
            if after is not None:
                stream.add(RESET)
        if byes != self.byes:
            await self.judge([stream])
        return True

    def leave(self, stream: Stream) -> None:
        """The page is gone. Its line stays known for two minutes, so that it can come back and learn what it missed."""
        if stream in self._streams.get(stream.member, ()):
            self._count -= 1
            self._streams[stream.member].discard(stream)
            if not self._streams[stream.member]:
                del self._streams[stream.member]
        if self.closing and not self._count:
            self._empty.set()

    async def judge(self, streams: Iterable[Stream]) -> None:
        """End those of these streams whose session does not stand any more."""
        asked = list(streams)
        try:
            standing = await self.ask(holders, {stream.session for stream in asked})
        except (DatabaseError, InterfaceError) as error:
            log.warning("stream.judge_failed", error=type(error).__name__)
            for stream in asked:
                if stream.held:
                    stream.end()  # It comes back and is judged then; until that it hears nothing.
            return
        for stream in asked:
            if standing.get(stream.session) == stream.member:
                stream.release()
            else:
                stream.end(bye=True)

    def close(self) -> None:
        """End all streams; none begins any more."""
        self.closing = True
        for stream in self._all():
            stream.end()
        for task in self._tasks:
            task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)
        if not self._count:
            self._empty.set()

    async def closed(self) -> None:
        """Returns once the last stream has ended after `close()`."""
        await self._empty.wait()

    def _all(self) -> list[Stream]:
        return [stream for streams in self._streams.values() for stream in streams]

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _hear(self, payload: str) -> None:
        """Hand out what one transaction poked: "topic milliseconds member,member;topic …"."""
        for word in payload.split(";"):
            topic, moment, members = word.split(" ")
            for member in members.split(","):
                streams = self._streams.get(int(member))
                if topic == BYE:
                    self._doubt(streams or ())
                elif streams:
                    for stream in streams:
                        stream.add(topic, int(moment))

    def _doubt(self, streams: Iterable[Stream]) -> None:
        """A session may have ended: nothing more is told before that is clear."""
        self.byes += 1
        doubtful = list(streams)
        for stream in doubtful:
            stream.hold()
        if doubtful:
            self._start(self.judge(doubtful))

    async def _caught(self) -> None:
        """Listening has begun: what was said before may have been missed, byes too."""
        self.byes += 1
        streams = self._all()
        if streams:
            await self.ask(lines.touch, list(self._streams))
            for stream in streams:
                stream.add(RESET)
            await self.judge(streams)

    def _alive(self, moment: datetime) -> None:
        self.heard = max(self.heard, int(moment.timestamp() * 1000))

    async def _keep(self) -> None:
        """Once a second: a twentieth of the streams beat; now and then lines are renewed and sessions judged."""
        second = 0
        while True:
            await asyncio.sleep(1)
            second += 1
            heard = self.heard if self.listener.listening else 0
            for stream in self._all():
                if stream.turn == second % BEAT:
                    stream.beat(heard)
                    if stream.until < self.loop.time():
                        stream.end()
            if second % TOUCH == 0 and self._streams:
                self._start(self._touch())
            if second % JUDGE == 0 and self._streams:
                self._start(self.judge(self._all()))

    async def _touch(self) -> None:
        try:
            await self.ask(lines.touch, list(self._streams))
        except (DatabaseError, InterfaceError) as error:
            log.warning("stream.touch_failed", error=type(error).__name__)
