"""What the tables say of some members, as a search reads it: folded texts with their places and audiences.

An audience is a level (`audience.level`): whatever carries the level of its part counts for a viewer who is that close.
Name, headline and place go with the profile itself (level 0: whoever finds the person reads them).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from collegium.audience.level import Level
from collegium.career.sections import Part, Section
from collegium.lib.query import tokens
from collegium.search.corpus.zones import Zone, of_item

BETWEEN = "\x1f"
COLUMNS = ("title", "organization_name", "place", "detail", "description")
LAST = len(COLUMNS) - 1
# Plain numbers and words: an enumeration's members cost more than all the rest of a row.
EVERYONE = int(Level.EVERYONE)
NAME, HEADLINE, PLACE = int(Zone.NAME_BEGINS), int(Zone.HEADLINE), int(Zone.PLACE)
ABOUT, SKILL = int(Zone.ABOUT), int(Zone.SKILL)
POSITIONS, EDUCATION, LANGUAGES = str(Section.POSITIONS), str(Section.EDUCATION), str(Section.LANGUAGES)
ZONES = {
    (str(section), current): tuple(int(of_item(section, column, current)) for column in COLUMNS)
    for section in Section
    for current in (True, False)
}
LETTERS = 1_500
"""Of a long text, so many letters are read: a description is found by how it begins."""

# One call of `fold` a row: the separator is no letter, and stays.
_HEAD = f"fold(concat_ws('{BETWEEN}', name, headline, place, left(about, {LETTERS})))"
_ITEM = f"fold(concat_ws('{BETWEEN}', {{0}}.title, {{0}}.organization_name, {{0}}.place, {{0}}.detail,"
_ITEM += f" left({{0}}.description, {LETTERS})))"
MEMBERS = f"SELECT id, handle, {_HEAD} FROM members_member WHERE id = ANY(%(keys)s)"  # noqa: S608 - constants
PROFILE_TEXTS = f"""
    SELECT member_id, {_HEAD} FROM career_profiletext WHERE member_id = ANY(%(keys)s) ORDER BY member_id, language
"""  # noqa: S608 - constants
ITEMS = f"""
    SELECT member_id, section, ended = '', coalesce(organization_id, 0), {_ITEM.format("i")}
    FROM career_item i WHERE member_id = ANY(%(keys)s) AND removed_at IS NULL ORDER BY member_id, section, rank, id
"""  # noqa: S608 - constants
ITEM_TEXTS = f"""
    SELECT i.member_id, i.section, i.ended = '', {_ITEM.format("t")}
    FROM career_item i JOIN career_itemtext t ON t.item_id = i.id
    WHERE i.member_id = ANY(%(keys)s) AND i.removed_at IS NULL ORDER BY i.id, t.language
