"""One thing done to many people at once, and undone within thirty days. Removing them is `network.partings`'s."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from collegium.contacts import rules
from collegium.contacts.actions import shelves
from collegium.contacts.models import Change, Tag
from collegium.contacts.shelves import SORTS, Shelf, on, sort_of
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
def put(kind: type[Shelf], member: Member, people: Sequence[Member], name: str) -> Change | None:
    """Put these people under a tag or into a circle, known or new."""
    shelf = shelves.named(kind, member, name)
    made = shelf is None
    shelf = shelf or shelves.found(kind, member, name)
    fresh = shelves.put_on(shelf, [person.pk for person in people], by=member)
    before = {"id": shelf.pk, "people": fresh, "made": made}
    return _keep(member, sort_of(shelf).put, len(fresh), before, name=shelf.name)


@transaction.atomic
def take(member: Member, people: Sequence[Member], shelf: Tag | Circle) -> Change | None:
    """Take a tag off these people, or them out of a circle."""
    had = shelves.take_off(shelf, [person.pk for person in people], by=member)
    return _keep(member, sort_of(shelf).taken, len(had), {"id": shelf.pk, "people": had}, name=shelf.name)


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
        Conflict: thirty days are over, it is undone already, the tag or circle is gone, or there is no room for it.
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


def _kind(row: Change) -> type[Tag] | type[Circle]:
    """Whether it was done to a tag or to a circle."""
    return next(kind for kind, sort in SORTS.items() if row.kind in (sort.put, sort.taken, sort.dropped))


def _put_back(row: Change, by: Member) -> Undone:
    """Off again; a tag or circle that was made for it goes, if nobody else is on it by now."""
    shelf = _kind(row).objects.filter(pk=row.before["id"], owner=by).first()
    done = len(shelves.take_off(shelf, row.before["people"], by=by)) if shelf else 0
    if shelf and row.before["made"] and not on(shelf).exists():
        shelf.delete()
    return Undone(done, row.count - done)


def _taken_back(row: Change, by: Member) -> Undone:
    """On again, where it is still there."""
    kind = _kind(row)
    shelf = kind.objects.filter(pk=row.before["id"], owner=by).first()
    if shelf is None:
        raise Conflict(str(SORTS[kind].gone) % {"name": row.name})
    done = len(shelves.put_on(shelf, row.before["people"], by=by))
    return Undone(done, row.count - done)


def _dropped_back(row: Change, by: Member) -> Undone:
    """There again, with the same people."""
    shelf = shelves.restore(_kind(row), row, by=by)
    done = len(shelves.put_on(shelf, row.before["people"], by=by))
    return Undone(done, row.count - done)


BACK = {
    Kind.RUNG: _near_as_before,
    **{sort.put: _put_back for sort in SORTS.values()},
    **{sort.taken: _taken_back for sort in SORTS.values()},
    **{sort.dropped: _dropped_back for sort in SORTS.values()},
}
