"""Where two people could have worked together: the places both have on their profiles, and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from collegium.audience.viewer import Viewer
from collegium.career import history
from collegium.career.models import Item
from collegium.vouching.models import Confirmation


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation both have on their profiles.

    Attributes:
        key: names it among the places of the two.
        name: of the record, or as the proposer writes it.
        organization: key of the record, if there is one.
        folded: the name as it is compared.
        since: when both were there, where that can be told; partial date.
        until: partial date.
    """

    key: str
    name: str
    organization: int | None
    folded: str
    since: str = ""
    until: str = ""

    def is_of(self, row: Confirmation) -> bool:
        """Whether a confirmation is about this place."""
        if self.organization and row.organization_id:
            return self.organization == row.organization_id
        return self.folded == row.folded

    @property
    def years(self) -> str:
        """The time both were there, for people; "" where the profiles do not tell."""
        return history.years(self.since, self.until)


def places(viewer: Viewer, other: int) -> list[Place]:
    """The places the viewer shares with somebody, in time or not, as far as she may read them. One statement."""
    rows = history.read(viewer, viewer.id, [other])
    met = history.meetings(viewer.id, rows).get(other, [])
    times = {(each.organization, each.folded): (each.since, each.until) for each in reversed(met)}
    found: dict[str, Place] = {}
    for mine, theirs in history.places(rows.get(viewer.id, ()), rows.get(other, ())):
        place = _place(mine, theirs, times)
        found.setdefault(place.key, place)
    return list(found.values())


def find(known: Iterable[Place], key: str) -> Place | None:
    """The place of that key among these."""
    return next((place for place in known if place.key == key), None)


def _place(mine: Item, theirs: Item, times: dict[tuple[int | None, str], tuple[str, str]]) -> Place:
    record = mine.organization or theirs.organization
    organization, folded = record.pk if record else None, mine.folded_organization
    since, until = times.get((organization, folded), ("", ""))
    key = f"o{organization}" if organization else f"n{mine.pk}"
    return Place(key, record.name if record else mine.organization_name, organization, folded, since, until)
