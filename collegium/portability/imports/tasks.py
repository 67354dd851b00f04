"""What happens to an import in the background: it is read, in a queue of its own; what was abandoned is swept."""

import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from collegium.career.document import Header
from collegium.lib import clock, ids
from collegium.lib.logs import logger
from collegium.members.models import Member
from collegium.portability.correspondence import judging
from collegium.portability.imports import arriving, comparing
from collegium.portability.imports.gathering import Piece, RefusedError, gather
from collegium.portability.imports.models import Import
from collegium.portability.imports.staging import stage
from collegium.portability.imports.words import FAULT
from collegium.realtime.poke import poke

log = logger("collegium.portability.imports")
TOPIC = "import"
BETWEEN = 0.5
ATTEMPTS = 3
KEPT = timedelta(hours=24)
# Of the worker's hands, so many at once hold an archive; notifications go on beside.
LANES = 2


class CancelledError(Exception):
    """Its owner does not want it any more."""


class Telling:
    """Writes down how far the reading is, twice a second at most, and has the page look."""

    def __init__(self, key: int, member: int) -> None:
        self._key, self._member, self._last = key, member, 0.0

    def __call__(self, done: int, total: int) -> None:
        """Say it, unless it was said a moment ago.

        Raises:
            CancelledError: nobody waits for it.
        """
        now = time.monotonic()
        if now - self._last < BETWEEN:
            return
        self._last = now
        with transaction.atomic():
            rows = Import.objects.filter(pk=self._key, state=Import.State.READING)
            if not rows.update(done=min(done, total), total=total):
                raise CancelledError
            poke([self._member], TOPIC)


@app.task(
    name="portability.read_import",
    queue="imports",
    pass_context=True,
    retry=RetryStrategy(max_attempts=ATTEMPTS - 1, wait=1),
)
def read_import(context: JobContext, key: int) -> None:
    """Read an upload and lay out its review. Doing it again, after a worker was killed, begins anew."""
    try:
        read(key)
    except Exception:
        if context.job.attempts + 1 < ATTEMPTS:
            raise
        log.exception("import could not be read", key=key)
        refuse(key, str(FAULT))


def read(key: int) -> None:
    """The work itself."""
    row = Import.objects.filter(pk=key, state=Import.State.READING).select_related("member").first()
    if row is None:
        return
    began = time.monotonic()
    try:
        gathered = gather(row.kind, arriving.place_of(key), Telling(key, row.member_id))
    except CancelledError:
        return
    except RefusedError as refused:
        refuse(key, str(refused))
        return
    except FileNotFoundError:
        refuse(key, str(FAULT))
        return
    read_at = time.monotonic()
    judged = comparing.judge(row.member, gathered.pieces)
    gathered.letters.settle(*_names(row.member, gathered.pieces))
    judged += judging.talks(row.member, gathered.letters)
    with transaction.atomic():
        if stage(key, gathered, judged):
            poke([row.member_id], TOPIC)
    arriving.place_of(key).unlink(missing_ok=True)
    rows = len(judged) + len(gathered.people) + len(gathered.letters.rows)
    log.info("import read", key=key, rows=rows, reading=read_at - began, staging=time.monotonic() - read_at)


def _names(member: Member, pieces: Sequence[Piece]) -> Iterator[str]:
    """What the owner is called in the archive; here, where it does not say."""
    said = [piece.thing.name for piece in pieces if isinstance(piece.thing, Header) and piece.thing.name]
    yield from said or [member.name]


def refuse(key: int, reason: str) -> None:
    """Say why it is not taken; its file goes at once."""
    with transaction.atomic():
        rows = Import.objects.filter(pk=key, state=Import.State.READING)
        if rows.update(state=Import.State.REFUSED, reason=reason[:600], finished_at=clock.now()):
            poke(list(Import.objects.filter(pk=key).values_list("member", flat=True)), TOPIC)
    arriving.place_of(key).unlink(missing_ok=True)


@app.task(name="portability.sweep_imports", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Let go of imports that nobody finished within a day, and of files that belong to none."""
    old = ids.floor_at(clock.now() - KEPT)
    Import.objects.filter(pk__lt=old).exclude(state=Import.State.DONE).delete()
    reading = Import.objects.filter(state=Import.State.READING).values_list("pk", flat=True)
    needed = {arriving.place_of(key).name for key in reading}
    for path in arriving.folder().glob("*.upload"):
        if path.name not in needed and time.time() - path.stat().st_mtime > 3600:
            path.unlink(missing_ok=True)
