r"""From text to rows of cells, as several programs write them: `""` and `\"` both stand for a quotation mark.

Python's `csv` knows one of the two at a time, loses every other backslash with the second, and cannot leave out one
row and go on with the next. This reads in pieces, holds one row at most, and says which rows it had to leave out.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from collegium.portability.linkedin.catalogue import MOST_COLUMNS

# A cell: the longest thing anybody writes there, an article, has 125,000 characters.
MOST_CELL = 1_000_000
# A row with all its cells; a message to many people carries all their addresses.
MOST_ROW = 4 * MOST_CELL
# Rows with a quotation mark that never closes; after so many, the file is not read as rows any more.
MOST_UNCLOSED = 20
_LOOK_AHEAD = 3


class Line(NamedTuple):
    """One row, or what was wrong with it."""

    cells: list[str]
    problem: Literal["", "cell", "row", "unclosed", "gave_up"] = ""


class IncompleteError(Exception):
    """The row has no end in the text at hand."""


class _MoreError(IncompleteError):
    """The row goes on beyond the text at hand."""


class _UnclosedError(IncompleteError):
    """A quotation mark opens a cell and none closes it."""


def split(text: str, at: int, delimiter: str, *, whole: bool) -> tuple[list[str], int]:
    r"""The row that begins at a place, and where the next one begins.

    Args:
        text: with `\n` alone as line end.
        at: where the row begins.
        delimiter: between cells.
        whole: whether the text ends where it ends; otherwise more may come.

    Raises:
        IncompleteError: the row goes on beyond the text, or never ends.
    """
    end = text.find("\n", at)
    if end < 0 and not whole:
        raise _MoreError
    line = text[at:] if end < 0 else text[at:end]
    if '"' not in line:
        return line.split(delimiter, MOST_COLUMNS), (len(text) if end < 0 else end + 1)
    cells: list[str] = []
    while True:
        cell, at = _cell(text, at, delimiter, whole=whole)
        if len(cells) < MOST_COLUMNS:
            cells.append(cell)
        if at >= len(text):
            if not whole:
                raise _MoreError
            return cells, at
        if text[at] == "\n":
            return cells, at + 1
        at += 1
        if at == len(text) and whole:  # the file ends with a delimiter
            cells.append("")
            return cells, at


def _cell(text: str, at: int, delimiter: str, *, whole: bool) -> tuple[str, int]:
    """One cell, and the place of what ends it."""
    if text[at : at + 1] != '"':
        return _plain(text, at, delimiter, whole=whole)
    parts: list[str] = []
    begin = look = at + 1
    inner = 0
    while True:
        quote = text.find('"', look)
        if quote < 0 or (not whole and quote + _LOOK_AHEAD >= len(text)):
            raise _UnclosedError if whole else _MoreError
        after = text[quote + 1 : quote + 2]
        if quote > begin and text[quote - 1] == "\\" and _escapes(text, quote, delimiter, inner):
            parts.append(text[begin : quote - 1] + '"')
            inner += 1
            begin = look = quote + 1
        elif after == '"':
            parts.append(text[begin : quote + 1])
            begin = look = quote + 2
        else:
            break
    parts.append(text[begin:quote])
    rest, end = _plain(text, quote + 1, delimiter, whole=whole)
    return "".join(parts) + rest, end


def _escapes(text: str, quote: int, delimiter: str, inner: int) -> bool:
    """Whether the mark after a backslash belongs to the words, or the cell ends with a backslash.

    Inner quotation marks come in pairs. So where the cell could end here, it does unless one is still open; and
    before a second mark, which alone would be the doubled form, this one is escaped if the cell ends after both.
    """
    after = text[quote + 1 : quote + 2]
    if after in ("", "\n", delimiter):
        return inner % 2 == 1
    if after == '"':
        return text[quote + 2 : quote + 3] in ("", "\n", delimiter)
    return True


def _plain(text: str, at: int, delimiter: str, *, whole: bool) -> tuple[str, int]:
    """Words without quotation marks around them, up to the delimiter or the line's end."""
    end = text.find("\n", at)
    if end < 0:
        if not whole and text.find(delimiter, at) < 0:
            raise _MoreError
        end = len(text)
    stop = text.find(delimiter, at, end)
    stop = end if stop < 0 else stop
    return text[at:stop], stop


class Rows:
    """The rows of a file, one after the other, from pieces of its text."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text = ""
        self._at = 0
        self._ended = False
        self._unclosed = 0

    def head(self, length: int) -> str:
        """The beginning of the text, which stays to be read."""
        while len(self._text) < length and self._more(1):
            pass
        return self._text[:length]

    def skip(self, length: int) -> None:
        """Go on after so many characters of the head."""
        self._at = length

    def rest(self, most: int) -> str:
        """All that is left, up to so many characters."""
        while len(self._text) - self._at < most and self._more(1):
            pass
        return self._text[self._at : self._at + most]

    def lines(self, delimiter: str) -> Iterator[Line]:
        """All rows; one that cannot be read is there with its problem."""
        while True:
            line = self._next(delimiter)
            if line is None:
                return
            yield line
            if line.problem == "gave_up":
                return

    def _next(self, delimiter: str) -> Line | None:
        while True:
            if self._at >= len(self._text) and not self._more(1):
                return None
            try:
                cells, at = split(self._text, self._at, delimiter, whole=self._ended)
            except _MoreError:
                held = len(self._text) - self._at
                if held > MOST_ROW:
                    return self._pass_over(delimiter)
                # Twice as much each time, so that a long row is not looked at a thousand times.
                self._more(held)
                continue
            except _UnclosedError:
                return self._unclosed_line()
            self._at = at
            if any(len(cell) > MOST_CELL for cell in cells):
                return Line([], "cell")
            return Line(cells)

    def _unclosed_line(self) -> Line:
        """The rest of the file is one cell: somebody forgot a mark. Go on with the next line."""
        if len(self._text) - self._at > MOST_ROW:
            self._at = len(self._text)
            return Line([], "row")
        end = self._text.find("\n", self._at)
        self._at = len(self._text) if end < 0 else end + 1
        self._unclosed += 1
        return Line([], "gave_up" if self._unclosed > MOST_UNCLOSED else "unclosed")

    def _pass_over(self, delimiter: str) -> Line:
        """Go behind a row that is too long to hold: to the first line end outside of quotation marks."""
        inside = self._text.count('"', self._at) % 2 == 1
        self._at = len(self._text)
        while self._more(1):
            piece = self._text
            at = 0
            while at < len(piece):
                if inside:
                    quote = piece.find('"', at)
                    at, inside = (len(piece), True) if quote < 0 else (quote + 1, False)
                    continue
                end, quote = piece.find("\n", at), piece.find('"', at)
                if end >= 0 and (quote < 0 or end < quote):
                    self._at = end + 1
                    return Line([], "row")
                at, inside = (len(piece), False) if quote < 0 else (quote + 1, True)
            self._at = len(piece)
        return Line([], "row")

    def _more(self, least: int) -> bool:
        """Take more text, dropping what has been read; False at the end."""
        if self._ended:
            return False
        got: list[str] = [self._text[self._at :]]
        self._at = 0
        taken = 0
        while taken < least:
            piece = next(self._pieces, None)
            if piece is None:
                self._ended = True
                break
            got.append(piece)
            taken += len(piece)
        self._text = "".join(got)
        return taken > 0
