"""What runs by the clock."""

from datetime import timedelta

from procrastinate.contrib.django import app

from collegium.events.models import Ahead, Reminded
from collegium.events.reminding.due import remind_some
from collegium.lib import clock

# So long after the end nothing can be moved any more.
KEPT = timedelta(days=2)


@app.task(name="events.remind", queue="chores")
def remind(timestamp: int = 0) -> None:
    """Remind those who come to what begins soon."""
    for ahead in (Ahead.HOUR, Ahead.DAY):
        while remind_some(ahead):
            pass


@app.task(name="events.forget_reminders", queue="chores")
def forget(timestamp: int = 0) -> None:
    """Forget what was decided about what is over."""
    Reminded.objects.filter(attendance__occurrence__ends_at__lt=clock.now() - KEPT).delete()
