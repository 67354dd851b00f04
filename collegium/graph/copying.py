"""Whole tables into arrays, through COPY in its binary form.

The form (PostgreSQL's documentation, "COPY, Binary Format"): a header of 19 bytes and its extension; for each row the
number of columns (two bytes), then each column's length (four bytes) and value, big-endian; two bytes of ones at the
end. Without NULLs and with columns of fixed size every row is as long as every other.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

HEADER = 19
SIGNATURE = b"PGCOPY\n\xff\r\n\0"
END = b"\xff\xff"


def columns(cursor: Any, statement: str, types: Sequence[str]) -> list[npt.NDArray[Any]]:
    """The columns of a query.

    Args:
        cursor: of psycopg.
        statement: whose columns are never NULL and of these types.
        types: "i8", "i4" or "i2" for each column.

    Returns:
        An array for each column, in the machine's own order of bytes.

    Raises:
        ValueError: the rows have another form.
    """
    row = np.dtype(
        [("n", ">i2"), *[(f"{part}{place}", each) for place, kind in enumerate(types) for part, each in _parts(kind)]]
    )
    found: list[list[npt.NDArray[Any]]] = [[np.zeros(0, kind)] for kind in types]
    waiting, begun = bytearray(), False
    with cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT BINARY)") as copy:
        for block in copy:
            waiting += block
            if not begun:
                if len(waiting) < HEADER:
                    continue
                if not waiting.startswith(SIGNATURE):
                    raise ValueError("not PostgreSQL's binary form")
                del waiting[:HEADER]
                begun = True
            if len(waiting) >= 1 << 22:
                _take(waiting, row, found, len(types))
    _take(waiting, row, found, len(types))
    if bytes(waiting) != END:
        raise ValueError("the rows do not have the form that was promised")
    return [np.concatenate(each) for each in found]


def _parts(kind: str) -> list[tuple[str, str]]:
    return [("length", ">i4"), ("value", f">{kind}")]


def _take(waiting: bytearray, row: np.dtype[Any], found: list[list[npt.NDArray[Any]]], count: int) -> None:
    """Move the whole rows out of the buffer."""
    whole = len(waiting) // row.itemsize
    if not whole:
        return
    rows = np.frombuffer(bytes(waiting[: whole * row.itemsize]), row)
    if (rows["n"] != count).any():
        raise ValueError("the rows do not have the form that was promised")
    for place, each in enumerate(found):
        each.append(rows[f"value{place}"].astype(each[0].dtype))
    del waiting[: whole * row.itemsize]
