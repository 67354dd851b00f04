"""What a file is, from its first lines: a table with a known header, an article, nothing known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from collegium.portability.linkedin import rows
from collegium.portability.linkedin.catalogue import KINDS, Kind, classify, token
from collegium.portability.linkedin.rows import Line, Rows

# A preamble has three to six lines; its paragraph may be broken into more of them by whoever saved the file.
_HEAD_LINES, _HEAD_LENGTH = 20, 64 * 1024
_NOTE_ROWS = 10
_DELIMITERS = (",", ";", "\t")
# Headers of one or two words stand in the first line or are none: such words may well stand in a text.
_SHORT = 2
_NOTE = re.compile(r"\s*(notes?:|when exporting your connection data)", re.IGNORECASE)
_EMPTY = re.compile(r"\s*no conversations found", re.IGNORECASE)
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|\?xml[^>]*>\s*<(?:!doctype\s+)?html)\b", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a]")


@dataclass(slots=True)
class Table:
    """A file's kind, header and how its rows are cut. `problem` is a code that says why there is no kind."""

    kind: Kind | None = None
    header: list[str] = field(default_factory=list)
    delimiter: str = ","
    notes: tuple[str, ...] = ()
    problem: str = ""
    seen: str = ""


def recognise(source: Rows, name: str) -> Table:
    """Look at the first lines of a file; the source then stands at its first row.

    Args:
        source: its text.
        name: of the file, asked only where two kinds have the same header.
    """
    head = source.head(_HEAD_LENGTH)
    if not head.strip():
        return Table(problem="empty")
    if _EMPTY.match(head):
        return Table(KINDS["assistant"], notes=("nobody",))
    if _PAGE.match(head):
        article = "/pulse/" in head or "articles" in name.lower()
        return Table(KINDS["articles"]) if article else Table(problem="page")
    if _BINARY.search(head):
        return Table(problem="binary")
    return _with_header(source, head, name)


def _with_header(source: Rows, head: str, name: str) -> Table:
    """The first of the first lines that is a known header, whatever stands before it."""
    whole = len(head) < _HEAD_LENGTH
    seen = ""
    doubtful = False
    for number, at in enumerate(_starts(head)):
        for delimiter in _DELIMITERS:
            try:
                cells, after = rows.split(head, at, delimiter, whole=whole)
            except rows.IncompleteError:
                continue
            if len({token(cell) for cell in cells} - {""}) <= _SHORT and seen:
                continue
            kind, unsure = classify(cells, name)
            doubtful = doubtful or unsure
            if kind:
                source.skip(after)
                return Table(kind, cells, delimiter, _notes(number, delimiter))
        seen = seen or head[at : at + 200].partition("\n")[0].strip()
    return Table(problem="doubtful" if doubtful else "columns", seen=seen)


def _starts(head: str) -> Iterator[int]:
    """Where the first lines begin; those without a word do not count."""
    at = counted = 0
    while at < len(head) and counted < _HEAD_LINES:
        end = head.find("\n", at)
        end = len(head) if end < 0 else end
        if head[at:end].strip():
            yield at
            counted += 1
        at = end + 1


def _notes(number: int, delimiter: str) -> tuple[str, ...]:
    """What was unusual about finding the header."""
    return tuple(note for note, seen in (("preamble", number > 0), ("semicolons", delimiter != ",")) if seen)


def data(source: Rows, table: Table) -> Iterator[tuple[int, Line]]:
    """The rows with something in them, numbered from the one after the header.

    Notes that stand after the header, as in a rarer form of the connections, and a header repeated by whoever put
    files together are no rows.
    """
    number = 0
    for line in source.lines(table.delimiter):
        number += 1
        if line.problem:
            yield number, line
            continue
        if not any(line.cells) or not any(cell.strip() for cell in line.cells):
            continue
        if line.cells == table.header:
            continue
        if number <= _NOTE_ROWS and len(table.header) > _SHORT and _is_note(line.cells):
            continue
        yield number, line


def _is_note(cells: list[str]) -> bool:
    """Whether a row is a remark: its known words, or a paragraph alone in a row of a wide table."""
    return bool(_NOTE.match(cells[0])) or (len(cells) == 1 and len(cells[0]) > 60)
