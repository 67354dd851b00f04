"""What one search asks for: the words and the facets chosen, as the address says them and as the arrays know them.

An address is made to be read and shared: `?q=hydrologist&company=waterschap-delft&skill=Python&degree=1,2&open=1`.
Companies and schools go by the handle of their record, or behind a `~` by a name that has none; skills, places and
languages by their names. What an address names and nobody knows chooses nobody; it is no error.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.lib.query import tokens
from collegium.lib.query.tree import Node
from collegium.organizations.models import Organization
from collegium.organizations.naming import find
from collegium.search.query import parse
from collegium.skills.models import Spelling

MOST_VALUES, LONGEST_VALUE = 20, 200
DEGREE, OPEN = "degree", "open"
BODIES = ("company", "past", "school")
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a search.

    Attributes:
        name: in the address, and of the arrays (`corpus.draft.FACETS`).
        label: over its values.
        find: what the filter box of its page says; "" for those with few values.
        icon: beside what is chosen.
    """

    name: str
    label: str | Promise
    find: str | Promise = ""
    icon: str = ""


FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet(DEGREE, _("How near"), icon="users"),
        Facet("company", _("Works at"), _("Find a company"), "briefcase"),
        Facet("past", _("Worked at"), _("Find a company"), "history"),
        Facet("place", _("Place"), _("Find a place"), "map-pin"),
        Facet("skill", _("Skill"), _("Find a skill"), "sparkles"),
        Facet("school", _("School"), _("Find a school"), "graduation-cap"),
        Facet("language", _("Language"), _("Find a language"), "languages"),
        Facet(OPEN, _("Open to work"), icon="handshake"),
    )
}
DEGREES = {"1": _("Connections"), "2": _("2nd degree"), "3": _("3rd degree and further")}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: as the arrays know it, as the address says it, and for people ("" until it is known)."""

    facet: str
    known: str
    written: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Among whom one looks: everybody, or the members of one group.

    No address of the search of everybody can name a group: the page of the group says it, after it has asked whether
    the viewer reads there.

    Attributes:
        path: of the page of results.
        group: the key of the group; 0 for everybody.
    """

    path: str = "/search/"
    group: int = 0


EVERYBODY = Place()


@dataclass(frozen=True, slots=True)
class Asked:
    """A search."""

    typed: str = ""
    node: Node | None = None
    chosen: tuple[Value, ...] = ()
    place: Place = EVERYBODY

    def __bool__(self) -> bool:
        return self.node is not None or bool(self.chosen) or bool(self.place.group)

    def of(self, facet: str) -> list[Value]:
        """What is chosen of one facet."""
        return [value for value in self.chosen if value.facet == facet]

    @property
    def facets(self) -> list[str]:
        """The facets of which something is chosen."""
        return list(dict.fromkeys(value.facet for value in self.chosen))

    @property
    def address(self) -> str:
        """The search as the part of an address after the question mark; the same search always gives the same."""
        parts = [("q", self.typed)] if self.typed else []
        for name in FACETS:
            values = self.of(name)
            if name == DEGREE and values:
                parts.append((name, ",".join(sorted(value.written for value in values))))
            else:
                parts += [(name, value.written) for value in values]
        return urlencode(parts, safe='~,@:()"', quote_via=quote)

    @property
    def path(self) -> str:
        """The whole address of its page."""
        return f"{self.place.path}?{self.address}" if self.address else self.place.path

    def toggled(self, value: Value) -> "Asked":
        """The same with one value more, or without it."""
        rest = tuple(each for each in self.chosen if (each.facet, each.known) != (value.facet, value.known))
        return replace(self, chosen=rest if len(rest) < len(self.chosen) else (*rest, value))

    def without(self, facet: str) -> "Asked":
        """The same with nothing chosen of one facet."""
        return replace(self, chosen=tuple(each for each in self.chosen if each.facet != facet))

    def plain(self) -> "Asked":
        """The words alone."""
        return replace(self, chosen=())


@dataclass(slots=True)
class _Written:
    """One address, taken apart."""

    typed: str
    values: list[tuple[str, str]] = field(default_factory=list)


def read(given: QueryDict, place: Place = EVERYBODY) -> Asked:
    """The search an address asks for, among whom its page says."""
    return replace(read_many([given])[0], place=place)


def read_many(given: Iterable[QueryDict]) -> list[Asked]:
    """Several searches, in the same few statements as one."""
    written = [_taken_apart(each) for each in given]
    pairs = {pair for each in written for pair in each.values}
    known = _resolved(pairs)
    nodes = parse.read_many([each.typed for each in written])
    return [
        Asked(each.typed, node, tuple(dict.fromkeys(known[pair] for pair in each.values)))
        for each, node in zip(written, nodes, strict=True)
    ]


def _taken_apart(given: QueryDict) -> _Written:
    made = _Written(parse.shown(given.get("q", "")))
    for name in FACETS:
        values = given.getlist(name)
        if name == DEGREE:
            values = [part for value in values for part in value.split(",") if part in DEGREES]
        elif name == OPEN:
            values = ["1"] if "1" in values else []
        kept = [parse.shown(value, LONGEST_VALUE) for value in values[:MOST_VALUES]]
        made.values += [(name, value) for value in dict.fromkeys(kept) if value]
    return made


def _resolved(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], Value]:
    """Each value of an address as the arrays know it."""
    handles = {value for name, value in pairs if name in BODIES and not value.startswith("~")}
    rows = Organization.objects.select_related("merged_into").filter(handle__in=handles) if handles else ()
    bodies = {row.handle: row.merged_into or row for row in rows}
    # A name that had no record when the search was kept may have one by now.
    bodies |= {f"~{name}": row for name, row in find(value[1:] for _name, value in pairs if value[:1] == "~").items()}
    texts = sorted({value for name, value in pairs if name in ("skill", "place", "language") or value.startswith("~")})
    folded = dict(zip(texts, parse.fold(texts), strict=True)) if texts else {}
    skills = _skills({folded[value] for name, value in pairs if name == "skill"})
    return {pair: _value(*pair, bodies, folded, skills) for pair in pairs}


def _skills(folded: set[str]) -> dict[str, tuple[int, str]]:
    """Keys and names of skills, by any spelling."""
    if not folded:
        return {}
    rows = Spelling.objects.filter(folded__in=folded).values_list("folded", "skill_id", "skill__name")
    return {spelling: (key, name) for spelling, key, name in rows}


def _value(
    name: str,
    written: str,
    bodies: Mapping[str, Organization],
    folded: Mapping[str, str],
    skills: Mapping[str, tuple[int, str]],
) -> Value:
    if name == DEGREE:
        return Value(name, written, written, str(DEGREES[written]))
    if name == OPEN:
        return Value(name, written, written, str(FACETS[OPEN].label))
    if name == "skill":
        key, label = skills.get(folded[written], (UNKNOWN, written))
        return Value(name, str(key), label, label)
    if written.startswith("~") and not (name in BODIES and written in bodies):
        return Value(name, f"~{tokens.value(folded[written])}", written, written[1:])
    if name in BODIES:
        body = bodies.get(written)
        return Value(name, str(body.pk) if body else UNKNOWN, written, body.name if body else written)
    return Value(name, tokens.value(folded[written]), written, written)
