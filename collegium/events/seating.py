"""Who gets which seat, under the lock of the occurrence.

Everybody takes as many seats as she brings people. Whoever waits moves up in order, and nobody overtakes: a party that
is larger than what came free stays first and is told how many seats there are, and those behind it wait with it, until
it comes with fewer, gives up, or more seats come free. A host who sees that may let others in by hand.
"""

from datetime import datetime, timedelta

from collegium.events import rules
from collegium.events.models import Attendance, Event, Occurrence, State
from collegium.journal.record import record
from collegium.lib import clock

# How long somebody who moved up is asked to think; never beyond the middle of what is left until the beginning.
TO_THINK = timedelta(hours=24)


def free_seats(event: Event, occurrence: Occurrence) -> int | None:
    """How many are left; None where there is no end."""
    return None if event.capacity is None else max(event.capacity - occurrence.seats_taken, 0)


def fits(event: Event, occurrence: Occurrence, seats: int) -> bool:
    """Whether so many are left."""
    free = free_seats(event, occurrence)
    return free is None or seats <= free


def others_wait(occurrence: Occurrence, but: int) -> bool:
    """Whether anybody else stands in line."""
    return Attendance.objects.in_line().filter(occurrence=occurrence).exclude(member=but).exists()


def enter(row: Attendance, state: str, **columns: object) -> None:
    """Change the state of an answer, and the seats with it. Whoever left her seat is on no door list any more."""
    before = row.seats if row.pk and row.state == State.GOING else 0
    entering = state != row.state or not row.pk
    for name, value in columns.items():
        setattr(row, name, value)
    if entering:
        row.since = clock.now()
    row.state = state
    if state != State.GOING:
        row.checked_in_at = row.checked_in_by = row.give_back_by = None
    row.save()
    # The trigger has counted it; the row at hand is to know it too.
    row.occurrence.seats_taken += (row.seats if state == State.GOING else 0) - before


def leave(row: Attendance) -> None:
    """Take an answer away altogether, with the seats it took."""
    if row.state == State.GOING:
        row.occurrence.seats_taken -= row.seats
    row.delete()


def move_up(occurrence: Occurrence) -> list[int]:
    """Give what seats there are to those who wait, in order. Returns who got one."""
    event = occurrence.event
    moved: list[int] = []
    if not _takes(event, occurrence):
        return moved
    for row in Attendance.objects.in_line().filter(occurrence=occurrence).select_related("member"):
        free = free_seats(event, occurrence)
        if free == 0:
            break
        row.occurrence = occurrence
        if not rules.may_answer(row.member, event):
            continue
        if free is not None and row.seats > free:
            record("events.fewer_offered", subject=row, event=event.pk, occurrence=occurrence.pk, seats=free)
            break
        enter(row, State.GOING, give_back_by=think_until(occurrence.starts_at), before=None)
        record("events.moved_up", subject=row, event=event.pk, occurrence=occurrence.pk, member=row.member_id)
        moved.append(row.member_id)
    return moved


def think_until(starts_at: datetime) -> datetime:
    """Until when somebody who moved up is asked to say that she cannot come."""
    now = clock.now()
    return min(now + TO_THINK, now + (starts_at - now) / 2)


def _takes(event: Event, occurrence: Occurrence) -> bool:
    """Whether seats are given at all: not to what is cancelled or has begun."""
    return event.cancelled_at is None and occurrence.cancelled_at is None and not occurrence.has_begun
