"""The files behind attachments: gone from the shelf once no row carries them.

What a verb takes away goes at once; what went with something else (a member, a conversation) was noted by a trigger and
goes by the clock.
"""

from functools import partial

from django.db import transaction
from django.db.models import Q

from collegium.media import clearing
from collegium.media.keeping import remove
from collegium.messaging.models.files import Attachment, AttachmentQuerySet, GoneFile


def forget(rows: AttachmentQuerySet) -> int:
    """Delete attachments, and what they stored once that is certain. Returns how many."""
    names = [name for pair in rows.values_list("stored", "small") for name in pair if name]
    gone, _rows = rows.delete()
    for name in names:
        transaction.on_commit(partial(remove, name))
    return gone


def clear() -> None:
    """Delete the files of all attachments that are gone."""
    clearing.clear(GoneFile.objects.all(), _needed, remove)


def _needed(names: list[str]) -> set[str]:
    rows = Attachment.objects.filter(Q(stored__in=names) | Q(small__in=names)).values_list("stored", "small")
    return {name for pair in rows for name in pair}
