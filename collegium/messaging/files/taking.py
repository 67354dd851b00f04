"""A file that came in becomes one that waits for its message: its owner's alone, and forgotten after a day."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from collegium.lib.refusal import require
from collegium.media import keeping, kinds
from collegium.members.models import Member
from collegium.messaging.files import pictures, voice
from collegium.messaging.models import Attachment
from collegium.messaging.models.files import FILE_NAME_LIMIT
from collegium.messaging.stored import forget
from collegium.uploads import taking
from collegium.uploads.models import Upload

PURPOSE = "message"
# What one may have waiting; one more takes the place of the oldest.
MOST_WAITING = 30


def take_sent(owner: Member, key: str, *, spoken: bool = False) -> Attachment:
    """A file that was sent ahead in pieces.

    Raises:
        Refusal: it is not taken, with a sentence; it is not kept either.
    """
    return _take(owner, taking.whole(owner, key, PURPOSE), spoken=spoken)


def take_along(owner: Member, file: UploadedFile) -> Attachment:
    """A file that came with a plain form.

    Raises:
        Refusal, Conflict: it is not taken, with a sentence.
    """
    return _take(owner, taking.take_in(owner, file, PURPOSE))


def _take(owner: Member, upload: Upload, *, spoken: bool = False) -> Attachment:
    """Look at it, keep what comes of it, and let go what came."""
    require(owner.is_active)
    kept: list[str] = []
    try:
        values = _made(upload, kept, spoken=spoken)
        with transaction.atomic():
            row = Attachment.objects.create(owner=owner, **values)
            _make_room(owner)
    except BaseException:
        for name in kept:
            keeping.remove(name)
        raise
    finally:
        taking.drop(upload)
    return row


def _made(upload: Upload, kept: list[str], *, spoken: bool) -> dict[str, Any]:
    """The values of its row; the names of the files that were kept for it are added to `kept`."""

    def keep(file: Path | bytes, ending: str) -> str:
        kept.append(keeping.keep(file, ending))
        return kept[-1]

    name = upload.name[:FILE_NAME_LIMIT]
    values: dict[str, Any]
    if spoken:
        made = voice.make(upload.path)
        values = {"kind": Attachment.Kind.VOICE, "name": voice.NAME, "content_type": voice.CONTENT_TYPE}
        values |= {"stored": keep(made.content, voice.ENDING), "size": len(made.content)}
        return values | {"seconds": made.seconds, "peaks": made.peaks}
    if kinds.ending_of(name) in kinds.PICTURES:
        drawn = pictures.draw(upload.path)
        values = {"kind": Attachment.Kind.PICTURE, "name": name, "content_type": "image/webp"}
        values |= {"stored": keep(drawn.large, ".webp"), "small": keep(drawn.small, ".webp"), "size": len(drawn.large)}
        return values | {"width": drawn.width, "height": drawn.height}
    values = {"kind": Attachment.Kind.FILE, "name": name, "content_type": kinds.believe(name, upload.path)}
    # What it is called stands in its row; where it lies, no ending tells anybody what to do with it.
    return values | {"stored": keep(upload.path, ".bin"), "size": upload.length}


def _make_room(owner: Member) -> None:
    """Only so many wait: the oldest go."""
    mine = Attachment.objects.filter(owner=owner, message=None).order_by("-pk").values_list("pk", flat=True)
    if old := list(mine[MOST_WAITING:]):
        forget(Attachment.objects.filter(pk__in=old, message=None))
