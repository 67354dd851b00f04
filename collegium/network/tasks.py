"""What runs by the clock."""

from django.db import transaction
from procrastinate.contrib.django import app

from collegium.lib import clock
from collegium.network.models import Parting
from collegium.network.notices import forget, tied
from collegium.notifications.models import Notification
from collegium.ties.models import Connection, Invitation

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


@app.task(name="network.sweep_partings", queue="chores")
def sweep_partings(timestamp: int = 0) -> None:
    """Forget what was kept for an undo whose thirty days are over, and what was told of connections that ended.

    Until then a notice of an accepted invitation is only hidden, so that an undo brings it back.
    """
    while _sweep_some():
        pass


@transaction.atomic
def _sweep_some() -> int:
    over = Parting.objects.filter(until__lte=clock.now()).order_by("pk").select_for_update(skip_locked=True)
    rows = list(over[:BATCH])
    for row in rows:
        again = Connection.objects.filter(member=row.member_id, other__in=row.people)
        still = set(again.values_list("other", flat=True))
        causes = [tied(row.member_id, key) for key in row.people if key not in still]
        Notification.objects.filter(cause__in=causes, kind="network.connected").delete()
    Parting.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
