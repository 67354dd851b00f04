"""Tags and circles: founded, renamed, deleted; people put on one and taken off. Nobody on one can find out."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Value

from collegium.contacts import rules
from collegium.contacts.actions.common import held, room_for_one
from collegium.contacts.models import Change, Tag
from collegium.contacts.shelves import SORTS, Shelf, on, sort_of
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Fold, Member
from collegium.ties.models import Circle


def named(kind: type[Shelf], owner: Member, name: str) -> Shelf | None:
    """The owner's tag or circle of this name, whatever the capitals and accents."""
    rows: Any = kind.objects.annotate(folded=Fold("name"))
    same: Shelf | None = rows.filter(owner=owner, folded=Fold(Value(name))).first()
    return same


@transaction.atomic
def found(kind: type[Shelf], owner: Member, name: str) -> Shelf:
    """The tag or circle of this name; a new, empty one where there was none.

    Args:
        kind: `Tag` or `Circle`.
        owner: whose.
        name: cleaned, at most as long as the form of the kind takes it.

    Raises:
        Conflict: there are too many.
    """
    owner = held(owner)
    require(rules.may_keep(owner))
    if (before := named(kind, owner, name)) is not None:
        return before
    room_for_one(kind.objects.filter(owner=owner), SORTS[kind].most)
    rows: Any = kind.objects
    shelf: Shelf = rows.create(owner=owner, name=name)
    record("contacts.tag_founded" if kind is Tag else "contacts.circle_founded", actor=owner, subject=shelf)
    return shelf


@transaction.atomic
def rename(shelf: Tag | Circle, name: str, *, by: Member) -> None:
    """Call it otherwise.

    Raises:
        Conflict: another one is called so.
    """
    by = held(by)
    require(rules.may_change(by, shelf))
    kind = type(shelf)
    other = named(kind, by, name)
    if other is not None and other.pk != shelf.pk:
        raise Conflict(str(sort_of(shelf).same_name) % {"name": other.name})
    if kind.objects.filter(pk=shelf.pk).update(name=name):
        record("contacts.tag_renamed" if kind is Tag else "contacts.circle_renamed", actor=by, subject=shelf)
    shelf.name = name


@transaction.atomic
def drop(shelf: Tag | Circle, *, by: Member) -> Change | None:
    """Delete it; None when it was gone already. The people stay, connected as before."""
    by = held(by)
    require(rules.may_change(by, shelf))
    kind = type(shelf)
    row = kind.objects.filter(pk=shelf.pk).first()
    if row is None:
        return None
    people = list(on(row).order_by("person").values_list("person", flat=True))
    row.delete()
    record("contacts.tag_dropped" if kind is Tag else "contacts.circle_dropped", actor=by, subject=shelf.pk)
    before = {"id": shelf.pk, "name": row.name, "people": people}
    kept = sort_of(shelf).dropped
    return Change.objects.create(member=by, kind=kept, name=row.name, count=len(people), before=before)


@transaction.atomic
def restore(kind: type[Shelf], before: Change, *, by: Member) -> Shelf:
    """The one that was deleted, under its old key; where a new one has its name by now, that one.

    Raises:
        Conflict: as many were made since as there can be.
    """
    by = held(by)
    require(rules.may_keep(by) and rules.may_undo(by, before))
    if (same := named(kind, by, before.name)) is not None:
        return same
    sort = SORTS[kind]
    room_for_one(kind.objects.filter(owner=by), sort.most, sort.full)
    rows: Any = kind.objects
    shelf: Shelf = rows.create(id=before.before["id"], owner=by, name=before.name)
    record("contacts.tag_founded" if kind is Tag else "contacts.circle_founded", actor=by, subject=shelf)
    return shelf


@transaction.atomic
def put_on(shelf: Tag | Circle, people: Iterable[int], *, by: Member) -> list[int]:
    """Put these people on it; whoever is on it stays. A tag takes anybody, a circle connections alone.

    Returns:
        The keys of those who were not.
    """
    by = held(by)
    require(rules.may_change(by, shelf))
    sort = sort_of(shelf)
    wanted = sort.fit(by, people)
    had = set(on(shelf).filter(person__in=wanted).values_list("person", flat=True))
    fresh = [key for key in wanted if key not in had]
    links = [sort.link(person_id=key, **{sort.field: shelf}) for key in fresh]
    sort.link.objects.bulk_create(links, ignore_conflicts=True)  # type: ignore[arg-type]
    if fresh:
        is_tag = isinstance(shelf, Tag)
        record("contacts.tagged" if is_tag else "contacts.circled", actor=by, subject=shelf, people=fresh)
    return fresh


@transaction.atomic
def take_off(shelf: Tag | Circle, people: Iterable[int], *, by: Member) -> list[int]:
    """Take these people off it.

    Returns:
        The keys of those who were on it.
    """
    by = held(by)
    require(rules.may_change(by, shelf))
    rows = on(shelf).filter(person__in=list(people))
    had = list(rows.values_list("person", flat=True))
    rows.delete()
    if had:
        is_tag = isinstance(shelf, Tag)
        record("contacts.untagged" if is_tag else "contacts.uncircled", actor=by, subject=shelf, people=had)
    return had
