"""What a yes to an introduction lets the two who met do besides talking: one invitation each, past the other's door.

A yes is a yes to one person, for a while. So it opens for thirty days, and for a single invitation each way, whatever
became of that: an answer that is kept silent must not show in a door that closes only then. Whoever changes her door
afterwards, leaves the conversation or blocks the other has thought better of it, and it ends at once.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Q

from collegium.audience.viewer import Viewer
from collegium.introductions.models import Introduction
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.messaging.models import Participant

OPENS_FOR = timedelta(days=30)
ENDS = ("network.invited", "network.connected", "network.door_set", "network.blocked")


def opens(viewer: Viewer, rows: Sequence[Introduction]) -> set[int]:
    """Which of these introductions let the viewer past the door of the other one who met. Two statements, or none.

    Args:
        viewer: one of the two who met.
        rows: introductions that were accepted.
    """
    since = clock.now() - OPENS_FOR
    young = {row.pk: row for row in rows if row.ended_at is not None and row.ended_at > since}
    if not young:
        return set()
    there, entries = _there(young.values()), _since(viewer, young.values())
    return {
        key
        for key, row in young.items()
        if {(row.conversation_id, row.asker_id), (row.conversation_id, row.target_id)} <= there
        and not any(_ends(entry, row, viewer) for entry in entries)
    }


def other_of(row: Introduction, viewer: Viewer) -> int:
    """Whom the viewer met through it."""
    return row.target_id if row.asker_id == viewer.id else row.asker_id


def _there(rows: Iterable[Introduction]) -> set[tuple[int | None, int]]:
    """Who has been in which of these conversations since the yes: whoever left and came back reads from then on."""
    talks = [row.conversation_id for row in rows if row.conversation_id is not None]
    places = Participant.objects.filter(conversation__in=talks, left_at=None, after=0)
    return set(places.values_list("conversation_id", "member_id"))


def _since(viewer: Viewer, rows: Iterable[Introduction]) -> list[Entry]:
    """What could end it: steps of these people since the first of these yeses."""
    first = min(row.ended_at for row in rows if row.ended_at is not None)
    others = [other_of(row, viewer) for row in rows]
    mine = Q(actor=viewer.id) | Q(actor__in=others)
    return list(Entry.objects.filter(mine, kind__in=ENDS, id__gte=ids.floor_at(first)))


def _ends(entry: Entry, row: Introduction, viewer: Viewer) -> bool:
    """Whether this step, of the viewer or of the other one, ends what the yes opened to the viewer."""
    if row.ended_at is None or entry.pk < ids.floor_at(row.ended_at):
        return False
    other = other_of(row, viewer)
    if entry.kind == "network.door_set":
        return entry.actor == other
    if entry.kind == "network.invited":
        return entry.actor == viewer.id and entry.data.get("recipient") == other
    return {entry.actor, entry.subject} == {viewer.id, other}
