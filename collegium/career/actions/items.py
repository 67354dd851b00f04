"""Items of the sections: added, changed, taken away and put back, arranged, announced."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.audience.level import Level
from collegium.career import order, rules
from collegium.career.actions.skills import attach
from collegium.career.announcing import print_of, sentence
from collegium.career.models import Item, PartAudience
from collegium.career.records import records
from collegium.career.sections import MOST_ITEMS, SPECS, Section
from collegium.journal.models import Entry
from collegium.journal.record import record
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

TOLD_ONCE_IN = timedelta(days=1)


def check_columns(section: Section, columns: dict[str, Any]) -> None:
    """A section uses the columns of its spec and no other; a programmer's mistake otherwise.

    Raises:
        TypeError: a column that the section does not have.
    """
    if strange := set(columns) - SPECS[section].names:
        raise TypeError(f"{section} has no {', '.join(sorted(strange))}")


def _of(member: Member, section: str) -> Any:
    return Item.objects.kept().filter(member=member, section=section)


@transaction.atomic
def add(
    member: Member, section: Section, *, form_key: UUID | None = None, skills: Iterable[str] = (), **columns: Any
) -> Item:
    """Say one more thing about oneself.

    Args:
        member: herself.
        section: where it belongs.
        form_key: of the form it was typed in; the same form sent twice is one item.
        skills: names of skills used there; those she has not listed yet are added to her skills.
        columns: cleaned values of the columns the section uses (`sections.SPECS`).

    Raises:
        Conflict: the section is full.
    """
    require(rules.may_write(member))
    check_columns(section, columns)
    order.hold(member)
    if form_key and (earlier := Item.objects.filter(member=member, form_key=form_key).first()):
        return earlier
    others = list(_of(member, section).in_order())
    if len(others) >= MOST_ITEMS:
        raise Conflict(_("A section holds at most %(num)d entries.") % {"num": MOST_ITEMS})
    item = Item(member=member, section=section, form_key=form_key, **columns)
    item.organization = records(member, [(item.organization_name, section)]).get(item.organization_name)
    place = order.place_for(item, others)
    item.save(force_insert=True)
    order.write(_of(member, section), [other.pk for other in others[:place]] + [item.pk])
    attach(item, skills)
    record("career.added", actor=member, subject=item, section=section)
    return item


@transaction.atomic
def edit(item: Item, *, by: Member, skills: Iterable[str] | None = None, **columns: Any) -> Item:
    """Say it otherwise.

    Args:
        item: what is there.
        by: its owner.
        skills: names of the skills used there; None leaves them as they are.
        columns: cleaned values of any of the columns the section uses.

    Raises:
        Conflict: it was taken away meanwhile.
    """
    order.hold(by)  # before the item, as `add` does; skills are listed below
    item = _fresh(item)
    require(rules.may_edit(by, item))
    if item.removed_at is not None:
        raise Conflict(_("This entry was removed."))
    check_columns(Section(item.section), columns)
    for name, value in columns.items():
        setattr(item, name, value)
    if "organization_name" in columns:
        named = [(item.organization_name, Section(item.section))]
        item.organization = records(by, named).get(item.organization_name)
        columns["organization"] = item.organization
    if columns:
        item.save(update_fields=list(columns))
    if skills is not None:
        attach(item, skills)
    record("career.edited", actor=by, subject=item, fields=sorted(columns))
    return item


@transaction.atomic
def remove(item: Item, *, by: Member) -> None:
    """Take an item away; it can be put back for a day."""
    item = _fresh(item)
    require(rules.may_edit(by, item))
    if item.removed_at is None:
        Item.objects.filter(pk=item.pk).update(removed_at=clock.now())
        record("career.removed", actor=by, subject=item, section=item.section)


@transaction.atomic
def restore(item: Item, *, by: Member) -> None:
    """Put an item back where it was.

    Raises:
        Conflict: the section has filled up since.
    """
    order.hold(by)
    item = _fresh(item)
    require(rules.may_edit(by, item))
    if item.removed_at is None:
        return
    if _of(by, item.section).count() >= MOST_ITEMS:
        raise Conflict(_("A section holds at most %(num)d entries.") % {"num": MOST_ITEMS})
    Item.objects.filter(pk=item.pk).update(removed_at=None)
    record("career.restored", actor=by, subject=item, section=item.section)


@transaction.atomic
def arrange(member: Member, section: Section, keys: Iterable[int]) -> None:
    """Put a section in order.

    Args:
        member: its owner.
        section: which.
        keys: of her items, the topmost first; others are ignored, those left out follow in the order they had.
    """
    require(rules.may_write(member))
    order.hold(member)
    order.write(_of(member, section), keys)
    record("career.arranged", actor=member, subject=member, section=section)


@transaction.atomic
def move(item: Item, *, by: Member, to: int) -> None:
    """Put one item at another place of its section.

    Args:
        item: which.
        by: its owner.
        to: the place, from 0; beyond either end is that end.
    """
    require(rules.may_edit(by, item))
    order.hold(by)
    keys = list(_of(by, item.section).in_order().values_list("pk", flat=True))
    if item.pk in keys:
        keys.remove(item.pk)
        keys.insert(min(max(to, 0), len(keys)), item.pk)
        order.write(_of(by, item.section), keys)
    record("career.arranged", actor=by, subject=by, section=item.section)


@transaction.atomic
def announce(item: Item, *, by: Member) -> None:
    """Tell the connections of one change, because its owner asked for it, this once.

    What is told reaches no further than the section itself. The same words about the same item are told once a day.

    Raises:
        Conflict: nobody but the owner may read the section, or the item was taken away meanwhile.
    """
    item = _fresh(item)
    require(rules.may_edit(by, item))
    if item.removed_at is not None:
        raise Conflict(_("This entry was removed."))
    chosen = PartAudience.objects.filter(member=by, part=item.section).values_list("audience", flat=True).first()
    level = max(chosen or Level.EVERYONE, Level.CONNECTIONS)
    if level > Level.CONNECTIONS:
        raise Conflict(_("This section is for your eyes only, so nobody was told."))
    said = print_of(sentence(item))
    told = Entry.objects.filter(actor=by.pk, pk__gte=ids.floor_at(clock.now() - TOLD_ONCE_IN), kind="career.announced")
    if not told.filter(subject=item.pk, data__said=said).exists():
        record("career.announced", actor=by, subject=item, said=said, audience=int(level))


def _fresh(item: Item) -> Item:
    """The row as it is now, held until the end of the transaction.

    Raises:
        Conflict: it is gone.
    """
    row = Item.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if row is None:
        raise Conflict(_("This entry was removed."))
    return row
