"""Deleting the files of pictures whose rows are gone."""

from django.db import transaction

from collegium.media.storage import discard
from collegium.pictures.models import Gone, Picture

BATCH = 100


def clear() -> None:
    """Delete the files of everything that is gone; run twice or at once by two workers, it does the same."""
    while _clear_some():
        pass


@transaction.atomic
def _clear_some() -> int:
    """One batch: the rows stay locked until their files are deleted, and stay there when that fails."""
    rows = list(Gone.objects.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    keys = {row.key for row in rows}
    # A row that was put back by hand still needs its files.
    for key in keys - set(Picture.objects.filter(key__in=keys).values_list("key", flat=True)):
        discard(key)
    Gone.objects.filter(pk__in=keys).delete()
    return len(rows)
