"""Telling members what happened, and untelling it when it is over."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from collegium.notifications import going, kinds
from collegium.notifications.going import Told
from collegium.notifications.models import Notification
from collegium.notifications.topics import TOPICS, Topic
from collegium.notifications.wanting import wanted
from collegium.realtime.poke import poke

TOPIC = "notifications"
CAUSE_LIMIT = 120

# Who is told is settled in the statement that tells, so that a block or a suspension that was faster counts. Rows are
# written in the order of their recipients, so that two that tell the same people do not wait for each other in a ring.
# How each recipient wants to be told comes along: by News or not, by push, when by mail, and of whom.
TELL = f"""
WITH person AS MATERIALIZED (
    SELECT person.id, coalesce(choice.in_app, true) AS in_app, coalesce(choice.push, %(push)s::boolean) AS push,
           coalesce(choice.mail, %(mail)s::text) AS mail, %(fixed)s::boolean OR
           {wanted("person.id", "%(actor)s::bigint", "coalesce(choice.whom, %(whom)s::text)")} AS wanted
    FROM members_member AS person
    LEFT JOIN notifications_choice AS choice ON choice.member_id = person.id AND choice.topic = %(topic)s::text
    WHERE person.id = ANY(%(recipients)s) AND person.standing = 'active'
      AND (%(actor)s::bigint IS NULL OR (
          person.id <> %(actor)s
          AND EXISTS (SELECT FROM members_member WHERE id = %(actor)s AND standing = 'active')
          AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = %(actor)s AND blocked_id = person.id)
          AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = person.id AND blocked_id = %(actor)s)))
), told AS (
    INSERT INTO notifications_notification (recipient_id, actor_id, kind, cause, subject, data, listed)
    SELECT id, %(actor)s, %(kind)s, %(cause)s, %(subject)s, %(data)s::jsonb,
           %(listed)s::boolean AND wanted AND (in_app OR %(fixed)s::boolean)
    FROM person ORDER BY id
    ON CONFLICT (cause, recipient_id) DO NOTHING
    RETURNING id, recipient_id, listed
)
SELECT told.recipient_id, told.id, told.listed, wanted AND push, CASE WHEN wanted THEN mail ELSE 'off' END
FROM told JOIN person ON person.id = told.recipient_id ORDER BY told.recipient_id
"""  # noqa: S608 - made of constants; values are parameters


@transaction.atomic
def notify(
    recipients: Iterable[int], *, kind: str, actor: int | None, cause: str, subject: int | None = None, **data: Any
) -> set[int]:
    """Tell each recipient once; telling the same cause again changes nothing.

    The actor is not told of what she did, nor those who are not in good standing or blocked with her either way. What
    is to go out by mail or push as well is queued here, in the same transaction.

    Args:
        recipients: keys of members.
        kind: the name of a laid kind.
        actor: the member who did it; None for the clock.
        cause: names what happened, the same for all who hear of it.
        subject: the row it is about; what the kind judges by.
        data: what the phrase needs beside that, as JSON.

    Returns:
        Those who had not been told before.

    Raises:
        ImproperlyConfigured: no such kind.
        ValueError: the cause is empty or too long.
    """
    if not 0 < len(cause) <= CAUSE_LIMIT:
        raise ValueError(f"a cause has 1 to {CAUSE_LIMIT} characters, {cause!r} has not")
    keys = list(recipients)
    laid = kinds.of(kind)
    topic = TOPICS[laid.topic]
    given = {"kind": kind, "actor": actor, "cause": cause, "subject": subject, "data": json.dumps(data)}
    if not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(TELL, given | _defaults(topic) | {"recipients": keys, "listed": laid.listed})
        told = [Told(*row) for row in cursor.fetchall()]
    going.queue(told, topic)
    poke({row.recipient for row in told if row.listed}, TOPIC)
    return {row.recipient for row in told}


def _defaults(topic: Topic) -> dict[str, Any]:
    """What holds for those who have not chosen."""
    return {"topic": topic.name, "push": topic.push, "mail": topic.mail, "whom": topic.whom, "fixed": topic.fixed}


@transaction.atomic
def retract(*, cause: str | None = None, kind: str | None = None, subject: int | None = None) -> int:
    """What was told is over: take it back from everybody who was told.

    Args:
        cause: as given to `notify`.
        kind: narrows the subject, whose key alone does not say of which table it is.
        subject: as given to `notify`.

    Returns:
        How many were told before.

    Raises:
        ValueError: neither cause nor subject is given, which would take back everything of a kind.
    """
    if cause is None and subject is None:
        raise ValueError("retract() needs a cause or a subject")
    given = {"cause": cause, "kind": kind, "subject": subject}
    rows = Notification.objects.filter(**{name: value for name, value in given.items() if value is not None})
    # Locked in the order of their keys, so that two that take back the same do not wait for each other in a ring.
    found = dict(rows.order_by("id").select_for_update().values_list("id", "recipient_id"))
    if found:
        Notification.objects.filter(pk__in=found).delete()
        poke(set(found.values()), TOPIC)
    return len(found)
