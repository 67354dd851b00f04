"""The tables of what one keeps about people bite: a fault planted into one query at a time makes a cell wrong."""

import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import QuerySet

from collegium.audience import people as sight
from collegium.audience import rule
from collegium.audience.viewer import Viewer
from collegium.contacts import book, history, reading
from collegium.contacts.models import Change, PersonNote, Reminder, SavedFilter, Tag
from collegium.contacts.tests.tables import TABLES
from collegium.feed.models import CommentQuerySet
from collegium.members.models import Member, MemberQuerySet
from collegium.network import lists
from collegium.testing.cast import Cast
from collegium.ties.models import Circle, Connection, Distance
from tests.house.planting import anew  # noqa: F401 - a fixture
from tests.house.test_bites import BLOCKED_BY_OWNER, BLOCKED_OWNER

pytestmark = pytest.mark.usefixtures("anew")


@pytest.fixture(autouse=True)
def unwritten() -> Iterator[None]:
    """The text of all contacts is written once; a fault must reach it, and leave it."""
    history._written.cache_clear()
    yield
    history._written.cache_clear()


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_are_right(cast: Cast, table: str) -> None:
    fill, expected = TABLES[table]
    assert fill(cast) == expected


Plant = Callable[[pytest.MonkeyPatch], Callable[[], bool] | None]


def swap(where: object, name: str, right: str, planted: str) -> Plant:
    """A fault in a text."""

    def plant(monkeypatch: pytest.MonkeyPatch) -> None:
        text = getattr(where, name)
        assert right in text, "the fault has no place to be planted in any more"
        monkeypatch.setattr(where, name, text.replace(right, planted))

    return plant


