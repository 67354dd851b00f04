"""Reminders to oneself: set, moved to another day, done, done after all not."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.contacts import rules
from collegium.contacts.actions.common import held, room_for_one
from collegium.contacts.models import MOST_REMINDERS, Reminder
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def remind(owner: Member, person: Member, due: date, words: str = "") -> Reminder:
    """Be reminded of somebody on a day; the same said twice is said once.

    Raises:
        Conflict: there are too many.
    """
    owner = held(owner)
    require(rules.may_note(owner, person))
    rows = Reminder.objects.open().filter(owner=owner)
    if same := rows.filter(person=person, due=due, words=words).first():
        return same
    room_for_one(rows, MOST_REMINDERS)
    reminder = Reminder.objects.create(owner=owner, person=person, due=due, words=words)
    record("contacts.reminder_set", actor=owner, subject=reminder)
    return reminder


@transaction.atomic
def snooze(reminder: Reminder, due: date, *, by: Member) -> Reminder:
    """Move it to another day.

    Raises:
        Conflict: it is done or gone.
    """
    row = _held(reminder, by)
    require(rules.may_change(by, row))
    if row.done_at is not None:
        raise Conflict(_("This reminder is done already."))
    row.due = due
    row.save(update_fields=["due"])
    record("contacts.reminder_moved", actor=by, subject=row)
    return row


@transaction.atomic
def finish(reminder: Reminder, *, by: Member) -> Reminder:
    """It is done."""
    row = _held(reminder, by)
    require(rules.may_change(by, row))
    if row.done_at is None:
        row.done_at = clock.now()
        row.save(update_fields=["done_at"])
        record("contacts.reminder_done", actor=by, subject=row)
    return row


@transaction.atomic
def reopen(reminder: Reminder, *, by: Member) -> Reminder:
    """It is not done after all."""
    row = _held(reminder, by)
    require(rules.may_change(by, row))
    if row.done_at is not None:
        room_for_one(Reminder.objects.open().filter(owner=by), MOST_REMINDERS)
        row.done_at = None
        row.save(update_fields=["done_at"])
        record("contacts.reminder_reopened", actor=by, subject=row)
    return row


def _held(reminder: Reminder, by: Member) -> Reminder:
    """The reminder as it is now, its owner held still.

    Raises:
        Conflict: it is gone.
    """
    held(by)
    row = Reminder.objects.filter(pk=reminder.pk).first()
    if row is None:
        raise Conflict(_("This reminder is gone."))
    return row
