"""Whether a text says a word, or some words in a row: whole words, in any script.

Both sides are folded by the database first (`fold()`: lower case, without accents). A word is letters and digits with
the marks on them; everything else parts words, so `#machine_learning` says "machine learning" and "l'eau" says "eau".
Scripts that are written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) show no ends of words: there
every letter stands for itself, and letters in a row are found wherever they stand.
"""

import re
from collections.abc import Collection, Iterable

from django.db import connection

from collegium.lib.text.unicode import MARKS

_UNSPACED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}][{MARKS}]*|(?:[^\W_{_UNSPACED}]|[{MARKS}])+")
_JOINERS = str.maketrans("", "", "\u200c\u200d")


def fold(line: str) -> str:
    """A line as the database folds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT btrim(fold(%s))", [line])
        return str(cursor.fetchone()[0])


def fold_all(texts: Collection[str]) -> list[str]:
    """Many texts as the database folds them, in one statement and in their order."""
    if not texts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fold(said) FROM unnest(%s::text[]) WITH ORDINALITY AS t (said, place) ORDER BY place", [list(texts)]
        )
        return [str(folded) for (folded,) in cursor.fetchall()]


def spaced(folded: str) -> str:
    """The words of a folded text with one space before, between and after them; empty when there are none."""
    found = _WORD.findall(folded.translate(_JOINERS))
    return f" {' '.join(found)} " if found else ""


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether a folded text holds one of these, all of them as `spaced` makes them."""
    there = spaced(text)
    return any(phrase in there for phrase in phrases)
