"""One thing done to many people at once, and undone within thirty days. Removing them is `network.partings`'s."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from collegium.contacts import rules
from collegium.contacts.actions import circles, tags
from collegium.contacts.models import Change, Tag
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.network import distance
from collegium.ties.models import Circle, Distance

Kind = Change.Kind
SINCE = """
UPDATE ties_distance d SET since = x.since
FROM unnest(%(others)s::bigint[], %(days)s::timestamptz[]) AS x (other, since)
WHERE d.member_id = %(me)s AND d.other_id = x.other
"""


@dataclass(frozen=True, slots=True)
class Undone:
    """How many are as before, and how many were left because something else was done to them since."""

    count: int
    left: int = 0


@transaction.atomic
def keep_at(member: Member, people: Sequence[Member], rung: int) -> Change | None:
    """Keep these people at a distance, or (0) let them near again; nobody is told. None when nothing changed."""
    rows = Distance.objects.filter(member=member, other__in=people)
    since = {other: at.isoformat() for other, at in rows.values_list("other", "since")}
    before = distance.set_rung_many(member, people, Distance.Rung(rung) if rung else None)
    changed = {str(key): [was or 0, since.get(key)] for key, was in before.items() if (was or 0) != rung}
    return _keep(member, Kind.RUNG, len(changed), {"people": changed}, rung=rung)


@transaction.atomic
def tag(member: Member, people: Sequence[Member], name: str) -> Change | None:
    """Put a tag on these people."""
    row = tags.named(member, name)
    made = row is None
    row = row or tags.found(member, name)
    fresh = tags.put_on(row, [person.pk for person in people], by=member)
    return _keep(member, Kind.TAGGED, len(fresh), {"id": row.pk, "people": fresh, "made": made}, name=row.name)


@transaction.atomic
def untag(member: Member, people: Sequence[Member], row: Tag) -> Change | None:
    """Take a tag off these people."""
    had = tags.take_off(row, [person.pk for person in people], by=member)
    return _keep(member, Kind.UNTAGGED, len(had), {"id": row.pk, "people": had}, name=row.name)


@transaction.atomic
def circle(member: Member, people: Sequence[Member], name: str) -> Change | None:
    """Put these people into a circle."""
    row = circles.named(member, name)
    made = row is None
    row = row or circles.found(member, name)
    fresh = circles.put_in(row, [person.pk for person in people], by=member)
    return _keep(member, Kind.CIRCLED, len(fresh), {"id": row.pk, "people": fresh, "made": made}, name=row.name)


@transaction.atomic
def uncircle(member: Member, people: Sequence[Member], row: Circle) -> Change | None:
    """Take these people out of a circle."""
    had = circles.take_out(row, [person.pk for person in people], by=member)
    return _keep(member, Kind.UNCIRCLED, len(had), {"id": row.pk, "people": had}, name=row.name)


def _keep(
    member: Member, kind: Change.Kind, count: int, before: dict[str, Any], *, name: str = "", rung: int = 0
) -> Change | None:
    if not count:
        return None
    return Change.objects.create(member=member, kind=kind, count=count, before=before, name=name, rung=rung)


@transaction.atomic
def undo(change: Change, *, by: Member) -> Undone:
    """Make it as it was before. What somebody did to one of these people since stays as it is now.

    Raises:
        Conflict: thirty days are over, it is undone already, or the tag or circle is gone.
    """
    row = Change.objects.select_for_update().filter(pk=change.pk).first()
    require(row is not None and rules.may_undo(by, row))
    assert row is not None  # noqa: S101 - required above
    if row.undone_at is not None:
        raise Conflict(_("This is undone already."))
    if not row.stands:
        raise Conflict(_("This can no longer be undone: thirty days are over."))
    undone = BACK[Kind(row.kind)](row, by)
    row.undone_at = clock.now()
    row.save(update_fields=["undone_at"])
    record("contacts.change_undone", actor=by, subject=row)
    return undone


def _near_as_before(row: Change, by: Member) -> Undone:
    """Everybody who is still where this put them goes back, with the day they had been there since."""
    before: dict[str, list[Any]] = row.before["people"]
    people = Member.objects.in_bulk([int(key) for key in before])
    now = dict(Distance.objects.filter(member=by, other__in=people).values_list("other", "rung"))
    back: dict[int, list[Member]] = defaultdict(list)
    for key, person in people.items():
        if now.get(key, 0) == row.rung:
            back[before[str(key)][0]].append(person)
    for rung, whom in back.items():
        distance.set_rung_many(by, whom, Distance.Rung(rung) if rung else None)
        if rung:
            _since_as_before(by, {person.pk: before[str(person.pk)][1] for person in whom})
    done = sum(len(whom) for whom in back.values())
    return Undone(done, row.count - done)


def _since_as_before(by: Member, days: dict[int, str]) -> None:
    """All of them in one statement, however many."""
    with connection.cursor() as cursor:
        cursor.execute(SINCE, {"me": by.pk, "others": list(days), "days": list(days.values())})


def _tag_off(row: Change, by: Member) -> Undone:
    tag = Tag.objects.filter(pk=row.before["id"], owner=by).first()
    done = len(tags.take_off(tag, row.before["people"], by=by)) if tag else 0
    if tag and row.before["made"] and not tag.taggings.exists():
        tag.delete()
    return Undone(done, row.count - done)


def _tag_on(row: Change, by: Member) -> Undone:
    tag = Tag.objects.filter(pk=row.before["id"], owner=by).first()
    if tag is None:
        raise Conflict(_("The tag “%(name)s” was deleted meanwhile.") % {"name": row.name})
    done = len(tags.put_on(tag, row.before["people"], by=by))
    return Undone(done, row.count - done)


def _circle_out(row: Change, by: Member) -> Undone:
    circle = Circle.objects.filter(pk=row.before["id"], owner=by).first()
    done = len(circles.take_out(circle, row.before["people"], by=by)) if circle else 0
    if circle and row.before["made"] and not circle.circlings.exists():
        circle.delete()
    return Undone(done, row.count - done)


def _circle_in(row: Change, by: Member) -> Undone:
    circle = Circle.objects.filter(pk=row.before["id"], owner=by).first()
    if circle is None:
        raise Conflict(_("The circle “%(name)s” was deleted meanwhile.") % {"name": row.name})
    done = len(circles.put_in(circle, row.before["people"], by=by))
    return Undone(done, row.count - done)


def _tag_again(row: Change, by: Member) -> Undone:
    """Under its old key; or, where a new one has its name, that one takes the people."""
    tag = tags.named(by, row.name) or Tag.objects.create(id=row.before["id"], owner=by, name=row.name)
    done = len(tags.put_on(tag, row.before["people"], by=by))
    return Undone(done, row.count - done)


def _circle_again(row: Change, by: Member) -> Undone:
    circle = circles.named(by, row.name) or Circle.objects.create(id=row.before["id"], owner=by, name=row.name)
    done = len(circles.put_in(circle, row.before["people"], by=by))
    return Undone(done, row.count - done)


BACK = {
    Kind.RUNG: _near_as_before,
    Kind.TAGGED: _tag_off,
    Kind.UNTAGGED: _tag_on,
    Kind.CIRCLED: _circle_out,
    Kind.UNCIRCLED: _circle_in,
    Kind.TAG_DROPPED: _tag_again,
    Kind.CIRCLE_DROPPED: _circle_again,
}
