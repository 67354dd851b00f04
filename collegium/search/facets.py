"""The facets of a search as the page shows them: values with their names and numbers, the chosen ones first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from collegium.lib.query import tokens
from collegium.organizations.models import Organization
from collegium.search.asking import BODIES, DEGREE, DEGREES, FACETS, OPEN, Asked, Facet, Value
from collegium.search.counting import Counts
from collegium.search.query import parse
from collegium.search.searching import Search
from collegium.skills.models import Skill

SHOWN = 5
"""Values of one facet beside the results; the others are one step away."""
MOST = 200
"""Values on the page of one facet: whoever looks for another one types its beginning."""
CONSIDERED = 3_000
"""Values whose names are compared with what was typed into the filter box, those that most have."""

# How somebody who matches writes the name of a place, a language, an organisation without a record.
WRITTEN_PLACES = "SELECT id, 'place', place, fold(place) FROM members_member WHERE id = ANY(%(keys)s)"
WRITTEN_ITEMS = """
    SELECT member_id, section, CASE section WHEN 'languages' THEN title ELSE organization_name END,
        CASE section WHEN 'languages' THEN fold(title) ELSE folded_organization END
    FROM career_item WHERE member_id = ANY(%(keys)s) AND removed_at IS NULL
        AND section IN ('languages', 'positions', 'education') ORDER BY member_id, rank, id"""
# Another section may be closed to the viewer, and the same name stand there in other letters.
STANDS_IN = {
    "place": "place",
    "company": "positions",
    "past": "positions",
    "school": "education",
    "language": "languages",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a facet: how many have it, and whether it is chosen."""

    value: Value
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One facet on the page; `more` says how many values are not shown."""

    facet: Facet
    lines: Sequence[Line]
    more: int = 0

    @property
    def chosen(self) -> int:
        """How many of its values are chosen."""
        return sum(1 for line in self.lines if line.chosen)


def shown(search: Search, only: Iterable[str] = FACETS, most: int = SHOWN, find: str = "") -> list[Shown]:
    """Facets with the values that most of those who match have, and with what is chosen.

    Args:
        search: worked out.
        only: which facets.
        most: how many values of each, chosen ones not counted.
        find: what the names of values begin with, word by word.
    """
    counts = {name: search.counts(name) for name in only}
    top = {name: _values(search, name, counts[name], CONSIDERED if find else most) for name in counts}
    named = _named(search, [value for values in top.values() for value in values])
    if find:
        top = {name: _called(find, [named[value] for value in values])[:most] for name, values in top.items()}
    made = []
    for name, values in top.items():
        lines = [_line(search.asked, named.get(value, value), counts[name]) for value in values]
        lines = [line for line in lines if line.value.label]
        made.append(Shown(FACETS[name], lines, 0 if find else max(0, counts[name].different - len(lines))))
    return [each for each in made if each.lines]


def _values(search: Search, name: str, counts: Counts, most: int) -> list[Value]:
    """The values to show: those chosen, and those that most have."""
    chosen = search.asked.of(name)
    if name == DEGREE:
        return [
            Value(name, each, each, str(DEGREES[each]))
            for each in DEGREES
            if counts.of(each) or each in {value.known for value in chosen}
        ]
    if name == OPEN:
        return [Value(name, "1", "1", str(FACETS[OPEN].label))] if counts.of("1") or chosen else []
    known = {value.known for value in chosen}
    others = [value for value, _count in counts.top(most + len(known)) if value not in known]
    return [*chosen, *(Value(name, value, "") for value in others[:most])]


def _line(asked: Asked, value: Value, counts: Counts) -> Line:
    chosen = any(each.known == value.known for each in asked.of(value.facet))
    return Line(value, counts.of(value.known), chosen)


def _called(find: str, values: Sequence[Value]) -> list[Value]:
    """Those whose names have words that begin as typed."""
    wanted = tokens.words(parse.fold([find])[0])
    folded = parse.fold([value.label for value in values])
    return [
        value
        for value, name in zip(values, folded, strict=True)
        if all(any(word.startswith(start) for word in tokens.words(name)) for start in wanted)
    ]


def _named(search: Search, values: Sequence[Value]) -> dict[Value, Value]:
    """Each of these values with its name and its way into an address. What nobody can name is left nameless."""
    nameless = [value for value in values if not value.label]
    records = _records({int(value.known) for value in nameless if value.facet in BODIES and value.known.isdigit()})
    skills = _skills({int(value.known) for value in nameless if value.facet == "skill"})
    written = _written(search, [value for value in nameless if value.known and not value.known.isdigit()])
    found = {value: value for value in values}
    for value in nameless:
        if value.facet == "skill":
            label = way = skills.get(int(value.known), "")
        elif value.facet in BODIES and value.known.isdigit():
            label, way = records.get(int(value.known), ("", ""))
        else:
            label = written.get(value, "")
            way = f"~{label}" if value.facet in BODIES else label
        found[value] = replace(value, label=label, written=way)
    return found


def _records(keys: set[int]) -> Mapping[int, tuple[str, str]]:
    rows = Organization.objects.filter(pk__in=keys).values_list("pk", "name", "handle") if keys else ()
    return {key: (name, handle) for key, name, handle in rows}


def _skills(keys: set[int]) -> Mapping[int, str]:
    return dict(Skill.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _written(search: Search, values: Sequence[Value]) -> dict[Value, str]:
    """How somebody who matches writes these: somebody who shows it to the viewer, so that it tells her nothing new."""
    holders = {value: search.holder(value.facet, value.known) for value in values}
    found: dict[Value, str] = {}
    for statement, here in ((WRITTEN_PLACES, True), (WRITTEN_ITEMS, False)):
        asked = [value for value in values if (value.facet == "place") == here and holders[value] is not None]
        if not asked:
            continue
        with connection.cursor() as cursor:
            cursor.execute(statement, {"keys": list({holders[value] for value in asked})})
            rows = reversed(cursor.fetchall())
            said = {(key, section, tokens.value(folded)): text for key, section, text, folded in rows}
        for value in asked:
            place = holders[value] or 0, STANDS_IN[value.facet], value.known.removeprefix("~")
            found[value] = said.get(place, "")
    return found
