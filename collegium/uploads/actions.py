"""The verbs of uploads: beginning one, going on with it, letting it go."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal, require
from collegium.lib.serving.wide import SPARE
from collegium.members.models import Member
from collegium.uploads import places, rules
from collegium.uploads.models import Upload
from collegium.uploads.purposes import Purpose

# What one member may have waiting; one more takes the place of what she left alone for longest.
MOST_WAITING = 12
MOST_BYTES_WAITING = 2 << 30
# What somebody is just sending is not taken from under her.
IN_USE = timedelta(minutes=2)


class NoRoom(Conflict):
    """The disk is too full for a file of this length."""


@transaction.atomic
def begin(owner: Member, purpose: Purpose, name: str, length: int) -> Upload:
    """Make room for a file that is about to come.

    Raises:
        Refusal: such a file is not taken.
        Conflict: too much of hers is on its way already.
        NoRoom: the disk is too full.
    """
    require(rules.may_upload(owner))
    if problem := purpose.problem_of(name, length):
        raise Refusal(problem)
    # One at a time for each member, so that two beginnings do not both see the last place free.
    Member.objects.select_for_update(no_key=True).get(pk=owner.pk)
    _clear_for(owner, length)
    _require_disk(length)
    key = places.make()
    try:
        row = Upload.objects.create(owner=owner, key=key, purpose=purpose.name, name=name, length=length)
        record("uploads.begun", actor=owner, subject=row)
    except BaseException:
        places.remove(key)
        raise
    return row


def _clear_for(owner: Member, length: int) -> None:
    """Let go what was left alone for longest, until one more fits."""
    mine = list(Upload.objects.select_for_update().filter(owner=owner).order_by("-touched_at", "-pk"))
    kept, size = 0, length
    idle = clock.now() - IN_USE
    for row in mine:
        if kept + 1 < MOST_WAITING and size + row.length <= MOST_BYTES_WAITING:
            kept, size = kept + 1, size + row.length
        elif row.touched_at < idle:
            let_go(row)
        else:
            raise Conflict(_("Several large files of yours are on their way already. Please wait for one of them."))


def _require_disk(length: int) -> None:
    """Room for this file, for what is still to come of all others, and for the database beside them."""
    awaited = Upload.objects.aggregate(left=Sum(F("length") - F("offset")))["left"] or 0
    if places.free() < SPARE + int(awaited) + length:
        raise NoRoom(_("There is not enough room for large files here at the moment. The operator can make some."))


def advance(row: Upload, offset: int) -> bool:
    """Acknowledge bytes that are on the disk for good; False when the upload is gone or went on without us."""
    now = clock.now()
    moved = Upload.objects.filter(pk=row.pk, offset=row.offset).update(offset=offset, touched_at=now)
    if moved:
        row.offset, row.touched_at = offset, now
    return bool(moved)


@transaction.atomic
def drop(row: Upload, *, by: Member) -> None:
    """Let a file go that its sender does not want to send any more."""
    require(row.owner_id == by.pk)
    let_go(row)
    record("uploads.dropped", actor=by, subject=row.pk)


def let_go(row: Upload) -> None:
    """The row goes now, its file when that is certain."""
    key = row.key
    Upload.objects.filter(pk=row.pk).delete()
    transaction.on_commit(lambda: places.remove(key))
