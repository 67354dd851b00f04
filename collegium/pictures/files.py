"""Deleting the files of pictures whose rows are gone."""

from collegium.media import clearing
from collegium.media.storage import discard
from collegium.pictures.models import Gone, Picture


def clear() -> None:
    """Delete everything that is gone."""
    clearing.clear(Gone.objects.all(), _needed, discard)


def _needed(keys: list[str]) -> set[str]:
    return set(Picture.objects.filter(key__in=keys).values_list("key", flat=True))
