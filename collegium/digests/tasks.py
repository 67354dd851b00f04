"""What runs by the clock. Nothing depends on when: an hour that was missed is made up for once."""

from datetime import timedelta

from procrastinate.contrib.django import app

from collegium.digests.models import Digest
from collegium.digests.sending import send_due
from collegium.lib import clock, ids, mail

BATCH = 500
KEPT = timedelta(days=60)


@app.task(name="digests.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Send a batch of what is due; the sweeps of the next minutes send the rest, so that other work gets its turn."""
    try:
        send_due(BATCH)
    except mail.Away:
        return


@app.task(name="digests.forget", queue="chores")
def forget(timestamp: int = 0) -> None:
    """Forget which mails were due long ago."""
    Digest.objects.filter(pk__lt=ids.floor_at(clock.now() - KEPT)).delete()
