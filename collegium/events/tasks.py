"""What runs by the clock."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from procrastinate.contrib.django import app

from collegium.events import seating
from collegium.events.actions import laying, leaving
from collegium.events.actions.holding import occurrence_now
from collegium.events.models import Attendance, Event, Occurrence, State
from collegium.lib import clock
from collegium.lib.refusal import Conflict

BATCH = 50


@app.task(name="events.extend", queue="chores")
def extend(timestamp: int = 0) -> None:
    """Make the times ahead of what recurs; each event in a transaction of its own, so that no lock is held for long."""
    recurring = Event.objects.exclude(rule="").filter(cancelled_at=None)
    last = 0
    while keys := list(recurring.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        for key in keys:
            _lay(key)
        last = keys[-1]


@app.task(name="events.seat", queue="chores")
def seat(timestamp: int = 0) -> None:
    """Give seats to those who wait where a seat came free by itself: somebody left the community."""
    waiting = Attendance.objects.filter(occurrence=OuterRef("pk"), state=State.WAITING)
    rows = Occurrence.objects.filter(Exists(waiting), starts_at__gt=clock.now(), cancelled_at=None)
    free = Q(event__capacity=None) | Q(event__capacity__gt=F("seats_taken"))
    for row in list(rows.filter(free).order_by("pk")):
        _move_up(row)


@app.task(name="events.settle", queue="chores")
def settle(one: int, others: list[int]) -> None:
    """Free the seats of those who, being connected no more, do not see an event any more."""
    leaving.part(one, others, apart=False)


@transaction.atomic
def _move_up(occurrence: Occurrence) -> None:
    try:
        seating.move_up(occurrence_now(occurrence))
    except Conflict:
        # It was deleted meanwhile.
        return


@transaction.atomic
def _lay(key: int) -> None:
    rows = Event.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=key, cancelled_at=None)
    if (event := rows.first()) is not None:
        laying.lay(event)
