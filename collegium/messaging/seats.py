"""Somebody's place in a conversation at this moment, and all that decides what she may do there, in one statement."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.messaging.models import Conversation, Participant
from collegium.messaging.models.requests import WAITS_FOR

COLUMNS = tuple(field.column for field in Conversation._meta.concrete_fields)
NAMES = [field.attname for field in Conversation._meta.concrete_fields]
SEAT = f"""
SELECT {", ".join(f"c.{column}" for column in COLUMNS)}, p.role, p.after, p.box, p.read, other.id, request.id,
    request.sender_id,
    other.id IS NOT NULL AND EXISTS (SELECT FROM ties_connection WHERE member_id = me.id AND other_id = other.id),
    (SELECT id FROM messaging_message WHERE author_id = me.id AND key = %(key)s)
FROM messaging_conversation c
JOIN messaging_participant p ON p.conversation_id = c.id AND p.member_id = %(me)s AND p.left_at IS NULL
JOIN members_member me ON me.id = p.member_id AND me.standing = 'active'
LEFT JOIN members_member other ON other.id = CASE WHEN c.low_id = me.id THEN c.high_id ELSE c.low_id END
    AND other.standing = 'active'
LEFT JOIN messaging_request request ON request.conversation_id = c.id AND request.state IN ('waiting', 'declined')
    AND request.id >= %(overdue)s
WHERE c.id = %(conversation)s AND (c.kind = 'group' OR (other.id IS NOT NULL
    AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = me.id AND blocked_id = other.id)
    AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = other.id AND blocked_id = me.id)))
"""  # noqa: S608 - the names of columns


@dataclass(frozen=True, slots=True)
class Seat:
    """What is true of one person in one conversation.

    Attributes:
        member: her key.
        conversation: the row as it is now.
        role: hers.
        after: she reads messages with higher numbers.
        box: where it stands for her.
        read: how far she has read.
        other: the key of the other one of two; None in groups.
        request: the key of the message that waits between the two, whether it was silently declined or not.
        sender: who wrote it.
        connected: whether the two are.
        said: the message she sent with this key already.
    """

    member: int
    conversation: Conversation
    role: str
    after: int
    box: str
    read: int
    other: int | None
    request: int | None
    sender: int | None
    connected: bool
    said: int | None

    @property
    def is_group(self) -> bool:
        """Whether more than two can be in it."""
        return self.conversation.is_group

    @property
    def is_admin(self) -> bool:
        """Names the group and says who is in it."""
        return self.is_group and self.role == Participant.Role.ADMIN

    @property
    def last_number(self) -> int:
        """How many messages there are."""
        return self.conversation.last_number

    @property
    def open(self) -> bool:
        """Both may say what they like: a group, a connection, or two who have both wanted to talk."""
        return self.is_group or self.connected or self.conversation.consented_at is not None

    @property
    def asked(self) -> bool:
        """The other wrote first and waits for her; answering lets him in."""
        return self.request is not None and self.sender != self.member

    @property
    def waits(self) -> bool:
        """She wrote first and waits, whatever was made of it."""
        return self.request is not None and self.sender == self.member


def seat(member: Member, conversation: Conversation, *, key: UUID | None = None) -> Seat | None:
    """Her place in it now; None where she is not in it, or what parts the two has ended it for both."""
    given = {"me": member.pk, "conversation": conversation.pk, "key": key}
    with connection.cursor() as cursor:
        cursor.execute(SEAT, given | {"overdue": ids.floor_at(clock.now() - WAITS_FOR)})
        row = cursor.fetchone()
    if row is None:
        return None
    here = Conversation.from_db("default", NAMES, row[: len(NAMES)])
    return Seat(member.pk, here, *row[len(NAMES) :])
