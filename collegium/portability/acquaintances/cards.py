"""Address books as cards: vCard 2.1, 3.0 and 4.0, many in one file, folded and quoted-printable as they come."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from collegium.portability.acquaintances import spelling
from collegium.portability.acquaintances.book import Book, Key, RefusedError, Wanted, keys_in

# Of one card, with its picture taken out; more is no card.
MOST_LINES = 2_000
_BEGIN = re.compile(r"\s*(?:[\w-]+\.)?begin\s*:\s*vcard\s*$", re.IGNORECASE)
_END = re.compile(r"\s*(?:[\w-]+\.)?end\s*:\s*vcard\s*$", re.IGNORECASE)
_ADDRESSES = frozenset({"EMAIL", "TEL", "URL", "IMPP", "X-SOCIALPROFILE", "SOCIALPROFILE", "X-LINKEDIN", "CONTACT-URI"})
_WORDS = frozenset({"FN", "N", "ORG", "TITLE", "ROLE", "NICKNAME", "NOTE", "CATEGORIES"})
_CHARSETS = frozenset({"utf-8", "iso-8859-1", "iso-8859-15", "windows-1252", "us-ascii"})


@dataclass(slots=True)
class Card:
    """One card while it is read."""

    line: int
    lines: list[tuple[str, str]] = field(default_factory=list)
    depth: int = 1


def looks_like(text: str) -> bool:
    """Whether the text begins as cards do."""
    return bool(_BEGIN.match(text.lstrip("\ufeff \t\n")[:40].partition("\n")[0]))


def read(text: str, wanted: Wanted) -> Book:
    """Everybody in a file of cards.

    Args:
        text: all of it, with one kind of line end.
        wanted: which part of it.

    Raises:
        RefusedError: it has too many cards.
    """
    book = Book()
    card: Card | None = None
    for number, line in _unfolded(text):
        if _BEGIN.match(line):
            card = _begun(card, number, book)
        elif _END.match(line):
            if card is None:
                book.wrong("stray", number)
            elif card.depth > 1:
                card.depth -= 1
            else:
                _finish(card, wanted, book)
                card = None
        elif card is not None and card.depth == 1:
            if len(card.lines) >= MOST_LINES:
                book.wrong("long", card.line)
                card = None
            elif said := _property(line):
                card.lines.append(said)
    if card is not None:
        book.wrong("endless", card.line)
    return book


def _begun(card: Card | None, number: int, book: Book) -> Card:
    """Another card begins: in the one that is read (somebody's assistant), or because that one never ended."""
    if card is not None and card.lines and card.lines[-1][0] == "AGENT":
        card.depth += 1
        return card
    if card is not None:
        book.wrong("endless", card.line)
    return Card(number)


def _finish(card: Card, wanted: Wanted, book: Book) -> None:
    book.count()
    said = " ".join(value for name, value in card.lines if name in _WORDS or name in _ADDRESSES)
    if not wanted.takes(card.line, said):
        book.passed += 1
        return
    keys: list[Key] = []
    national = 0
    for name, value in card.lines:
        if name == "TEL":
            number = spelling.phone(value)
            keys += [("phone", number)] if number else []
            national += not number and spelling.is_national(value)
        elif name in _ADDRESSES:
            keys += keys_in(value)
    book.take(card.line, keys, national)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Lines as they were before they were folded, each with the number it begins on.

    A line that begins with a space goes on; so does one after a quoted-printable line that ends with "=".
    """
    begun, parts, quoted = 0, list[str](), False
    for number, line in enumerate(text.split("\n"), 1):
        if parts and line[:1] in (" ", "\t") and line.strip():
            parts.append(line[1:])
        elif quoted and parts[-1].endswith("="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        else:
            if parts:
                yield begun, "".join(parts)
            begun, parts = number, [line]
            quoted = "quoted-printable" in line.partition(":")[0].lower()
    if parts:
        yield begun, "".join(parts)


def _property(line: str) -> tuple[str, str] | None:
    """Name and value of a line of a card; None for what says nothing here, a picture for instance."""
    head, colon, value = _parted(line)
    if not colon:
        return None
    name, *parameters = head.split(";")
    name = name.rpartition(".")[2].strip().upper()
    if name == "AGENT":
        return name, ""
    if name not in _ADDRESSES and name not in _WORDS:
        return None
    given = [each.strip().lower() for each in parameters]
    if any("quoted-printable" in each for each in given):
        charset = next((each.partition("=")[2].strip('"') for each in given if each.startswith("charset=")), "utf-8")
        value = _from_quoted(value, charset)
    plain = value.replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\:", ":")
    return name, plain.strip()


def _parted(line: str) -> tuple[str, str, str]:
    """A line at its first colon that stands in no quotation marks."""
    inside = False
    for place, letter in enumerate(line[:1000]):
        if letter == '"':
            inside = not inside
        elif letter == ":" and not inside:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _from_quoted(value: str, charset: str) -> str:
    raw = binascii.a2b_qp(value.encode("utf-8", "replace"))
    return raw.decode(charset if charset in _CHARSETS else "utf-8", "replace")


__all__ = ["RefusedError", "looks_like", "read"]
