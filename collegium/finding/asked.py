"""What one search for work asks for, as the address says it and as the table of openings knows it.

An address is made to be read and shared: `?q="data engineer"&place=Delft&radius=50&way=remote&skill=Python&pay=50000`.
Organisations go by their handles, skills by any spelling, countries by their two letters. What an address names and
nobody knows chooses nothing; it is no error.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from collegium.finding import words
from collegium.finding.columns import NOTHING
from collegium.finding.facets import FACETS, NAMED, PAY, named
from collegium.finding.parts import MOST_PAY, PERIODS, RADII, RADIUS, Around, Floor, Value
from collegium.gazetteer import places
from collegium.gazetteer.countries import country_name, is_country
from collegium.gazetteer.models import Place
from collegium.gazetteer.money import EURO, in_euros, is_currency
from collegium.lib.query import parse, said
from collegium.lib.query.tree import Node
from collegium.openings.models import Period
from collegium.openings.models.openings import A_YEAR
from collegium.organizations.models import Organization
from collegium.skills.models import Spelling

PATH = "/jobs/"
MOST_VALUES, LONGEST_VALUE = 20, 200
FIRST, SECOND = 1, 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A search.

    Attributes:
        typed: the words, as they were typed.
        node: the words, as they were read.
        around: near which place.
        chosen: of the facets, the floor of the pay among them.
        floor: the pay.
        known: only where one knows somebody: FIRST a connection, SECOND somebody a connection knows; 0 for anywhere.
    """

    typed: str = ""
    node: Node | None = None
    around: Around | None = None
    chosen: tuple[Value, ...] = ()
    floor: Floor | None = None
    known: int = 0

    def __bool__(self) -> bool:
        return bool(self.node or self.around or self.chosen or self.known)

    @property
    def is_personal(self) -> bool:
        """Whether what matches depends on who asks, beyond what each may see."""
        return bool(self.known)

    def of(self, facet: str) -> list[Value]:
        """What is chosen of one facet."""
        return [value for value in self.chosen if value.facet == facet]

    @property
    def facets(self) -> list[str]:
        """The facets of which something is chosen."""
        return list(dict.fromkeys(value.facet for value in self.chosen))

    @property
    def narrowed(self) -> int:
        """How many things narrow it besides words and place."""
        return len(self.chosen) + bool(self.known)

    @property
    def address(self) -> str:
        """The search as the part of an address after the question mark; the same search always gives the same."""
        return urlencode(self._parts(), safe='~,@:()"', quote_via=quote)

    @property
    def path(self) -> str:
        """The whole address of its page."""
        return f"{PATH}?{self.address}" if self.address else PATH

    @property
    def understood(self) -> str:
        """How the words were read, where that is not plain to see."""
        return said.said(self.node) if said.needs_saying(self.node, self.typed) else ""

    @property
    def summary(self) -> str:
        """The whole search in a few words, for people."""
        near = self.around
        where = near.place.name if near and near.place else near.written if near else ""
        known = _("where I know somebody") if self.known else ""
        return ", ".join(part for part in (self.typed, where, *(each.label for each in self.chosen), known) if part)

    def toggled(self, value: Value) -> "Asked":
        """The same with one value more, or without it."""
        rest = tuple(each for each in self.chosen if (each.facet, each.known) != (value.facet, value.known))
        chosen = rest if len(rest) < len(self.chosen) else (*self._but_for_single(value), value)
        floor = self.floor if value.facet != PAY else Floor(value.known) if value in chosen else None
        return replace(self, chosen=chosen, floor=floor)

    def _but_for_single(self, value: Value) -> tuple[Value, ...]:
        """What stays chosen beside a value: of some facets only one is."""
        single = FACETS[value.facet].single
        return tuple(each for each in self.chosen if not (single and each.facet == value.facet))

    def without_known(self) -> "Asked":
        """The same, whether one knows somebody there or not."""
        return replace(self, known=0)

    def plain(self) -> "Asked":
        """The words and the place alone."""
        return Asked(self.typed, self.node, self.around)

    def at(self, place: Place) -> "Asked":
        """The same around another place."""
        near = self.around or Around("")
        return replace(self, around=replace(near, written=places.label(place), place=place, others=()))

    def hidden(self, without: str = "") -> list[tuple[str, str]]:
        """The parts of the address, but for one facet: what a form of that facet sends along."""
        return [(name, value) for name, value in self._parts() if name != without]

    def _parts(self) -> list[tuple[str, str]]:
        parts = [("q", self.typed)] if self.typed else []
        if self.around:
            parts.append(("place", self.around.written))
            parts += [("radius", str(self.around.radius))] if self.around.radius != RADIUS else []
            parts += [("remote", "1")] if self.around.remote else []
        for name in FACETS:
            parts += sorted((name, value.written) for value in self.of(name))
        if self.floor and self.of(PAY):
            parts += [("currency", self.floor.currency)] if self.floor.currency != EURO else []
            parts += [("period", self.floor.period)] if self.floor.period != Period.YEAR else []
        return [*parts, *([("known", str(self.known))] if self.known else [])]


