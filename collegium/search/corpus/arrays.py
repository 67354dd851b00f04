"""How arrays are kept: in memory for a few members, in files for all of them; and rows on their way into them."""

from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]

AT_ONCE = 2_000_000
"""Rows that are sorted together: what a build needs of memory, however many members there are."""


class Shelf:
    """Where finished arrays are put: into a folder, or kept in memory."""

    def __init__(self, folder: Path | None = None, prefix: str = "words-") -> None:
        """Take the folder; None keeps them."""
        self.folder, self._prefix = folder, prefix
        self.arrays: dict[str, Array] = {}

    def make(self, name: str, size: int, kind: str) -> Array:
        """A new array of zeros, to be written in any order."""
        if self.folder is None:
            made: Array = np.zeros(size, kind)
        elif size:
            made = np.lib.format.open_memmap(self.path(name), "w+", np.dtype(kind), (size,))
        else:
            made = np.zeros(0, kind)
            np.save(self.path(name), made)
        self.arrays[name] = made
        return made

    def put(self, name: str, values: Array) -> None:
        """An array that is ready."""
        if self.folder is not None:
            np.save(self.path(name), values)
        self.arrays[name] = values

    def path(self, name: str) -> Path:
        """The file of one array."""
        if self.folder is None:
            raise ValueError("these arrays have no files")
        return self.folder / f"{self._prefix}{name}.npy"

    def close(self) -> None:
        """Let go of the files."""
        for values in self.arrays.values():
            if isinstance(values, np.memmap):
                values.flush()
        self.arrays.clear()


class Opened(Mapping[str, Array]):
    """The arrays of a folder, each mapped when it is first asked for."""

    def __init__(self, folder: Path, prefix: str = "words-") -> None:
        self._folder, self._prefix = folder, prefix
        self._arrays: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if (known := self._arrays.get(name)) is not None:
            return known
        path = self._folder / f"{self._prefix}{name}.npy"
        # A plain array over the mapped memory: numpy's own class for it makes every slice dearer.
        found: Array = np.asarray(np.load(path, mmap_mode="r"))
        self._arrays[name] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return (path.name[len(self._prefix) : -len(".npy")] for path in self._folder.glob(f"{self._prefix}*.npy"))

    def __len__(self) -> int:
        return sum(1 for _name in self)


class Spool:
    """Rows of numbers in columns, as many as there are, written aside when they become too many for memory."""

    def __init__(self, columns: Mapping[str, str], folder: Path | None, name: str) -> None:
        """Take the columns with their types, and the folder for what is written aside."""
        self._types = dict(columns)
        self._folder, self._name = folder, name
        self._waiting: list[dict[str, Array]] = []
        self._renamed: dict[str, Array] = {}
        self._count = 0

    def add(self, rows: dict[str, Array]) -> None:
        """Some rows: an array for every column."""
        size = len(next(iter(rows.values())))
        if not size:
            return
        self._count += size
        if self._folder is None:
            self._waiting.append({name: values.astype(self._types[name]) for name, values in rows.items()})
            return
        for name, values in rows.items():
            with self._path(name).open("ab") as file:
                values.astype(self._types[name]).tofile(file)

    def rename(self, column: str, places: Array) -> None:
        """Tell one column in other numbers from now on: `places` has the new one for every old one."""
        self._renamed[column] = places

    def chunks(self) -> Iterator[dict[str, Array]]:
        """All rows in the order they came, some at a time; can be read several times."""
        for chunk in self._raw():
            yield chunk | {column: places[chunk[column]] for column, places in self._renamed.items()}

    def _raw(self) -> Iterator[dict[str, Array]]:
        if self._folder is None:
            yield from self._waiting
            return
        for start in range(0, self._count, AT_ONCE):
            size = min(AT_ONCE, self._count - start)
            yield {
                name: np.fromfile(self._path(name), kind, size, offset=start * np.dtype(kind).itemsize)
                for name, kind in self._types.items()
            }

    def __len__(self) -> int:
        return self._count

    def drop(self) -> None:
        """Delete what was written aside."""
        if self._folder is not None:
            for name in self._types:
                self._path(name).unlink(missing_ok=True)
        self._waiting.clear()

    def _path(self, name: str) -> Path:
        if self._folder is None:
            raise ValueError("these rows have no files")
        return self._folder / f"draft-{self._name}-{name}.bin"


class Numbering:
    """Gives words numbers in the order they come; sorts them in the end."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, word: str) -> int:
        """The number of a word, a new one for a new word."""
        return self._numbers.setdefault(word, len(self._numbers))

    def of_all(self, words: tuple[str, ...]) -> "array[int]":
        """The numbers of several."""
        known = self._numbers
        return array("I", [known.setdefault(word, len(known)) for word in words])

    def shelve(self, shelf: Shelf, name: str) -> Array:
        """Put the words onto a shelf, sorted by their bytes.

        Returns:
            For every number its place among the sorted.
        """
        encoded = [word.encode() for word in self._numbers]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        places = np.empty(len(order), np.uint32)
        places[order] = np.arange(len(order), dtype=np.uint32)
        offsets = np.zeros(len(order) + 1, np.int64)
        np.cumsum([len(encoded[number]) for number in order], out=offsets[1:])
        shelf.put(f"{name}-letters", np.frombuffer(b"".join(encoded[number] for number in order), np.uint8))
        shelf.put(f"{name}-ends", offsets)
        return places


def sort_into(  # noqa: PLR0917 - what, whence, by what
    shelf: Shelf, spool: Spool, name: str, by: str, size: int, columns: Mapping[str, str]
) -> None:
    """Rows onto a shelf, sorted by one column and else in the order they came, with where each of its values begins.

    Args:
        shelf: gets `<name>-starts` and an array for every column.
        spool: the rows.
        name: what the arrays are called.
        by: the column they are sorted by; its values are below `size`.
        size: how many values `by` may have.
        columns: the other columns, with their types.
    """
    counts = np.zeros(size, np.int64)
    for chunk in spool.chunks():
        counts += np.bincount(chunk[by], minlength=size)
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    shelf.put(f"{name}-starts", starts)
    made = {column: shelf.make(f"{name}-{column}", len(spool), kind) for column, kind in columns.items()}
    free = starts[:-1].copy()
    for chunk in spool.chunks():
        order = np.argsort(chunk[by], kind="stable")
        sorted_by = chunk[by][order].astype(np.int64)
        first = np.searchsorted(sorted_by, sorted_by)  # where the run of each row's value begins
        places = free[sorted_by] + (np.arange(len(order)) - first)
        for column, into in made.items():
            into[places] = chunk[column][order]
        free += np.bincount(sorted_by, minlength=size)
