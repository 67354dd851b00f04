"""Who listens to which kind of entry; laid once by the roof (`config/wiring.py`)."""

from collections.abc import Callable, Mapping, Sequence

from django.core.exceptions import ImproperlyConfigured

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
