"""Changing an event: what is said of it, its hours from one time on, one time by itself; and cancelling."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.events import rules, seating
from collegium.events.actions import laying
from collegium.events.actions.holding import all_now, event_now, occurrence_now
from collegium.events.actions.making import pattern_columns
from collegium.events.details import WHERE, Details, keep_questions
from collegium.events.models import Attendance, Event, Occurrence
from collegium.events.models.attendances import CONCERNED
from collegium.events.recurring.pairing import pair
from collegium.events.recurring.pattern import Pattern, instant
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

TIME, PLACE = "time", "place"


@transaction.atomic
def edit(event: Event, details: Details, *, by: Member) -> Event:
    """Say something else of it. Fewer seats than are taken send nobody away; more let those move up who wait.

    Raises:
        Conflict: it was cancelled.
    """
    row = event_now(event)
    require(rules.may_host(by, row))
    _require_standing(row)
    columns = details.columns
    elsewhere = any(getattr(row, name) != columns[name] for name in WHERE)
    more = row.capacity is not None and (details.capacity is None or details.capacity > row.capacity)
    for name, value in columns.items():
        setattr(row, name, value)
    row.sequence += elsewhere
    row.save()
    keep_questions(row, details.questions)
    if more:
        for occurrence in all_now(row, ends_at__gt=clock.now(), cancelled_at=None):
            seating.move_up(occurrence)
    record("events.edited", actor=by, subject=row, what=[PLACE] if elsewhere else [])
    return row


@transaction.atomic
def rearrange(event: Event, pattern: Pattern, *, by: Member, since: Occurrence | None = None) -> Event:
    """Other hours, from one time on; what was before stays as it was.

    Each time that was laid finds its new hours, and keeps who answered it (`recurring.pairing`). What finds none is
    cancelled where anybody answered, and goes where nobody did.

    Args:
        event: which.
        pattern: its hours from now on; its first beginning is still to come.
        by: a host.
        since: the first time that is changed; the next one, unless said.

    Raises:
        Conflict: it was cancelled, nothing is to come, or the new beginning is over.
    """
    row = event_now(event)
    require(rules.may_host(by, row))
    _require_standing(row)
    if instant(pattern.start, pattern.zone) <= clock.now():
        raise Conflict(_("This time is over already. Choose a later one."))
    coming = [each for each in all_now(row, ends_at__gt=clock.now()) if not each.has_begun]
    if since is not None:
        coming = [each for each in coming if each.original_at >= since.original_at]
    before = row.pattern
    for name, value in pattern_columns(pattern).items():
        setattr(row, name, value)
    row.sequence += 1
    row.save()
    _repair(row, before, coming)
    record("events.edited", actor=by, subject=row, what=[TIME])
    return row


@transaction.atomic
def move(occurrence: Occurrence, starts_at: datetime, ends_at: datetime, *, by: Member) -> Occurrence:
    """Let this one time be at another hour.

    Raises:
        Conflict: it was cancelled or has begun, or the new hour is over.
    """
    event = event_now(occurrence.event)
    row = occurrence_now(occurrence)
    require(rules.may_host(by, event))
    _require_standing(event, row)
    if row.has_begun or starts_at <= clock.now() or ends_at <= starts_at:
        raise Conflict(_("This time is over already. Choose a later one."))
    if (row.starts_at, row.ends_at) == (starts_at, ends_at):
        return row
    row.starts_at, row.ends_at, row.moved = starts_at, ends_at, True
    row.save(update_fields=["starts_at", "ends_at", "moved"])
    _count(event)
    record("events.moved", actor=by, subject=event, occurrence=row.pk)
    return row


@transaction.atomic
def cancel_one(occurrence: Occurrence, words: str = "", *, by: Member) -> Occurrence:
    """Let this one time not happen; those who answered are told."""
    event = event_now(occurrence.event)
    row = occurrence_now(occurrence)
    require(rules.may_host(by, event))
    if row.is_over:
        raise Conflict(_("This is over."))
    if row.cancelled_at is None:
        row.cancelled_at = clock.now()
        row.save(update_fields=["cancelled_at"])
        _count(event)
        record("events.date_cancelled", actor=by, subject=event, occurrences=[row.pk], words=words)
    return row


@transaction.atomic
def end_before(occurrence: Occurrence, words: str = "", *, by: Member) -> Event:
    """Let this time and all later ones not happen; the event has an end from now on."""
    event = event_now(occurrence.event)
    require(rules.may_host(by, event))
    _require_standing(event)
    rows = [row for row in all_now(event, ends_at__gt=clock.now()) if row.original_at >= occurrence.original_at]
    now = clock.now()
    gone = [row.pk for row in rows if row.cancelled_at is None]
    Occurrence.objects.filter(pk__in=gone).update(cancelled_at=now)
    rule = event.pattern.rule
    if rule is not None:
        last = _day_before(event, occurrence)
        event.rule = str(rule.ending(max(last, event.day)))
    event.sequence += 1
    event.save(update_fields=["rule", "sequence"])
    record("events.date_cancelled", actor=by, subject=event, occurrences=gone, words=words)
    return event


@transaction.atomic
def cancel(event: Event, words: str = "", *, by: Member) -> Event:
    """Cancel it altogether, with words; those who answered any time that is to come are told."""
    row = event_now(event)
    require(rules.may_host(by, row))
    if row.cancelled_at is None:
        row.cancelled_at, row.cancelled_words, row.sequence = clock.now(), words, row.sequence + 1
        row.save(update_fields=["cancelled_at", "cancelled_words", "sequence"])
        all_now(row, ends_at__gt=clock.now())
        record("events.cancelled", actor=by, subject=row, words=words)
    return row


@transaction.atomic
def uncancel(event: Event, *, by: Member) -> Event:
    """Let it happen after all; who had a seat has it still, and is told."""
    row = event_now(event)
    require(rules.may_host(by, row))
    if row.cancelled_at is not None:
        row.cancelled_at, row.cancelled_words, row.sequence = None, "", row.sequence + 1
        row.save(update_fields=["cancelled_at", "cancelled_words", "sequence"])
        for occurrence in all_now(row, ends_at__gt=clock.now(), cancelled_at=None):
            seating.move_up(occurrence)
        record("events.on_again", actor=by, subject=row)
    return row


def _repair(event: Event, before: Pattern, coming: Sequence[Occurrence]) -> None:
    """Give the times that were laid their new hours."""
    beginnings = event.pattern.within(clock.now() + laying.AHEAD, laying.MOST)
    found, fresh = pair(before, event.pattern, [row.original_at for row in coming], beginnings)
    answered = set(
        Attendance.objects.filter(occurrence__in=coming, state__in=CONCERNED).values_list("occurrence_id", flat=True)
    )
    for row, at in zip(coming, found, strict=True):
        if at is not None:
            row.original_at = at
            if not row.moved:
                row.starts_at, row.ends_at = at, event.pattern.ends(at)
        elif row.pk in answered and row.cancelled_at is None:
            row.cancelled_at = clock.now()
        if at is None and row.pk not in answered:
            row.delete()
        else:
            row.save(update_fields=["original_at", "starts_at", "ends_at", "cancelled_at"])
    laying.make(event, fresh)


def _count(event: Event) -> None:
    event.sequence += 1
    event.save(update_fields=["sequence"])


def _day_before(event: Event, occurrence: Occurrence) -> date:
    """The day before a time, as its place counts days."""
    return occurrence.original_at.astimezone(event.tz).date() - timedelta(days=1)


def _require_standing(event: Event, occurrence: Occurrence | None = None) -> None:
    if event.cancelled_at is not None or (occurrence is not None and occurrence.cancelled_at is not None):
        raise Conflict(_("This was cancelled."))
