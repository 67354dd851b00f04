"""Address books as tables: Google, Outlook, Apple's and LinkedIn's, in any language, and lists without a header.

Which column is which is not asked of its title: an e-mail address shows by itself, a profile's too. Titles tell where
the rows begin, and which numbers are phone numbers though they say no country.
"""

import re
import unicodedata
from collections.abc import Iterator

from collegium.portability.acquaintances import spelling
from collegium.portability.acquaintances.book import Book, Key, Wanted, keys_in
from collegium.portability.linkedin import rows

DELIMITERS = (",", ";", "\t", "|")
HEAD_ROWS = 20
HEAD_LENGTH = 64 * 1024
_TITLES = frozenset(
    """email emailaddress mail emailvalue emailadresse adressedemessagerie adresseemail courriel correoelectronico
    direcciondecorreoelectronico indirizzodipostaelettronica emails name fullname displayname firstname lastname
    givenname familyname middlename surname vorname nachname prenom nom nombre apellidos cognome url company
    organization organisation organizationname jobtitle position phone phonevalue phones telefon telephone mobilephone
    homephone businessphone primaryphone nickname notes title labels connectedon""".split()  # noqa: SIM905 - so many words read best as words
)
_NUMBERS = re.compile(r"phone|telefon|telephon|^tel|mobil|handy|movil|cell|telefono|numero", re.IGNORECASE)
_NO_NUMBERS = re.compile(r"label|type|fax|pager|telex|ttytdd", re.IGNORECASE)
_NOTE = re.compile(r"\s*(notes?:|when exporting your connection data)", re.IGNORECASE)
_LONG = 60


def read(text: str, wanted: Wanted) -> Book:
    """Everybody in a table.

    Args:
        text: all of it, with one kind of line end.
        wanted: which part of it.

    Raises:
        RefusedError: it has too many rows.
    """
    delimiter, header, at = _beginning(text)
    numbers = {place for place, cell in enumerate(header) if _says_numbers(cell)}
    book = Book()
    for line, cells in _rows(text, at, delimiter, book):
        if _says_nothing(cells) or cells == header:
            continue
        book.count()
        if not wanted.takes(line, " ".join(cells)):
            book.passed += 1
            continue
        keys, national = _keys(cells, numbers)
        book.take(line, keys, national)
    return book


def _says_nothing(cells: list[str]) -> bool:
    """An empty row, or one of the notes around LinkedIn's header."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return True
    return len(filled) == 1 and (bool(_NOTE.match(filled[0])) or len(filled[0]) > _LONG) and not any(keys_in(filled[0]))


def _keys(cells: list[str], numbers: set[int]) -> tuple[list[Key], int]:
    keys: list[Key] = []
    national = 0
    for place, cell in enumerate(cells):
        if not cell.strip():
            continue
        found = list(keys_in(cell))
        keys += found
        if place in numbers and all(sort == "phone" for sort, _value in found):
            parts = cell.split(":::")
            keys += [("phone", number) for part in parts if (number := spelling.phone(part))]
            national += sum(spelling.is_national(part) for part in parts if not spelling.phone(part))
    return keys, national


def _rows(text: str, at: int, delimiter: str, book: Book) -> Iterator[tuple[int, list[str]]]:
    """The line each row begins on, and its cells; what cannot be read is noted."""
    line = text.count("\n", 0, at) + 1
    while at < len(text):
        try:
            cells, after = rows.split(text, at, delimiter, whole=True)
        except rows.IncompleteError:
            book.wrong("unclosed", line)
            end = text.find("\n", at)
            at, line = (len(text) if end < 0 else end + 1), line + 1
            continue
        yield line, cells
        line += text.count("\n", at, after)
        at = after


def _beginning(text: str) -> tuple[str, list[str], int]:
    """How cells are parted, the titles of the columns, and where the first row begins."""
    head, whole = text[:HEAD_LENGTH], len(text) <= HEAD_LENGTH
    best: tuple[int, str, list[str], int] = (0, "", [], 0)
    widest = (0, ",")
    for delimiter in DELIMITERS:
        cells_seen = 0
        for place, (cells, after) in enumerate(_head(head, delimiter, whole=whole)):
            cells_seen += len(cells) - 1
            hits = len({token(cell) for cell in cells} & _TITLES)
            plain = not any(key for cell in cells for key in keys_in(cell))
            enough = hits >= 2 or (hits == 1 and (len(cells) == 1 or place == 0))
            if enough and plain and hits > best[0]:
                best = (hits, delimiter, cells, after)
        widest = max(widest, (cells_seen, delimiter), key=lambda each: each[0])
    if best[0]:
        return best[1:]
    return widest[1], [], 0


def _head(text: str, delimiter: str, *, whole: bool) -> Iterator[tuple[list[str], int]]:
    """The first rows, as if this stood between their cells, and where the next one begins."""
    at = seen = 0
    while at < len(text) and seen < HEAD_ROWS:
        try:
            cells, at = rows.split(text, at, delimiter, whole=whole)
        except rows.IncompleteError:
            end = text.find("\n", at)
            at = len(text) if end < 0 else end + 1
            continue
        if any(cell.strip() for cell in cells):
            seen += 1
            yield cells, at


def token(cell: str) -> str:
    """A title as it is compared: letters alone, without accents."""
    plain = unicodedata.normalize("NFKD", cell[:100]).casefold()
    return "".join(letter for letter in plain if letter.isalpha())


def _says_numbers(title: str) -> bool:
    plain = token(title)
    return bool(_NUMBERS.search(plain)) and not _NO_NUMBERS.search(plain)
