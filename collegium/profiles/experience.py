"""Positions as a career reads: those at one employer together, while she stayed; what began anew stands by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from collegium.career import partial
from collegium.career.models import Item
from collegium.organizations.models import Organization

# Two roles at one employer belong together when no more than this lies between them.
GAP_MONTHS = 3


@dataclass(slots=True)
class Group:
    """The positions somebody held at one employer, one after the other or at once, in the owner's order."""

    roles: list[Item] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The employer, as the owner writes it."""
        return self.roles[0].organization_name

    @property
    def organization(self) -> Organization | None:
        """Its record, where there is one."""
        return self.roles[0].organization

    @property
    def started(self) -> str:
        """When the first role began, as far as that is known of every role."""
        starts = [role.started for role in self.roles]
        return min(starts) if all(starts) else ""

    @property
    def ended(self) -> str:
        """When the last role ended; "" while one goes on."""
        ends = [role.ended for role in self.roles]
        return max(ends) if all(ends) else ""


def grouped(positions: Sequence[Item], today: date) -> list[Group]:
    """The positions by employer.

    A role joins a group of its employer when it follows directly in the owner's order, or when the times meet; someone
    who came back after years has two groups, because that is two stories.

    Args:
        positions: in the owner's order; it decides the order of groups and of the roles in them.
        today: the present day.
    """
    groups: list[Group] = []
    by_employer: dict[object, list[Group]] = {}
    for item in positions:
        employer = item.organization_id or item.folded_organization
        known = by_employer.setdefault(employer, [])
        home = next((group for group in known if any(_meet(role, item, today) for role in group.roles)), None)
        if home is None and groups and known and groups[-1] is known[-1] and not (item.started and item.ended):
            home = known[-1]
        if home is None:
            home = Group()
            groups.append(home)
            known.append(home)
        home.roles.append(item)
    return groups


def _meet(one: Item, other: Item, today: date) -> bool:
    """Whether two spans overlap or nearly touch."""
    (begin, end), (start, stop) = _reach(one, today), _reach(other, today)
    return begin is not None and start is not None and start <= end + GAP_MONTHS and begin <= stop + GAP_MONTHS


def _reach(item: Item, today: date) -> tuple[int | None, int]:
    """First and last month since the year 0, generous where only the year is known."""
    year, month, _day = partial.parts(item.started)
    last, last_month, _day = partial.parts(item.ended) if item.ended else (today.year, today.month, 1)
    begin = None if year is None else year * 12 + (month or 1)
    return begin, (last or 0) * 12 + (last_month or 12)
