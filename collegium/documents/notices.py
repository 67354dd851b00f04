"""What follows when files come off a post, or their post goes."""

from collegium.documents import settling
from collegium.journal.models import Entry


def cleared(entry: Entry) -> None:
    """Their files go now, not only by the clock."""
    settling.clear()
