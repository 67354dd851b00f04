"""Sending the mails that are due.

Their row is made, and what they tell is taken out of the line, before anything leaves; then everything is judged once
more, for hours may lie between.
"""

from django.db import transaction

from collegium.lib import clock
from collegium.lib.mail import Courier
from collegium.notifications import going, rules
from collegium.notifications.bounces import noting
from collegium.notifications.going import MAIL, Batch
from collegium.notifications.mails import letters
from collegium.notifications.models import Letter
from collegium.notifications.reader import as_read_by


def send_due(most: int) -> int:
    """Send what is due now, at most so many mails; returns how many turns were taken.

    Raises:
        mail.Away: the mail server cannot be reached; nothing is taken, and the next sweep goes on.
    """
    taken, passed = 0, set[int]()
    with Courier() as courier:
        while taken < most and courier.is_ready() and (turn := _take(passed)) is not None:
            taken += 1
            _send(*turn, courier)
    return taken


@transaction.atomic
def _take(passed: set[int]) -> tuple[Batch, Letter] | None:
    batch = going.take(MAIL, passed)
    if batch is None:
        return None
    values = {"rhythm": batch.rhythm, "topic": batch.topic, "told": batch.keys}
    return batch, Letter.objects.create(member=batch.member, **values)


def _send(batch: Batch, letter: Letter, courier: Courier) -> None:
    member = batch.member
    if not rules.may_be_mailed(member):
        return
    with as_read_by(member):
        told = going.still(batch)
        if not told:
            return
        message = letters.make(letter, member, told)
    if courier.carry(message):
        Letter.objects.filter(pk=letter.pk).update(sent_at=clock.now())
    elif courier.for_now:
        going.put_back(batch)
    elif courier.refused is not None:
        noting.refused(member.user.email, courier.refused)
