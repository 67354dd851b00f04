"""The one order of a conversation: whoever changes it holds its row, counts there, and only then writes.

Everything here is written out as SQL, since saying something is what happens most often of all: it takes three
statements, the lock, the question (`rules.seat`) and the answer. The question is asked in a statement of its own, after
the lock: a statement that waits for a row goes on with what it saw of all other rows before it waited, so that somebody
who was removed meanwhile would still get a word in.
"""

import json
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from collegium.lib.refusal import Conflict
from collegium.messaging.models import Conversation, Message
from collegium.realtime.lines import FRESH

HOLD = "SELECT changes FROM messaging_conversation WHERE id = %(conversation)s FOR NO KEY UPDATE"

CHANGE = """
UPDATE messaging_conversation SET changes = changes + 1,
    members_changed = CASE WHEN %(head)s THEN changes + 1 ELSE members_changed END,
    anew = CASE WHEN %(anew)s THEN changes + 1 ELSE anew END
WHERE id = %(conversation)s RETURNING changes
"""

# Whoever quotes a message shows its words, so the answers to it change with it.
TOUCH = """
UPDATE messaging_message SET changed = %(changes)s
WHERE conversation_id = %(conversation)s AND (id = %(message)s OR (%(quoted)s AND reply_to_id = %(message)s))
"""

# A message and everything that follows from it for those who are in the conversation. Nothing moves for people whom a
# block parts from the author: to them it was not said. Places are taken in the order of their keys.
SAY = """
WITH counted AS (
    UPDATE messaging_conversation SET last_number = last_number + 1, changes = changes + 1,
        members_changed = CASE WHEN %(head)s THEN changes + 1 ELSE members_changed END
    WHERE id = %(conversation)s RETURNING last_number, changes
), said AS (
    INSERT INTO messaging_message
        (conversation_id, number, author_id, kind, text, note, reply_to_id, key, has_files, changed)
    SELECT %(conversation)s, last_number, %(author)s, %(kind)s, %(text)s, %(note)s, %(reply_to)s, %(key)s, %(files)s,
        changes FROM counted
    RETURNING id, number, changed
), before AS (
    SELECT member_id, unread, read, EXISTS (SELECT FROM realtime_line line
            WHERE line.member_id = place.member_id
                AND line.seen_at > clock_timestamp() - make_interval(secs => %(fresh)s)) AS there
    FROM messaging_participant place
    WHERE conversation_id = %(conversation)s AND left_at IS NULL
        AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = member_id AND blocked_id = %(author)s)
        AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = %(author)s AND blocked_id = member_id)
    ORDER BY member_id FOR NO KEY UPDATE
), told AS (
    UPDATE messaging_participant place SET
        last = said.id,
        archived = place.archived AND place.muted,
        unread = CASE WHEN place.member_id = %(author)s THEN place.unread AND NOT %(words)s
            ELSE place.unread OR %(words)s END,
        read = CASE WHEN place.member_id = %(author)s AND %(words)s THEN said.number ELSE place.read END,
        draft = CASE WHEN place.member_id = %(author)s AND %(words)s THEN '' ELSE place.draft END
    FROM said, before
    WHERE place.conversation_id = %(conversation)s AND place.member_id = before.member_id
    RETURNING place.member_id, before.unread, before.read, before.there, place.muted, place.box
)
SELECT said.id, said.number, said.changed, told.*
FROM said LEFT JOIN told ON true
"""


class Heard(NamedTuple):
    """Somebody who is in the conversation when something is said.

    Attributes:
        member: her key.
        unread: whether something had waited for her before.
        read: how far she had read.
        there: whether she has a page open.
        muted: whether she wants to hear nothing of it.
        box: where it stands for her.
    """

    member: int
    unread: bool
    read: int
    there: bool
    muted: bool
    box: str


class Saying(NamedTuple):
    """What was said, and who was there."""

    message: Message
    heard: list[Heard]

    @property
    def people(self) -> list[int]:
        """The keys of all who were there, the author among them."""
        return [each.member for each in self.heard]

    @property
    def fresh(self) -> list[Heard]:
        """Those with no page open for whom a stretch of unread messages begins with this one."""
        others = [each for each in self.heard if each.member != self.message.author_id]
        return [each for each in others if each.box == "focused" and not (each.unread or each.muted or each.there)]


def hold(conversation: Conversation) -> None:
    """Hold a conversation until the transaction ends.

    Raises:
        Conflict: it is gone.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, {"conversation": conversation.pk})
        if cursor.fetchone() is None:
            raise Conflict(_("This conversation is no longer there."))


def change(
    conversation: int, *, message: int | None = None, quoted: bool = False, head: bool = False, anew: bool = False
) -> int:
    """Count a change that is no message; the conversation is held by it.

    Args:
        conversation: its key.
        message: the message it touched.
        quoted: whether that shows where others answer to it.
        head: whether it touched the name, the people, or who may write.
        anew: whether what was shown must be looked at from the beginning, because somebody went out of sight.

    Returns:
        The number of the change.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHANGE, {"conversation": conversation, "head": head, "anew": anew})
        found = cursor.fetchone()
        if found is None:
            raise Conflict(_("This conversation is no longer there."))
        if message is not None:
            given = {"conversation": conversation, "message": message, "quoted": quoted, "changes": found[0]}
            cursor.execute(TOUCH, given)
    return int(found[0])


def say(
    conversation: Conversation,
    author: int,
    text: str,
    *,
    key: UUID | None = None,
    reply_to: int | None = None,
    files: bool = False,
) -> Saying:
    """Put words at the end of a conversation that is held."""
    values: dict[str, Any] = {"text": text, "key": key, "reply_to": reply_to, "files": files, "note": {}, "head": False}
    return _put(conversation, author, Message.Kind.WORDS, values)


def note(conversation: Conversation, author: int, what: str, **about: Any) -> Saying:
    """Put a note at the end of a conversation that is held: who came or went, or what it is called now."""
    values: dict[str, Any] = {
        "text": "",
        "key": None,
        "reply_to": None,
        "files": False,
        "note": {"what": what, **about},
        "head": True,
    }
    return _put(conversation, author, Message.Kind.NOTE, values)


def _put(conversation: Conversation, author: int, kind: Message.Kind, values: dict[str, Any]) -> Saying:
    given = values | {"conversation": conversation.pk, "author": author, "kind": kind.value}
    given |= {"words": kind == Message.Kind.WORDS, "note": json.dumps(values["note"])}
    given["fresh"] = FRESH.total_seconds()
    with connection.cursor() as cursor:
        cursor.execute(SAY, given)
        rows = cursor.fetchall()
    pk, number, changed = rows[0][:3]
    names = [field.attname for field in Message._meta.concrete_fields]
    row = {"id": pk, "number": number, "changed": changed, "conversation_id": conversation.pk, "author_id": author}
    row |= {"kind": kind.value, "text": values["text"], "note": values["note"], "reply_to_id": values["reply_to"]}
    row |= {"key": values["key"], "has_files": values["files"], "edited_at": None, "deleted_at": None}
    made = Message.from_db("default", names, [row[name] for name in names])
    conversation.last_number, conversation.changes = number, changed
    return Saying(made, [Heard(*each[3:]) for each in rows if each[3] is not None])
