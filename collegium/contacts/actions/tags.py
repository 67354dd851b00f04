"""Tags: made by being put on somebody, renamed, taken off, deleted."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from collegium.contacts import rules
from collegium.contacts.actions.common import held, room_for_one
from collegium.contacts.models import MOST_TAGS, Change, Tag, Tagging
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Fold, Member


def named(owner: Member, name: str) -> Tag | None:
    """The owner's tag of this name, whatever the capitals and accents."""
    return Tag.objects.annotate(folded=Fold("name")).filter(owner=owner, folded=Fold(Value(name))).first()


@transaction.atomic
def found(owner: Member, name: str) -> Tag:
    """The tag of this name; a new one where there was none.

    Args:
        owner: whose.
        name: cleaned, at most `TAG_NAME` characters.

    Raises:
        Conflict: there are too many.
    """
    owner = held(owner)
    require(rules.may_keep(owner))
    if (before := named(owner, name)) is not None:
        return before
    room_for_one(Tag.objects.filter(owner=owner), MOST_TAGS)
    tag = Tag.objects.create(owner=owner, name=name)
    record("contacts.tag_founded", actor=owner, subject=tag)
    return tag


@transaction.atomic
def rename(tag: Tag, name: str, *, by: Member) -> Tag:
    """Call it otherwise.

    Raises:
        Conflict: another one is called so.
    """
    by = held(by)
    require(rules.may_change(by, tag))
    other = named(by, name)
    if other is not None and other.pk != tag.pk:
        raise Conflict(_("Another tag of yours is called “%(name)s” already.") % {"name": other.name})
    if Tag.objects.filter(pk=tag.pk).update(name=name):
        record("contacts.tag_renamed", actor=by, subject=tag)
    tag.name = name
    return tag


@transaction.atomic
def drop(tag: Tag, *, by: Member) -> Change | None:
    """Delete it; None when it was gone already. The people and all else about them stay."""
    by = held(by)
    require(rules.may_change(by, tag))
    row = Tag.objects.filter(pk=tag.pk).first()
    if row is None:
        return None
    people = list(row.taggings.order_by("person").values_list("person", flat=True))
    row.delete()
    record("contacts.tag_dropped", actor=by, subject=tag.pk)
    return Change.objects.create(
        member=by,
        kind=Change.Kind.TAG_DROPPED,
        name=row.name,
        count=len(people),
        before={"id": tag.pk, "name": row.name, "people": people},
    )


@transaction.atomic
def put_on(tag: Tag, people: Iterable[int], *, by: Member) -> list[int]:
    """Put the tag on these people, connected or not; whoever has it keeps it.

    Returns:
        The keys of those who had not.
    """
    by = held(by)
    require(rules.may_change(by, tag))
    wanted = list(Member.objects.filter(pk__in=list(people)).exclude(pk=by.pk).values_list("pk", flat=True))
    had = set(Tagging.objects.filter(tag=tag, person__in=wanted).values_list("person", flat=True))
    fresh = [key for key in wanted if key not in had]
    Tagging.objects.bulk_create([Tagging(tag=tag, person_id=key) for key in fresh], ignore_conflicts=True)
    if fresh:
        record("contacts.tagged", actor=by, subject=tag, people=fresh)
    return fresh


@transaction.atomic
def take_off(tag: Tag, people: Iterable[int], *, by: Member) -> list[int]:
    """Take it off these people.

    Returns:
        The keys of those who had it.
    """
    by = held(by)
    require(rules.may_change(by, tag))
    rows = Tagging.objects.filter(tag=tag, person__in=list(people))
    had = list(rows.values_list("person", flat=True))
    rows.delete()
    if had:
        record("contacts.untagged", actor=by, subject=tag, people=had)
    return had
