"""What runs by the clock."""

from django.db import transaction
from django.db.models import F, Q
from procrastinate.contrib.django import app

from collegium.contacts.models import UNDO_FOR, Change, Reminder
from collegium.contacts.notices import tell
from collegium.lib import clock, ids

BATCH = 500


@app.task(name="contacts.remind", queue="chores")
def remind(timestamp: int = 0) -> None:
    """Tell the owners of reminders whose day has come."""
    while _remind_some():
        pass


@transaction.atomic
def _remind_some() -> int:
    """One batch, so that no lock is held for long; told twice it is one notification."""
    waiting = Reminder.objects.due().filter(Q(told=None) | ~Q(told=F("due")))
    rows = list(waiting.order_by("pk").select_for_update(skip_locked=True, of=("self",))[:BATCH])
    for row in rows:
        tell(row)
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(told=F("due"))
    return len(rows)


@app.task(name="contacts.forget", queue="chores")
def forget(timestamp: int = 0) -> None:
    """Forget what it would have taken to undo changes of more than thirty days ago."""
    Change.objects.filter(pk__lt=ids.floor_at(clock.now() - UNDO_FOR)).delete()
