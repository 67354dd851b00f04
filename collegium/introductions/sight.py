"""Which of her own letters an asker may see: those whose way she may still know of."""

from collections.abc import Iterable

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.graph import near
from collegium.introductions.models import Introduction


def as_asked(viewer: Viewer, rows: Iterable[Introduction]) -> list[Introduction]:
    """Of these, which the viewer asked for, those she may see: both people, and that they know each other.

    An edge that ended and one that was hidden answer alike: the letter is gone. While it stands, it looks the same
    whatever the two did with it.
    """
    mine = [row for row in rows if row.asker_id == viewer.id]
    if not mine:
        return []
    keys = {key for row in mine for key in row.people}
    seen = set(people.findable_by(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    known = {frozenset(pair) for pair in near.among(viewer, keys)}
    return [
        row
        for row in mine
        if {row.introducer_id, row.target_id} <= seen
        and frozenset((row.asker_id, row.introducer_id)) in known
        and frozenset((row.introducer_id, row.target_id)) in known
        and frozenset((row.asker_id, row.target_id)) not in known
    ]
