"""What the open line hears of."""

from collegium.journal.models import Entry
from collegium.realtime.poke import hang_up


def hang_up_subject(entry: Entry) -> None:
    """The member this entry is about may have lost a session or the standing: her streams are judged at once."""
    if entry.subject is not None:
        hang_up([entry.subject])
