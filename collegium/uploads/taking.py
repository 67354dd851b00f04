"""What other rooms do with a file that has come in: find it whole, and let it go once they have what they need.

upload = taking.whole(author, key, "video")
name = keeping.keep(upload.path, ".mp4")
taking.drop(upload)
"""

import os

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.uploads import actions, places
from collegium.uploads.models import NAME_LIMIT, Upload
from collegium.uploads.purposes import purposes


def whole(owner: Member, key: str, purpose: str) -> Upload:
    """The file with this key, when it is there and complete; locked for the rest of a transaction.

    Args:
        owner: whose it must be.
        key: as it came with the form; anything a stranger may send.
        purpose: what it must have been sent for.

    Raises:
        Refusal: it is not there, not hers, not for this, or not whole; with a sentence for her.
    """
    known = places.KEY.fullmatch(key) is not None
    rows = Upload.objects.filter(owner=owner, key=key, purpose=purpose) if known else Upload.objects.none()
    if transaction.get_connection().in_atomic_block:
        rows = rows.select_for_update()
    row = rows.first()
    if row is None or not row.path.exists():
        raise Refusal(_("This file is no longer here. Please choose it again."))
    if not row.is_whole:
        raise Refusal(_("This file has not arrived completely. Please wait for it, or choose it again."))
    return row


def drop(upload: Upload) -> None:
    """The row goes now, and the file when the transaction holds; one that is taken back leaves both."""
    with transaction.atomic():
        actions.let_go(upload)


def take_in(owner: Member, file: UploadedFile, purpose: str) -> Upload:
    """A file that came with a form all at once, put where the others lie.

    Raises:
        Refusal, Conflict: it is not taken, with a sentence.
    """
    row = actions.begin(owner, purposes[purpose], plain_name(file.name or ""), file.size or 0)
    with row.path.open("r+b") as out:
        for chunk in file.chunks():
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    actions.advance(row, row.length)
    return row


def plain_name(given: str) -> str:
    """The name of a file without any folders before it and anything one cannot see; its ending stays."""
    last = given.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable()).strip()
    stem, dot, ending = kept.rpartition(".")
    if len(kept) <= NAME_LIMIT or not dot or len(ending) > 10:
        return kept[:NAME_LIMIT]
    return f"{stem[: NAME_LIMIT - 1 - len(ending)]}.{ending}"
