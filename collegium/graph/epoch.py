"""Epochs: when everything changes at once, no line is written for each; every file simply stops being true."""

from secrets import randbits

from django.db import connection, transaction

from collegium.graph import base, origin
from collegium.graph.models import Change, Epoch


def renew() -> None:
    """Begin a new epoch, in the transaction of the load that makes it necessary. Its lines are then superfluous."""
    number = randbits(62)
    Epoch.objects.update_or_create(pk=1, defaults={"number": number, "empty": False, "floor": 0})
    Change.objects.all().delete()


def number() -> int:
    """The present epoch."""
    return Epoch.objects.values_list("number", flat=True).get()


@transaction.atomic
def renew_if_restored() -> bool:
    """Begin a new epoch where the database is another one than its files, or its changes, tell of.

    Returns:
        Whether that was so: what lies in the folder is then never opened again, here or on another host.
    """
    with connection.cursor() as cursor:
        here = origin.marks(cursor)
        restored = origin.tables_are_ahead(cursor, here)
    present = Epoch.objects.select_for_update().first()
    if present is None:
        return False
    restored = restored or any(origin.strange(base.told(path), here) for path in base.kept(present.number))
    if restored:
        renew()
    return restored
