"""The other way out of LinkedIn: the Member Snapshot interface, whose JSON has the same rows as the files.

    {"elements": [{"snapshotDomain": "POSITIONS", "snapshotData": [{"Company Name": "…", …}, …]}, …], "paging": {…}}

A file of it is one such answer, or a list of them.
"""

import json
from collections.abc import Iterator
from typing import IO, Any

from collegium.portability.linkedin.catalogue import DOMAINS, MOST_COLUMNS, Kind, classify
from collegium.portability.linkedin.mapping import Columns
from collegium.portability.linkedin.reader import Walk
from collegium.portability.linkedin.rows import MOST_CELL, Line
from collegium.portability.linkedin.things import FileReport, Problem, RefusedError

# It is held as a whole, and as objects takes ten times its length.
MOST_BYTES = 24 * 1024 * 1024
_MOST_GROUPS = 500

Group = tuple[str, Kind | None, list[dict[str, Any]]]


def looks_like(beginning: bytes) -> bool:
    """Whether a file is JSON, by its first bytes."""
    return beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read(file: IO[bytes], walk: Walk) -> None:
    """Every domain of the answer, as if it were a file.

    Raises:
        RefusedError: it is not such an answer, or too large.
    """
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise RefusedError(Problem("json_large", limit=MOST_BYTES // (1024 * 1024)))
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        raise RefusedError(Problem("json")) from None
    groups = _groups(said)
    walk.size(sum(len(rows) for _domain, _kind, rows in groups))
    for domain, kind, rows in groups:
        _group(walk, domain, kind, rows)


def _group(walk: Walk, domain: str, kind: Kind | None, rows: list[dict[str, Any]]) -> None:
    """The rows of one kind in one domain."""
    header = list(dict.fromkeys(key for row in rows for key in row))[:MOST_COLUMNS]
    report = FileReport(domain, encoding="json")
    if kind is None:
        problem = Problem("columns", domain, value=", ".join(header)[:200])
        walk.close(walk.open(FileReport(domain, problems=(problem,), problem_count=1, encoding="json")), set())
        return
    report = walk.open(FileReport(domain, kind.key, kind.decision, encoding="json"))
    walk.close(walk.lines(report, kind, Columns(domain, header), _lines(walk, header, rows)), set())


def _lines(walk: Walk, header: list[str], rows: list[dict[str, Any]]) -> Iterator[tuple[int, Line]]:
    """Rows of cells from objects."""
    for number, row in enumerate(rows, start=1):
        walk.advance(1)
        cells = [_cell(row.get(name)) for name in header]
        if any(len(cell) > MOST_CELL for cell in cells):
            yield number, Line([], "cell")
        elif any(cell.strip() for cell in cells):
            yield number, Line(cells)


def _cell(value: Any) -> str:
    """A value as the cell it would be; what is no single value is nothing a cell could hold."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode() if not value.isascii() else value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ";".join(_cell(part) for part in value[:MOST_COLUMNS] if isinstance(part, str))
    return ""


def _groups(said: Any) -> list[Group]:
    """The rows by domain and kind. A kind is told by the names of its columns, else by the domain."""
    found: dict[tuple[str, str], Group] = {}
    for domain, row in _rows(said):
        kind = classify(list(row), domain)[0] or DOMAINS.get(domain.upper())
        key = domain, kind.key if kind else ""
        if key not in found and len(found) >= _MOST_GROUPS:
            raise RefusedError(Problem("entries", limit=_MOST_GROUPS))
        found.setdefault(key, (domain, kind, []))[2].append(row)
    return list(found.values())


def _rows(said: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of every domain; an answer without any is none."""
    pages = said if isinstance(said, list) else [said]
    recognised = False
    for page in pages:
        elements = page.get("elements") if isinstance(page, dict) else None
        for element in elements if isinstance(elements, list) else ():
            if not isinstance(element, dict) or not isinstance(element.get("snapshotDomain"), str):
                continue
            recognised = True
            domain = _cell(element["snapshotDomain"])[:100]
            rows = element.get("snapshotData")
            for row in rows if isinstance(rows, list) else [rows]:
                if isinstance(row, dict):
                    yield domain, {_cell(name)[:200]: value for name, value in row.items()}
    if not recognised:
        raise RefusedError(Problem("json"))
