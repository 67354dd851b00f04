"""`/stream/`: one line per open page, on which the server says "look again at this", and never what is to be seen.

    event: notifications          the page sends itself poke:notifications
    id: 1795348800123            where to go on after a break (Last-Event-ID)
    data:

`reset` means look at everything, `bye` that nobody is signed in here any more. A page that may not have a line now is
told so in the same language (`retry:` and the end), because browsers never come back after an answer that is not 200.
"""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from collegium.lib.serving.origin import is_ours
from collegium.realtime.hub import Hub
from collegium.realtime.inbox import Stream, come_back
from collegium.realtime.poke import BYE
from collegium.realtime.sessions import holders

HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "private, no-store",
    "Vary": "Cookie",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STUCK = 30.0
"""Seconds after which a page that does not take what it is told counts as gone."""
SOON, LATER = 1.0, 20.0
_KEPT = "line"

_hub: Hub | None = None


def hub() -> Hub:
    """The hub of this process; made by the first stream, and anew when the loop is another one (in tests)."""
    global _hub  # noqa: PLW0603 - there is one of it in a process, as there is one event loop
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub


async def endpoint(request: Request) -> Response:
    """Open a line for the member signed in here; whoever is not hears `bye`, and what is no page gets 204."""
    if not is_ours(request):
        return Response(status_code=403)
    session = request.cookies.get(settings.SESSION_COOKIE_NAME, "")
    after = request.headers.get("last-event-id")
    here = hub()
    if here.closing:
        return _Words(come_back(SOON))
    try:
        member = (await here.ask(holders, [session])).get(session) if session else None
        return await _open(here, Line(here, member, session), after) if member else _nobody(request)
    except (DatabaseError, InterfaceError, RuntimeError):  # RuntimeError: the hub was closed meanwhile.
        return _Words(come_back(SOON))


async def _open(here: Hub, line: "Line", after: str | None) -> Response:
    try:
        room = await here.join(line, _moment(after))
    except BaseException:
        here.leave(line)
        raise
    return _Opened(line) if room else _Words(come_back(LATER))


def _nobody(request: Request) -> Response:
    """Only pages of members open a line: one whose session is over learns it, and leads to the sign-in."""
    if "text/event-stream" in request.headers.get("accept", ""):
        return _Words(f"event: {BYE}\ndata:\n\n".encode())
    return Response(status_code=204, headers=HEADERS)


def shutdown() -> None:
    """End all streams of this process soon; may be called from any thread and from a signal handler."""
    if _hub is not None and not _hub.loop.is_closed():
        _hub.loop.call_soon_threadsafe(_hub.close)


async def closing(patience: float = 2.0) -> None:
    """End all streams of this process and wait until they have ended; for the end of the application's life.

    Args:
        patience: seconds to wait at most.
    """
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        return
    _hub.close()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience):
            await _hub.closed()


def _moment(after: str | None) -> datetime | None:
    """Until when the page knows everything. What is none of ours knows nothing."""
    if after is None:
        return None
    nothing = datetime.fromtimestamp(0, UTC)
    if not (after.isascii() and after.isdecimal() and len(after) <= 14):
        return nothing
    moment = datetime.fromtimestamp(int(after) / 1000, UTC)
    return moment if moment < datetime.now(UTC) + timedelta(minutes=1) else nothing


def _opening() -> Message:
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    return {"type": "http.response.start", "status": 200, "headers": headers}


class _Words(Response):
    """A stream that says one thing and ends."""

    def __init__(self, words: bytes) -> None:
        super().__init__(words, headers=HEADERS)


class _Opened(Response):
    """The beginning of a line that lasts; `keeping` takes it over from here."""

    def __init__(self, line: "Line") -> None:
        self._line = line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the beginning of the answer, and leave the line where `keeping` finds it."""
        try:
            await send(_opening())
        except BaseException:
            self._line.leave()
            raise
        scope.setdefault("state", {})[_KEPT] = self._line


class Line(Stream):
    """A stream that lasts, on the task of its request alone; a second one lives only while there are words to send."""

    __slots__ = ("_holder", "_hub", "_send", "_telling")

    def __init__(self, here: Hub, member: int, session: str) -> None:
        super().__init__(member, session)
        self._hub = here
        self._send: Send | None = None
        self._holder: asyncio.Task[Any] | None = None
        self._telling: asyncio.Task[None] | None = None

    async def serve(self, receive: Receive, send: Send) -> None:
        """Return when the page is gone, or when the stream has ended and the page was told so."""
        self._holder = asyncio.current_task()
        try:
            self.beat(self._hub.heard)
            await _sent(send, come_back(SOON) + self.take(), more=True)
            self._send = send
            self.stir()
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            if not self.ended or self._telling is not None:
                raise  # Somebody else ends this task, such as a server that stops.
            if self._holder is not None:
                self._holder.uncancel()
        except (OSError, TimeoutError):
            pass
        finally:
            self.leave()

    def leave(self) -> None:
        """Nothing is told any more."""
        self.ended = True
        if self._telling is not None:
            self._telling.cancel()
        self._send = None
        self._hub.leave(self)

    def stir(self) -> None:
        """Send what waits, unless that is being done. What came before `serve` goes with its first words."""
        if self._telling is None and self._send is not None:
            self._telling = self._hub.loop.create_task(self._tell(self._send))

    async def _tell(self, send: Send) -> None:
        try:
            while words := self.take():
                await _sent(send, words, more=True)
            if self.ended:
                await _sent(send, b"", more=False)
        except (OSError, TimeoutError):
            self.ended = True  # The page went away, or stopped listening, while it was told something.
        finally:
            self._telling = None
        if self.ended and self._holder is not None:
            self._holder.cancel()


async def _sent(send: Send, words: bytes, *, more: bool) -> None:
    async with asyncio.timeout(STUCK):
        await send({"type": "http.response.body", "body": words, "more_body": more})


def keeping(app: ASGIApp) -> ASGIApp:
    """Wrap the outermost application: lines that last are kept here, outside of everything that requests pass.

    Whatever is between here and the endpoint stays in memory for as long as it has not returned, for each open page.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        line = scope.get("state", {}).pop(_KEPT, None)
        if line is not None:
            scope.clear()  # The server keeps it until the end, with every header of the request.
            await line.serve(receive, send)

    return answer
