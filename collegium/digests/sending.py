"""Sending what is due: each member's mail once an hour of hers, whoever else is sending at the same time.

The row of an hour is written down, and the wish moved on to its next hour, before anything is sent. A worker that is
killed in between leaves one mail unsent and none sent twice; the next mail begins where the last one that was sent
ended, so nothing is lost but a morning.
"""

from datetime import timedelta
from typing import NamedTuple

from django.core.mail import EmailMessage
from django.db import transaction

from collegium.digests import inside, rules
from collegium.digests.hours import next_due
from collegium.digests.missed import Missed, missed
from collegium.digests.models import Digest, Wish
from collegium.lib import clock, mail, unsubscribe
from collegium.notifications.choices import rest_of

PURPOSE, OF_GROUP = "digest", "groupdigest"
TEMPLATE = "digests/mails/digest"
# All pauses together are less than this, and her next hour is more: turns that were refused in a row.
A_ROW = timedelta(hours=18)


class Turn(NamedTuple):
    """One member's hour, taken by this worker and no other."""

    wish: Wish
    digest: Digest


def send_due(most: int) -> int:
    """Send what is due now, at most so many; returns how many turns were taken.

    Raises:
        mail.Away: the mail server cannot be reached; nothing is taken, and the next sweep goes on.
    """
    taken = 0
    with mail.Courier() as courier:
        while taken < most and courier.is_ready() and (turn := take()) is not None:
            taken += 1
            send(turn, courier)
    return taken


@transaction.atomic
def take() -> Turn | None:
    """The next wish that is due, moved on to its next hour."""
    now = clock.now()
    due = Wish.objects.filter(due_at__lte=now).select_related("member__user").order_by("due_at", "pk")
    wish = due.select_for_update(skip_locked=True, of=("self",)).first()
    if wish is None or wish.due_at is None:
        return None
    digest, _fresh = Digest.objects.get_or_create(member=wish.member, due_at=wish.due_at)
    wish.due_at = next_due(wish, rest_of(wish.member).zone, now)
    wish.save(update_fields=["due_at"])
    return Turn(wish, digest)


def send(turn: Turn, courier: mail.Courier) -> None:
    """Mail what she missed, judged now; nothing where nothing was missed."""
    member = turn.wish.member
    if not rules.may_be_mailed(member):
        return
    found = missed(member, turn.wish)
    if not found.is_there:
        return
    if not courier.carry(message(turn.wish, found)):
        if courier.for_now:
            _again(turn)
        return
    Digest.objects.filter(pk=turn.digest.pk).update(posts=found.count, mailed_at=clock.now())
    if found.until:
        Wish.objects.filter(pk=turn.wish.pk).update(until=found.until)
    if found.groups:
        Wish.objects.filter(pk=turn.wish.pk).update(groups_at=clock.now())


def _again(turn: Turn) -> None:
    """The server said to try later: her next turn is sooner than her next hour, a few times in a row."""
    last = Digest.objects.filter(member=turn.wish.member, mailed_at=None, due_at__gt=clock.now() - A_ROW)
    due_at = mail.again_at(last.count() - 1)
    if due_at is not None:
        Wish.objects.filter(pk=turn.wish.pk, due_at=turn.wish.due_at, due_at__gt=due_at).update(due_at=due_at)


def message(wish: Wish, found: Missed) -> EmailMessage:
    """The mail itself."""
    user = wish.member.user
    rows = inside.rows_of(wish.member, [each.group for each in found.groups]) if found.groups else {}
    ends = {group: unsubscribe.address(OF_GROUP, key) for group, key in rows.items()}
    return mail.compose(
        TEMPLATE,
        to=user.email,
        context={
            "missed": found,
            "me": wish.member,
            "wish": wish,
            "end": unsubscribe.address(PURPOSE, wish.pk),
            "ends": ends,
        },
        locale=user.locale,
        headers=unsubscribe.headers(PURPOSE, wish.pk),
    )
