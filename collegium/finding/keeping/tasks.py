"""What runs by the clock. Nothing depends on when: a morning that was missed is made up for once."""

from datetime import timedelta

from procrastinate.contrib.django import app

from collegium.finding.keeping.sending import send_due
from collegium.finding.models.saved import Letter, Saved
from collegium.lib import clock, ids, mail
from collegium.openings.models import LONGEST

MEMBERS = 4_000
# Openings are gone long before; whoever finds a mail a year later can still end the next ones with it.
KEPT = timedelta(days=400)


@app.task(name="finding.mail", queue="chores")
def send(timestamp: int = 0) -> None:
    """Look after what is due; the next sweep goes on with the rest."""
    try:
        send_due(MEMBERS)
    except mail.Away:
        return


@app.task(name="finding.forget", queue="chores")
def forget(timestamp: int = 0) -> None:
    """Forget mails of long ago, and searches that were taken away."""
    Letter.objects.filter(pk__lt=ids.floor_at(clock.now() - max(KEPT, LONGEST))).delete()
    Saved.objects.over().delete()
