"""`record()` ends every verb: an entry and, in the same transaction, one job that tells its listeners."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from collegium.journal.models import Entry

Listener = Callable[[Entry], None]


class Routes:
    """Who listens to which kind of entry; filled once by the roof (`config/wiring.py`)."""

    def __init__(self) -> None:
        self._listeners: dict[str, tuple[Listener, ...]] = {}

    def lay(self, routes: Mapping[str, Sequence[Listener]]) -> None:
        """Replace all routes with these."""
        self._listeners = {kind: tuple(listeners) for kind, listeners in routes.items()}

    def listeners(self, kind: str) -> tuple[Listener, ...]:
        """The listeners of a kind.

        Raises:
            ImproperlyConfigured: nobody ever said who hears of this kind, not even "nobody".
        """
        try:
            return self._listeners[kind]
        except KeyError:
            raise ImproperlyConfigured(f"{kind!r} is recorded but has no line in config/wiring.py") from None


routes = Routes()


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
