"""What ends when somebody no longer sees an event, or a block parts her from a host: her seat is free again.

Sight is judged when read, so nothing here opens or closes anything. It gives back the seats of those who cannot come
any more, and those who wait move up.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from collegium.events import rules, seating
from collegium.events.actions import inviting
from collegium.events.actions.holding import occurrence_now
from collegium.events.models import Attendance, Cohost, Event, Invitation, Occurrence
from collegium.events.models.attendances import CONCERNED
from collegium.lib.refusal import Conflict
from collegium.members.models import Member


def part(one: int, others: Iterable[int], *, apart: bool) -> None:
    """What one and each of the others can come to no more, at events of the other, is over; it does not come back.

    Args:
        one: key of one of them.
        others: keys of those she has parted from.
        apart: whether a block parts them, which ends invitations between them and hosting together too.
    """
    for other in others:
        for host, guest in ((one, other), (other, one)):
            if apart:
                _uninvite(host, guest)
                Cohost.objects.filter(event__post__author=host, member=guest).delete()
            settle([guest], _hosted_by(host, guest))


def _hosted_by(host: int, guest: int) -> list[int]:
    """The events of one to which the other has said anything."""
    hosted = Event.objects.filter(Q(post__author=host) | Q(cohosts__member=host))
    return sorted(set(hosted.filter(occurrences__attendances__member=guest).values_list("pk", flat=True)))


def settle(members: Iterable[int], events: Iterable[int] | None = None) -> None:
    """Take these people out of what they cannot come to any more.

    Args:
        members: keys.
        events: keys of the events to look at; None for everything they answered that is to come.
    """
    rows = Attendance.objects.filter(member__in=list(members), state__in=CONCERNED)
    if events is not None:
        rows = rows.filter(occurrence__event__in=list(events))
    coming = rows.filter(occurrence__in=Occurrence.objects.to_come())
    for attendance in coming.select_related("occurrence").order_by("occurrence_id", "id"):
        _judge(attendance)


@transaction.atomic
def _judge(attendance: Attendance) -> None:
    """One answer, under the lock of its occurrence."""
    try:
        occurrence = occurrence_now(attendance.occurrence)
    except Conflict:
        return
    row = Attendance.objects.filter(pk=attendance.pk).first()
    member = Member.objects.get(pk=attendance.member_id)
    if row is None or rules.may_answer(member, occurrence.event):
        return
    row.occurrence = occurrence
    seating.leave(row)
    seating.move_up(occurrence)


@transaction.atomic
def _uninvite(by: int, member: int) -> None:
    """Invitations between the two, and what they opened."""
    for row in Invitation.objects.filter(by=by, member=member).select_related("event__post"):
        inviting.let_see(row.event, [], no_more=[member])
        row.delete()