"""  # noqa: S608 - constants
HOLDINGS = """
    SELECT h.member_id, array_agg(h.skill_id ORDER BY h.rank, h.id)
    FROM career_holding h WHERE h.member_id = ANY(%(keys)s) AND h.removed_at IS NULL GROUP BY h.member_id"""
GROUPS = "SELECT member_id, group_id FROM groups_membership WHERE member_id = ANY(%(keys)s)"
SKILLS = "SELECT id, fold(name) FROM skills_skill WHERE id = ANY(%(keys)s)"
AUDIENCES = "SELECT member_id, part, audience FROM career_partaudience WHERE member_id = ANY(%(keys)s)"
OPEN = """
    SELECT o.member_id, o.audience, (extract(epoch FROM o.until) * 1000000)::bigint,
        EXISTS (SELECT FROM openness_exclusion x WHERE x.member_id = o.member_id)
    FROM openness_opentowork o WHERE o.member_id = ANY(%(keys)s) AND o.ended_at IS NULL"""


Span = tuple[str, int, int]
"""A folded text, its zone, and how close one must be to read it. Plain: a large network has tens of millions."""
Fact = tuple[str, str, int]
"""A facet, one of its values, and how close one must be to know it."""


class Open(NamedTuple):
    """Somebody looks for work: for whom, until when (microseconds), and whether she leaves anybody out."""

    audience: int
    until: int
    leaves_out: bool


@dataclass(slots=True)
class Doc:
    """All that a search reads of one member."""

    key: int
    handle: str
    spans: list[Span] = field(default_factory=list)
    facts: dict[Fact, None] = field(default_factory=dict)
    open: Open | None = None


class Reader:
    """Reads members, some thousand at a time; remembers the names of skills."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._skills: dict[int, str] = {}

    def read(self, keys: Sequence[int]) -> list[Doc]:
        """What the tables say of these members, in the order of their keys; of those who are there."""
        asked = {"keys": list(keys)}
        levels: dict[int, dict[str, int]] = {}
        for member, part, audience in self._rows(AUDIENCES, asked):
            levels.setdefault(member, {})[part] = audience
        docs = {
            key: _person(key, handle, text, levels.get(key, {})) for key, handle, text in self._rows(MEMBERS, asked)
        }
        for key, text in self._rows(PROFILE_TEXTS, asked, docs):
            _head(docs[key], text, levels.get(key, {}))
        for key, section, current, organization, text in self._rows(ITEMS, asked, docs):
            level = levels[key].get(section, EVERYONE) if key in levels else EVERYONE
            columns = text.split(BETWEEN, LAST)
            _item(docs[key], section, current, columns, level)
            _facts(docs[key], section, organization, columns, level, current=current)
        for key, section, current, text in self._rows(ITEM_TEXTS, asked, docs):
            level = levels.get(key, {}).get(section, EVERYONE)
            _item(docs[key], section, current, text.split(BETWEEN, LAST), level)
        self._hold(docs, levels, asked)
        for key, group in self._rows(GROUPS, asked, docs):
            docs[key].facts["group", str(group), EVERYONE] = None
        for key, audience, until, leaves_out in self._rows(OPEN, asked, docs):
            docs[key].open = Open(audience, until, leaves_out)
        return [docs[key] for key in sorted(docs)]

    def _rows(
        self, statement: str, values: dict[str, Any], docs: dict[int, Doc] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """The rows; of somebody who came or went between two statements, none."""
        self._cursor.execute(statement, values)
        rows = self._cursor.fetchall()
        return iter(rows) if docs is None else (row for row in rows if row[0] in docs)

    def _hold(self, docs: dict[int, Doc], levels: dict[int, dict[str, int]], asked: dict[str, Any]) -> None:
        """The skills."""
        held = list(self._rows(HOLDINGS, asked, docs))
        unknown = {skill for _key, skills in held for skill in skills} - self._skills.keys()
        if unknown:
            self._skills.update(self._rows(SKILLS, {"keys": list(unknown)}))  # type: ignore[arg-type]
        for key, skills in held:
            level = levels.get(key, {}).get(Part.SKILLS.value, EVERYONE)
            doc = docs[key]
            for skill in skills:
                doc.spans.append((self._skills[skill], SKILL, level))
                doc.facts["skill", str(skill), level] = None


def _person(key: int, handle: str, text: str, levels: dict[str, int]) -> Doc:
    """The head of a profile, in its own language."""
    doc = Doc(key, handle)
    _head(doc, text, levels)
    place = text.split(BETWEEN)[2]
    if value := tokens.value(place):
        doc.facts["place", value, EVERYONE] = None
    return doc


def _head(doc: Doc, text: str, levels: dict[str, int]) -> None:
    name, headline, place, about = text.split(BETWEEN, 3)
    for folded, zone in ((name, NAME), (headline, HEADLINE), (place, PLACE)):
        if folded:
            doc.spans.append((folded, zone, EVERYONE))
    if about:
        doc.spans.append((about, ABOUT, levels.get(Part.ABOUT.value, EVERYONE)))


def _item(doc: Doc, section: str, current: bool, columns: list[str], level: int) -> None:
    for zone, folded in zip(ZONES[section, current], columns, strict=True):
        if folded:
            doc.spans.append((folded, zone, level))


def _facts(doc: Doc, section: str, organization: int, columns: list[str], level: int, *, current: bool) -> None:
    """Which values of which facets an item gives; an organisation without a record goes by its name."""
    title, name, *_rest = columns
    facet, value = "", ""
    if section == POSITIONS:
        facet, value = ("company" if current else "past"), _body(organization, name)
    elif section == EDUCATION:
        facet, value = "school", _body(organization, name)
    elif section == LANGUAGES:
        facet, value = "language", tokens.value(title)
    if value:
        doc.facts[facet, value, level] = None


def _body(organization: int, name: str) -> str:
    if organization:
        return str(organization)
    return f"~{value}" if (value := tokens.value(name)) else ""
