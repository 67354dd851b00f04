"""From rows to things: the tools every kind of file uses, and the list of who reads which kind."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from collegium.portability.linkedin import dates, links
from collegium.portability.linkedin.catalogue import Kind, token
from collegium.portability.linkedin.things import MOST_LIST, Problem, Thing, declared

T = TypeVar("T")
MOST_PROBLEMS = 20
_MOST_VALUE = 80
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Below these no character is a mark or has another spelling.
_BEYOND_LATIN = re.compile("[^\x00-\u02ff]")
# Putting a long run of marks in order takes the square of its length; real letters carry at most a handful.
_MARKS = "".join(
    chr(code) for code in (*range(0x300, 0x10000), *range(0x10A00, 0x1F000)) if unicodedata.combining(chr(code))
)
_PILE = re.compile(rf"([{_MARKS}]{{8}})[{_MARKS}]+")
_SHORT = 2000
# What looks like a formula is text; an exporter that defused it for spreadsheets, as ours does, put a mark before it.
_DEFUSED = re.compile(r"'[=+\-@]")
_PACKED_LABEL = re.compile(r"([A-Z][A-Z _]{1,30}):(?!//)\s*(.+)", re.DOTALL)


class LeaveError(Exception):
    """This row is left out, for the reason of the problem."""

    def __init__(self, code: str, column: str = "", value: str = "", limit: int = 0) -> None:
        super().__init__(code)
        self.problem = Problem(code, column=column, value=value[:_MOST_VALUE], limit=limit)


class Columns:
    """The columns of one file and what is said of its rows; one for all its rows."""

    def __init__(self, file: str, header: Sequence[str]) -> None:
        self.file = file
        self.header = header
        self.at: dict[str, list[int]] = {}
        for place, name in enumerate(header):
            if token(name):
                self.at.setdefault(token(name), []).append(place)
        self.problems: list[Problem] = []
        self.problem_count = 0
        self.asked: set[str] = set()
        self.filled: set[int] = set()

    def say(self, problem: Problem, row: int) -> None:
        """Keep a problem with its file and row; the first ones, and how many there are."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            value = _CONTROL.sub("", problem.value)[:_MOST_VALUE]
            self.problems.append(Problem(problem.code, self.file, row, problem.column[:60], value, problem.limit))

    def watch(self, cells: Sequence[str]) -> None:
        """Remember which columns hold something."""
        for place in range(min(len(cells), len(self.header))):
            if place not in self.filled and cells[place].strip():
                self.filled.add(place)

    def unused(self) -> tuple[str, ...]:
        """Names of columns that hold something and that nobody asked for."""
        names = (self.header[place] for place in sorted(self.filled))
        return tuple(
            dict.fromkeys(name.strip()[:60] for name in names if token(name) and token(name) not in self.asked)
        )


class Row:
    """One row, asked by the names of its columns."""

    __slots__ = ("cells", "columns", "kind", "number")

    def __init__(self, columns: Columns, cells: Sequence[str], number: int, kind: Kind) -> None:
        self.columns = columns
        self.cells = cells
        self.number = number
        self.kind = kind

    def text(self, *names: str) -> str:
        """The first of these columns that holds something; of repeated columns the first that does."""
        words = [token(name) for name in names]
        self.columns.asked.update(words)
        for word in words:
            for place in self.columns.at.get(word, ()):
                if place < len(self.cells) and (cell := self.cells[place].strip()):
                    return cell[1:] if _DEFUSED.match(cell) else cell
        return ""

    def aside(self, *names: str) -> None:
        """These columns say nothing a profile would: nobody needs to hear that they are not used."""
        self.columns.asked.update(token(name) for name in names)

    def say(self, code: str, column: str = "", value: str = "", limit: int = 0) -> None:
        """Something of this row is left out, the row itself is kept."""
        self.columns.say(Problem(code, column=column, value=value, limit=limit), self.number)

    def partial(self, *names: str) -> str:
        """A date as exact as it is told."""
        return self._date(dates.partial, names)

    def instant(self, *names: str) -> str:
        """A moment."""
        return self._date(dates.instant, names)

    def _date(self, read: Callable[[str], str | None], names: tuple[str, ...]) -> str:
        if not (cell := self.text(*names)) or cell.upper() == "N/A":
            return ""
        found = read(cell)
        if found is None:
            self.say("date", names[0], cell)
        return found or ""

    def link(self, *names: str) -> str:
        """An address of the web."""
        if not (cell := self.text(*names)):
            return ""
        found = links.web(cell)
        if found is None:
            self.say("link", names[0], cell)
        return found or ""

    def packed(self, *names: str) -> list[tuple[str, str]]:
        """A cell that packs several: `[PORTFOLIO:https://…,OTHER:https://…]`, `[handle]`, `a; b`; with their labels."""
        return unpack(self.text(*names))

    def yes(self, *names: str) -> bool:
        """Whether a cell says yes."""
        return self.text(*names).casefold() in ("yes", "true", "1", "y")