def put(where: object, name: str, made: Any) -> Plant:
    """A fault in place of something."""

    def plant(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(where, name, made)

    return plant


def asked_from(place: str) -> bool:
    """Whether the question comes out of this function, `<module>.<function>`; managers stand between."""
    module, function = place.rsplit(".", 1)
    frame = sys._getframe(2)
    for _above in range(4):
        if frame.f_globals.get("__name__", "").endswith(module) and frame.f_code.co_name == function:
            return True
        if frame.f_back is None:
            return False
        frame = frame.f_back
    return False


def forgets(place: str, model: type, *conditions: str) -> Plant:
    """In one function the questions about one model lose a condition."""

    def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
        right, forgotten = QuerySet.filter, []

        def filter(rows: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: A001 - it stands for `filter`
            if rows.model is model and set(conditions) & set(kwargs) and asked_from(place):
                forgotten.append(kwargs)
                kwargs = {name: value for name, value in kwargs.items() if name not in conditions}
            return right(rows, *args, **kwargs)

        monkeypatch.setattr(QuerySet, "filter", filter)
        return lambda: bool(forgotten)

    return plant


def blind(place: str, rows: type) -> Plant:
    """In one function `visible_to` sees everything."""

    def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
        right, asked = rows.visible_to, []  # type: ignore[attr-defined]

        def visible_to(these: Any, viewer: Viewer) -> Any:
            if asked_from(place):
                asked.append(place)
                return these
            return right(these, viewer)

        monkeypatch.setattr(rows, "visible_to", visible_to)
        return lambda: bool(asked)

    return plant


def everyone(viewer: Viewer) -> MemberQuerySet:
    """`people.visible_to` without any question."""
    return Member.objects.all()


def all_ties(owner: Member, viewer: Viewer) -> "QuerySet[Connection]":
    """`lists.connections` without its questions."""
    return Connection.objects.filter(member=owner)


BLOCKING = "AND m.id NOT IN (SELECT blocked_id FROM ties_block WHERE blocker_id = %(me)s)"
BLOCKED = "AND m.id NOT IN (SELECT blocker_id FROM ties_block WHERE blocked_id = %(me)s)"
THEIRS = "SELECT member_id FROM ties_distance WHERE other_id"
MINE = "SELECT other_id FROM ties_distance WHERE member_id"
CLOSENESS = rule.Closeness
FAULTS: dict[str, tuple[Plant, str]] = {
    "the list: who is blocked": (swap(reading, "SEEN", BLOCKING, ""), "gone"),
    "the list: who blocks": (swap(reading, "SEEN", BLOCKED, ""), "gone"),
    "the list: who is suspended": (swap(reading, "SEEN", "m.standing = 'active'", "m.standing <> ''"), "gone"),
    "the list: who hides": (swap(reading, "SEEN", "AND m.visibility <= how.near", ""), "gone"),
    "the list: who restricts": (swap(reading, "SEEN", "AND rung = 3", "AND rung = 4"), "gone"),
    "the list: distance the wrong way": (swap(reading, "SEEN", THEIRS, MINE), "gone"),
    "the list: connections turned strangers": (swap(reading, "SEEN", "ELSE 3 END", "ELSE 1 END"), "gone"),
    "the list: whose connections": (swap(reading, "SEEN", "c.member_id = %(me)s AND", ""), "gone"),
    "sight: who blocks": (swap(CLOSENESS, "SIGNED_IN", BLOCKED_BY_OWNER, "WHEN %s = 0 THEN -1"), "gone"),
    "sight: who is blocked": (swap(CLOSENESS, "SIGNED_IN", BLOCKED_OWNER, "WHEN %s = 0 THEN -1"), "gone"),
    "sight: everybody": (put(sight, "visible_to", everyone), "gone"),
    "numbers on tags and circles": (put(lists, "connections", all_ties), "gone"),
    "reminders of the unseen": (forgets("contacts.views.reminders.reminders", Reminder, "person__in"), "gone"),
    "reminders of the unseen, counted": (forgets("contacts.views.common.around", Reminder, "person__in"), "gone"),
    "reminders of the unseen, told": (forgets("contacts.notices._due", Reminder, "person__in"), "gone"),
    "tags on the line": (forgets("contacts.reading._dress", Tag, "owner"), "whose"),
    "circles on the line": (forgets("contacts.reading._dress", Circle, "owner"), "whose"),
    "reminder on the line": (forgets("contacts.reading._dress", Reminder, "owner"), "whose"),
    "distance on the line": (forgets("contacts.reading._dress", Distance, "member"), "whose"),
    "tags to filter by": (forgets("contacts.filters.own", Tag, "owner"), "whose"),
    "circles to filter by": (forgets("contacts.filters.circles_of", Circle, "owner"), "whose"),
    "notes in the file": (forgets("contacts.exporting.table", PersonNote, "owner"), "whose"),
    "reminders on their page": (forgets("contacts.views.reminders.reminders", Reminder, "owner"), "whose"),
    "reminders counted": (forgets("contacts.views.common.around", Reminder, "owner"), "whose"),
    "reminders told": (forgets("contacts.notices._due", Reminder, "owner"), "whose"),
    "note on the card": (forgets("contacts.views.cards._card", PersonNote, "owner"), "whose"),
    "tags on the card": (forgets("contacts.views.cards._kept", Tag, "owner"), "whose"),
    "reminders on the card": (forgets("contacts.views.cards._kept", Reminder, "owner"), "whose"),
    "filters that are kept": (forgets("contacts.views.people.people", SavedFilter, "owner"), "whose"),
    "changes": (forgets("contacts.views.changes.everything", Change, "member"), "whose"),
    "tags on their page": (forgets("contacts.views.shelves._page", Tag, "owner"), "whose"),
    "taken along: the unseen": (put(book, "sight", SimpleNamespace(visible_to=everyone)), "gone"),
    "taken along: notes": (forgets("contacts.book.drawn", PersonNote, "owner"), "whose"),
    "taken along: tags": (forgets("contacts.book.drawn", Tag, "owner"), "whose"),
    "taken along: circles": (forgets("contacts.book.drawn", Circle, "owner"), "whose"),
    "taken along: reminders": (forgets("contacts.book.drawn", Reminder, "owner"), "whose"),
    "taken along: filters": (forgets("contacts.book.drawn", SavedFilter, "owner"), "whose"),
    "somebody's tag is mine": (forgets("contacts.views.common.mine", Tag, "owner"), "whose"),
    "somebody's circle is mine": (forgets("contacts.views.common.mine", Circle, "owner"), "whose"),
    "somebody's reminder is mine": (forgets("contacts.views.common.mine", Reminder, "owner"), "whose"),
    "contact where nothing can be read": (blind("contacts.history._comments", CommentQuerySet), "contact"),
    "reactions where nothing can be read": (blind("contacts.history._reactions", CommentQuerySet), "contact"),
    "mentions where nothing can be read": (blind("contacts.history._mentions", CommentQuerySet), "contact"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    plant, table = FAULTS[fault]
    fill, expected = TABLES[table]
    planted = plant(monkeypatch)
    assert fill(cast) != expected
    assert planted is None or planted(), "the fault has no place to be planted in any more"
