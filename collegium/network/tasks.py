"""What runs by the clock."""

from django.db import transaction
from procrastinate.contrib.django import app

from collegium.network.notices import forget
from collegium.ties.models import Invitation

BATCH = 500


@app.task(name="network.expire", queue="chores")
def expire(timestamp: int = 0) -> None:
    """End the invitations that nobody answered in six months.

    They count as ended from the moment they are (`InvitationQuerySet.standing`), so nothing depends on when this runs:
    it keeps rows and notifications tidy. Running twice, or in two places, ends each of them once.
    """
    while _expire_some():
        pass


@transaction.atomic
def _expire_some() -> int:
    """End one batch, so that no lock is held for long."""
    rows = Invitation.objects.overdue().order_by("pk").select_for_update(skip_locked=True, of=("self",))
    keys = list(rows.values_list("pk", flat=True)[:BATCH])
    Invitation.objects.filter(pk__in=keys).expire()
    for key in keys:
        forget(key)
    return len(keys)
