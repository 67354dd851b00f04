"""Table files that people open in spreadsheets."""

import csv
import io
from collections.abc import Iterable

# A spreadsheet takes a cell that begins so for a formula; the wide ones too, where they are typed.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(cells: Iterable[str]) -> list[str]:
    """Cells that no spreadsheet takes for a formula."""
    return [f"'{cell}" if cell.startswith(RISKY) else cell for cell in cells]


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A heading and its lines; the mark in front tells spreadsheets the encoding."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(heads)
    writer.writerows(safe(row) for row in rows)
    return file.getvalue()
