"""The ways to narrow a search for work: what they are called, and the values that have names of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from collegium.finding.columns import KINDS, WAYS
from collegium.openings.models import Kind, Seniority, Way

SINCE, PAY = "since", "pay"
DAYS = (1, 3, 7, 14, 30)
STEPS = (20_000, 30_000, 40_000, 50_000, 60_000, 80_000, 100_000, 150_000)
"""Euros a year."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a search.

    Attributes:
        name: in the address.
        label: over its values.
        single: only one of its values can be chosen, and each of them holds those below it.
        find: what the box says in which a value is looked for by name; "" for those with few values.
    """

    name: str
    label: str | Promise
    single: bool = False
    find: str | Promise = ""


FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("way", _("Where you work")),
        Facet("kind", _("Kind of work")),
        Facet("level", _("Experience")),
        Facet(PAY, _("Pay a year, at least"), single=True),
        Facet(SINCE, _("Posted"), single=True),
        Facet("company", _("Organisation"), find=_("Find an organisation")),
        Facet("skill", _("Skill"), find=_("Find a skill")),
        Facet("country", _("Country"), find=_("Find a country")),
    )
}
# What the table has for each value that an address can name: the number of its place.
NAMED: Mapping[str, Sequence[tuple[str, int, Any]]] = {
    "way": [(each, place, Way(each).label) for place, each in enumerate(WAYS)],
    "kind": [(each, place, Kind(each).label) for place, each in enumerate(KINDS)],
    "level": [(str(each.value), each.value, each.label) for each in Seniority],
    SINCE: [(str(days), days, ngettext_lazy("in the last day", "in the last %(num)s days", days)) for days in DAYS],
}


def named(name: str) -> list[tuple[str, int, str]]:
    """The values of a facet that has always the same: as written, as the table has them, and for people."""
    rows = NAMED[name]
    return [
        (written, known, str(label % {"num": known}) if name == SINCE else str(label)) for written, known, label in rows
    ]
