"""What goes out by mail and by other channels: queued when it is told, taken when it is due, judged again after that.

A row is taken once: it is deleted, and that is committed, before anything leaves. A worker that is killed in between
costs one mail or one push and doubles none; the news itself stands in the app.
"""

from collections.abc import Collection, Sequence
from copy import copy
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from collegium.audience.viewer import Viewer
from collegium.lib import clock, mail
from collegium.members.models import Member
from collegium.notifications import channels, choices, reading, rules
from collegium.notifications.hours import when
from collegium.notifications.models import Choice, Notification, Outgoing
from collegium.notifications.topics import Topic

MAIL, PUSH = "mail", "push"
# For how long mail waits: what is read meanwhile is not mailed, and what comes together is one mail.
GRACE = timedelta(minutes=5)


class Told(NamedTuple):
    """One member who was told just now, and how she wants to be."""

    recipient: int
    key: int
    listed: bool
    push: bool
    mail: str


class Batch(NamedTuple):
    """What goes to one member in one mail, or one push."""

    member: Member
    rhythm: str
    topic: str
    keys: list[int]
    rows: Sequence[Outgoing] = ()


def queue(told: Sequence[Told], topic: Topic) -> None:
    """Put in line what those who were told want outside the app as well; a constant number of statements."""
    now = clock.now()
    by_mail = {row.recipient: row for row in told if row.mail != Choice.Mail.OFF}
    made = _rows(by_mail, rules.mailable(by_mail), MAIL, topic, now + GRACE) if by_mail else []
    pushed = {row.recipient: row for row in told if row.push}
    for channel in channels.every() if pushed else ():
        rows = _rows(pushed, channel.reaches(list(pushed)), channel.name, topic, now + channel.grace)
        if rows:
            _soon(channel)
        made += rows
    if made:
        Outgoing.objects.bulk_create(made)


def _rows(told: dict[int, Told], reached: Collection[int], channel: str, topic: Topic, due: datetime) -> list[Outgoing]:
    rows = [told[key] for key in sorted(reached)]
    return [
        Outgoing(
            notification_id=row.key,
            member_id=row.recipient,
            channel=channel,
            rhythm=row.mail if channel == MAIL else Choice.Mail.AT_ONCE,
            topic=topic.name,
            due_at=due,
        )
        for row in rows
    ]


def _soon(channel: channels.Channel) -> None:
    """Have it carried once its grace is over, without waiting for the sweep."""
    from collegium.notifications.tasks import carry  # noqa: PLC0415 - needs Django's apps, which import this module

    carry.configure(schedule_in={"seconds": max(1, int(channel.grace.total_seconds()))}).defer(channel=channel.name)


@transaction.atomic
def take(channel: str, passed: set[int]) -> Batch | None:
    """The next that is due by this channel, taken by this worker and no other; None when nothing is.

    Args:
        channel: by which way.
        passed: members whom another worker serves at this moment; they are left to it, and noted here.
    """
    now = clock.now()
    while True:
        due = Outgoing.objects.filter(channel=channel, due_at__lte=now).exclude(member__in=passed)
        first = due.order_by("due_at", "pk").first()
        if first is None:
            return None
        if not _alone(channel, first.member_id):
            passed.add(first.member_id)
            continue
        # Rows that somebody takes back at this moment are skipped: waiting for her could end in waiting in a ring.
        rows = Outgoing.objects.filter(channel=channel, member=first.member_id, rhythm=first.rhythm)
        rows = rows.exclude(tries__gt=0, due_at__gt=now)
        if channel == MAIL and first.rhythm == Choice.Mail.AT_ONCE:
            rows = rows.filter(topic=first.topic)
        taken = list(rows.order_by("pk").select_for_update(skip_locked=True, of=("self",)))
        member = Member.objects.select_related("user").get(pk=first.member_id)
        if not taken:
            passed.add(first.member_id)
        elif (batch := _now(member, taken, now)) is not None:
            return batch


def _now(member: Member, taken: list[Outgoing], now: datetime) -> Batch | None:
    """These rows as one batch, if this is an hour of hers; otherwise they wait for it."""
    rest = choices.rest_of(member)
    hour = min(when(row.rhythm, row.made_at, rest, now) for row in taken)
    mine = Outgoing.objects.filter(pk__in=[row.pk for row in taken])
    if hour > now:
        mine.update(due_at=hour)
        return None
    gone = [copy(row) for row in taken]
    mine.delete()
    first = taken[0]
    topic = first.topic if len({row.topic for row in taken}) == 1 else ""
    return Batch(member, first.rhythm, topic, [row.notification_id for row in taken], gone)


@transaction.atomic
def put_back(batch: Batch) -> int:
    """What a server refused for now is in line again, each piece as often as `mail.PAUSES` has pauses.

    It keeps its key, by which her hours are asked. Returns how many there are.
    """
    still_told = Notification.objects.select_for_update(no_key=True).filter(pk__in=batch.keys).order_by("pk")
    there = set(still_told.values_list("pk", flat=True))
    again = []
    for row in batch.rows:
        due_at = mail.again_at(row.tries)
        if due_at is not None and row.notification_id in there:
            row.due_at, row.tries = due_at, row.tries + 1
            again.append(row)
    Outgoing.objects.bulk_create(again, ignore_conflicts=True)
    return len(again)


def _alone(channel: str, member: int) -> bool:
    """Whether no other worker is at what goes to this member; it stays so until the transaction ends."""
    with connection.cursor() as cursor:
        words = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
        cursor.execute(words, [f"notifications.{channel}:{member}"])
        return bool(cursor.fetchone()[0])


def still(batch: Batch) -> list[Notification]:
    """What of a batch may and should go out now: seen, unread, she in good standing; oldest first."""
    if not batch.member.is_active or not batch.member.user.is_active:
        return []
    return reading.unread_of(Viewer(batch.member), batch.keys)
