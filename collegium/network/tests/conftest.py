"""What the tests of this room share."""

from collections.abc import Callable

import pytest

from collegium.journal.models import Entry
from collegium.journal.tasks import tell


@pytest.fixture
def hear(db: None) -> Callable[[], None]:
    """Run the background jobs of everything that was recorded since the last time."""
    heard: set[int] = set()

    def listen() -> None:
        for key in Entry.objects.exclude(pk__in=heard).order_by("pk").values_list("pk", flat=True):
            heard.add(key)
            tell(entry=key)

    return listen
