"""The openings that may leave: those that somebody signed out may read, now."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from collegium.audience.viewer import NOBODY
from collegium.openings.models import Opening, OpeningQuerySet
from collegium.organizations.models import Organization

# So many stand in a feed, and so many are read at once where all of them leave.
MOST, BATCH = 50, 500


def address(path: str) -> str:
    """A path of this network as others on the internet write it."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def changed(opening: Opening) -> datetime | None:
    """When what it says last changed."""
    return opening.edited_at or opening.posted_at


def public() -> OpeningQuerySet:
    """All of them, with their faces."""
    return Opening.objects.visible_to(NOBODY).with_faces()


def of(organization: Organization) -> list[Opening]:
    """The newest of one organisation."""
    return list(public().filter(organization=organization).order_by("-posted_at", "-pk")[:MOST])


def batches() -> Iterator[list[Opening]]:
    """All of them, newest first, a batch at a time; each batch is judged when it is read."""
    rows, before = public().prefetch_related("skills").order_by("-posted_at", "-pk"), Q()
    while batch := list(rows.filter(before)[:BATCH]):
        yield batch
        last = batch[-1]
        before = Q(posted_at__lt=last.posted_at) | Q(posted_at=last.posted_at, pk__lt=last.pk)
