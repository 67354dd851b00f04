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

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

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
LONGEST = 3600.0
"""Seconds after which a page is asked to come back, so that lines spread over the processes again."""
STUCK = 30.0
"""Seconds after which a page that does not take what it is told counts as gone."""
SOON, LATER = 1.0, 20.0

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
        return await _open(here, Stream(member, session), after) if member else _nobody(request)
    except (DatabaseError, InterfaceError, RuntimeError):  # RuntimeError: the hub was closed meanwhile.
        return _Words(come_back(SOON))


async def _open(here: Hub, stream: Stream, after: str | None) -> Response:
    try:
        room = await here.join(stream, _moment(after))
    except BaseException:
        here.leave(stream)
        raise
    return _Line(here, stream) if room else _Words(come_back(LATER))


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


class _Line(Response):
    """A stream that lasts. Not Starlette's own, which keeps a task group and a generator for each."""

    def __init__(self, here: Hub, stream: Stream) -> None:
        self._hub = here
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what waits, whenever something does, until either side ends it."""
        stream = self._stream
        gone = asyncio.ensure_future(_gone(receive, stream))
        tired = self._hub.loop.call_later(LONGEST, stream.end)
        try:
            stream.beat(self._hub.heard)
            await send(_opening())
            await send(_part(come_back(SOON)))
            while True:
                await stream.ready.wait()
                stream.ready.clear()
                if words := stream.take():
                    async with asyncio.timeout(STUCK):
                        await send(_part(words))
                if stream.ended:
                    break
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (OSError, TimeoutError):
            pass  # The page went away, or stopped listening, while it was told something.
        finally:
            tired.cancel()
            gone.cancel()
            self._hub.leave(stream)


def _part(words: bytes) -> Message:
    return {"type": "http.response.body", "body": words, "more_body": True}


async def _gone(receive: Receive, stream: Stream) -> None:
    """Wait until the page is gone."""
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        stream.end()
