"""Saying that something was read, and how one wants to be told.

Nobody else learns of what was read, so it is not recorded; one's own open pages look again.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.notifications import choices, going, kinds, rules
from collegium.notifications.models import Choice, Notification, Outgoing, Rest
from collegium.notifications.tell import TOPIC
from collegium.notifications.topics import TOPICS
from collegium.notifications.wanting import wanted
from collegium.realtime.poke import poke

FIELDS = ("in_app", "push", "mail", "whom")
# What stands in News follows a choice at once, for what was told before too.
RELIST = f"""
UPDATE notifications_notification AS told
SET listed = %(in_app)s::boolean AND {wanted("told.recipient_id", "told.actor_id", "%(whom)s::text")}
WHERE told.recipient_id = %(member)s AND told.kind = ANY(%(kinds)s)
"""  # noqa: S608 - made of constants; values are parameters


@transaction.atomic
def read(told: Notification, *, by: Member) -> None:
    """It was opened."""
    require(rules.may_read(by, told))
    _mark(by, lowest=told.id, highest=told.id)


@transaction.atomic
def read_all(by: Member, *, until: int) -> None:
    """All were seen that the page showed; what came after it was made stays unread.

    Args:
        by: whose.
        until: the key of the newest that the page knew.
    """
    require(rules.may_read_all(by))
    _mark(by, lowest=0, highest=until, listed=True)


def _mark(member: Member, *, lowest: int, highest: int, **more: bool) -> None:
    rows = Notification.objects.filter(recipient=member, id__gte=lowest, id__lte=highest, **more).unread()
    if rows.update(read_at=clock.now()):
        poke([member.id], TOPIC)


@transaction.atomic
def choose(member: Member, wishes: Mapping[str, Mapping[str, Any]]) -> None:
    """Say how one wants to be told; what waits to go out follows.

    Args:
        member: who.
        wishes: topic to some or all of `FIELDS`.
    """
    require(rules.may_choose(member))
    # Two forms of hers that arrive together go one after the other.
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    mine = choices.of(member)
    changed = [name for name, wish in wishes.items() if any(getattr(mine[name], key) != wish[key] for key in wish)]
    for name in changed:
        _write(mine[name], wishes[name])
    if changed:
        record("notifications.chosen", actor=member, subject=member, topics=changed)
        poke([member.pk], TOPIC)


def _write(row: Choice, wish: Mapping[str, Any]) -> None:
    """One line of the settings, and what follows from it."""
    was = {key: getattr(row, key) for key in FIELDS}
    if not row._state.adding and row.mail == Choice.Mail.OFF and wish.get("mail", row.mail) != Choice.Mail.OFF:
        row.delete()
        row = Choice(member_id=row.member_id, topic=row.topic, **was)
    for key, value in wish.items():
        setattr(row, key, value)
    row.save()
    if (row.in_app, row.whom) != (was["in_app"], was["whom"]):
        _relist(row)
    _redirect(row, mail=row.mail != was["mail"], push=row.push != was["push"])


def _relist(row: Choice) -> None:
    listed = kinds.names(row.topic)
    if listed and not TOPICS[row.topic].fixed:
        given: dict[str, Any] = {"in_app": row.in_app, "whom": row.whom, "member": row.member_id, "kinds": listed}
        with connection.cursor() as cursor:
            cursor.execute(RELIST, given)


def _redirect(row: Choice, *, mail: bool, push: bool) -> None:
    """What waits goes out as is wished now, or not at all."""
    waiting = Outgoing.objects.filter(member=row.member_id, topic=row.topic)
    if push and not row.push:
        waiting.exclude(channel=going.MAIL).delete()
    if mail and row.mail == Choice.Mail.OFF:
        waiting.filter(channel=going.MAIL).delete()
    elif mail:
        waiting.filter(channel=going.MAIL).update(rhythm=row.mail, due_at=clock.now() + going.GRACE)


@transaction.atomic
def end_topic(key: int) -> None:
    """No more mails about this; who presses this holds the signed address, so nobody is asked who it is.

    Args:
        key: of the choice that the mail was sent by.
    """
    row = Choice.objects.select_for_update().filter(pk=key).first()
    if row is not None:
        _end(row.member_id, [row.topic])


@transaction.atomic
def end_rhythm(key: int, rhythm: str) -> None:
    """No more daily, or weekly, mail: what was gathered in it is not mailed any more.

    Args:
        key: of a choice that the mail was sent by.
        rhythm: which of the two.
    """
    row = Choice.objects.select_for_update().filter(pk=key).select_related("member").first()
    if row is not None:
        _end(row.member_id, [name for name, each in choices.of(row.member).items() if each.mail == rhythm])


def _end(member: int, topics: list[str]) -> None:
    row = Member.objects.select_for_update(no_key=True).get(pk=member)
    mine = choices.of(row)
    ended = [name for name in topics if mine[name].mail != Choice.Mail.OFF]
    for name in ended:
        _write(mine[name], {"mail": Choice.Mail.OFF})
    if ended:
        record("notifications.mail_ended", actor=member, subject=member, topics=ended)


@transaction.atomic
def rest(member: Member, **wishes: Any) -> Rest:
    """Say when one is left in peace, and on which clock.

    Args:
        member: who.
        wishes: fields of `Rest`.
    """
    require(rules.may_choose(member))
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    row, _fresh = Rest.objects.update_or_create(member=member, defaults=wishes)
    # What waits for an hour is looked at anew: it may be another one now.
    Outgoing.objects.filter(member=member, due_at__gt=clock.now() + going.GRACE).update(due_at=clock.now())
    record("notifications.rested", actor=member, subject=member)
    return row
