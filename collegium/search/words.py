"""What somebody typed into the search box, made harmless and folded as the names are."""

import re
import unicodedata
from dataclasses import dataclass

from django.db import connection

LONGEST = 100
MOST_WORDS = 6
SUBSTRING_FROM = 3
"""Shorter words are looked for at the beginning of words only: two letters stand somewhere in nearly every name."""


@dataclass(frozen=True, slots=True)
class Words:
    """A query ready to be compared with folded columns; false when nothing in it can be looked for."""

    text: str = ""
    parts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def begin_words_of(self, folded: str) -> bool:
        """Each part stands at the beginning of a word of this text."""
        return all(re.search(rf"(?<!\w){re.escape(part)}", folded) for part in self.parts)


def shown(query: str) -> str:
    """The query as the page may repeat it: printable, one line, not endless. Nothing that is typed is an error."""
    plain = "".join(letter if letter.isprintable() else " " for letter in query[: LONGEST * 4])
    return unicodedata.normalize("NFC", " ".join(plain.split()))[:LONGEST].rstrip()


def read(query: str) -> Words:
    """Take a query apart; what cannot be looked for is left out.

    The folding is PostgreSQL's own, so that query and columns can never differ; it comes before the splitting, since it
    may turn one character into several (½ into " 1/2", a full-width % into a plain one).
    """
    typed = shown(query)
    if not any(letter.isalnum() for letter in typed):
        return Words()
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold(%s)", [typed])
        folded = str(cursor.fetchone()[0])
    parts = tuple(part for word in folded.split() if (part := _bare(word)))[:MOST_WORDS]
    return Words(" ".join(parts), parts)


def _bare(word: str) -> str:
    """Without the punctuation and symbols around it: `"@ada,"` is ada."""
    first, last = 0, len(word)
    while first < last and _is_dressing(word[first]):
        first += 1
    while last > first and _is_dressing(word[last - 1]):
        last -= 1
    return word[first:last]


def _is_dressing(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PSZC"