def unpack(cell: str) -> list[tuple[str, str]]:
    """The parts of a packed cell, each with its label or "".

    A comma divides only where a bracket opened the cell and, if the parts have labels, where a label follows: an
    address may hold commas.
    """
    cell = cell.strip()
    if cell.startswith("[") and cell.endswith("]"):
        inside = cell[1:-1]
        labelled = _PACKED_LABEL.match(inside.strip())
        parts = re.split(r",\s*(?=[A-Z][A-Z _]{1,30}:(?!//))" if labelled else r"[,;|]", inside)
    else:
        parts = re.split(r"[;|]", cell)
    found = []
    for part in parts[:MOST_LIST]:
        if part := part.strip():
            label = _PACKED_LABEL.fullmatch(part)
            found.append((label[1].strip(), label[2].strip()) if label else ("", part))
    return found


def make(row: Row, thing: type[T], **values: Any) -> T:
    """A thing from cells: one spelling, within its limits; what becomes of longer texts, the thing's fields say.

    Raises:
        LeaveError: a text is too long that can neither be cut nor dropped.
    """
    for each in declared(thing).values():
        value = values.get(each.name)
        if not value or "form" not in each.metadata:
            continue
        if isinstance(value, str):
            values[each.name] = _fit(row, each.name, value, each.metadata)
        elif each.metadata["form"] == "lines":
            limit = each.metadata["limit"]
            parts = (_tidy(part, "line") for part in value[:MOST_LIST])
            values[each.name] = tuple(part for part in parts if part and len(part) <= limit)
    return thing(**values)


def _fit(row: Row, name: str, value: str, form: Any) -> str:
    """A text within its limit."""
    value, limit = _tidy(value, form["form"]), form["limit"]
    if len(value) <= limit:
        return value
    if form["over"] == "leave":
        raise LeaveError("long", name, value, limit)
    row.say("cut" if form["over"] == "cut" else "dropped", name, value, limit)
    return value[:limit].rstrip() if form["over"] == "cut" else ""


def _tidy(value: str, form: str) -> str:
    """NFC, without control characters; a line without line ends."""
    if not value.isascii():
        value = _in_one_spelling(value)
    if not value.isprintable():
        value = _CONTROL.sub("", value.replace("\x0b", "\n").replace("\x0c", "\n"))
    return " ".join(value.split()) if form == "line" else value.strip()


def _in_one_spelling(value: str) -> str:
    """NFC; in a long text, towers of marks are cut first."""
    if not _BEYOND_LATIN.search(value):
        return value
    return unicodedata.normalize("NFC", _PILE.sub(r"\1", value) if len(value) > _SHORT else value)


Reader = Callable[[Row], Iterator[Thing]]
READERS: dict[str, Reader] = {}


def reads(*keys: str) -> Callable[[Reader], Reader]:
    """Register the function that reads rows of these kinds."""

    def register(reader: Reader) -> Reader:
        for key in keys:
            READERS[key] = reader
        return reader

    return register
