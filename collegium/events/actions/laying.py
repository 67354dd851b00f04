"""The times of an event, made ahead from its pattern: for a year, and never more than two hundred at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Max

from collegium.events.models import Event, Occurrence
from collegium.lib import clock

AHEAD, MOST = timedelta(days=366), 200
# A pattern is followed at most so far; nobody sees the end of a daily event after ten years.
MOST_EVER = 4_000


def lay(event: Event) -> list[Occurrence]:
    """Make the times that are not there yet. Laying twice makes nothing twice; the event is locked."""
    known = Occurrence.objects.filter(event=event).aggregate(last=Max("original_at"))["last"]
    there = Occurrence.objects.filter(event=event).to_come().count() if known else 0
    now = clock.now()
    beginnings = event.pattern.within(now + AHEAD, MOST_EVER)
    missing = [at for at in beginnings if known is None or at > known]
    return make(event, missing[: max(MOST - there, 0)])


def make(event: Event, beginnings: Sequence[datetime]) -> list[Occurrence]:
    """Times at these instants, numbered on."""
    first = number_after(event)
    pattern = event.pattern
    rows = [
        Occurrence(event=event, number=first + place, original_at=at, starts_at=at, ends_at=pattern.ends(at))
        for place, at in enumerate(beginnings)
    ]
    return Occurrence.objects.bulk_create(rows)


def number_after(event: Event) -> int:
    """The next number that was never given."""
    last = Occurrence.objects.filter(event=event).aggregate(last=Max("number"))["last"]
    return 0 if last is None else last + 1
