"""Puts what was found where its owner can look through it: all of it in one transaction, or nothing."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from collegium.portability.correspondence.taking import lay_out
from collegium.portability.imports.gathering import FileWords, Gathered, bounded
from collegium.portability.imports.models import Import, ImportFile, ImportRow
from collegium.portability.imports.verdicts import Judged

COLUMNS = "of_id, file, line, what, status, chosen, data, mine, match, reason"


@transaction.atomic
def stage(key: int, gathered: Gathered, judged: Sequence[Judged]) -> bool:
    """Fill the review of an import and open it. What an earlier, unfinished attempt left is replaced.

    Returns:
        False when there is nothing to fill any more: cancelled, or another attempt was faster.
    """
    row = Import.objects.select_for_update().filter(pk=key, state=Import.State.READING).first()
    if row is None:
        return False
    ImportRow.objects.filter(of=row).delete()
    ImportFile.objects.filter(of=row).delete()
    ImportFile.objects.bulk_create(_files(row, bounded(gathered.files)))
    with connection.cursor() as cursor, cursor.copy(f"COPY portability_importrow ({COLUMNS}) FROM STDIN") as copy:
        for line in _lines(key, judged, gathered):
            copy.write_row(line)
    lay_out(row, gathered.letters)
    row.state, row.done = Import.State.REVIEW, row.total
    row.save(update_fields=["state", "done"])
    return True


def _files(row: Import, files: Iterable[FileWords]) -> list[ImportFile]:
    return [
        ImportFile(
            of=row,
            place=place,
            name=each.name,
            label=each.label,
            kind=each.kind[:40],
            fate=each.fate,
            reason=each.reason,
            rows=each.rows,
            notes=each.notes,
        )
        for place, each in enumerate(files)
    ]


def _lines(key: int, judged: Sequence[Judged], gathered: Gathered) -> Iterable[tuple[object, ...]]:
    """Rows in the order of the archive."""
    for each in sorted(judged, key=lambda row: (row.piece.file, row.piece.line)):
        yield (
            key,
            each.piece.file,
            each.piece.line,
            each.what,
            int(each.status),
            each.chosen,
            json.dumps(each.data),
            None if each.mine is None else json.dumps(each.mine),
            each.match,
            each.reason[:600],
        )
    for file, line, prints in gathered.people:
        yield (
            key,
            file,
            line,
            "person",
            int(ImportRow.Status.NEW),
            False,
            json.dumps({"prints": prints}),
            None,
            None,
            "",
        )
