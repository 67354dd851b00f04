"""Letting in, and taking it back; asking somebody to help with it."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.events import rules as events
from collegium.events.actions.holding import attendance_now, event_now
from collegium.events.door import rules
from collegium.events.models import Attendance, Event, Helper, State
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

MOST = 50


@transaction.atomic
def let_in(attendance: Attendance, *, by: Member) -> tuple[Attendance, bool]:
    """Let somebody in with her guests. At two doors at once, one lets her in and the other is told that she is in.

    Returns:
        The answer as it is now, and whether it was this that let her in.

    Raises:
        Conflict: she has no seat, or it does not happen.
    """
    row = attendance_now(attendance)
    event = row.occurrence.event
    require(rules.may_keep_door(by, event))
    if event.cancelled_at or row.occurrence.cancelled_at:
        raise Conflict(_("This was cancelled."))
    if row.state != State.GOING:
        raise Conflict(_("%(name)s has no seat.") % {"name": row.member.name})
    if row.checked_in_at is not None:
        return row, False
    row.checked_in_at, row.checked_in_by = clock.now(), by
    row.save(update_fields=["checked_in_at", "checked_in_by"])
    record("events.let_in", actor=by, subject=event, **_known(row))
    return row, True


@transaction.atomic
def let_out(attendance: Attendance, *, by: Member) -> Attendance:
    """It was a mistake: she is not in."""
    row = attendance_now(attendance)
    require(rules.may_keep_door(by, row.occurrence.event))
    if row.checked_in_at is not None:
        row.checked_in_at = row.checked_in_by = None
        row.save(update_fields=["checked_in_at", "checked_in_by"])
        record("events.let_out", actor=by, subject=row.occurrence.event, **_known(row))
    return row


@transaction.atomic
def ask_to_help(event: Event, member: Member, *, by: Member) -> Helper:
    """Let somebody stand at the door; she may lay it down.

    Raises:
        Conflict: there are as many as there can be.
    """
    row = event_now(event)
    require(rules.may_help(by, member, row))
    found = Helper.objects.filter(event=row, member=member).first()
    if found is not None:
        return found
    if Helper.objects.filter(event=row).count() >= MOST:
        raise Conflict(_("So many help at the door already that nobody else can."))
    made = Helper.objects.create(event=row, member=member)
    record("events.help_asked", actor=by, subject=row, member=member.pk)
    return made


@transaction.atomic
def help_no_more(event: Event, member: Member, *, by: Member) -> None:
    """Lay it down, or be taken off by a host."""
    row = event_now(event)
    require(by.is_active and (by.pk == member.pk or events.may_host(by, row)))
    gone, _rows = Helper.objects.filter(event=row, member=member).delete()
    if gone:
        record("events.help_ended", actor=by, subject=row, member=member.pk)


def _known(row: Attendance) -> dict[str, int]:
    return {"occurrence": row.occurrence_id, "attendance": row.pk, "member": row.member_id}
