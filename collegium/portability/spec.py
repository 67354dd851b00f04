"""What a file of the format is made of."""

from typing import NamedTuple

from collegium.portability import cells


class Reference(NamedTuple):
    """A cell that names the key of a row in another file."""

    file: str
    needed: bool = True


class Column(NamedTuple):
    """A column: its name, and what turns a cell into a value."""

    name: str
    check: cells.Check | Reference
    needed: bool = False


class FileSpec(NamedTuple):
    """A file: its columns in the order in which their values are handed on; `keyed` when others refer to it."""

    name: str
    columns: tuple[Column, ...]
    keyed: bool = False
