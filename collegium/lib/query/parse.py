"""From what was typed to a query. Nothing that can be typed is an error: what makes no sense is left out.

    hydrologist delft           both
    "water board"               next to each other, whole words
    rust OR haskell             one of them
    java NOT javascript         or -javascript
    (rust OR go) title:lead     a field before a colon, of those that the room knows

A word finds words that begin with it; in quotation marks, or after NOT, it is the word itself, and a star lets it go
on.
AND binds more tightly than OR; NOT belongs to what follows it.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from django.db import connection

from collegium.lib.query import tokens
from collegium.lib.query.tree import All, Any, Node, Not, Term

LONGEST = 200
MOST_TERMS, MOST_WORDS, DEEPEST = 20, 12, 8
OPENING, CLOSING = '"“„«', '"”“»'
_PIECE = re.compile(
    rf"(?P<minus>[-−–!](?=[^\s)]))?(?:(?P<field>[A-Za-z]+):(?=\S))?"
    rf'(?:[{OPENING}](?P<phrase>[^"“”„«»]*)(?:[{CLOSING}]|$)|(?P<sign>[()|])|(?P<word>[^\s()|"“”„«»]+))|\S'
)
_OPERATORS = {"AND": "AND", "&": "AND", "&&": "AND", "+": "AND", "OR": "OR", "||": "OR", "NOT": "NOT"}


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what was typed: a sign ("(", ")", "AND", "OR", "NOT") or a term."""

    sign: str = ""
    term: Term | None = None


def shown(query: str, longest: int = LONGEST) -> str:
    """The query as the page may repeat it: printable, one line, not endless."""
    plain = "".join(letter if letter.isprintable() else " " for letter in query[: longest * 4])
    return unicodedata.normalize("NFC", " ".join(plain.split()))[:longest].rstrip()


def read_many(
    queries: list[str], fields: Collection[str] = (), cut: Callable[[list[str]], list[Words]] | None = None
) -> list[Node | None]:
    """What several queries ask for; None where there is nothing to look for.

    Their words are made in one statement, by the database's own folding, so that queries and what is searched can
    never differ.

    Args:
        queries: as they were typed, or as `shown` made them.
        fields: what may stand before a colon.
        cut: makes the words of each of several texts; where none is given, they are folded and cut by `tokens`.
    """
    pieces = [_pieces(shown(query), fields) for query in queries]
    typed = [piece.term.shown for some in pieces for piece in some if piece.term is not None]
    words = iter((cut or _words)(typed))
    return [_Reading([_with_words(piece, words) for piece in some]).whole() for some in pieces]


def _words(texts: list[str]) -> list[Words]:
    return [tokens.words(text) for text in fold(texts)]


def fold(texts: list[str]) -> list[str]:
    """These texts as the database folds them."""
    if not any(letter.isalnum() for text in texts for letter in text):
        return ["" for _text in texts]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array(SELECT fold(t) FROM unnest(%s::text[]) WITH ORDINALITY AS x (t, n) ORDER BY n)", [texts]
        )
        return list(cursor.fetchone()[0])


def _pieces(query: str, fields: Collection[str]) -> list[Piece]:
    """Cut what was typed."""
    found: list[Piece] = []
    for match in _PIECE.finditer(query):
        if match["sign"]:
            found += [Piece("NOT")] if match["minus"] else []
            found.append(Piece("OR" if match["sign"] == "|" else match["sign"]))
            continue
        phrase, word, field = match["phrase"], match["word"], (match["field"] or "").lower()
        if field and field not in fields:
            word, field = f"{match['field']}:{word or phrase}", ""
            phrase = None if match["phrase"] is None else word
        if phrase is None and word in _OPERATORS and not field:
            found.append(Piece(_OPERATORS[word]))
        elif (text := phrase if phrase is not None else word) and _says_something(text):
            found += [Piece("NOT")] if match["minus"] else []
            whole = phrase is not None
            found.append(Piece(term=Term((), text, not whole, field, not whole and text.startswith("@"))))
    return found


def _says_something(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _with_words(piece: Piece, words: Iterator[Words]) -> Piece:
    """The piece with the words that are looked for."""
    if piece.term is None:
        return piece
    return replace(piece, term=replace(piece.term, words=tuple(next(words)[:MOST_WORDS])))


class _Reading:
    """Reads the pieces from left to right; signs without what belongs to them are passed over."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = [piece for piece in pieces if piece.term is None or piece.term.words]
        self._at = self._terms = 0

    def whole(self) -> Node | None:
        """All of it, also what follows a bracket that closes nothing."""
        found: list[Node] = []
        while self._at < len(self._pieces):
            if (node := self._either(0)) is not None:
                found.append(node)
            if self._at < len(self._pieces):
                self._at += 1  # a closing bracket that nothing opened
        return _joined(All, found)

    def _either(self, depth: int) -> Node | None:
        found = [self._every(depth)]
        while self._takes("OR"):
            found.append(self._every(depth))
        return _joined(Any, [node for node in found if node is not None])

    def _every(self, depth: int) -> Node | None:
        found: list[Node] = []
        while (piece := self._next()) is not None and piece.sign not in ("OR", ")"):
            if self._takes("AND"):
                continue
            if (node := self._one(depth)) is not None:
                found.append(node)
        return _joined(All, found)

    def _one(self, depth: int) -> Node | None:
        """A term, what stands in brackets, or the opposite of either."""
        denied = False
        while self._takes("NOT"):
            denied = not denied
        piece = self._next()
        if piece is None or piece.sign in ("AND", "OR", ")"):
            return None
        self._at += 1
        if piece.sign == "(":
            inner = self._either(depth + 1) if depth < DEEPEST else None
            self._takes(")")
            return Not(_exact(inner)) if inner is not None and denied else inner
        self._terms += 1
        if piece.term is None or self._terms > MOST_TERMS:
            return None
        return Not(_exact(piece.term)) if denied else piece.term

    def _next(self) -> Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _takes(self, sign: str) -> bool:
        piece = self._next()
        if piece is not None and piece.sign == sign:
            self._at += 1
            return True
        return False


def _exact(node: Node) -> Node:
    """What is left out is the word itself, unless a star says otherwise: NOT java keeps who knows JavaScript."""
    if isinstance(node, Term):
        return replace(node, beginning=node.beginning and node.shown.endswith("*"))
    if isinstance(node, Not):
        return Not(_exact(node.part))
    return type(node)(tuple(_exact(part) for part in node.parts))


def _joined(kind: type[All] | type[Any], parts: list[Node]) -> Node | None:
    return kind(tuple(parts)) if len(parts) > 1 else (parts[0] if parts else None)
