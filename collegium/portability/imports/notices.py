"""What follows when a file arrived, when an import was confirmed, when somebody's ways to be reached changed."""

from collegium.journal.models import Entry
from collegium.portability.acquaintances import ways
from collegium.portability.imports import seeking
from collegium.portability.imports.tasks import LANES, read_import


def uploaded(entry: Entry) -> None:
    """Have it read, in the queue of its own. Told twice, it is read twice, and the second finds nothing to do."""
    if entry.subject is not None:
        read_import.configure(lock=f"import-{entry.subject % LANES}").defer(key=entry.subject)


def imported(entry: Entry) -> None:
    """Look who of the people she knows elsewhere is here."""
    if entry.actor is not None and entry.data.get("people"):
        seeking.look(entry.actor)


def reachable(entry: Entry) -> None:
    """Somebody's addresses changed, or by which of them she is found; whoever seeks one she agreed to finds her."""
    if entry.actor is not None:
        ways.refresh(entry.actor)
        seeking.look_again(entry.actor)
