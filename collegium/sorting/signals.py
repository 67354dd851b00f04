"""The rules: what speaks for and against a message from somebody new, each with a weight that ships.

A weight is a change of the log odds that a message is unwanted. They were set by hand and looked at on the development
half of the labelled messages (`README.md`); what a community teaches moves them from here (`model`).
"""

import re
from collections.abc import Iterator

from collegium.sorting.letter import Letter
from collegium.sorting.phrases import PITCH, PLAIN, fold

BIAS = -2.2
WEIGHTS: dict[str, float] = {
    "new_account": 0.7,
    "unconfirmed": 0.6,
    "link": 1.4,
    "same_text": 0.7,
    "same_text_many": 0.9,
    "verdicts": 2.0,
    "says_call": 1.1,
    "says_offer": 1.6,
    "says_job": 0.9,
    "says_money": 2.0,
    "says_elsewhere": 1.2,
    "says_links": 2.2,
    "says_romance": 2.0,
    "says_opener": 0.7,
    "says_price": 0.6,
    "says_honour": 1.6,
    "bulk": 1.2,
    "pitches": 0.8,
    "misdeclared": 1.2,
    "shouts": 0.6,
    "mutual": -0.6,
    "mutuals": -0.9,
    "group": -0.8,
    "yours": -1.3,
    "shared": -1.3,
    "asks": -0.9,
    "terms": -0.8,
}
NEW_DAYS = 7
FEW, MANY = 2, 5
SEVERAL_MUTUALS = 3
LINK = re.compile(r"https?://|www\.|\b[a-z0-9-]{2,}\.(?:com|net|org|io|co|biz|shop|info|agency|online|xyz|site)\b")
SHOUTING = re.compile(r"[A-Z]{4,} [A-Z]{3,}|!!|[🚀💰🔥💸📈✅]")
# Which kinds of pitch a declared purpose covers: whoever says that he sells may speak of what he sells.
COVERS = {"sales": {"offer", "call", "price"}, "recruiting": {"job", "call", "price"}}
SELLS = {"offer", "money", "links", "job"}


def signals(letter: Letter) -> list[str]:
    """The names of what speaks for or against it, in the order of `WEIGHTS`."""
    found = {*_of_the_sender(letter), *_of_the_words(letter)}
    return [name for name in WEIGHTS if name in found]


def _of_the_sender(letter: Letter) -> Iterator[str]:
    if letter.sender_age_days < NEW_DAYS:
        yield "new_account"
    if not letter.sender_is_confirmed:
        yield "unconfirmed"
    if letter.same_text_to >= FEW:
        yield "same_text"
    if letter.same_text_to >= MANY:
        yield "same_text_many"
    if letter.earlier_verdicts:
        yield "verdicts"
    if letter.mutuals:
        yield "mutual"
    if letter.mutuals >= SEVERAL_MUTUALS:
        yield "mutuals"
    if letter.from_group:
        yield "group"


def _of_the_words(letter: Letter) -> Iterator[str]:
    folded = fold(letter.text)
    said = {kind for kind, expression in PITCH.items() if expression.search(folded)}
    covered = COVERS.get(letter.purpose, set())
    pitch = said - covered
    plain = {kind for kind, expression in PLAIN.items() if expression.search(folded)}
    if letter.purpose != "recruiting":
        plain.discard("terms")
    yield from (f"says_{kind}" for kind in pitch)
    if len(pitch) > 1:
        yield "pitches"
    else:
        # Whoever offers this and that is not believed that it was the talk he liked.
        yield from plain
    if pitch & SELLS and (len(pitch) > 1 or letter.same_text_to >= FEW):
        yield "misdeclared"
    if (pitch or "job" in said) and not plain and letter.same_text_to >= MANY:
        yield "bulk"
    if LINK.search(folded):
        yield "link"
    if SHOUTING.search(letter.text):
        yield "shouts"
