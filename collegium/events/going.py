"""An event that is deleted: who was to come is written down while the rows are still there."""

from typing import Any

from collegium.events.models import Attendance, Event, Occurrence
from collegium.events.models.attendances import CONCERNED
from collegium.journal.record import record


def away(instance: Event, **_more: Any) -> None:
    """Record it, in the transaction that deletes it."""
    coming = Occurrence.objects.filter(event=instance).to_come()
    rows = Attendance.objects.filter(occurrence__in=coming, state__in=CONCERNED)
    members = [] if instance.cancelled_at else sorted(set(rows.values_list("member_id", flat=True)))
    record("events.removed", subject=instance.pk, title=instance.title, members=members)
