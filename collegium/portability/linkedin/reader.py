"""The walk through an archive, in the locked-up child: says what it finds, as lists that go through JSON.

["size", bytes]                      how much work there is
["at", bytes]                        how much of it is done
["file", number, {report}]           a file begins: name, kind, decision
["row", number, row, type, {fields}] a thing made of one of its rows
["done", number, {report}]           the file's report is complete
["refused", {problem}]               the archive as a whole cannot be read
["end"]                              everything has been said
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import MISSING, replace
from typing import IO, Any

# They register the readers of their kinds.
from collegium.portability.linkedin import career_rows, content_rows, directory, job_rows, network_rows, text, zips
from collegium.portability.linkedin.catalogue import KINDS, Kind
from collegium.portability.linkedin.directory import Entry
from collegium.portability.linkedin.mapping import READERS, Columns, LeaveError, Row
from collegium.portability.linkedin.rows import Line, Rows
from collegium.portability.linkedin.table import Table, data, recognise
from collegium.portability.linkedin.things import FileReport, Problem, Thing, declared

__all__ = ["Walk", "career_rows", "job_rows", "network_rows", "plain"]

# In a whole archive; the busiest people have a few hundred thousand reactions.
MOST_ROWS = 500_000
# An article has at most 125,000 characters; its page not many more.
MOST_PAGE = 1_000_000
_STEPS = 200

Say = Callable[[list[Any]], None]


def plain(thing: Any) -> dict[str, Any]:
    """The fields of a thing, a report or a problem that say something."""
    said: dict[str, Any] = {}
    for each in declared(type(thing)).values():
        value = getattr(thing, each.name)
        default = each.default if each.default is not MISSING else None
        if value != default:
            said[each.name] = [plain(part) for part in value] if each.name == "problems" else value
    return said


class Walk:
    """One walk through one archive."""

    def __init__(self, kinds: Collection[str], say: Say) -> None:
        self.kinds = frozenset(kinds)
        self.say = say
        self.rows = 0
        self._seen: set[bytes] = set()
        self._done = self._told = 0
        self._total = 1
        self._count = 0

    def archive(self, file: IO[bytes]) -> None:
        """Every file of a ZIP."""
        judged = zips.judge(directory.entries(file))
        # Each byte is looked at twice: is it sound, and in which encoding; then its rows.
        self.size(2 * sum(entry.size for entry, problem in judged if problem is None))
        for entry, problem in judged:
            self._entry(file, entry, problem)

    def size(self, total: int) -> None:
        """Say how much work there is."""
        self._total = max(total, 1)
        self.say(["size", self._total])

    def _entry(self, file: IO[bytes], entry: Entry, problem: Problem | None) -> None:
        if problem:
            self.broken(problem)
            return
        sniffer = text.Sniffer()
        try:
            for piece in zips.contents(file, entry):
                sniffer.feed(piece)
                self.advance(len(piece))
        except zips.BrokenEntryError as broken:
            self.broken(Problem(str(broken), file=entry.name))
            return
        # What stands there is sound, so the second reading cannot fail half-way through the rows.
        notes: set[str] = set()
        encoding = sniffer.encoding()
        before = self._done
        source = Rows(text.decode(self._counted(zips.contents(file, entry)), encoding, notes))
        report = FileReport(entry.name, encoding=encoding)
        nested = sniffer.first.startswith(b"PK\x03\x04")
        table = Table(problem="nested") if nested else recognise(source, entry.name)
        self.table(report, table, source, notes)
        self.advance(before + entry.size - self._done)

    def table(self, report: FileReport, table: Table, source: Rows, notes: set[str]) -> None:
        """One file that could be opened."""
        notes.update(table.notes)
        if table.kind is None:
            problem = Problem(table.problem, report.name, value=table.seen[:200])
            self.close(self.open(replace(report, problems=(problem,), problem_count=1)), set())
            return
        report = self.open(replace(report, kind=table.kind.key, decision=table.kind.decision))
        columns = Columns(report.name, table.header)
        if table.kind.key == "articles":
            report = self._article(report, columns, source)
        elif "nobody" not in table.notes:
            report = self.lines(report, table.kind, columns, data(source, table))
        self.close(report, notes)

    def lines(self, report: FileReport, kind: Kind, columns: Columns, lines: Iterable[tuple[int, Line]]) -> FileReport:
        """Every row of a file; what is made of them is said."""
        count = taken = repeated = 0
        for number, line in lines:
            if self.rows >= MOST_ROWS:
                columns.say(Problem("many", limit=MOST_ROWS), number)
                break
            count += 1
            self.rows += 1
            if kind.decision == "left out":
                continue
            for thing in self._things(kind, columns, number, line):
                taken += 1
                if kind.decision == "taken" and kind.key != "messages" and self._again(thing):
                    repeated += 1
                elif kind.key in self.kinds:
                    self.say(["row", self._count - 1, number, type(thing).__name__, plain(thing)])
        unused = columns.unused() if kind.decision == "taken" else ()
        return replace(
            report,
            rows=count,
            taken=taken,
            repeated=repeated,
            problems=tuple(columns.problems),
            problem_count=columns.problem_count,
            unused=unused,
        )

    def _things(self, kind: Kind, columns: Columns, number: int, line: Line) -> list[Thing]:
        """What one row says; nothing, with a problem in the report, when it cannot be read."""
        if line.problem:
            columns.say(Problem(line.problem), number)
            return []
        if any(cell.strip() for cell in line.cells[len(columns.header) :]):
            columns.say(Problem("wide", limit=len(columns.header)), number)
            return []
        if kind.decision == "taken":
            columns.watch(line.cells)
        try:
            return list(READERS[kind.key](Row(columns, line.cells, number, kind)))
        except LeaveError as left:
            columns.say(left.problem, number)
            return []

    def _article(self, report: FileReport, columns: Columns, source: Rows) -> FileReport:
        """The one article of its page."""
        page = source.rest(MOST_PAGE + 1)
        row = Row(columns, (), 1, KINDS["articles"])
        if len(page) > MOST_PAGE:
            problem = Problem("page_large", report.name, limit=MOST_PAGE)
            return replace(report, decision="broken", problems=(problem,), problem_count=1)
        article = content_rows.article(row, page)
        self.rows += 1
        if "articles" in self.kinds:
            self.say(["row", self._count - 1, 1, "Article", plain(article)])
        problems = tuple(columns.problems)
        return replace(report, rows=1, taken=1, problems=problems, problem_count=columns.problem_count)

    def _again(self, thing: Thing) -> bool:
        """Whether the same was said before, word for word, in this or another file.

        Messages come by the hundred thousand, and whoever takes them in knows each by its conversation anyway.
        """
        said = json.dumps([type(thing).__name__, plain(thing)], ensure_ascii=False).encode(errors="replace")
        mark = hashlib.blake2b(said, digest_size=16).digest()
        if mark in self._seen:
            return True
        self._seen.add(mark)
        return False

    def broken(self, problem: Problem) -> None:
        """A file that is not opened."""
        report = FileReport(problem.file, decision="broken", problems=(problem,), problem_count=1)
        self.close(self.open(report), set())

    def open(self, report: FileReport) -> FileReport:
        """A file begins."""
        said = {"name": report.name, "kind": report.kind, "decision": report.decision}
        self.say(["file", self._count, said])
        self._count += 1
        return report

    def close(self, report: FileReport, notes: set[str]) -> None:
        """A file ends."""
        self.say(["done", self._count - 1, plain(replace(report, notes=tuple(sorted(notes))))])

    def advance(self, length: int) -> None:
        """So much more is done; said often enough for a bar."""
        self._done += length
        if self._done - self._told > self._total // _STEPS:
            self._told = self._done
            self.say(["at", self._done])

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.advance(len(piece))
            yield piece
