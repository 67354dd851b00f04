"""What one keeps about people as one file, to take along and to bring back: tags, circles, notes, reminders, filters.

JSON, people named by handle. It is one's own and no part of a community bundle (docs/bundle.md), which an operator
reads. Whom its owner may not see now is not in it, as in the list; and a handle that is not there and one that may not
be seen are left out alike when it comes back.

    {"format": "collegium-people", "version": 1,
     "people": [{"handle": "bo-okafor", "name": "Bo Okafor", "note": "Met in Delft.", "tags": ["Delft"],
                 "circles": ["Close"], "reminders": [{"due": "2027-03-01", "words": "Drawings"}]}],
     "tags": ["Delft"], "circles": ["Close"],
     "filters": [{"name": "Silent", "asks": {"last": "not-18m", "tag": "Delft"}}]}
"""

import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from collegium.audience import people as sight
from collegium.audience.viewer import Viewer
from collegium.contacts import filters
from collegium.contacts.models import (
    FILTER_NAME,
    NOTE_LIMIT,
    REMINDER_LIMIT,
    TAG_NAME,
    PersonNote,
    Reminder,
    SavedFilter,
    Tag,
)
from collegium.lib.text import clean_line, clean_text
from collegium.members.models import Member
from collegium.ties.models import CIRCLE_NAME, Circle

FORMAT, VERSION = "collegium-people", 1
MOST_BYTES = 8 * 1024 * 1024
MOST_PEOPLE = 30_000
MOST_SHELVES, MOST_REMINDING = 200, 500
HANDLE = 100


@dataclass(slots=True)
class Entry:
    """What is kept about one person; a reminder is a day and words."""

    handle: str
    name: str = ""
    note: str = ""
    tags: list[str] = field(default_factory=list)
    circles: list[str] = field(default_factory=list)
    reminders: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """All of it. What a filter asks has the names of tags and circles in it, not their keys."""

    people: list[Entry] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    circles: list[str] = field(default_factory=list)
    filters: list[dict[str, Any]] = field(default_factory=list)


def written(viewer: Viewer) -> str:
    """The file of one member."""
    book = drawn(viewer)
    return json.dumps({"format": FORMAT, "version": VERSION, **asdict(book)}, ensure_ascii=False, indent=1)


def drawn(viewer: Viewer) -> Book:
    """What the member keeps, about people she sees now. A constant number of statements."""
    kept: dict[int, dict[str, Any]] = defaultdict(dict)
    for key, body in PersonNote.objects.filter(owner=viewer.id).values_list("person", "body"):
        kept[key]["note"] = body
    shelves: tuple[tuple[str, Any, str], ...] = (("tags", Tag, "taggings"), ("circles", Circle, "circlings"))
    for part, model, links in shelves:
        rows = model.objects.filter(owner=viewer.id, **{f"{links}__isnull": False}).order_by("name", "id")
        for name, key in rows.annotate(whom=F(f"{links}__person")).values_list("name", "whom"):
            kept[key].setdefault(part, []).append(name)
    waiting = Reminder.objects.open().filter(owner=viewer.id).order_by("due", "id")
    for key, due, words in waiting.values_list("person", "due", "words"):
        kept[key].setdefault("reminders", []).append({"due": due.isoformat(), "words": words})
    seen = sight.visible_to(viewer).filter(pk__in=list(kept)).exclude(pk=viewer.id).order_by("handle")
    own = filters.own(viewer.me)
    return Book(
        [Entry(person.handle, person.name, **kept[person.pk]) for person in seen],
        [tag.name for tag in own.tags],
        [circle.name for circle in own.circles],
        [
            {"name": row.name, "asks": _asks(own.read(row.query), own)}
            for row in SavedFilter.objects.filter(owner=viewer.id).order_by("name", "id")
        ],
    )


def _asks(asked: filters.Filter, own: filters.Own) -> dict[str, str]:
    """What a filter asks, in names."""
    names = {str(row.pk): str(row) for row in [*own.tags, *own.circles]}
    said = {name: value for name, value in asdict(asked).items() if value != getattr(filters.Filter(), name)}
    return said | {name: names[said[name]] for name in ("tag", "circle") if name in said}


def asked_for(asks: dict[str, str], member: Member) -> str:
    """The address of a filter that came in, with the keys of one's own tags and circles; "" where it asks nothing."""
    own = filters.own(member)
    keys = {("tag", row.name): str(row.pk) for row in own.tags}
    keys |= {("circle", row.name): str(row.pk) for row in own.circles}
    return own.form({name: keys.get((name, value), value) for name, value in asks.items()}).asked.query


def read(content: bytes) -> Book:
    """A file that came in, every word of it cleaned as a typed one is.

    Raises:
        ValidationError: it is none of ours, or something in it does not fit; with a sentence.
    """
    try:
        given = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or given.get("format") != FORMAT or given.get("version") != VERSION:
        raise ValidationError(_("This is no file of your people. Choose one that was downloaded here."))
    people = [_entry(each) for each in _list(given, "people", MOST_PEOPLE)]
    return Book(
        people,
        _names(given, "tags", TAG_NAME),
        _names(given, "circles", CIRCLE_NAME),
        [_filter(each) for each in _list(given, "filters", MOST_SHELVES)],
    )


def _no_number(_text: str) -> None:
    raise ValueError


def _unfit() -> ValidationError:
    return ValidationError(_("Something in this file is not as it was written here. Nothing was taken from it."))


def _list(given: Any, name: str, most: int) -> list[Any]:
    found = given.get(name, []) if isinstance(given, dict) else None
    if not isinstance(found, list) or len(found) > most:
        raise _unfit()
    return found


def _text(given: Any, name: str, limit: int) -> str:
    value = given.get(name, "") if isinstance(given, dict) else None
    if not isinstance(value, str):
        raise _unfit()
    return clean_line(value, limit)


def _names(given: Any, name: str, limit: int) -> list[str]:
    found = [_text({"name": each}, "name", limit) for each in _list(given, name, MOST_SHELVES)]
    return [each for each in dict.fromkeys(found) if each]


def _entry(given: Any) -> Entry:
    note = given.get("note", "") if isinstance(given, dict) else None
    if not isinstance(note, str):
        raise _unfit()
    return Entry(
        handle=_text(given, "handle", HANDLE),
        note=clean_text(note, NOTE_LIMIT),
        tags=_names(given, "tags", TAG_NAME),
        circles=_names(given, "circles", CIRCLE_NAME),
        reminders=[_reminder(each) for each in _list(given, "reminders", MOST_REMINDING)],
    )


def _reminder(given: Any) -> dict[str, str]:
    try:
        due = date.fromisoformat(_text(given, "due", len("2027-03-01")))
    except ValueError:
        raise _unfit() from None
    return {"due": due.isoformat(), "words": _text(given, "words", REMINDER_LIMIT)}


def _filter(given: Any) -> dict[str, Any]:
    asks = given.get("asks") if isinstance(given, dict) else None
    if not isinstance(asks, dict) or not all(isinstance(value, str) for value in asks.values()):
        raise _unfit()
    return {"name": _text(given, "name", FILTER_NAME), "asks": asks}
