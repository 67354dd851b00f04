"""Circles: some of one's connections under a name, for their owner alone. Nobody in one is told, or can find out."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from collegium.contacts import rules
from collegium.contacts.actions.common import connected, held, room_for_one
from collegium.contacts.models import MOST_CIRCLES, Change
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Fold, Member
from collegium.ties.models import Circle, Circling


def named(owner: Member, name: str) -> Circle | None:
    """The owner's circle of this name, whatever the capitals and accents."""
    return Circle.objects.annotate(folded=Fold("name")).filter(owner=owner, folded=Fold(Value(name))).first()


@transaction.atomic
def found(owner: Member, name: str) -> Circle:
    """The circle of this name; a new, empty one where there was none.

    Args:
        owner: whose.
        name: cleaned, at most `CIRCLE_NAME` characters.

    Raises:
        Conflict: there are too many.
    """
    owner = held(owner)
    require(rules.may_keep(owner))
    if (before := named(owner, name)) is not None:
        return before
    room_for_one(Circle.objects.filter(owner=owner), MOST_CIRCLES)
    circle = Circle.objects.create(owner=owner, name=name)
    record("contacts.circle_founded", actor=owner, subject=circle)
    return circle


@transaction.atomic
def rename(circle: Circle, name: str, *, by: Member) -> Circle:
    """Call it otherwise.

    Raises:
        Conflict: another one is called so.
    """
    by = held(by)
    require(rules.may_change(by, circle))
    other = named(by, name)
    if other is not None and other.pk != circle.pk:
        raise Conflict(_("Another circle of yours is called “%(name)s” already.") % {"name": other.name})
    if Circle.objects.filter(pk=circle.pk).update(name=name):
        record("contacts.circle_renamed", actor=by, subject=circle)
    circle.name = name
    return circle


@transaction.atomic
def drop(circle: Circle, *, by: Member) -> Change | None:
    """Delete it; None when it was gone already. The people stay connected."""
    by = held(by)
    require(rules.may_change(by, circle))
    row = Circle.objects.filter(pk=circle.pk).first()
    if row is None:
        return None
    people = list(row.circlings.order_by("person").values_list("person", flat=True))
    row.delete()
    record("contacts.circle_dropped", actor=by, subject=circle.pk, people=people)
    return Change.objects.create(
        member=by,
        kind=Change.Kind.CIRCLE_DROPPED,
        name=row.name,
        count=len(people),
        before={"id": circle.pk, "name": row.name, "people": people},
    )


@transaction.atomic
def put_in(circle: Circle, people: Iterable[int], *, by: Member) -> list[int]:
    """Put these connections into the circle; whoever is in it stays.

    Returns:
        The keys of those who were not. People who are no connections are left out.
    """
    by = held(by)
    require(rules.may_change(by, circle))
    wanted = connected(by, people)
    had = set(Circling.objects.filter(circle=circle, person__in=wanted).values_list("person", flat=True))
    fresh = [key for key in wanted if key not in had]
    Circling.objects.bulk_create([Circling(circle=circle, person_id=key) for key in fresh], ignore_conflicts=True)
    if fresh:
        record("contacts.circled", actor=by, subject=circle, people=fresh)
    return fresh


@transaction.atomic
def take_out(circle: Circle, people: Iterable[int], *, by: Member) -> list[int]:
    """Take these people out of it.

    Returns:
        The keys of those who were in it.
    """
    by = held(by)
    require(rules.may_change(by, circle))
    rows = Circling.objects.filter(circle=circle, person__in=list(people))
    had = list(rows.values_list("person", flat=True))
    rows.delete()
    if had:
        record("contacts.uncircled", actor=by, subject=circle, people=had)
    return had
