"""One piece on its way to the disk: locked against its twin, synced before it is acknowledged, judged while it comes.

What is acknowledged is `Upload.offset`. The file may hold more than that after a crash; the next piece begins by
cutting that off, so an offset is never more than what is on the disk for good, and a killed process loses nothing that
was acknowledged.
"""

import asyncio
import errno
import fcntl
import os
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _
from starlette.requests import ClientDisconnect, Request

from collegium.uploads.desk import desk
from collegium.uploads.headers import CHECKSUMS, Checksum, Refused
from collegium.uploads.models import Upload

# What is gathered before a thread writes it.
GATHERED = 1 << 20
# After so much, or so long, what came is synced and acknowledged, and the sender judged again.
CHECKPOINT_BYTES, CHECKPOINT_SECONDS = 8 << 20, 5.0
# A sender from whom nothing comes for so long is gone; no piece takes longer than that.
SILENCE, LONGEST = 30.0, 3600.0
CLOSED = -1

# Judges the sender again and moves the offset to this; raises `Refused` when she may not go on.
Acknowledge = Callable[[int], Awaitable[None]]


class Place:
    """The file of an upload, open and locked. All of its methods are run in a thread, one at a time.

    A request that is broken off leaves its last write to its thread; closing waits for that one, and later ones fail.
    """

    def __init__(self, upload: Upload) -> None:
        self._one = threading.Lock()
        try:
            self._handle = os.open(upload.path, os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:
            raise Refused(410, _("This upload is no longer here. Please choose the file again.")) from None
        try:
            # Across processes, and let go by the kernel when one of them is killed.
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._handle)
            raise Refused(423, _("Another piece of this file is just arriving.")) from None

    def begin(self, offset: int) -> None:
        """Cut off what was never acknowledged."""
        with self._open() as handle:
            os.ftruncate(handle, offset)
            os.lseek(handle, offset, os.SEEK_SET)

    def write(self, data: bytes, digest: Any) -> None:
        """Add to it."""
        with self._open() as handle:
            if digest is not None:
                digest.update(data)
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]

    def sync(self) -> None:
        """On the disk for good when this returns."""
        with self._open() as handle:
            os.fsync(handle)

    def close(self) -> None:
        """Unlock it too."""
        with self._open() as handle:
            self._handle = CLOSED
            os.close(handle)

    @contextmanager
    def _open(self) -> Iterator[int]:
        with self._one:
            if self._handle == CLOSED:
                raise OSError(errno.EBADF, "closed")
            yield self._handle


class Piece:
    """One body that is appended to one upload.

    Args:
        place: of the upload, locked.
        upload: as it stands since then.
        acknowledge: moves the offset.
        checksum: what the body must amount to; nothing of it is acknowledged before its end then.
    """

    def __init__(self, place: Place, upload: Upload, acknowledge: Acknowledge, checksum: Checksum | None) -> None:
        self._place, self._upload, self._acknowledge, self._checksum = place, upload, acknowledge, checksum
        self._digest = CHECKSUMS[checksum.algorithm]() if checksum else None
        self._written = upload.offset
        self._seen, self._at = upload.offset, time.monotonic()

    async def take(self, request: Request) -> None:
        """Write the body down, as far as it comes; what came of a body that breaks off is acknowledged as well.

        Raises:
            Refused: it is longer than the file, too slow, not what it was said to be, or its sender may not go on.
        """
        try:
            await desk.work(self._place.begin, self._upload.offset)
            await self._read(request)
            if self._digest is not None and self._checksum and self._digest.digest() != self._checksum.digest:
                raise Refused(460, _("This piece was changed on its way. Please send it again."))
            await self._sync()
        except OSError as error:
            raise Refused(507, _("There is not enough room for large files here at the moment.")) from error

    async def _read(self, request: Request) -> None:
        try:
            async with asyncio.timeout(LONGEST) as limit, desk.listed(limit):
                async for data in _gathered(request):
                    await self._write(data)
        except ClientDisconnect:
            await self._keep()
            raise
        except TimeoutError:
            await self._keep()
            raise Refused(408, _("Nothing came for a while. Please go on from where it stopped.")) from None

    async def _write(self, data: bytes) -> None:
        if self._written + len(data) > self._upload.length:
            await self._keep()
            raise Refused(413, _("This is more than the file was said to have."))
        await desk.work(self._place.write, data, self._digest)
        self._written += len(data)
        enough = self._written - self._seen >= CHECKPOINT_BYTES or time.monotonic() - self._at >= CHECKPOINT_SECONDS
        if enough and self._checksum is None:
            await self._sync()
        elif enough:
            await self._judge()

    async def _keep(self) -> None:
        """What came before the end came is not sent again, unless only the end would have shown that it is right."""
        if self._checksum is None:
            await self._sync()

    async def _sync(self) -> None:
        await desk.work(self._place.sync)
        await self._acknowledge(self._written)
        self._seen, self._at = self._written, time.monotonic()

    async def _judge(self) -> None:
        """The sender once more, without moving anything."""
        await self._acknowledge(self._upload.offset)
        self._seen, self._at = self._written, time.monotonic()


async def _gathered(request: Request) -> AsyncIterator[bytes]:
    """The body in pieces worth a write; a sender who stops in the middle leaves what came before."""
    held = bytearray()
    stream = request.stream().__aiter__()
    try:
        while True:
            async with asyncio.timeout(SILENCE):
                data = await anext(stream)
            held += data
            if len(held) >= GATHERED:
                yield bytes(held)
                held.clear()
    except StopAsyncIteration:
        if held:
            yield bytes(held)
    except (ClientDisconnect, TimeoutError):
        if held:
            yield bytes(held)
        raise
