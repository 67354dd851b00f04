"""What runs by the clock."""

from django.db import transaction
from procrastinate.contrib.django import app

from collegium.polls import notices
from collegium.polls.models import Poll

BATCH = 20


@app.task(name="polls.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Tell those concerned that a poll is over; that it is over is judged when it is read."""
    while _tell_some():
        pass


@transaction.atomic
def _tell_some() -> int:
    """One batch, so that no lock is held for long."""
    waiting = Poll.objects.to_tell().select_related("post").order_by("ends_at")
    rows = list(waiting.select_for_update(no_key=True, skip_locked=True, of=("self",))[:BATCH])
    for poll in rows:
        notices.over(poll)
    Poll.objects.filter(pk__in=[poll.pk for poll in rows]).update(told=True)
    return len(rows)
