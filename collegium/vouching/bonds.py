"""How two people are related as the network knows it: said by both, read off both profiles, or only connected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.career import history
from collegium.career.models import Item
from collegium.lib import clock
from collegium.lib.statement import Slots, Statement
from collegium.ties.models import Connection
from collegium.vouching.models import Confirmation


@dataclass(frozen=True, slots=True)
class Bond:
    """One pair in a viewer's eyes.

    Attributes:
        words: "worked together at X, 2019–21"; "" when there is nothing to tell.
        confirmed: both said so.
        context: an organisation and a time both were there stands behind it.
        path: of the organisation's page, where it has one.
    """

    words: str = ""
    confirmed: bool = False
    context: bool = False
    path: str = ""


NONE = Bond()


def bonds(viewer: Viewer, one: int, others: Iterable[int], *, tied: bool) -> dict[int, Bond]:
    """The bond of one person with each of a page of people. Three statements, whatever the number.

    Args:
        viewer: who looks; what she may not read on both profiles stands behind no bond.
        one: key of a member.
        others: keys of others.
        tied: whether the viewer may know that they are connected: it goes without saying of an endorsement.
    """
    keys = [key for key in dict.fromkeys(others) if key != one]
    if not keys:
        return {}
    rows = history.read(viewer, one, keys)
    met = history.meetings(one, rows)
    found = {key: _since(year) for key, year in _years(one, keys).items()} if tied else {}
    for key, shared in met.items():
        found[key] = Bond(shared[0].words, context=True, path=shared[0].path)
    return found | confirmed(one, keys, rows)


def bond(viewer: Viewer, one: int, other: int) -> Bond:
    """The bond of two people, for one of the two."""
    return bonds(viewer, one, [other], tied=viewer.id in (one, other)).get(other, NONE)


def confirmed(one: int, keys: list[int], rows: Mapping[int, Sequence[Item]]) -> dict[int, Bond]:
    """What both said, where the place can still be read on both profiles.

    Args:
        one: key of a member.
        keys: of others.
        rows: what the viewer may read of each, from `history.read`.
    """
    found: dict[int, Bond] = {}
    for row in SAID.rows(one=one, others=keys):
        other = row.high_id if row.low_id == one else row.low_id
        if is_at(row, rows.get(one, ())) and is_at(row, rows.get(other, ())):
            where = {"name": row.organization.name if row.organization else row.name, "years": row.years}
            words = _("Both say they worked together at %(name)s, %(years)s")
            path = row.organization.path if row.organization else ""
            found[other] = Bond(words % where, confirmed=True, context=True, path=path)
    return found


def is_at(row: Confirmation, items: Iterable[Item]) -> bool:
    """Whether one of these rows is at the place of the confirmation."""
    return any(
        (row.organization_id and item.organization_id == row.organization_id) or item.folded_organization == row.folded
        for item in items
    )


def _said(slot: Slots) -> QuerySet[Confirmation]:
    one = slot.int("one")
    pairs = Q(slot.among("high_id", "others"), low=one) | Q(slot.among("low_id", "others"), high=one)
    return (
        Confirmation.objects.filter(pairs)
        .standing()
        .exclude(confirmed_at=None)
        .select_related("organization")
        .order_by("since", "id")
    )


def _ties(slot: Slots) -> QuerySet[Any]:
    rows = Connection.objects.filter(slot.among("other_id", "others"), member=slot.int("one"))
    return rows.order_by().values_list("other_id", "since")


SAID = Statement(_said)
TIES = Statement(_ties)


def _years(one: int, keys: list[int]) -> dict[int, int]:
    return {other: since.year for other, since in TIES.tuples(one=one, others=keys)}


def _since(year: int) -> Bond:
    if year == clock.now().year:
        return Bond(_("connected this year"))
    return Bond(_("connected since %(year)s") % {"year": year})
