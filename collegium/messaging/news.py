"""Making those who are in a conversation look again, and telling them once a stretch, in the transaction of the verb.

What is said has no listeners in the journal: a background job for each message would cost more than the message.
Whoever has nothing unread is told of the first one of a stretch; the rest adds nothing to it. Who has a page open sees
it there: she is told when it is still unread after a minute (`tasks.remind`), so that talking to and fro tells nobody.
"""

from collections.abc import Collection, Iterable
from itertools import groupby

from django.db import connection

from collegium.messaging.models import Conversation, Participant
from collegium.messaging.order import Saying
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify
from collegium.realtime.poke import poke

INBOX = "messages"
TOLD = """
SELECT id FROM notifications_notification
WHERE subject = %(subject)s AND recipient_id = %(member)s AND kind = %(kind)s
"""
WROTE, ADDED, REQUESTED = "messaging.wrote", "messaging.added", "messaging.requested"


def said(what: Saying, *, told: bool = True) -> None:
    """Open pages of everybody there look again; who had nothing unread is told.

    Args:
        what: what was said.
        told: False for a first message, which is told as such.
    """
    message = what.message
    poke(what.people, f"talk-{message.conversation_id}", INBOX)
    if told:
        tell(message.conversation_id, message.author_id, [(each.read, each.member) for each in what.fresh])


def tell(conversation: int, author: int | None, people: Iterable[tuple[int, int]]) -> None:
    """Tell each of these that something waits: once for what she has read so far.

    Args:
        conversation: where.
        author: who said it.
        people: how far each has read, and her key.
    """
    for read, group in groupby(sorted(people), key=lambda each: each[0]):
        cause = f"{WROTE}:{conversation}:{read}"
        notify([key for _read, key in group], kind=WROTE, actor=author, cause=cause, subject=conversation)


def look_again(conversation: Conversation, *, listed: bool = False, also: Collection[int] = ()) -> None:
    """Open pages of everybody who is in it look again.

    Args:
        conversation: what changed.
        listed: whether the list of conversations shows it too.
        also: who was in it a moment ago.
    """
    there = Participant.objects.filter(conversation=conversation, left_at=None).values_list("member_id", flat=True)
    keys = {*there, *also}
    poke(keys, conversation.topic, *([INBOX] if listed else []))


def look_for(member: int, conversation: Conversation) -> None:
    """Only her own open pages look again: it is nobody else's business."""
    poke([member], conversation.topic, INBOX)


def settled(member: int, conversation: int) -> None:
    """She has read everything: what told her of it goes, and her own pages count anew."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, {"member": member, "kind": WROTE, "subject": conversation})
        told = [row[0] for row in cursor.fetchall()]
    if told:
        Notification.objects.filter(pk__in=told).delete()
    poke([member], INBOX)
