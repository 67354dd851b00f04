"""When somebody wishes to be reminded: of one event, or of all she said nothing else about."""

from django.db import transaction

from collegium.events import rules
from collegium.events.models import Ahead, Event, ReminderWish
from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member

# Of whoever said nothing.
USUAL = Ahead.DAY


def default_of(member: Member) -> str:
    """What holds for her where she said nothing else."""
    row = ReminderWish.objects.filter(member=member, event=None).first()
    return str(row.ahead if row is not None else USUAL)


def wish_of(member: Member, event: Event) -> str:
    """What she said for this event; empty where what she said for all holds."""
    row = ReminderWish.objects.filter(member=member, event=event).first()
    return "" if row is None else str(row.ahead)


@transaction.atomic
def wish(ahead: str, *, by: Member, event: Event | None = None) -> None:
    """Say when; for one event also "as usual", which is empty. It holds for what is not due yet.

    Args:
        ahead: an `Ahead`, or empty.
        by: who is reminded.
        event: of which; None for all she said nothing else about.
    """
    require(by.is_active and (event is None or rules.sees(by, event)) and (ahead in Ahead.values or not ahead))
    if ahead:
        ReminderWish.objects.update_or_create(member=by, event=event, defaults={"ahead": ahead})
    else:
        ReminderWish.objects.filter(member=by, event=event).delete()
    record("events.reminder_chosen", actor=by, subject=event, ahead=ahead)
