"""`record()` ends every verb: an entry and, in the same transaction, one job that tells its listeners."""

from typing import Any

from django.db import transaction

from collegium.journal.models import Entry
from collegium.journal.routes import routes


def record(kind: str, *, actor: Any = None, subject: Any = None, **data: Any) -> Entry:
    """Write down that something happened, and see to it that its listeners hear once this transaction commits.

    Args:
        kind: `room.past_participle`, a key of `wiring.ROUTES`.
        actor: the member who did it (or its key); None for the clock.
        subject: the row it was done to (or its key).
        data: what listeners need and could not read any more from the rows (a deleted note, the other half of a pair).

    Raises:
        ImproperlyConfigured: the kind has no route.
        RuntimeError: called outside a transaction, where entry and change could part.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the change it tells of")
    listeners = routes.listeners(kind)
    entry = Entry.objects.create(kind=kind, actor=_key(actor), subject=_key(subject), data=data)
    if listeners:
        from collegium.journal.tasks import tell  # noqa: PLC0415 - needs Django's apps, which import this module

        tell.defer(entry=entry.id)
    return entry


def _key(row: Any) -> int | None:
    return row if row is None or isinstance(row, int) else row.pk
