"""How a post read, edit by edit, with what each edit changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from collegium.feed.models import Post, Version

PAGE = 10
# Texts of more words and spaces than this are compared by paragraphs.
WORD = re.compile(r"\s+|\S+")
PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
MOST_WORDS = 1_200


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: what was taken out, what was put in, or what stayed."""

    how: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The post as it read for a while.

    Attributes:
        pieces: the text, with what changed against the reading before; of the first all of it stayed.
        since: when it began to read so.
        first: whether it was posted so.
        now: whether it reads so now.
    """

    pieces: Sequence[Piece]
    since: datetime
    first: bool
    now: bool


def readings(post: Post, before: int | None = None) -> tuple[list[Reading], int | None]:
    """A page of readings, newest first.

    Args:
        post: a post the viewer sees.
        before: the key of the version with which the page goes on.

    Returns:
        The readings, and where the next page goes on.
    """
    rows = Version.objects.filter(post=post).order_by("-pk")
    found = list((rows.filter(pk__lte=before) if before is not None else rows)[: PAGE + 2])
    # Each reading began when the version before it was replaced.
    texts = [(row.body, row.pk) for row in found]
    if before is None:
        texts.insert(0, (post.body, 0))
    made = []
    for place, (body, key) in enumerate(texts[:PAGE]):
        older = found[place if before is None else place + 1 :][:1]
        pieces = compare(older[0].body, body) if older else (Piece("kept", body),)
        made.append(Reading(pieces, older[0].until if older else post.created_at, not older, now=key == 0))
    return made, texts[PAGE][1] if len(texts) > PAGE else None


def compare(before: str, after: str) -> list[Piece]:
    """What became of a text, word by word; of very long ones, paragraph by paragraph."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    olds, news = WORD.findall(old), WORD.findall(new)
    if max(len(olds), len(news)) > MOST_WORDS:
        olds, news = PARAGRAPH.findall(old), PARAGRAPH.findall(new)
    pieces = [Piece("kept", before[:head])]
    for _tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, olds, news).get_opcodes():
        gone, come = "".join(olds[old_from:old_to]), "".join(news[new_from:new_to])
        pieces += [Piece("kept", come)] if gone == come else [Piece("gone", gone), Piece("come", come)]
    pieces.append(Piece("kept", before[len(before) - tail :] if tail else ""))
    return [piece for piece in pieces if piece.words]


def _common(one: str, other: str) -> int:
    """How far both begin alike, cut back to the start of a word."""
    length = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if length == len(one) == len(other):
        return length
    while length and not one[length - 1].isspace():
        length -= 1
    return length
