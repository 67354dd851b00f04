"""What hosts decide of somebody who asks, waits or comes."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.events import rules, seating
from collegium.events.actions.holding import attendance_now
from collegium.events.models import Attendance, State
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

DECIDABLE = (State.ASKED, State.WAITING, State.REFUSED)


@transaction.atomic
def accept(attendance: Attendance, *, by: Member) -> Attendance:
    """Say yes: to whoever asked, and by hand to whoever waits; before her turn that is the host's own decision.

    Raises:
        Conflict: she asks no more, the event is over or cancelled, or there is no seat and no line.
    """
    row = attendance_now(attendance)
    occurrence, event = row.occurrence, row.occurrence.event
    require(rules.may_host(by, event))
    if row.state == State.GOING:
        return row
    if row.state not in DECIDABLE:
        raise Conflict(_("%(name)s does not ask to come any more.") % {"name": row.member.name})
    if event.cancelled_at or occurrence.cancelled_at or occurrence.is_over:
        raise Conflict(_("This is over or was cancelled."))
    if not rules.may_answer(row.member, event):
        raise Conflict(_("%(name)s does not see this event any more.") % {"name": row.member.name})
    state = _state_for(row)
    if state == row.state:
        raise Conflict(_("There are not enough seats left for that."))
    seating.enter(row, state, words="", before=None)
    known = {"occurrence": occurrence.pk, "attendance": row.pk, "member": row.member_id, "state": state}
    record("events.accepted", actor=by, subject=event, **known)
    return row


@transaction.atomic
def refuse(attendance: Attendance, words: str = "", *, by: Member) -> Attendance:
    """Say no, with words she reads; also to somebody who had a seat.

    Raises:
        Conflict: she asks no more, or it is over.
    """
    row = attendance_now(attendance)
    occurrence, event = row.occurrence, row.occurrence.event
    require(rules.may_host(by, event) and row.member_id != by.pk)
    if row.state == State.REFUSED:
        return row
    if row.state not in (State.ASKED, State.WAITING, State.GOING):
        raise Conflict(_("%(name)s does not ask to come any more.") % {"name": row.member.name})
    if occurrence.is_over:
        raise Conflict(_("This is over."))
    seating.enter(row, State.REFUSED, words=words, before=None)
    seating.move_up(occurrence)
    known = {"occurrence": occurrence.pk, "attendance": row.pk, "member": row.member_id}
    record("events.refused", actor=by, subject=event, **known)
    return row


def _state_for(row: Attendance) -> str:
    """A seat where there is one. Whoever asked does not overtake those who wait; whoever waits is let in by hand."""
    event, occurrence = row.occurrence.event, row.occurrence
    free = seating.fits(event, occurrence, row.seats)
    if free and (row.state == State.WAITING or not seating.others_wait(occurrence, row.member_id)):
        return State.GOING
    return State.WAITING if event.waiting_list else row.state
