"""What runs by the clock and right after news. Nothing depends on when: what is due goes out with the next run."""

import logging
from datetime import datetime, timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from collegium.lib import clock, ids, mail
from collegium.members.models import Member
from collegium.notifications import channels, going
from collegium.notifications.bounces import noting
from collegium.notifications.channels import Channel
from collegium.notifications.mails.sending import send_due
from collegium.notifications.mails.trial import make as make_trial
from collegium.notifications.models import Letter
from collegium.notifications.reader import as_read_by

log = logging.getLogger(__name__)
BATCH = 300
KEPT = timedelta(days=60)


@app.task(name="notifications.mail", queue="chores")
def send(timestamp: int = 0) -> None:
    """Mail a batch of what is due; the sweeps of the next minutes send the rest, so that other work gets its turn."""
    try:
        send_due(BATCH)
    except mail.Away:
        return


@app.task(name="notifications.carry", queue="news")
def carry(channel: str) -> None:
    """Carry what is due by one channel, such as push."""
    laid = channels.of(channel)
    passed = set[int]()
    for _turn in range(BATCH if laid is not None else 0):
        batch = going.take(channel, passed)
        if batch is None:
            return
        _hand_over(laid, batch)


def _hand_over(channel: Channel | None, batch: going.Batch) -> None:
    with as_read_by(batch.member):
        told = going.still(batch)
        if channel is None or not told:
            return
        try:
            channel.send(batch.member, told)
        except Exception:  # whatever goes wrong with one member's devices must not keep the others waiting
            log.exception("news could not be carried by %s", channel.name)


@app.task(name="notifications.sweep", queue="news")
def sweep(timestamp: int = 0) -> None:
    """Carry what waited for the end of quiet hours, or for a worker."""
    for channel in channels.every():
        carry(channel=channel.name)


@app.task(name="notifications.forget", queue="chores")
def forget(timestamp: int = 0) -> None:
    """Forget which mails went out long ago, and what came back of addresses that nobody has any more."""
    Letter.objects.filter(pk__lt=ids.floor_at(clock.now() - KEPT)).delete()
    noting.forget()


@app.task(name="notifications.trial", queue="news", retry=RetryStrategy(max_attempts=6, wait=60))
def trial(member: int, when: str) -> None:
    """Send a member the mail that she asked for; tried again when the mail server is away.

    Args:
        member: who asked, and gets it.
        when: the moment at which she did.
    """
    row = Member.objects.active().select_related("user").filter(pk=member).first()
    if row is None:
        return
    with as_read_by(row):
        message = make_trial(row, datetime.fromisoformat(when))
    with mail.Courier() as courier:
        if not courier.carry(message) and courier.refused is not None:
            noting.refused(row.user.email, courier.refused)
