"""The verbs of an interview: offer, choose, ask for other times, change, call off, and hold.

Each holds the opening and the application first, as every change of an application does, then the interview.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.applications import actions as applications
from collegium.applications.actions.stepping import held, held_alone, reviewed
from collegium.applications.models import Application, Standing
from collegium.hiring.actions.moving import bring
from collegium.hiring.interviews import rules
from collegium.hiring.interviews.plan import Plan
from collegium.hiring.models import Interview, Interviewer
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def offer(application: Application, plan: Plan, *, by: Member) -> Interview:
    """Offer times for an interview. The application comes as far as that with it, and with a name.

    Args:
        application: whose.
        plan: what.
        by: a recruiter or lead.

    Raises:
        Conflict: it has ended, or a time is over.
    """
    fresh = held(application)
    require(rules.may_arrange(by, fresh))
    _check(fresh, plan)
    if hindrance := rules.hindrance_to_arranging(fresh):
        raise hindrance
    bring(fresh, Standing.INTERVIEW, by=by)
    row = Interview.objects.create(
        application=fresh,
        offered=plan.offered,
        minutes=plan.minutes,
        zone=plan.zone,
        place=plan.place,
        link=plan.link,
        made_by=by,
    )
    _people(row, plan.interviewers)
    record("hiring.interview_offered", actor=by, subject=row)
    return row


@transaction.atomic
def choose(row: Interview, at: datetime, *, by: Member) -> Interview:
    """Take one of the times; or another one, until it begins.

    Raises:
        Conflict: called off, begun, no longer offered, or taken.
    """
    fresh = _now(row)
    require(rules.may_choose(by, fresh))
    if hindrance := rules.hindrance_to_touching(fresh):
        raise hindrance
    if fresh.starts_at == at:
        return fresh
    if hindrance := rules.hindrance_to_choosing(fresh, at):
        raise hindrance
    if fresh.starts_at is not None:
        fresh.sequence += 1
    fresh.starts_at, fresh.asked_words, fresh.asked_at = at, "", None
    fresh.save(update_fields=["starts_at", "asked_words", "asked_at", "sequence"])
    record("hiring.interview_chosen", actor=by, subject=fresh)
    return fresh


@transaction.atomic
def ask_other(row: Interview, words: str, *, by: Member) -> Interview:
    """Say that none of the times will do, and which would; a time that was chosen stands until it is changed.

    Raises:
        Conflict: called off, or begun.
    """
    fresh = _now(row)
    require(rules.may_choose(by, fresh) and bool(words))
    if hindrance := rules.hindrance_to_touching(fresh):
        raise hindrance
    if fresh.asked_words == words:
        return fresh
    fresh.asked_words, fresh.asked_at = words, clock.now()
    fresh.save(update_fields=["asked_words", "asked_at"])
    record("hiring.interview_asked", actor=by, subject=fresh)
    return fresh


@transaction.atomic
def change(row: Interview, plan: Plan, *, by: Member) -> Interview:
    """Offer other times, or another place; a time that was chosen stays where it is offered again.

    Raises:
        Conflict: called off, begun, or a time is over.
    """
    fresh = _now(row)
    require(rules.may_arrange(by, fresh.application))
    if hindrance := rules.hindrance_to_touching(fresh):
        raise hindrance
    _check(fresh.application, plan)
    same = not plan.differs(fresh) and fresh.offered == plan.offered
    if plan.differs(fresh):
        fresh.sequence += 1
    if fresh.starts_at is not None and fresh.starts_at not in plan.times:
        fresh.starts_at = None
    fresh.offered, fresh.minutes, fresh.zone = plan.offered, plan.minutes, plan.zone
    fresh.place, fresh.link, fresh.asked_words, fresh.asked_at = plan.place, plan.link, "", None
    fresh.save()
    others = _people(fresh, plan.interviewers)
    reviewed(fresh.application.opening)
    if others or not same:
        record("hiring.interview_changed", actor=by, subject=fresh, offer=not same)
    return fresh


@transaction.atomic
def cancel(row: Interview, *, by: Member) -> Interview:
    """Call it off.

    Raises:
        Conflict: it has begun, or the application has ended.
    """
    fresh = _now(row)
    require(rules.may_arrange(by, fresh.application))
    if fresh.cancelled_at is not None:
        return fresh
    if hindrance := rules.hindrance_to_touching(fresh):
        raise hindrance
    _call_off(fresh, by)
    return fresh


@transaction.atomic
def restore(row: Interview, *, by: Member) -> Interview:
    """Let it take place after all; a time that is over meanwhile is chosen anew.

    Raises:
        Conflict: none of its times is still to come, or the application has ended.
    """
    fresh = _now(row)
    require(rules.may_arrange(by, fresh.application))
    if fresh.cancelled_at is None:
        return fresh
    now = clock.now()
    if fresh.application.has_ended or fresh.held_at is not None or not any(at > now for at in fresh.times):
        raise Conflict(_("None of its times is still to come, or the application has ended. Offer new ones."))
    if fresh.starts_at is not None and fresh.starts_at <= now:
        fresh.starts_at = None
    fresh.cancelled_at, fresh.sequence = None, fresh.sequence + 1
    fresh.save(update_fields=["cancelled_at", "starts_at", "sequence"])
    record("hiring.interview_restored", actor=by, subject=fresh)
    return fresh


@transaction.atomic
def remind(row: Interview, *, by: Member, wished: bool) -> None:
    """Say whether one wishes to be reminded the day before, as the applicant or as one of those who come."""
    mine = rules.may_choose(by, row)
    require(mine or rules.may_come(by, row))
    if mine:
        Interview.objects.filter(pk=row.pk).update(remind=wished)
    else:
        Interviewer.objects.filter(interview=row, member=by).update(remind=wished)
    record("hiring.interview_reminder", actor=by, subject=row, wished=wished)


@transaction.atomic
def end_with(application: Application) -> list[Interview]:
    """Call off what is still to come of an application that has ended; says which. Called by a listener."""
    fresh = held_alone(application)
    if not fresh.has_ended:
        return []
    rows = Interview.objects.filter(application=fresh, cancelled_at=None, held_at=None).select_for_update()
    coming = [row for row in rows if row.starts_at is None or row.starts_at > clock.now()]
    for row in coming:
        _call_off(row, None)
    return coming


@transaction.atomic
def hold(row: Interview) -> bool:
    """Write down that it was held, now that its end has come. The days in which an answer is owed begin."""
    fresh = _now(row)
    ends = fresh.ends_at
    if fresh.cancelled_at is not None or fresh.held_at is not None or ends is None or ends > clock.now():
        return False
    fresh.held_at = ends
    fresh.save(update_fields=["held_at"])
    applications.interviewed(fresh.application, ends)
    record("hiring.interview_held", subject=fresh)
    return True


def _call_off(row: Interview, by: Member | None) -> None:
    row.cancelled_at, row.sequence = clock.now(), row.sequence + 1
    row.save(update_fields=["cancelled_at", "sequence"])
    record("hiring.interview_cancelled", actor=by, subject=row)


def _check(application: Application, plan: Plan) -> None:
    allowed = {member.pk for member in rules.team(application.opening)}
    require(all(member.pk in allowed for member in plan.interviewers))
    if hindrance := rules.hindrance_to_times(plan.times):
        raise hindrance


def _people(row: Interview, members: Iterable[Member]) -> bool:
    """Who comes from now on; whoever did before keeps what she wished. Says whether others come than before."""
    wanted = {member.pk for member in members}
    had = set(row.interviewers.values_list("member_id", flat=True))
    row.interviewers.filter(member__in=had - wanted).delete()
    Interviewer.objects.bulk_create(Interviewer(interview=row, member_id=key) for key in sorted(wanted - had))
    return had != wanted


def _now(row: Interview) -> Interview:
    """The interview as it is now, its application held before it.

    Raises:
        Conflict: it is gone.
    """
    held(row.application)
    rows = Interview.objects.select_for_update(of=("self",)).with_faces().filter(pk=row.pk)
    found = rows.filter(application__erased_at=None).first()
    if found is None:
        raise Conflict(_("This interview is gone."))
    return found
