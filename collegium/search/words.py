"""Texts as a page of results shows them: what was asked for is marked, with whatever accents it is written."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from collegium.lib.query import tokens
from collegium.lib.query.tree import Term
from collegium.lib.text.unicode import MARKS
from collegium.search.query import parse

_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:\+\+|\#)?")
AROUND = 60
"""Letters of a long text that are shown on either side of what was found in it."""


class Bit(NamedTuple):
    """A piece of a text, and whether it was asked for."""

    text: str
    asked: bool = False


class Marker:
    """Marks words in the texts of one page. The texts are said beforehand, so that all are folded in one statement."""

    def __init__(self, terms: Sequence[Term], texts: Iterable[str]) -> None:
        """Take what is asked for, and every text that may be shown."""
        self._wanted = [
            (word, term.beginning and place == len(term.words) - 1)
            for term in terms
            for place, word in enumerate(term.words)
        ]
        self._folded = _folded({found for text in texts for found in _WORD.findall(text)}) if self._wanted else {}

    def bits(self, text: str) -> list[Bit]:
        """The text in pieces."""
        found, at = [], 0
        for match in _WORD.finditer(text) if self._wanted else ():
            if self._asked(match[0]):
                found += [Bit(text[at : match.start()])] if match.start() > at else []
                found.append(Bit(match[0], asked=True))
                at = match.end()
        return [*found, Bit(text[at:])] if at < len(text) else found

    def has(self, text: str, term: Term) -> bool:
        """Whether a text holds all the words of a term."""
        words = [word for typed in _WORD.findall(text) for word in tokens.words(self._folded.get(typed, ""))]
        last = len(term.words) - 1
        return all(
            any(word == wanted or (term.beginning and place == last and word.startswith(wanted)) for word in words)
            for place, wanted in enumerate(term.words)
        )

    def excerpt(self, text: str) -> list[Bit]:
        """The part of a long text around the first word that was asked for."""
        first = next((match for match in _WORD.finditer(text) if self._asked(match[0])), None)
        if first is None or len(text) <= 3 * AROUND:
            return self.bits(text[: 3 * AROUND])
        start, end = max(0, first.start() - AROUND), first.end() + 2 * AROUND
        start = text.find(" ", start, first.start()) + 1 or start if start else 0
        cut = text[start:end]
        return [*([Bit("… ")] if start else []), *self.bits(cut), *([Bit(" …")] if end < len(text) else [])]

    def _asked(self, typed: str) -> bool:
        return any(
            word == wanted or (begins and word.startswith(wanted))
            for word in tokens.words(self._folded.get(typed, ""))
            for wanted, begins in self._wanted
        )


def _folded(words: set[str]) -> dict[str, str]:
    """Each of these words folded; plain small letters are so already."""
    unknown = [word for word in words if not word.isascii()]
    return {word: word.lower() for word in words if word.isascii()} | dict(
        zip(unknown, parse.fold(unknown), strict=True)
    )
