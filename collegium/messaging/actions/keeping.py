"""How one keeps a conversation for oneself: read, unread, starred, archived, muted, in which box, a draft.

Nobody else learns of any of it but of what she has read, and of that only as far as she shows it; so nothing is
recorded. One's own other pages look again.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.messaging import letters, news, rules
from collegium.messaging.models import Conversation, Manners, Message, Participant, Request, Star
from collegium.messaging.models.conversations import DRAFT_LIMIT, Box
from collegium.messaging.seats import seat
from collegium.network.rules import in_standing
from collegium.realtime.poke import poke

TYPES_FOR = timedelta(seconds=8)
"""How long somebody counts as typing after the last sign of it."""

TAKE = """
SELECT read, unread FROM messaging_participant
WHERE member_id = %(me)s AND conversation_id = %(conversation)s AND left_at IS NULL FOR NO KEY UPDATE
"""

# Asked while her place is held: what is said meanwhile waits for it, and marks it as unread again afterwards.
READ = """
UPDATE messaging_participant place SET read = greatest(read, least(%(number)s, c.last_number)),
    unread = place.unread AND EXISTS (
        SELECT FROM messaging_message m
        WHERE m.conversation_id = c.id AND m.number > greatest(place.read, %(number)s, place.after) AND m.kind = 'words'
            AND m.author_id <> %(me)s
            AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = %(me)s AND blocked_id = m.author_id)
            AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = m.author_id AND blocked_id = %(me)s))
FROM messaging_conversation c
WHERE place.member_id = %(me)s AND place.conversation_id = %(conversation)s AND c.id = place.conversation_id
RETURNING place.read, place.unread
"""

# Those whose words she has just read, where both are open to each other and she shows what she reads.
WROTE = """
SELECT DISTINCT author_id FROM messaging_message
WHERE conversation_id = %(conversation)s AND number > greatest(%(before)s, %(read)s - 100) AND number <= %(read)s
    AND author_id <> %(me)s AND NOT EXISTS (SELECT FROM messaging_manners WHERE member_id = %(me)s AND NOT receipts)
"""

TYPE = """
INSERT INTO messaging_typing AS row (conversation_id, member_id, until) VALUES (%(conversation)s, %(me)s, %(until)s)
ON CONFLICT (conversation_id, member_id) DO UPDATE SET until = excluded.until WHERE row.until < %(soon)s
RETURNING true
"""


@transaction.atomic
def read(conversation: Conversation, *, by: Member, number: int) -> bool:
    """She has seen everything up to this message. Never goes back.

    Returns:
        Whether that changed anything.
    """
    place = seat(by, conversation)
    require(place is not None)
    assert place is not None  # noqa: S101 - required above
    given = {"me": by.pk, "conversation": conversation.pk, "number": max(0, min(number, place.last_number))}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, given)
        before, waited = cursor.fetchone()
        cursor.execute(READ, given)
        after, waits = cursor.fetchone()
        authors = []
        if after > before and place.open:
            cursor.execute(WROTE, given | {"before": before, "read": after})
            authors = [row[0] for row in cursor.fetchall()]
    poke(authors, conversation.topic)
    if waited and not waits:
        news.settled(by.pk, conversation.pk)
    return bool(after > before or waited != waits)


@transaction.atomic
def mark_unread(conversation: Conversation, *, by: Member) -> None:
    """Let it wait for her again; what she has read stays read in the eyes of the others."""
    _set(conversation, by, unread=True)


@transaction.atomic
def archive(conversation: Conversation, *, by: Member) -> None:
    """Out of the inbox until something is said, and for good when she muted it."""
    _set(conversation, by, archived=True, unread=False)


@transaction.atomic
def unarchive(conversation: Conversation, *, by: Member) -> None:
    """Back into the inbox."""
    _set(conversation, by, archived=False)


@transaction.atomic
def pin(conversation: Conversation, *, by: Member) -> None:
    """Keep a conversation at hand."""
    _set(conversation, by, starred=True)


@transaction.atomic
def unpin(conversation: Conversation, *, by: Member) -> None:
    """Keep it at hand no more."""
    _set(conversation, by, starred=False)


@transaction.atomic
def mute(conversation: Conversation, *, by: Member) -> None:
    """Be told of nothing that is said there; it is there to be read."""
    _set(conversation, by, muted=True)


@transaction.atomic
def unmute(conversation: Conversation, *, by: Member) -> None:
    """Be told again."""
    _set(conversation, by, muted=False)


@transaction.atomic
def put(conversation: Conversation, *, by: Member, box: str) -> None:
    """Say where it belongs. What sorts learns from it, and it stays there whatever is said."""
    require(box in Box.values and (box != Box.REQUESTS or _asked(conversation, by)))
    _set(conversation, by, box=box, why=[], corrected_at=clock.now())
    letters.corrected(conversation, by, box)


@transaction.atomic
def draft(conversation: Conversation, *, by: Member, text: str) -> None:
    """Keep what she has typed and not sent, for her next page of it."""
    require(rules.may_read(by, conversation))
    Participant.objects.filter(member=by, conversation=conversation).update(draft=text[:DRAFT_LIMIT])


@transaction.atomic
def star(message: Message, *, by: Member) -> bool:
    """Keep a message for herself; False when she did already."""
    require(rules.may_star(by, message) and not message.is_deleted)
    _row, fresh = Star.objects.get_or_create(member=by, message=message)
    return fresh


@transaction.atomic
def unstar(message: Message, *, by: Member) -> bool:
    """Keep it no more; False when she did not."""
    require(rules.may_star(by, message))
    gone, _rows = Star.objects.filter(member=by, message=message).delete()
    return bool(gone)


@transaction.atomic
def typing(conversation: Conversation, *, by: Member) -> bool:
    """She is typing. The others' pages look when it begins; while it lasts their own clock tells them.

    Returns:
        Whether anybody was told: False where she does not show it, or did so a moment ago.
    """
    place = seat(by, conversation)
    require(place is not None)
    assert place is not None  # noqa: S101 - required above
    if not place.open or Manners.objects.filter(member=by, typing=False).exists():
        return False
    now = clock.now()
    given: dict[str, Any] = {
        "conversation": conversation.pk,
        "me": by.pk,
        "until": now + TYPES_FOR,
        "soon": now + TYPES_FOR / 2,
    }
    with connection.cursor() as cursor:
        cursor.execute(TYPE, given)
        if cursor.fetchone() is None:
            return False
    others = Participant.objects.filter(conversation=conversation, left_at=None).exclude(member=by)
    poke(others.values_list("member_id", flat=True), conversation.topic)
    return True


@transaction.atomic
def manners(by: Member, *, receipts: bool, typing: bool, presence: bool) -> Manners:
    """Choose what she shows of herself while talking; what she does not show she does not see of others."""
    require(in_standing(by))
    given = {"receipts": receipts, "typing": typing, "presence": presence}
    row, _fresh = Manners.objects.update_or_create(member=by, defaults=given)
    poke([by.pk], news.INBOX)
    return row


def _asked(conversation: Conversation, by: Member) -> bool:
    return Request.objects.waiting().filter(conversation=conversation, recipient=by).exists()


def _set(conversation: Conversation, by: Member, **values: Any) -> None:
    """Change her own place, and let her own pages look again."""
    require(rules.may_read(by, conversation))
    Participant.objects.filter(member=by, conversation=conversation, left_at=None).update(**values)
    news.look_for(by.pk, conversation)
