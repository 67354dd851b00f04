"""Sending what is due: each member's mail once an hour of hers, whoever else is sending at the same time.

The row of an hour is written down, and the wish moved on to its next hour, before anything is sent. A worker that is
killed in between leaves one mail unsent and none sent twice; the next mail begins where the last one that was sent
ended, so nothing is lost but a morning.
"""

from typing import NamedTuple

from django.core.mail import EmailMessage
from django.db import transaction

from collegium.digests import rules
from collegium.digests.hours import next_due
from collegium.digests.missed import Missed, missed
from collegium.digests.models import Digest, Wish
from collegium.lib import clock, mail, unsubscribe
from collegium.notifications.choices import rest_of

PURPOSE = "digest"
TEMPLATE = "digests/mails/digest"


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
    if not found.is_there or not courier.carry(message(turn.wish, found)):
        return
    Digest.objects.filter(pk=turn.digest.pk).update(posts=found.count, mailed_at=clock.now())
    if found.until:
        Wish.objects.filter(pk=turn.wish.pk).update(until=found.until)


def message(wish: Wish, found: Missed) -> EmailMessage:
    """The mail itself."""
    user = wish.member.user
    return mail.compose(
        TEMPLATE,
        to=user.email,
        context={"missed": found, "me": wish.member, "wish": wish, "end": unsubscribe.address(PURPOSE, wish.pk)},
        locale=user.locale,
        headers=unsubscribe.headers(PURPOSE, wish.pk),
    )