def read(given: QueryDict) -> Asked:
    """The search an address asks for."""
    return read_many([given])[0]


def read_many(given: Iterable[QueryDict]) -> list[Asked]:
    """Several searches; their words, organisations and skills in the same few statements as those of one."""
    queries = list(given)
    typed = [parse.shown(each.get("q", "")) for each in queries]
    nodes = parse.read_many(typed, words.FIELDS, words.cut)
    written = [_taken_apart(each) for each in queries]
    known = _resolved({pair for each in written for pair in each})
    near = _around(queries)
    made = []
    for each, text, node, pairs, around in zip(queries, typed, nodes, written, near, strict=True):
        floor = _floor(each)
        chosen = tuple(dict.fromkeys(known[pair] for pair in pairs if pair in known))
        if floor is not None and floor.euros is not None:
            chosen = (*chosen, Value(PAY, floor.euros, str(floor.amount), floor.label))
        degree = {"1": FIRST, "2": SECOND}.get(each.get("known", ""), 0)
        made.append(Asked(text if node else "", node, around, chosen, floor, degree))
    return made


def _taken_apart(given: QueryDict) -> list[tuple[str, str]]:
    """What is chosen of the facets, as it is written; of those that allow one value, the last that makes sense."""
    made: list[tuple[str, str]] = []
    for name, facet in FACETS.items():
        if name == PAY:
            continue
        values = dict.fromkeys(parse.shown(value, LONGEST_VALUE) for value in given.getlist(name)[:MOST_VALUES])
        pairs = [(name, value) for value in values if value]
        if facet.single:
            pairs = [pair for pair in pairs if pair in _NAMED][-1:]
        made += pairs
    return made


_NAMED = {(name, written): known for name, rows in NAMED.items() for written, known, _label in rows}


def _resolved(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], Value]:
    """Each value as the table knows it; what nobody knows is left out, unless it is a name that may come to be one."""
    found = {}
    labels = {name: {written: label for written, _known, label in named(name)} for name in NAMED}
    for name, written in pairs:
        if (name, written) in _NAMED:
            found[name, written] = Value(name, _NAMED[name, written], written, labels[name][written])
        elif name == "country" and is_country(written):
            found[name, written] = Value(name, letters(written), written, country_name(written))
    found |= _bodies({written for name, written in pairs if name == "company"})
    return found | _skills({written for name, written in pairs if name == "skill"})


def letters(country: str) -> int:
    """The two letters of a country as a number, as `columns` reads them."""
    return ord(country[0]) * 256 + ord(country[1])


def _bodies(handles: set[str]) -> dict[tuple[str, str], Value]:
    if not handles:
        return {}
    rows = Organization.objects.select_related("merged_into").filter(handle__in=handles)
    bodies: Mapping[str, Organization] = {row.handle: row.merged_into or row for row in rows}
    made = {}
    for written in handles:
        body = bodies.get(written)
        values = (body.pk, body.handle, body.name) if body else (NOTHING, written, written)
        made["company", written] = Value("company", *values)
    return made


def _skills(written: set[str]) -> dict[tuple[str, str], Value]:
    if not written:
        return {}
    texts = sorted(written)
    folded = dict(zip(texts, parse.fold(texts), strict=True))
    rows = Spelling.objects.filter(folded__in=folded.values()).values_list("folded", "skill_id", "skill__name")
    known = {spelling: (key, name) for spelling, key, name in rows}
    made = {}
    for text in texts:
        key, name = known.get(folded[text], (NOTHING, text))
        made["skill", text] = Value("skill", key, name, name)
    return made


def _around(queries: list[QueryDict]) -> list[Around | None]:
    """The place of each; searches that are kept repeat few places, so each is looked up once."""
    found: dict[str, list[Place]] = {}
    made: list[Around | None] = []
    for given in queries:
        written = parse.shown(given.get("place", ""), LONGEST_VALUE)
        if not written:
            made.append(None)
            continue
        if written not in found:
            found[written] = places.find(written)
        place = found[written][0] if found[written] else None
        radius = given.get("radius", "")
        kilometres = int(radius) if radius in map(str, RADII) else RADIUS
        remote = given.get("remote") == "1"
        shown = places.label(place) if place else written
        made.append(Around(shown, place, tuple(found[written][1:]), kilometres, remote))
    return made


def _floor(given: QueryDict) -> Floor | None:
    """The least pay; what is no amount is none."""
    digits = "".join(letter for letter in given.get(PAY, "")[:20] if letter not in " .,'’\u00a0\u202f")
    if not (digits.isascii() and digits.isdigit()) or not 0 < int(digits) <= MOST_PAY:
        return None
    currency = given.get("currency", EURO).upper()
    currency = currency if is_currency(currency) else EURO
    period = given.get("period", "")
    period = period if period in PERIODS else Period.YEAR.value
    euros = in_euros(Decimal(digits), currency)
    yearly = None if euros is None else int(euros * A_YEAR[Period(period)])
    return Floor(int(digits), currency, period, yearly)
