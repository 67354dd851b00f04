"""What every verb begins with: the post, the event and its times as they are now, locked, always in this order.

The post first, as everything does that changes what hangs on it: so nobody answers what is being deleted.
"""

from django.utils.translation import gettext as _

from collegium.events.models import Attendance, Event, Occurrence
from collegium.feed.models import Post
from collegium.lib.refusal import Conflict


def hold_post(key: int | None) -> None:
    """Lock the post something hangs on; that it is gone is found out afterwards."""
    list(Post.objects.select_for_update(no_key=True).filter(pk=key or 0).values_list("pk"))


def event_now(event: Event) -> Event:
    """The event, locked against whoever else changes it.

    Raises:
        Conflict: it was deleted meanwhile.
    """
    hold_post(event.post_id)
    rows = Event.objects.with_hosts().select_for_update(no_key=True, of=("self",))
    found = rows.filter(pk=event.pk).first()
    if found is None:
        raise Conflict(_("This event is no longer here."))
    return found


def occurrence_now(occurrence: Occurrence) -> Occurrence:
    """One time of an event, locked: answers to it come in turn. Its event is read after the lock.

    Raises:
        Conflict: it was deleted meanwhile.
    """
    hold_post(Event.objects.filter(pk=occurrence.event_id).values_list("post_id", flat=True).first())
    locked = Occurrence.objects.select_for_update(no_key=True).filter(pk=occurrence.pk).first()
    event = Event.objects.with_hosts().filter(pk=locked.event_id).first() if locked is not None else None
    if locked is None or event is None:
        raise Conflict(_("This date is no longer here."))
    locked.event = event
    return locked


def all_now(event: Event, **narrowed: object) -> list[Occurrence]:
    """Its times in their order, locked in that order; the event is locked already."""
    rows = Occurrence.objects.select_for_update(no_key=True).filter(event=event, **narrowed).order_by("id")
    found = sorted(rows, key=lambda row: row.starts_at)
    for row in found:
        row.event = event
    return found


def attendance_now(attendance: Attendance) -> Attendance:
    """An answer as it is now, below the lock of its occurrence.

    Raises:
        Conflict: it is gone.
    """
    occurrence = occurrence_now(attendance.occurrence)
    found = Attendance.objects.select_related("member").filter(pk=attendance.pk).first()
    if found is None:
        raise Conflict(_("This answer is no longer here."))
    found.occurrence = occurrence
    return found
