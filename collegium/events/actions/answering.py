"""What somebody answers: she comes, is interested, cannot. One transaction, under the lock of the occurrence."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.events import rules, seating
from collegium.events.actions.holding import occurrence_now
from collegium.events.models import Attendance, Event, Invitation, Occurrence, Question, State
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def come(
    occurrence: Occurrence,
    *,
    by: Member,
    guests: int = 0,
    answers: Mapping[str, str] | None = None,
    listed: bool = False,
) -> Attendance:
    """Say that one comes. What follows is a seat, a place in the line, or a question to the hosts.

    Args:
        occurrence: when.
        by: who comes.
        guests: how many she brings.
        answers: to the questions, by their keys.
        listed: whether others may read that she comes.

    Raises:
        Conflict: there is no seat, the time for answers is over, a host said no, or a question was left out.
    """
    row = occurrence_now(occurrence)
    event = row.event
    require(rules.may_answer(by, event))
    mine = _mine(row, by)
    if hindrance := _hindrance(event, row, mine, guests, answers or {}):
        raise Conflict(hindrance)
    wanted = {"guests": guests, "answers": dict(answers or {}), "listed": listed}
    before = _memory(mine)
    if mine.state == State.GOING:
        _change(event, mine, wanted)
    elif event.approving and not rules.may_host(by, event) and mine.state != State.WAITING:
        seating.enter(mine, State.ASKED, **wanted, before=before, words="")
    else:
        _sit(event, mine, wanted, before)
    _note(mine, by, before)
    return mine


@transaction.atomic
def decline(occurrence: Occurrence, *, by: Member) -> Attendance:
    """Say that one cannot come, or not any more; whoever waits moves up. Until it begins."""
    row = occurrence_now(occurrence)
    mine = _mine(row, by)
    require(rules.may_take_back(by) and (bool(mine.state) or rules.may_answer(by, row.event)))
    if row.has_begun:
        raise Conflict(_("This has begun already."))
    if mine.state == State.DECLINED:
        return mine
    before = _memory(mine)
    seating.enter(mine, State.DECLINED, before=before)
    Invitation.objects.filter(event=row.event, member=by, declined_at=None).update(declined_at=clock.now())
    seating.move_up(row)
    _note(mine, by, before)
    return mine


@transaction.atomic
def wonder(occurrence: Occurrence, *, by: Member) -> Attendance:
    """Be interested: told of changes, without a seat."""
    row = occurrence_now(occurrence)
    require(rules.may_answer(by, row.event))
    mine = _mine(row, by)
    if row.has_begun or row.cancelled_at or row.event.cancelled_at:
        raise Conflict(_("This is over or was cancelled."))
    if mine.state == State.INTERESTED:
        return mine
    if mine.state == State.REFUSED:
        raise Conflict(_("A host has said no this time."))
    before = _memory(mine)
    seating.enter(mine, State.INTERESTED, before=before)
    seating.move_up(row)
    _note(mine, by, before)
    return mine


@transaction.atomic
def take_back(occurrence: Occurrence, *, by: Member) -> Attendance | None:
    """Answer again what was answered before the last time, as far as there still is a seat for it."""
    row = occurrence_now(occurrence)
    require(rules.may_take_back(by))
    mine = Attendance.objects.filter(occurrence=row, member=by).first()
    if mine is None or row.has_begun:
        raise Conflict(_("There is nothing to take back any more."))
    mine.occurrence = row
    then = mine.before or {}
    if mine.state == State.REFUSED:
        raise Conflict(_("A host has said no this time."))
    match then.get("state"):
        case State.GOING | State.WAITING | State.ASKED:
            return come(row, by=by, guests=then["guests"], answers=mine.answers, listed=then["listed"])
        case State.INTERESTED:
            return wonder(row, by=by)
        case State.DECLINED:
            return decline(row, by=by)
    seating.leave(mine)
    Invitation.objects.filter(event=row.event, member=by).update(declined_at=None)
    seating.move_up(row)
    record("events.answer_taken_back", actor=by, subject=row.event_id, occurrence=row.pk)
    return None


def _mine(row: Occurrence, by: Member) -> Attendance:
    """What she answered, or a row that is not there yet."""
    found = Attendance.objects.filter(occurrence=row, member=by).first()
    mine = found or Attendance(occurrence=row, member=by, state="")
    mine.occurrence, mine.member = row, by
    return mine


def _memory(mine: Attendance) -> dict[str, Any] | None:
    """What she answered before, for taking the new answer back."""
    if not mine.state or mine.state == State.REFUSED:
        return None
    return {"state": mine.state, "guests": mine.guests, "listed": mine.listed}


def _hindrance(event: Event, row: Occurrence, mine: Attendance, guests: int, answers: Mapping[str, str]) -> str:
    """Why she cannot come, in a sentence; nothing when she can."""
    if event.cancelled_at or row.cancelled_at:
        return _("This was cancelled.")
    if mine.state == State.REFUSED:
        return _("A host has said no this time.")
    if rules.closes(event, row):
        return _("The time for answers is over.")
    if not 0 <= guests <= event.guests_allowed:
        return ngettext(
            "You can bring at most %(n)s guest.", "You can bring at most %(n)s guests.", event.guests_allowed
        ) % {"n": event.guests_allowed}
    asked = Question.objects.filter(event=event, required=True).values_list("pk", flat=True)
    if any(not answers.get(str(key)) for key in asked):
        return _("Please answer the questions of the hosts.")
    return ""


def _change(event: Event, mine: Attendance, wanted: dict[str, Any]) -> None:
    """Bring more or fewer, answer otherwise; whoever comes keeps her seats whatever becomes of the others."""
    more = wanted["guests"] - mine.guests
    if more > 0 and seating.others_wait(mine.occurrence, mine.member_id):
        raise Conflict(_("Others wait for a seat, so you can bring nobody more. You keep the seats you have."))
    if more > 0 and not seating.fits(event, mine.occurrence, more):
        raise Conflict(_no_room(event, mine.occurrence))
    seating.enter(mine, State.GOING, **wanted, give_back_by=None)
    if more < 0:
        seating.move_up(mine.occurrence)


def _sit(event: Event, mine: Attendance, wanted: dict[str, Any], before: dict[str, Any] | None) -> None:
    """A seat, where there is one and nobody waits for it; otherwise a place in the line."""
    row, seats = mine.occurrence, 1 + wanted["guests"]
    if mine.state == State.WAITING:
        _wait(mine, wanted)
    elif seating.fits(event, row, seats) and not seating.others_wait(row, mine.member_id):
        seating.enter(mine, State.GOING, **wanted, before=before, words="")
    elif event.waiting_list:
        seating.enter(mine, State.WAITING, **wanted, before=before, words="")
    else:
        raise Conflict(_no_room(event, row))


def _wait(mine: Attendance, wanted: dict[str, Any]) -> None:
    """Whoever waits and brings more people begins the line anew; with as many or fewer she keeps her place."""
    if wanted["guests"] > mine.guests:
        mine.since = clock.now()
    seating.enter(mine, State.WAITING, **wanted)
    seating.move_up(mine.occurrence)
    mine.refresh_from_db(fields=["state", "since", "give_back_by"])


def _no_room(event: Event, row: Occurrence) -> str:
    """How many seats are left, in a sentence."""
    free = seating.free_seats(event, row) or 0
    if not free:
        return _("All seats are taken.")
    return ngettext("There is only %(n)s seat left.", "There are only %(n)s seats left.", free) % {"n": free}


def _note(mine: Attendance, by: Member, before: dict[str, Any] | None) -> None:
    """Write it down, never what she told the hosts."""
    known = {"occurrence": mine.occurrence_id, "attendance": mine.pk, "state": mine.state}
    was = before["state"] if before else ""
    record("events.answered", actor=by, subject=mine.occurrence.event_id, before=was, **known)
