"""Tables as one zip file."""

import contextlib
import csv
import io
import json
import zipfile
from collections.abc import Iterable

from django.core.files.storage import default_storage

from collegium.portability.bundle import FORMAT, MANIFEST, VERSION
from collegium.portability.packing.cells import Table, cell

MIME = "application/zip"
# Two archives of the same are the same bytes.
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def packed(source: str, tables: Iterable[Table], files: Iterable[tuple[str, str]] = ()) -> bytes:
    """A zip of CSV files. A file without rows is left out; rows go in as they are read.

    Args:
        source: under which whoever loads it remembers its keys.
        tables: what stands in it.
        files: what lies beside them: its name in the archive, and where it is kept. What is gone is left out.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        said = {"format": FORMAT, "version": VERSION, "source": source}
        archive.writestr(_entry(MANIFEST), json.dumps(said, ensure_ascii=False))
        for table in tables:
            _write(archive, table)
        for name, stored in files:
            _put(archive, name, stored)
    return held.getvalue()


def _write(archive: zipfile.ZipFile, table: Table) -> None:
    rows = iter(table.rows)
    first = next(rows, None)
    if first is None:
        return
    with (
        archive.open(_entry(f"{table.name}.csv"), "w") as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerows([table.columns, [cell(value) for value in first]])
        writer.writerows([cell(value) for value in row] for row in rows)


def _put(archive: zipfile.ZipFile, name: str, stored: str) -> None:
    with contextlib.suppress(FileNotFoundError), default_storage.open(stored) as file:
        archive.writestr(_entry(name), file.read())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry
