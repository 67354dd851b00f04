"""Messages as a page shows them: with files, signs, what they answer to, and what the reader made of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from collegium.lib import ids
from collegium.lib.statement import Statement
from collegium.lib.text import excerpt, render
from collegium.members.models import Member
from collegium.messaging.models import Attachment, Message
from collegium.messaging.models.messages import SIGNS
from collegium.messaging.reading import notes

TOGETHER = timedelta(minutes=10)
QUOTED = 120
_NOTHING = mark_safe("")


FILES = Statement(lambda slot: Attachment.objects.filter(slot.among("message_id", "keys")).order_by("place", "pk"))

# What hangs on each message: whether the reader keeps it, the signs of people whom she meets in the order in which they
# came, and what stands directly before it where that is for her eyes.
HANGING = """
SELECT m.id, EXISTS (SELECT FROM messaging_star WHERE message_id = m.id AND member_id = %(me)s),
    (SELECT array_agg(sign || ' ' || member_id ORDER BY since, member_id) FROM messaging_reaction
     WHERE message_id = m.id AND member_id = ANY(%(people)s)),
    before.id, before.author_id, before.kind
FROM messaging_message m
LEFT JOIN messaging_message before ON before.conversation_id = m.conversation_id AND before.number = m.number - 1
    AND before.number > %(after)s AND before.author_id = ANY(%(people)s)
WHERE m.id = ANY(%(keys)s)
"""


class Signed(NamedTuple):
    """One sign under a message."""

    sign: str
    total: int
    mine: bool
    names: str


class Eyes(NamedTuple):
    """Who reads a conversation, and whom she meets there.

    Attributes:
        me: her key.
        conversation: its key.
        after: she reads numbers above this one.
        people: those whose words she reads, herself among them, by key; who left long ago among them.
        away: the keys of those whose words she does not read.
    """

    me: int
    conversation: int
    after: int
    people: dict[int, Member]
    away: frozenset[int] = frozenset()


class Hanging(NamedTuple):
    """What belongs to one message beside its row."""

    starred: bool
    signs: list[str] | None
    before: int | None
    author: int | None
    kind: str | None


@dataclass(slots=True)
class Said:
    """One message as its reader sees it; what the fields mean stands at their ends."""

    message: Message
    mine: bool
    html: SafeString = _NOTHING
    words: str = ""  # the sentence of a note
    files: list[Attachment] = field(default_factory=list)
    reactions: list[Signed] = field(default_factory=list)
    reply: Message | None = None
    reply_words: str = ""
    starred: bool = False
    follows: bool = False  # the one before is of the same author and hour: it needs no head of its own
    new_day: bool = False

    @property
    def edited(self) -> bool:
        """Whether it read differently before."""
        return self.message.edited_at is not None and not self.message.is_deleted


def dress(eyes: Eyes, rows: Sequence[Message]) -> list[Said]:
    """Messages that these eyes may read, for a page; in one statement, and one more where there are files."""
    if not rows:
        return []
    files: dict[int, list[Attachment]] = defaultdict(list)
    if any(row.has_files for row in rows):
        for each in FILES.rows(keys=[row.pk for row in rows]):
            files[each.message_id or 0].append(each)
    hanging = _hanging(eyes, rows)
    made = []
    for row in rows:
        row.author = eyes.people[row.author_id or 0]
        said, more = _one(eyes, row), hanging[row.pk]
        said.files, said.starred = files[row.pk], more.starred
        said.reactions = _signs(eyes, more.signs) if more.signs else []
        said.follows, said.new_day = _beside(more, row)
        made.append(said)
    return made


def _hanging(eyes: Eyes, rows: Sequence[Message]) -> dict[int, Hanging]:
    given: dict[str, Any] = {
        "me": eyes.me,
        "after": eyes.after,
        "people": list(eyes.people),
        "keys": [row.pk for row in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(HANGING, given)
        return {key: Hanging(*more) for key, *more in cursor.fetchall()}


def plain(me: int, rows: Sequence[Message]) -> list[Said]:
    """Messages that `me` keeps, from anywhere: words and files, without what others hung on them."""
    files: dict[int, list[Attachment]] = defaultdict(list)
    for each in FILES.rows(keys=[row.pk for row in rows]):
        files[each.message_id or 0].append(each)
    html = {row.pk: render(row.text).html for row in rows}
    return [Said(row, row.author_id == me, html[row.pk], files=files[row.pk], starred=True) for row in rows]


def _one(eyes: Eyes, row: Message) -> Said:
    said = Said(row, mine=row.author_id == eyes.me)
    if row.kind == Message.Kind.NOTE:
        said.words = notes.sentence(row, eyes.people, eyes.me)
    elif row.text:
        said.html = render(row.text).html
    answered = row.reply_to
    if answered is not None and answered.number > eyes.after and answered.author_id in eyes.people:
        answered.author = eyes.people[answered.author_id]
        said.reply, said.reply_words = answered, excerpt(answered.text, QUOTED)
    return said


def _signs(eyes: Eyes, given: Sequence[str]) -> list[Signed]:
    """The signs under one message, in the order of the palette."""
    people: dict[str, list[int]] = defaultdict(list)
    for each in given:
        sign, _space, member = each.partition(" ")
        people[sign].append(int(member))
    return [
        Signed(sign, len(keys), eyes.me in keys, ", ".join(eyes.people[key].name for key in keys))
        for sign in SIGNS
        if (keys := people.get(sign))
    ]


def _beside(before: Hanging, row: Message) -> tuple[bool, bool]:
    """Whether it goes with the one before, and whether a day begins with it."""
    if before.before is None:
        return False, True
    then, now = ids.instant(before.before), row.sent_at
    new_day = timezone.localdate(then) != timezone.localdate(now)
    words = before.kind == row.kind == Message.Kind.WORDS
    return words and before.author == row.author_id and not new_day and now - then <= TOGETHER, new_day
