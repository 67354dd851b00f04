"""What an address book says, as far as anybody can be looked for by it. Knows nothing of Collegium."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from collegium.portability.acquaintances import spelling

MOST_ROWS = 20_000
# Of one person; whoever has more is a mailing list.
MOST_KEYS = 20
MOST_PROBLEMS = 20
# What somebody can be looked for by; the first letter is how the child says it.
SORTS = ("email", "phone", "profile")

Key = tuple[str, str]


class RefusedError(Exception):
    """The file as a whole is not taken; carries the code of the reason and the line it stands on, or 0."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code, self.line = code, line


@dataclass(slots=True)
class Book:
    """What was found.

    Attributes:
        rows: the line somebody begins on, and the keys given for them.
        blank: how many say no address that could be looked for.
        national: how many numbers say no country.
        passed: how many were left out because they lack the words that were asked for, or stand before the first line.
        problems: code and line of what could not be read.
    """

    rows: list[tuple[int, list[Key]]] = field(default_factory=list)
    blank: int = 0
    national: int = 0
    passed: int = 0
    problems: list[tuple[str, int]] = field(default_factory=list)
    seen: int = 0

    def take(self, line: int, keys: list[Key], national: int) -> None:
        """One person.

        Raises:
            RefusedError: there are more than can be read.
        """
        self.national += national
        if keys:
            self.rows.append((line, list(dict.fromkeys(keys))[:MOST_KEYS]))
        else:
            self.blank += 1

    def count(self) -> None:
        """One more row.

        Raises:
            RefusedError: there are more than can be read.
        """
        self.seen += 1
        if self.seen > MOST_ROWS:
            raise RefusedError("many")

    def wrong(self, code: str, line: int) -> None:
        """Something that could not be read."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((code, line))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a file is read: from this line on, and only rows with all of these words."""

    line: int = 1
    words: tuple[str, ...] = ()

    def takes(self, line: int, text: str) -> bool:
        """Whether a row is wanted."""
        if line < self.line:
            return False
        if not self.words:
            return True
        folded = text.casefold()
        return all(word in folded for word in self.words)


def keys_in(text: str) -> Iterator[Key]:
    """The addresses a cell consists of; a cell that says anything besides has none.

    Several stand in one cell with `:::` between them, or a comma, or a line end.
    """
    text = text.strip()
    if "@" in text:
        found = [spelling.email(part) for part in _parts(text)]
        if found and all(found):
            yield from (("email", each) for each in found)
    elif slug := spelling.profile(text):
        yield "profile", slug
    elif text.startswith("+") or text[:4].lower() == "tel:":
        found = [spelling.phone(part) for part in text.split(":::")]
        yield from (("phone", each) for each in found if each)


def _parts(text: str) -> list[str]:
    if spelling.email(text):
        return [text]
    for mark in (":::", ",", ";", "\n", " "):
        text = text.replace(mark, "\x00")
    return [part for part in text.split("\x00") if part.strip()]
