"""What follows when a post changes."""

from collegium.journal.models import Entry
from collegium.pictures.files import clear


def cleared(entry: Entry) -> None:
    """Delete the files of pictures that came off a post, or went with one; the sweep finds what this misses."""
    clear()
