"""Arrays into tables: PostgreSQL's binary form of COPY, which NumPy can write as it stands in memory.

A row is the number of its columns, then each column as its length in bytes and its bytes, all of it big-endian. Where
every column has a fixed length, a block of rows is one structured array. Texts stand at the end of a row: they come
from a small stock, so that whole ends of rows are made once and joined to the beginnings.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np

from collegium.portability.synth.graph import Array

BLOCK = 200_000  # rows a piece
_BEGIN, _END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_SIZES = {"int2": ">i2", "int4": ">i4", "int8": ">i8"}
# The epoch of PostgreSQL's own clock, 2000-01-01, in milliseconds of everybody else's.
_Y2K = 946_684_800_000


def stamps(milliseconds: Array) -> Array:
    """Instants as a `timestamptz` column wants them: an `int8` of microseconds since the year 2000."""
    return (milliseconds - _Y2K) * 1000


def pieces(count: int) -> Iterator[slice]:
    """Stretches of so many rows, one block each."""
    return (slice(at, min(count, at + BLOCK)) for at in range(0, count, BLOCK))


def rows(*columns: tuple[str, Array], more: int = 0) -> Array:
    """Rows of numbers.

    Args:
        columns: the type of each (`int2`, `int4`, `int8`) and its values.
        more: how many columns follow in `ends`.
    """
    form: list[tuple[str, str]] = [("columns", ">i2")]
    for place, (kind, _values) in enumerate(columns):
        form += [(f"length{place}", ">i4"), (f"value{place}", _SIZES[kind])]
    packed = np.empty(len(columns[0][1]), dtype=form)
    packed["columns"] = len(columns) + more
    for place, (kind, values) in enumerate(columns):
        packed[f"length{place}"] = int(kind[-1])
        packed[f"value{place}"] = values
    return packed


def end(*texts: str) -> bytes:
    """The end of a row: its texts."""
    told = [None if text is None else _bytes(text) for text in texts]
    return b"".join(
        (-1 if text is None else len(text)).to_bytes(4, "big", signed=True) + (text or b"") for text in told
    )


def _bytes(value: str | int) -> bytes:
    return value.encode() if isinstance(value, str) else value.to_bytes(8, "big")


def joined(beginnings: Array, ends: Sequence[bytes], which: Array) -> bytes:
    """Every beginning with the end that `which` names."""
    raw, size = beginnings.tobytes(), beginnings.itemsize
    heads = [raw[at : at + size] for at in range(0, len(raw), size)]
    return b"".join(chain.from_iterable(zip(heads, map(ends.__getitem__, which.tolist()), strict=True)))


def copy(cursor: Any, table: str, columns: str, blocks: Iterable[bytes], *, frozen: bool = False) -> None:
    """Send the blocks into a table.

    Args:
        cursor: inside a transaction.
        table: where to.
        columns: their names, in the order of the rows.
        blocks: whole rows.
        frozen: the table's file was begun in this transaction (`bulk.begun_anew`): rows are written as settled ones.
    """
    how = "FORMAT binary, FREEZE" if frozen else "FORMAT binary"
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN ({how})") as stream:
        stream.write(_BEGIN)
        for block in blocks:
            stream.write(block)
        stream.write(_END)
