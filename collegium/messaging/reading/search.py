"""Finding what was said: in one's own conversations, of people whom nothing parts from one, as it reads now.

The index holds parts of words, and the conversation beside them. In one conversation both are looked up together; in
all of one's own, where the words are and what is one's own are found each by itself and put over each other. What it
finds is judged by the rule of sight before anything of it is shown, and so it ends with the right to read.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from markupsafe import escape

from collegium.audience.viewer import Viewer, stand_in
from collegium.lib import cursor
from collegium.lib.statement import Slots, Statement
from collegium.messaging.models import Conversation, Message
from collegium.messaging.reading.faces import faces
from collegium.messaging.reading.talk import NEWEST

LISTED = 20
AT_ONCE, MOST_ROUNDS = 60, 10
"""Candidates judged at a time, and how often for one page: where almost nothing is for her, the next page goes on."""
MOST_WORDS = 8
LONGEST = 100
SHORT = 2
BEFORE, AFTER = 50, 150

FIND = """
SELECT m.id FROM messaging_message m
WHERE m.conversation_id = ANY((SELECT array_agg(conversation_id) FROM messaging_participant
        WHERE member_id = %(me)s AND left_at IS NULL)::bigint[])
    AND m.kind = 'words' AND m.deleted_at IS NULL AND m.id < %(below)s AND {conditions}
ORDER BY m.id DESC LIMIT %(most)s
"""


def _seen(slot: Slots) -> QuerySet[Message]:
    seen = Message.objects.visible_to(stand_in(slot.int("me"))).filter(slot.among("id", "keys"), deleted_at=None)
    return seen.select_related("author", "conversation").order_by("-id")


SEEN = Statement(_seen)


@dataclass(frozen=True, slots=True)
class Hit:
    """One message that was found."""

    message: Message
    conversation: Conversation
    title: str
    excerpt: SafeString


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits, the newest first."""

    hits: list[Hit]
    older: str = ""


def find(viewer: Viewer, words: str, before: str = "", *, within: int = 0) -> Page:
    """Messages that hold all of these words, or parts of words, whatever their accents.

    Args:
        viewer: whose conversations.
        words: as they were typed.
        before: the cursor of the page before.
        within: only in the conversation with this key.

    Raises:
        Http404: that cursor is none.
    """
    below = cursor.unpack(before, 1)[0] if before else NEWEST
    asked = words[:LONGEST].replace("\x00", "").split()[:MOST_WORDS]
    if viewer.member is None or not asked:
        return Page([])
    shown: list[Message] = []
    older = 0
    for _round in range(MOST_ROUNDS):
        keys = _candidates(viewer, asked, below, within)
        shown += SEEN.rows(me=viewer.id, keys=keys) if keys else []
        older = below = keys[-1] if len(keys) == AT_ONCE else 0
        if len(shown) > LISTED or not below:
            break
    if len(shown) > LISTED:
        older = shown[LISTED - 1].pk
    return Page(_hits(viewer, shown[:LISTED], asked), cursor.pack(older) if older else "")


def _candidates(viewer: Viewer, asked: Sequence[str], below: int, within: int) -> list[int]:
    given: dict[str, Any] = {"me": viewer.id, "below": below, "most": AT_ONCE} | ({"within": within} if within else {})
    conditions = ["m.conversation_id = %(within)s"] if within else []
    for place, word in enumerate(asked):
        condition, given[f"word{place}"] = _condition(word)
        conditions.append(condition % place)
    with connection.cursor() as db:
        db.execute(FIND.format(conditions=" AND ".join(conditions)), given)
        return [row[0] for row in db.fetchall()]


def _condition(word: str) -> tuple[str, str]:
    """How a word is looked for, and as what.

    The index knows parts of three letters. What is shorter is looked up in the words themselves, which is dear where
    accents are taken off first: so two letters are a whole word as it is spelt, and what has no capitals is what it is.
    """
    if len(word) > SHORT:
        return "fold(m.text) LIKE fold(%%(word%d)s)", f"%{_literal(word)}%"
    if word.isalpha() and word.lower() != word.upper():
        return "m.text ~* %%(word%d)s", rf"\m{word}\M"
    return "m.text LIKE %%(word%d)s", f"%{_literal(word)}%"


def _literal(word: str) -> str:
    """A word as a part of a pattern, in which nothing of it is one."""
    return re.sub(r"([\\%_])", r"\\\1", word)


def _hits(viewer: Viewer, rows: Sequence[Message], asked: Sequence[str]) -> list[Hit]:
    titles = faces(viewer, {row.conversation_id for row in rows})
    return [
        Hit(row, row.conversation, titles[row.conversation_id].title(row.conversation), excerpt(row.text, asked))
        for row in rows
    ]


def excerpt(text: str, asked: Sequence[str]) -> SafeString:
    """A line around the first of these words, with all of them marked.

    Args:
        text: of the message.
        asked: the words.
    """
    line = " ".join(text.split())
    folded, places = _folded(line)
    found = sorted({(at, at + len(word)) for word in map(_plain, asked) if word for at in _all(folded, word)})
    first = places[found[0][0]] if found else 0
    start, end = max(0, first - BEFORE), min(len(line), first + AFTER)
    pieces, last = ["…" if start else ""], start
    for low, high in found:
        begin, stop = places[low], min(places[high - 1] + 1, end)
        if begin >= last and begin < end:
            pieces += [escape(line[last:begin]), "<mark>", escape(line[begin:stop]), "</mark>"]
            last = stop
    pieces += [escape(line[last:end]), "…" if end < len(line) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of the text was escaped


def _all(folded: str, word: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(word), folded)]


def _folded(line: str) -> tuple[str, list[int]]:
    """The line without accents and capitals, and where each letter of that stands in the line."""
    pieces = [(_plain(letter), place) for place, letter in enumerate(line)]
    return "".join(piece for piece, _place in pieces), [place for piece, place in pieces for _letter in piece]


@lru_cache(maxsize=4096)
def _plain(letters: str) -> str:
    apart = unicodedata.normalize("NFKD", letters.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))
