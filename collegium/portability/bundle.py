"""Reads the files of a bundle row by row, checks every cell, and says exactly what is wrong where.

Knows nothing of the database. Memory holds the keys that other files refer to and nothing else of what was read.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import IO, Any

from collegium.lib.text import clean_line
from collegium.portability import cells
from collegium.portability.archive import Source
from collegium.portability.columns import files
from collegium.portability.report import BundleError, Report
from collegium.portability.spec import Column, FileSpec, Reference

Progress = Callable[[str, int, int], None]
Row = tuple[int, list[Any]]

MANIFEST = "bundle.json"
FORMAT, VERSION = "community-bundle", 1
MANIFEST_LIMIT = 100_000
SOURCE_LIMIT = 200
CHUNK = 1 << 20
REPORT_EVERY = 5_000
# Keys of rows that came in before and are gone since: whatever refers to them is passed over without a word.
GONE = 0


class Bundle:
    """One bundle being read.

    `known[file][key]` is the number under which the one who reads has stored a row: above zero a row of the product,
    below zero one that is kept for a later room, `GONE` one that has been deleted since an earlier load.
    """

    def __init__(self, source: Source, report: Report, progress: Progress | None = None) -> None:
        self.source, self.report = source, report
        self.progress: Progress = progress or (lambda _stage, _done, _total: None)
        self.specs = files()
        self.known: dict[str, dict[str, int]] = {spec.name: {} for spec in self.specs.values() if spec.keyed}
        self.bad: dict[str, set[str]] = {name: set() for name in self.known}
        report.source = self._manifest()
        expected = {MANIFEST} | {f"{name}.csv" for name in self.specs}
        report.unknown += [name for name in source.sizes if name not in expected]
        if not expected.intersection(source.sizes):
            raise BundleError("There is no file of a community bundle here (no bundle.json, no members.csv …).")

    def _manifest(self) -> str:
        """What the bundle says about itself: the name of its source, under which its keys are remembered."""
        if MANIFEST not in self.source:
            return ""
        with self.source.open(MANIFEST) as handle:
            raw = handle.read(MANIFEST_LIMIT)
        try:
            said = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise BundleError(f"{MANIFEST} is not JSON.") from None
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise BundleError(f'{MANIFEST} does not say "format": "{FORMAT}".')
        if said.get("version") != VERSION:
            raise BundleError(f"{MANIFEST} says version {said.get('version')!r}; this reads version {VERSION}.")
        return self._source_name(said.get("source", ""))

    @staticmethod
    def _source_name(given: Any) -> str:
        try:
            return cells.line(SOURCE_LIMIT)(given) if isinstance(given, str) else clean_line(str(given), SOURCE_LIMIT)
        except cells.CellError as problem:
            raise BundleError(f"{MANIFEST}: source {problem}.") from None

    def rows(self, name: str) -> Iterator[Row]:
        """The good rows of one file, `(line, values in the order of the columns)`; bad ones go into the report."""
        file = f"{name}.csv"
        if file not in self.source:
            return
        with self.source.open(file) as raw:
            total, longest_ok = count_rows(raw)
        if not longest_ok:
            self.report.complain(file, 0, f"has a line of more than {CHUNK:,} bytes", fatal=True)
            return
        self.report.read[file] = 0
        with self.source.open(file) as raw:
            handle = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
            reader = csv.reader(handle, strict=True)
            try:
                yield from self._checked(self.specs[name], file, reader, total)
            except csv.Error as problem:
                text = f"is not CSV from here on ({problem}); the rest of the file was not read"
                self.report.complain(file, reader.line_num, text, fatal=True)

    def _checked(self, spec: FileSpec, file: str, reader: Any, total: int) -> Iterator[Row]:
        header = [cell.strip() for cell in next(reader, [])]
        plan = self._plan(spec, file, header)
        if plan is None:
            return
        width, last, done = len(header), reader.line_num, 0
        keys = self.known[spec.name] if spec.keyed else None
        for row in reader:
            at, last = last + 1, reader.line_num
            if not row:
                continue
            done += 1
            if not done % REPORT_EVERY:
                self.progress(spec.name, done, max(total, done))
            if len(row) != width:
                self.report.complain(file, at, f"has {len(row)} cells where the header has {width}")
                continue
            row.append("")
            try:
                values = [check(row[index]) for check, index in plan]
            except (cells.CellError, KeyError):
                self._explain(spec, file, at, row, plan)
                continue
            if keys is not None and values[0] in keys:
                self.report.complain(file, at, f"key {cells.shown(values[0])} is there twice")
                continue
            yield at, values
        self.report.read[file] = done
        self.progress(spec.name, done, done)

    def _plan(self, spec: FileSpec, file: str, header: list[str]) -> list[tuple[cells.Check, int]] | None:
        """For each column of the format its check and its place in the row (the empty last cell when it is absent)."""
        wrong = sorted({name for name in header if name and header.count(name) > 1})
        missing = [column.name for column in spec.columns if column.needed and column.name not in header]
        if wrong or missing:
            text = f"names the column {wrong[0]} twice" if wrong else f"has no column {', '.join(missing)}"
            self.report.complain(file, 1, f"the header {text}", fatal=True)
            return None
        names = [column.name for column in spec.columns]
        self.report.unknown += [f"column {cells.shown(name)} of {file}" for name in header if name not in names]
        places = {name: index for index, name in enumerate(header)}
        return [(self._check(column), places.get(column.name, -1)) for column in spec.columns]

    def _check(self, column: Column) -> cells.Check:
        check = column.check
        if not isinstance(check, Reference):
            return check
        find = self.known[check.file].__getitem__
        if check.needed:
            return find
        return lambda text: find(text) if text else None

    def _explain(self, spec: FileSpec, file: str, at: int, row: list[str], plan: list[tuple[cells.Check, int]]) -> None:
        """Every cell of a bad row once more, each problem with its column: slow, and rarely needed."""
        found = []
        for column, (check, index) in zip(spec.columns, plan, strict=True):
            try:
                check(row[index])
            except cells.CellError as problem:
                found.append(f"{column.name} {problem}")
            except KeyError:
                found.append(self.missing(column.name, column.check, row[index]))
        self.report.complain(file, at, "; ".join(found))
        if spec.keyed:
            self.bad[spec.name].add(row[plan[0][1]])

    def missing(self, column: str, reference: Any, key: str) -> str:
        """Say of a reference that leads nowhere why."""
        if not key:
            return f"{column} is missing"
        other = reference.file if isinstance(reference, Reference) else reference
        why = "was left out" if key in self.bad[other] else "is not there"
        return f"{column} refers to {cells.shown(key)}, which {why} in {other}.csv"


def count_rows(raw: IO[bytes]) -> tuple[int, bool]:
    """How many rows a file has below its header, and whether its lines are short enough to be read one by one.

    Ends of line inside quotes do not end a row. Counting reads at a gigabyte a second and makes progress honest.
    """
    rows, inside, ended = -1, 0, True
    while chunk := raw.read(CHUNK):
        if len(chunk) == CHUNK and b"\n" not in chunk:
            return 0, False
        pieces = chunk.split(b'"')
        rows += sum(piece.count(b"\n") for piece in pieces[inside::2])
        inside = (inside + len(pieces) - 1) % 2
        ended = chunk.endswith(b"\n")
    return max(0, rows + (not ended)), True
