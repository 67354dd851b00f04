"""Deleting the files of slides whose rows are gone."""

from collegium.decks.models import Gone, Slide
from collegium.media import clearing
from collegium.media.storage import discard


def clear() -> None:
    """Delete everything that is gone."""
    clearing.clear(Gone.objects.all(), _needed, discard)


def _needed(keys: list[str]) -> set[str]:
    return set(Slide.objects.filter(key__in=keys).values_list("key", flat=True))
