"""What runs by the clock. Nothing depends on when: what is over counts as over from that moment."""

from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app

from collegium.journal.record import record
from collegium.lib import clock
from collegium.openness.models import ASK_AFTER, LASTS, OpenToWork

BATCH = 500


@app.task(name="openness.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """End what nobody answered for in ninety days; ask, after sixty, whether it is still so."""
    while _end_some():
        pass
    while _ask_some():
        pass


@transaction.atomic
def _end_some() -> int:
    """Write the end of one batch into its rows, where it has been read from since it came."""
    rows = OpenToWork.objects.filter(ended_at=None, until__lte=clock.now()).order_by("pk")
    keys = list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:BATCH])
    OpenToWork.objects.filter(pk__in=keys).update(ended_at=F("until"))
    for key in keys:
        record("openness.ended", subject=key)
    return len(keys)


@transaction.atomic
def _ask_some() -> int:
    """Ask one batch, each once."""
    rows = OpenToWork.objects.living().filter(asked_at=None, until__lte=clock.now() + LASTS - ASK_AFTER).order_by("pk")
    keys = list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:BATCH])
    OpenToWork.objects.filter(pk__in=keys).update(asked_at=clock.now())
    for key in keys:
        record("openness.asked", subject=key)
    return len(keys)
