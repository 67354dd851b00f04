"""The end of an answer that is a file: sent by the web server itself where it can, else in pieces."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Executor

from starlette.types import Message, Receive, Scope, Send

from collegium.lib.logs import logger
from collegium.lib.serving.handing import HEADER, KEY, File, Handing

log = logger("collegium.files")
# A reader who takes nothing for so long is gone.
STUCK = 60.0
PATHSEND = "http.response.pathsend"
MARK = HEADER.lower().encode()


class Leaving:
    """Passes an answer on; holds back the empty body of one that left a file, until `finish` sends that.

    Args:
        threads: where pieces are read.
        scope: of the request; gets the place to leave a file in.
        send: to the reader.
    """

    def __init__(self, threads: Executor, scope: Scope, send: Send) -> None:
        self._threads, self._scope, self._send = threads, scope, send
        self._handing = scope[KEY] = Handing()
        self._file: File | None = None

    async def __call__(self, message: Message) -> None:
        """Pass on what the application says."""
        if message["type"] == "http.response.start":
            said = [each for each in message["headers"] if each[0] == MARK]
            if said:
                # An answer that was put in the place of the view's, after an error, has no mark.
                self._file = self._handing.file
                message = {**message, "headers": [each for each in message["headers"] if each[0] != MARK]}
            await self._send(message)
        elif self._file is None:
            await self._send(message)

    async def finish(self, receive: Receive) -> None:
        """Send the file, when one was left.

        Args:
            receive: tells when the reader is gone; sending to somebody who is does not always fail.
        """
        file = self._file
        if file is None:
            return
        if file.path and PATHSEND in (self._scope.get("extensions") or {}):
            await self._send({"type": PATHSEND, "path": file.path})
            return
        try:
            await self._send_pieces(file, receive)
        except (OSError, TimeoutError) as error:
            # The length was announced: a reader sees that the rest is missing when the connection ends.
            log.warning("file broke off", error=type(error).__name__)
            raise

    async def _send_pieces(self, file: File, receive: Receive) -> None:
        loop, pieces = asyncio.get_running_loop(), file.pieces()
        gone = loop.create_task(_gone(receive))
        try:
            while piece := await loop.run_in_executor(self._threads, _next, pieces):
                if gone.done():
                    return
                async with asyncio.timeout(STUCK):
                    await self._send({"type": "http.response.body", "body": piece, "more_body": True})
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            await loop.run_in_executor(self._threads, _close, pieces)


async def _gone(receive: Receive) -> None:
    """Wait until the reader is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _next(pieces: Iterator[bytes]) -> bytes:
    return next(pieces, b"")


def _close(pieces: Iterator[bytes]) -> None:
    """Its file as well."""
    if close := getattr(pieces, "close", None):
        close()
