"""What the locked-up child says, taken apart without believing any of it, and its texts cleaned as typed ones are."""

import dataclasses
import json
import re
from typing import Any

from django.core.exceptions import ValidationError

from collegium.career import partial
from collegium.career.document import Draft, Header, Reach
from collegium.career.sections import Section
from collegium.lib.text import clean_line, clean_text
from collegium.portability.linkedin import links
from collegium.portability.linkedin.catalogue import KINDS
from collegium.portability.linkedin.things import (
    DECISIONS,
    MOST_LIST,
    TYPES,
    CareerItem,
    FileReport,
    Head,
    Problem,
    Thing,
    Way,
    declared,
)

MOST_FILES = 2500
MOST_PROBLEMS = 20
_MOST_NUMBER = 2**53
_MOST_NAME, _MOST_VALUE = 300, 200
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")
_WORD = re.compile(r"[a-z0-9_-]{1,40}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]")
_WAYS = frozenset(("email", "phone", "website", "network", "messenger", "address", "birthday"))


class NonsenseError(Exception):
    """The child says what it cannot say in its right mind."""


class UnusableError(Exception):
    """A thing is well formed, but a text of it cannot be kept here."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def message(line: bytes) -> list[Any]:
    """One line as a list that begins with a word."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise NonsenseError(line[:100]) from None
    if not isinstance(said, list) or not said or not isinstance(said[0], str):
        raise NonsenseError(line[:100])
    return said


def number(said: list[Any], place: int) -> int:
    """A number of a message."""
    value = said[place] if place < len(said) else None
    if type(value) is not int or not 0 <= value < _MOST_NUMBER:
        raise NonsenseError(value)
    return value


def _object(said: list[Any]) -> dict[str, Any]:
    """The object that ends a message."""
    if not said or not isinstance(said[-1], dict):
        raise NonsenseError(said)
    return said[-1]


def problem(said: list[Any]) -> Problem:
    """A problem, its words made harmless: they are parts of a stranger's file."""
    value = _object(said)
    if not _is_word(value.get("code")):
        raise NonsenseError(value)
    return Problem(
        value["code"],
        _shown(value.get("file", ""), _MOST_NAME),
        _count(value.get("row", 0)),
        _shown(value.get("column", ""), _MOST_VALUE),
        _shown(value.get("value", ""), _MOST_VALUE),
        _count(value.get("limit", 0)),
    )


def report(said: list[Any]) -> FileReport:
    """A file's report."""
    value = _object(said)
    kind, decision = value.get("kind", ""), value.get("decision", "unknown")
    problems, notes, unused = (value.get(name, []) for name in ("problems", "notes", "unused"))
    lists = all(isinstance(each, list) and len(each) <= MOST_LIST for each in (problems, notes, unused))
    if decision not in DECISIONS or (kind and kind not in KINDS) or not lists or len(problems) > MOST_PROBLEMS:
        raise NonsenseError(value)
    if not all(_is_word(word) for word in (*notes, value.get("encoding", "") or "none")):
        raise NonsenseError(value)
    return FileReport(
        name=_shown(value.get("name", ""), _MOST_NAME),
        kind=kind,
        decision=decision,
        rows=_count(value.get("rows", 0)),
        taken=_count(value.get("taken", 0)),
        repeated=_count(value.get("repeated", 0)),
        problems=tuple(problem([each]) for each in problems),
        problem_count=_count(value.get("problem_count", 0)),
        encoding=value.get("encoding", ""),
        notes=tuple(notes),
        unused=tuple(_shown(each, _MOST_VALUE) for each in unused),
    )


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(_WORD.fullmatch(value))


def _count(value: Any) -> int:
    return number([value], 0)


def _shown(value: Any, most: int) -> str:
    """Words of a stranger's file, fit to be quoted in a sentence."""
    if not isinstance(value, str):
        raise NonsenseError(value)
    return _UNPRINTABLE.sub("", value)[:most]


def thing(said: list[Any], kind: str) -> Draft | Header | Reach | Thing:
    """A thing of a row: of a known type, each field of its form and within its limit, cleaned.

    Args:
        said: number of the file, of the row, name of the type, fields.
        kind: of the file.

    Raises:
        UnusableError: a text is fit for no page here.
    """
    if len(said) != 4 or said[2] not in TYPES or not kind:
        raise NonsenseError(said[:3])
    made = TYPES[said[2]]
    given = _object(said)
    known = declared(made)
    if not given.keys() <= known.keys():
        raise NonsenseError(list(given)[:5])
    values = {name: _field(known[name], value) for name, value in given.items()}
    found: Thing = made(**values)
    return _as_career(found) if isinstance(found, CareerItem | Head | Way) else found


def _field(field: "dataclasses.Field[Any]", value: Any) -> Any:
    """One field by its declaration."""
    form = field.metadata.get("form", "flag")
    if form == "flag":
        if not isinstance(value, bool):
            raise NonsenseError(field.name)
        return value
    limit = field.metadata["limit"]
    if form == "lines":
        if not isinstance(value, list) or len(value) > MOST_LIST:
            raise NonsenseError(field.name)
        return tuple(_clean(field.name, "line", part, limit) for part in value)
    return _clean(field.name, form, value, limit)


def _clean(name: str, form: str, value: Any, limit: int) -> str:
    """One text by its form."""
    if not isinstance(value, str):
        raise NonsenseError(name)
    if len(value) > limit:
        raise NonsenseError(name)
    try:
        if form == "instant":
            return value if not value or _INSTANT.fullmatch(value) else _nonsense(name)
        if form == "partial":
            return partial.check(value)
        if form == "link" and value and links.web(value) != value:
            raise NonsenseError(name)
        return clean_text(value, limit) if form == "text" else clean_line(value, limit)
    except ValidationError:
        raise UnusableError(name) from None
    except ValueError:
        raise NonsenseError(name) from None


def _nonsense(name: str) -> str:
    raise NonsenseError(name)


def _as_career(found: CareerItem | Head | Way) -> Draft | Header | Reach:
    """The career's own form of a thing."""
    values = {name: getattr(found, name) for name in declared(type(found))}
    if isinstance(found, Head):
        return Header(**values)
    if isinstance(found, Way):
        if found.kind not in _WAYS:
            raise NonsenseError(found.kind)
        if not found.value:
            raise UnusableError("value")
        return Reach(**values)
    if found.section not in Section.values:
        raise NonsenseError(found.section)
    if not (found.title or found.organization_name):
        raise UnusableError("title")
    return Draft(**{**values, "section": Section(found.section)})
