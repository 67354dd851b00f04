"""A letter as numbers: the signals it shows, and hashes of its words. No word can be read from them.

A hash is the number of one of sixteen thousand buckets, and each bucket stands for very many words and pairs of words,
in every language at once; their order is not kept.
"""

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise

from collegium.sorting.letter import Letter
from collegium.sorting.phrases import fold
from collegium.sorting.signals import WEIGHTS, signals

BUCKETS = 1 << 14
SIGNAL_ROOM = 64
"""Places before the buckets, for signals: their order in `WEIGHTS` says which is whose. New ones come last."""
SIZE = SIGNAL_ROOM + BUCKETS
NAMES = tuple(WEIGHTS)
MOST_WORDS = 400
WORD = re.compile(r"\d+|[^\W\d_]+|[?!%€$£]")
LENGTHS = (12, 40, 100)


def numbers(letter: Letter) -> tuple[int, ...]:
    """The places of a letter's features, each once, in ascending order."""
    shown = {NAMES.index(name) for name in signals(letter)}
    return tuple(sorted(shown | {SIGNAL_ROOM + bucket(token) for token in tokens(letter.text)}))


def tokens(text: str) -> Iterator[str]:
    """Words and pairs of neighbouring words, and what can be told in any language: length, numbers, a question."""
    words = [_shape(word) for word in WORD.findall(fold(text))[:MOST_WORDS]]
    yield from words
    yield from (f"{one} {two}" for one, two in pairwise(words))
    yield f"#long {sum(len(words) > most for most in LENGTHS)}"
    yield f"#paragraphs {min(4, text.count(chr(10)))}"
    if text.rstrip().endswith("?"):
        yield "#ends asking"
    if text.count("?") > 1:
        yield "#asks twice"
    if re.match(r"\s*\S+( \S+){0,3}[,!:]\s", text):
        yield "#greets"


def _shape(word: str) -> str:
    """Numbers count by their length; words as they are."""
    return f"#{min(len(word), 5)}" if word.isdigit() else word


def bucket(token: str) -> int:
    """The same on every machine and in every year."""
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=4).digest()) % BUCKETS
