"""What in a text is more than text: links, mentions, topics. One pass, nothing read twice, no nested repetition."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from collegium.lib.text.links import Link, read_bare, read_mail, read_url
from collegium.lib.text.unicode import MARKS

MOST_MENTIONS = 50
"""People one text can call; the others stay text."""
MOST_TOPICS = 30
LONGEST_TOPIC = 50
MOST_TOKENS = 250
"""After so many, the rest of a text is plain: a bound on the work one text can make."""

_SIGN = re.compile(r"[@#:.](?=\S)")
_HANDLE = re.compile(r"@([a-z0-9][a-z0-9-]*+)(?![\w@]|\.[a-z0-9])", re.IGNORECASE)
_BEFORE_MENTION = re.compile(r"[\w@/=&+]")
_TOPIC = re.compile(rf"#(\w[\w{MARKS}\u200c\u200d-]*+)")
_BEFORE_TOPIC = re.compile(r"[\w#&/]")
_JOINERS = str.maketrans("", "", "\u200c\u200d")


class Token(NamedTuple):
    """A part of the text that means something: `text[start:end]`. Exactly one of the last three is set."""

    start: int
    end: int
    link: Link | None = None
    handle: str = ""
    topic: str = ""


def tokens(text: str) -> Iterator[Token]:
    """Every link, mention and topic in order; what lies between them is plain text."""
    position = floor = found = 0
    while found < MOST_TOKENS and (sign := _SIGN.search(text, position)) is not None:
        token, position = _READERS[sign[0]](text, sign.start(), floor)
        if token is not None:
            floor = position = token.end
            found += 1
            yield token


def mentioned_handles(text: str) -> list[str]:
    """The handles a text calls by `@`, once each, in order, whether or not anyone has them."""
    found = dict.fromkeys(token.handle for token in tokens(text) if token.handle)
    return list(found)[:MOST_MENTIONS]


def topics(text: str) -> list[str]:
    """The topics of a text as they stand in addresses, once each, in order."""
    found = dict.fromkeys(topic_slug(token.topic) for token in tokens(text) if token.topic)
    return list(found)[:MOST_TOPICS]


def topic_slug(topic: str) -> str:
    """One spelling for a topic: `#Straße` and `#STRASSE` are the same, and joiners do not count."""
    if topic.isascii():
        return topic.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", topic.translate(_JOINERS)).casefold())


def _at(text: str, at: int, floor: int) -> tuple[Token | None, int]:
    """`ada@example.org` or `@ada`."""
    before = text[at - 1 : at] if at > floor else ""
    if before and (before.isalnum() or before in "_-+."):
        mail, position = read_mail(text, at, floor)
        if mail is not None:
            return Token(mail[0], position, link=mail[1]), position
    if before and _BEFORE_MENTION.match(before):
        return None, at + 1
    called = _HANDLE.match(text, at)
    handle = called[1].rstrip("-") if called else ""
    if not 3 <= len(handle) <= 40:
        return None, called.end() if called else at + 1
    return Token(at, at + 1 + len(handle), handle=handle.lower()), at


def _sharp(text: str, at: int, _floor: int) -> tuple[Token | None, int]:
    """`#topic`: at least one letter in it."""
    named = None if at and _BEFORE_TOPIC.match(text, at - 1) else _TOPIC.match(text, at)
    if named is None:
        return None, at + 1
    name = named[1].rstrip("-_\u200c\u200d")
    if len(name) > LONGEST_TOPIC or not any(char.isalpha() for char in name):
        return None, named.end()
    return Token(at, at + 1 + len(name), topic=name), at


def _colon(text: str, at: int, floor: int) -> tuple[Token | None, int]:
    """`https://…`."""
    if not text.startswith("://", at):
        return None, at + 1
    scheme = next((name for name in ("https", "http") if text[max(at - len(name), 0) : at].lower() == name), "")
    start = at - len(scheme)
    if not scheme or start < floor or (start > floor and text[start - 1].isalnum() and text[start - 1].isascii()):
        return None, at + 3
    link, position = read_url(text, start, at + 3)
    return (Token(start, position, link=link) if link else None), position


def _dot(text: str, at: int, floor: int) -> tuple[Token | None, int]:
    """`example.org`."""
    bare, position = read_bare(text, at, floor)
    return (Token(bare[0], position, link=bare[1]) if bare else None), position


_READERS = {"@": _at, "#": _sharp, ":": _colon, ".": _dot}
