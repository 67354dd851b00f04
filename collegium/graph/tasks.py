"""Writing the graph's files anew when much has changed, so that no process lays long lists of changes over old ones."""

import shutil

from django.db import connection, transaction
from procrastinate.contrib.django import app

from collegium.graph import base, writing
from collegium.graph.epoch import renew_if_restored
from collegium.graph.models import Epoch

# A process takes in a thousand changes in some milliseconds, once.
WORTHWHILE = 1_000


@app.task(name="graph.compact", queue="chores")
def compact(timestamp: int = 0) -> None:
    """Write new files, if so much has changed since the last ones that it pays; then forget what they all know."""
    renew_if_restored()
    epoch = Epoch.objects.first()
    if epoch is None:
        return
    folder = base.latest(epoch.number, epoch.floor)
    if _since(base.low_of(folder) if folder else 0) >= WORTHWHILE:
        writing.write(unfit=folder)
    prune()


def _since(low: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM graph_change WHERE xid >= (%s::text)::xid8", [str(low)])
        return int(cursor.fetchone()[0])


@transaction.atomic
def prune() -> int:
    """Delete the changes that even the oldest kept files know; tells how many.

    A process that has slept on older files finds that out by the floor, and opens newer ones.
    """
    epoch = Epoch.objects.select_for_update().first()
    kept = base.kept(epoch.number) if epoch else []
    if epoch is None or len(kept) < base.KEPT:
        return 0
    floor = base.low_of(kept[0])
    Epoch.objects.update(floor=floor)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM graph_change WHERE xid < (%s::text)::xid8", [str(floor)])
        return int(cursor.rowcount)


def forget() -> None:
    """Remove every file of this database; the next question writes them anew."""
    shutil.rmtree(base.home(), ignore_errors=True)
