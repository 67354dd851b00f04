"""The facets of a search as its page shows them: values with their names and numbers, those that are chosen first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from collegium.finding.asked import Asked
from collegium.finding.facets import DAYS, FACETS, NAMED, PAY, SINCE, STEPS, Facet, named
from collegium.finding.parts import Value
from collegium.finding.searching import Search
from collegium.gazetteer.countries import country_name
from collegium.gazetteer.money import EURO, format_money
from collegium.lib.query import parse, tokens
from collegium.organizations.models import Organization
from collegium.skills.models import Skill

SHOWN = 5
"""Values of one facet beside the results; the others are one step away."""
MOST = 200
"""Values on the page of one facet: whoever looks for another one types its beginning."""
CONSIDERED = 3_000
"""Values whose names are compared with what was typed into the box, those that most have."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a facet: how many have it, whether it is chosen, and where a click on it leads."""

    value: Value
    count: int
    chosen: bool
    path: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One facet on the page.

    Attributes:
        facet: what it is.
        lines: its values.
        more: how many it has besides.
    """

    facet: Facet
    lines: list[Line]
    more: int = 0


def shown(search: Search, only: Iterable[str] = FACETS, most: int = SHOWN, find: str = "") -> list[Shown]:
    """Facets with the values that most of what matches has, and with what is chosen. Two statements at most.

    Args:
        search: worked out.
        only: which facets.
        most: how many values of each, chosen ones not counted.
        find: what the names of values begin with, word by word.
    """
    made = {name: _fixed(search, name) for name in only if name in NAMED or name == PAY}
    counts = {name: search.counts(name) for name in only if name not in made}
    top = {name: _top(search.asked, name, found, CONSIDERED if find else most) for name, found in counts.items()}
    named = _named([value for values in top.values() for value in values])
    for name, values in top.items():
        lines = [_line(search.asked, named[value], counts[name]) for value in values if named[value].label]
        lines = _called(find, lines)[:most] if find else lines
        made[name] = Shown(FACETS[name], lines, 0 if find else max(0, len(counts[name]) - len(lines)))
    return [made[name] for name in only if made[name].lines]


def _fixed(search: Search, name: str) -> Shown:
    """A facet whose values are always the same; those that nothing has are left out, unless they are chosen."""
    if name == PAY:
        counts = search.steps(PAY, STEPS)
        values = [_step(amount) for amount in STEPS]
    else:
        counts = search.steps(SINCE, DAYS) if name == SINCE else search.counts(name)
        values = [Value(name, known, written, label) for written, known, label in named(name)]
    lines = [_line(search.asked, value, counts) for value in values]
    return Shown(FACETS[name], [line for line in lines if line.count or line.chosen])


def _step(amount: int) -> Value:
    return Value(PAY, amount, str(amount), _("from %(amount)s") % {"amount": format_money(amount, EURO)})


def _line(asked: Asked, value: Value, counts: Mapping[int, int]) -> Line:
    chosen = any(each.known == value.known for each in asked.of(value.facet))
    return Line(value, counts.get(value.known, 0), chosen, asked.toggled(value).path if value.facet == PAY else "")


def _top(asked: Asked, name: str, counts: Mapping[int, int], most: int) -> list[Value]:
    """Those chosen, and those that most have."""
    chosen = asked.of(name)
    known = {value.known for value in chosen}
    others = sorted((value for value in counts if value not in known), key=lambda value: (-counts[value], value))
    return [*chosen, *(Value(name, value, "") for value in others[:most])]


def _named(values: Sequence[Value]) -> dict[Value, Value]:
    """Each of these with its name and its way into an address."""
    bodies = {value.known for value in values if value.facet == "company" and not value.label}
    records = Organization.objects.filter(pk__in=bodies).values_list("pk", "handle", "name") if bodies else ()
    wanted = {value.known for value in values if value.facet == "skill" and not value.label}
    skills = dict(Skill.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    names: dict[tuple[str, int], tuple[str, str]] = {("company", key): (way, name) for key, way, name in records}
    names |= {("skill", key): (name, name) for key, name in skills.items()}
    found = {}
    for value in values:
        if value.label:
            found[value] = value
            continue
        if value.facet == "country":
            code = chr(value.known // 256) + chr(value.known % 256)
            way, label = code, country_name(code)
        else:
            way, label = names.get((value.facet, value.known), ("", ""))
        found[value] = replace(value, written=way, label=label)
    return found


def _called(find: str, lines: Sequence[Line]) -> list[Line]:
    """Those whose names have words that begin as typed."""
    wanted, *names = (tokens.words(text) for text in parse.fold([find, *(line.value.label for line in lines)]))
    return [
        line
        for line, words in zip(lines, names, strict=True)
        if all(any(word.startswith(start) for word in words) for start in wanted)
    ]
