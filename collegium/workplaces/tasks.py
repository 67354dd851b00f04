"""What runs by the clock. Nothing depends on when: what is over counts as over from that moment."""

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from collegium.journal.record import record
from collegium.lib import clock
from collegium.workplaces.models import RENEW_WITHIN, UNDO_WITHIN, Code, Proof

BATCH = 500
# So long the page still says that a proof ran out.
KEPT_WHEN_OVER = timedelta(days=60)


@app.task(name="workplaces.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget codes that ran out, with their addresses, and proofs that are long over; ask to renew what ends soon."""
    now = clock.now()
    Code.objects.filter(expires_at__lte=now).delete()
    Proof.objects.filter(removed_at__lte=now - UNDO_WITHIN).delete()
    Proof.objects.filter(expires_at__lte=now - KEPT_WHEN_OVER).delete()
    while _ask_some():
        pass


@transaction.atomic
def _ask_some() -> int:
    """Ask one batch of members to prove it again, each once a proof."""
    due = Proof.objects.living().filter(reminded_at=None, expires_at__lte=clock.now() + RENEW_WITHIN)
    keys = list(
        due.order_by("pk").select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:BATCH]
    )
    Proof.objects.filter(pk__in=keys).update(reminded_at=clock.now())
    for key in keys:
        record("workplaces.ending", subject=key)
    return len(keys)
