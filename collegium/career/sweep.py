"""What was taken away goes for good once it can no longer be put back."""

from datetime import timedelta

from collegium.career.models import Item
from collegium.lib import clock

UNDO_FOR = timedelta(days=1)


def sweep() -> int:
    """Delete items removed more than a day ago. Returns how many rows went, with what was attached to them."""
    return Item.objects.filter(removed_at__lt=clock.now() - UNDO_FOR).delete()[0]
