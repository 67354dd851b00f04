"""What runs by the clock."""

from datetime import timedelta

from procrastinate.contrib.django import app

from collegium.introductions.models import Introduction
from collegium.lib import clock, ids

KEPT = timedelta(days=183)


@app.task(name="introductions.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget, half a year on, the letters that led nowhere.

    Nothing depends on when this runs: they count as over from the moment they are.
    """
    old = Introduction.objects.filter(id__lt=ids.floor_at(clock.now() - KEPT))
    old.exclude(state=Introduction.State.ACCEPTED).delete()
