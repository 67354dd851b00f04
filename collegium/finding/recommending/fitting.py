"""Which openings fit somebody: counted on the table of openings, all of them at once.

A skill fits when it is the same skill, however either side wrote it; a role, when its words stand in the title. What
she says of ways, kinds and places leaves out what does not fit. The order is the share of an opening's skills that she
lists, and one more for a role; of two alike the newer one comes first. Nothing else counts, and nobody can pay for it.
"""

from dataclasses import dataclass

import numpy as np

from collegium.applications.models import Application
from collegium.audience.viewer import Viewer
from collegium.finding import memory, words
from collegium.finding.asked import letters
from collegium.finding.columns import KINDS, WAYS
from collegium.finding.eyes import Eyes
from collegium.finding.recommending.wishes import Wishes
from collegium.finding.table import Mask, Table
from collegium.lib.query.tree import All, Node, Term
from collegium.openings.models import Seat, Way
from collegium.pages.models import Role

RADIUS = 50.0
"""Kilometres."""
FEWEST = 3
"""One skill of one is less than three of three: the share is of so many at least."""
_REMOTE = WAYS.index(Way.REMOTE.value)


@dataclass(frozen=True, slots=True)
class Fit:
    """An opening that fits, and the role in its title that she looks for; "" where none is."""

    key: int
    role: str = ""


def fitting(viewer: Viewer, wishes: Wishes, most: int) -> list[Fit]:
    """The openings that fit best, at most so many. A constant number of statements, however many openings there are."""
    table = memory.now()
    if not wishes or not len(table):
        return []
    share, roles = _share(wishes, table), _roles(wishes, table)
    wanted = np.zeros(len(table), np.bool_)
    for mask in roles.values():
        wanted |= mask
    fits = (share > 0) | wanted
    fits &= Eyes(viewer, table).sees & _asked_for(wishes, table) & ~_left_out(viewer, table)
    found = np.flatnonzero(fits)
    order = np.argsort(-(share[found] + wanted[found]), kind="stable")
    best = found[order[:most]].tolist()
    return [
        Fit(int(table.columns.key[place]), next((role for role, mask in roles.items() if mask[place]), ""))
        for place in best
    ]


def _share(wishes: Wishes, table: Table) -> "np.typing.NDArray[np.float64]":
    """The part of each opening's skills that she lists."""
    hers = np.isin(table.skills.values, np.array(sorted(wishes.skills), np.int64))
    owners = table.skill_owners[hers[table.skills.codes]]
    matched = np.bincount(owners, minlength=len(table))
    return np.asarray(matched / np.maximum(table.columns.skills.counts, FEWEST))


def _roles(wishes: Wishes, table: Table) -> dict[str, Mask]:
    """Which openings have the words of each role in their titles."""
    nodes: dict[str, Node] = {}
    for role, cut in zip(wishes.roles, words.cut(list(wishes.roles)), strict=True):
        terms = tuple(Term((word,), word, beginning=False, field="title") for word in cut)
        if terms:
            nodes[role] = All(terms) if len(terms) > 1 else terms[0]
    found = words.matching_each(nodes.values(), table)
    return {role: found[node] for role, node in nodes.items()}


def _asked_for(wishes: Wishes, table: Table) -> Mask:
    """What is of a way, a kind and a place that she wants."""
    columns = table.columns
    mask = np.ones(len(table), np.bool_)
    if wishes.ways:
        mask &= np.isin(columns.way, [WAYS.index(way) for way in wishes.ways])
    if wishes.kinds:
        mask &= np.isin(columns.kind, [KINDS.index(kind) for kind in wishes.kinds])
    if not wishes.towns:
        return mask
    remote = columns.countries.counts == 0
    near = np.zeros(len(table), np.bool_)
    for town in wishes.towns:
        near |= table.near(town.latitude, town.longitude, RADIUS)
        owners = table.country_owners[table.countries.codes == table.countries.code(letters(town.country))]
        remote[owners] = True
    # What is done from anywhere is near to nobody and open to everybody, in the countries it names.
    return np.asarray(mask & np.where(columns.way == _REMOTE, remote, near))


def _left_out(viewer: Viewer, table: Table) -> Mask:
    """What she hires for herself, and what she has applied to."""
    columns, me = table.columns, viewer.me
    applied = Application.objects.of(me).values_list("opening_id", flat=True)
    seats = Seat.objects.filter(member=me).values_list("opening_id", flat=True)
    keys = np.array([*applied, *seats], np.int64)
    pages = list(Role.objects.filter(member=me).values_list("organization_id", flat=True))
    return np.asarray(table.mask(keys) | (columns.poster == me.pk) | np.isin(columns.organization, pages))
