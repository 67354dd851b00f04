"""Folded text into words, the same way for what is searched and for what is asked."""

import re
from functools import lru_cache

from collegium.lib.text.unicode import MARKS, SPACELESS_SCRIPTS

LONGEST = 40
"""Letters of a word that count; whoever writes a longer one is found by its beginning."""

# Scripts without spaces between words are read letter by letter, and a word of theirs is then a phrase. One letter with
# a sign is a word of its own (C++, C#): it would otherwise be the same as the letter.
_LETTER_BY_LETTER = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    + SPACELESS_SCRIPTS
)
_WORD = re.compile(
    rf"(?<![^\W_])[a-z](?:\+\+|\#)(?![^\W_])|[{_LETTER_BY_LETTER}][{MARKS}]*"
    rf"|(?:(?![{_LETTER_BY_LETTER}])[^\W_][{MARKS}]*)+"
)


@lru_cache(maxsize=5_000)
def words(folded: str) -> tuple[str, ...]:
    """The words of a folded text, in order.

    Args:
        folded: lower case without accents, as the database's `fold` makes it.
    """
    return tuple([found[:LONGEST] for found in _WORD.findall(folded)])


def value(folded: str) -> str:
    """A folded text as the one name of a place or an organisation: its words, whatever stands between them."""
    return " ".join(_WORD.findall(folded))
