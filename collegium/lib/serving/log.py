"""One line for each request, and an id that ties together all lines of one request."""

import re
import secrets
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from collegium.lib.logs import logger

log = logger("collegium.requests")
# One-time links carry their secret in the path; no log keeps such a segment.
SECRET = re.compile(r"[^/]{24,}")
LONGEST_PATH = 200
QUIET = ("/static/", "/healthz", "/readyz")
FAILED = b"Something went wrong on our side. The operator finds it in the log under the id in X-Request-Id.\n"


class RequestLog:
    """Wraps an application: gives each request an id, says it in the answer, and logs how the request ended.

    Whoever answers may leave the member's id as `scope["state"]["member"]`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0
        request_id = secrets.token_hex(8)
        state = scope.setdefault("state", {})
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
                message = {**message, "headers": headers}
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception:
            log.exception("request failed")
            if not status:
                await answer(send_with_id, 500, FAILED)
        finally:
            _tell(scope, status, state.get("member"), time.perf_counter() - began)


def _tell(scope: Scope, status: int, member: int | None, seconds: float) -> None:
    path = scope["path"]
    quiet = path.startswith(QUIET) and status < 500
    facts = {"method": scope["method"], "path": SECRET.sub("…", path[:LONGEST_PATH]), "status": status}
    if member:
        facts["member"] = member
    (log.debug if quiet else log.info)("request", **facts, ms=round(seconds * 1000, 1))


async def answer(send: Send, status: int, words: bytes, *more: tuple[bytes, bytes]) -> None:
    """Send a short plain answer."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
