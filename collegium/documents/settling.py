"""Putting files on the shelf once their posts stand, and clearing away what no row carries.

Within the transaction that posts, a row alone is written: a post that is taken back leaves no file behind. What was
interrupted between the two is made up for by the clock; what was never posted goes with the uploads.
"""

from datetime import timedelta

from django.db import transaction

from collegium.documents.models import Document, GoneFile
from collegium.lib import clock, ids
from collegium.media import clearing, keeping
from collegium.uploads import taking
from collegium.uploads.models import Upload

LOST = timedelta(hours=1)
BATCH = 200


def settle(key: int) -> bool:
    """Put one file on the shelf. False where it is there already, or nothing came in for it."""
    kept = ""
    try:
        with transaction.atomic():
            row = Document.objects.select_for_update().arriving().filter(pk=key).first()
            upload = Upload.objects.filter(key=row.upload).first() if row is not None else None
            if row is None or upload is None or not upload.path.exists():
                return False
            # What it is called stands in its row; where it lies, no ending tells anybody what to do with it.
            kept = keeping.keep(upload.path, ".bin")
            row.stored, row.upload = kept, ""
            row.save(update_fields=["stored", "upload"])
            taking.drop(upload)
    except BaseException:
        keeping.remove(kept)
        raise
    return True


def again() -> None:
    """What was interrupted is put there now; of what nothing came in, the row goes."""
    for key in list(Document.objects.arriving().order_by("pk").values_list("pk", flat=True)[:BATCH]):
        settle(key)
    Document.objects.arriving().filter(pk__lt=ids.floor_at(clock.now() - LOST)).delete()


def clear() -> None:
    """Delete the files of all rows that are gone."""
    clearing.clear(GoneFile.objects.all(), _needed, keeping.remove)


def _needed(names: list[str]) -> set[str]:
    return set(Document.objects.filter(stored__in=names).values_list("stored", flat=True))
