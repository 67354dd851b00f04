"""Bringing back what one kept about people: added to what is there, which stays as it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.audience import people as sight
from collegium.audience.viewer import Viewer
from collegium.contacts import rules
from collegium.contacts.actions import notes, shelves
from collegium.contacts.actions.common import held
from collegium.contacts.book import Book, Entry, asked_for
from collegium.contacts.models import MOST_REMINDERS, PersonNote, Reminder, SavedFilter, Tag
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.ties.models import Circle


@dataclass(frozen=True, slots=True)
class Taken:
    """About how many people something was in the file, and how many of them are not here, or not to be seen."""

    people: int
    missing: int


@transaction.atomic
def take_in(owner: Member, book: Book) -> Taken:
    """Add what the file says. A note that is there stays, and so does a filter of the same name.

    The same file twice changes nothing. The number of statements grows with tags and circles, not with people.

    Raises:
        Conflict: there would be too many tags, circles, filters or reminders; nothing is taken then.
    """
    owner = held(owner)
    require(rules.may_keep(owner))
    seen = sight.visible_to(Viewer(owner)).exclude(pk=owner.pk)
    keys = dict(seen.filter(handle__in=[each.handle for each in book.people]).values_list("handle", "pk"))
    about = [(keys[each.handle], each) for each in book.people if each.handle in keys]
    PersonNote.objects.bulk_create(
        [PersonNote(owner=owner, person_id=key, body=each.note) for key, each in about if each.note],
        ignore_conflicts=True,
    )
    kinds: tuple[tuple[type[Any], list[str], str], ...] = (
        (Tag, book.tags, "tags"),
        (Circle, book.circles, "circles"),
    )
    for kind, names, part in kinds:
        on: dict[str, list[int]] = {name: [] for name in names}
        for key, each in about:
            for name in getattr(each, part):
                on.setdefault(name, []).append(key)
        for name, whom in on.items():
            shelves.put_on(shelves.found(kind, owner, name), whom, by=owner)
    _remind(owner, about)
    _filters(owner, book)
    record("contacts.book_taken_in", actor=owner, subject=owner, count=len(about))
    return Taken(len(about), len(book.people) - len(about))


def _remind(owner: Member, about: list[tuple[int, Entry]]) -> None:
    """Those that do not wait already."""
    waiting = Reminder.objects.open().filter(owner=owner)
    had = set(waiting.values_list("person", "due", "words"))
    asked = {(key, date.fromisoformat(one["due"]), one["words"]) for key, each in about for one in each.reminders}
    fresh = sorted(asked - had, key=lambda one: (one[1], one[0], one[2]))
    if len(had) + len(fresh) > MOST_REMINDERS:
        words = _("With these you would have more than %(n)s reminders, the most there can be. Nothing was taken.")
        raise Conflict(words % {"n": MOST_REMINDERS})
    Reminder.objects.bulk_create(
        [Reminder(owner=owner, person_id=key, due=due, words=words) for key, due, words in fresh]
    )


def _filters(owner: Member, book: Book) -> None:
    there = {name.casefold() for name in SavedFilter.objects.filter(owner=owner).values_list("name", flat=True)}
    for each in book.filters:
        query = asked_for(each["asks"], owner)
        if each["name"] and query and each["name"].casefold() not in there:
            notes.save_filter(owner, each["name"], query)
