"""Deleting files whose rows are gone."""

from collegium.media import clearing, keeping
from collegium.videos.models import Gone, Size, Video


def clear() -> None:
    """Delete everything that is gone."""
    clearing.clear(Gone.objects.due(), _needed, keeping.remove)


def _needed(names: list[str]) -> set[str]:
    sizes = Size.objects.filter(file__in=names).values_list("file", flat=True)
    return {*sizes, *Video.objects.filter(poster__in=names).values_list("poster", flat=True)}
