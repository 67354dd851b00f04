"""The segments that together say what is true now: the files, and over them those who changed since.

Whoever changed is read from the tables anew and kept in memory until she changes again. Most of them make up one
segment that is seldom made anew; those who changed later a second one, and the latest few a third, so that one change
costs little, however many came before it. A member counts in the segment that has her as she is; in the others she is
not looked at.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from django.db import connection

from collegium.graph.adjacency import Numbers
from collegium.graph.view import View
from collegium.search.corpus.arrays import Opened
from collegium.search.corpus.docs import Doc, Reader
from collegium.search.corpus.draft import FACETS, in_memory
from collegium.search.corpus.remembered import Remembered
from collegium.search.corpus.segment import Segment

FEW, SOME = 48, 768
"""So many changed members are a small segment; so many more a second one. With more, all are put together anew."""

AT_ONCE = 2_000

Versions = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Layer:
    """A segment, the number in the graph of each of its members, and the places of those it no longer speaks for."""

    segment: Segment
    numbers: Numbers | slice
    silent: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A segment in memory, and the change each member in it was read after."""

    versions: Versions = field(default_factory=dict)
    segment: Segment | None = None


class Layers:
    """What one process has open and keeps."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._base: tuple[Path, Segment] | None = None
        self._docs = Remembered()
        self._many, self._some, self._few = _Kept(), _Kept(), _Kept()

    def of(self, view: View) -> list[Layer]:
        """The layers of this view of the graph; every member counts in exactly one of them."""
        changed = view.changed_words
        with self._lock:
            many, some, few = self._many, self._some, self._few
        many, later = self._up_to(many, changed, SOME)
        some, latest = self._up_to(some, later, FEW)
        if few.versions != latest or not all(latest.values()):
            few = self._gather(latest)
        with self._lock:
            self._many, self._some, self._few = many, some, few
        layers = [_layer(view, self._files(view), changed, whole=True)] if view.folder is not None else []
        for kept, spoken, after in ((many, changed, later), (some, later, latest), (few, latest, {})):
            if kept.segment is not None:
                gone = (kept.versions.keys() - spoken.keys()) | after.keys()
                layers.append(_layer(view, kept.segment, gone))
        return layers

    def _up_to(self, kept: _Kept, versions: Versions, most: int) -> tuple[_Kept, Versions]:
        """A segment of most of these members, and those it does not have as they are; made anew where these are many.

        Args:
            kept: the segment as it was.
            versions: who is to be spoken for by this segment or a smaller one.
            most: how many may be left to a smaller one.
        """
        left = {key: version for key, version in versions.items() if not version or kept.versions.get(key) != version}
        if len(left) > most or len(kept.versions) > 2 * len(versions) + most:
            return self._gather(versions), {}
        return kept, left

    def _files(self, view: View) -> Segment:
        """The segment of the files the view stands on."""
        folder = view.folder
        if folder is None:
            raise ValueError("the view stands on no files")
        with self._lock:
            if self._base is None or self._base[0] != folder:
                self._base = folder, Segment(Opened(folder), view.keys, FACETS)
            return self._base[1]

    def _gather(self, versions: Versions) -> _Kept:
        """These members in one segment; only those are read who are not known in this version."""
        if not versions:
            return _Kept()
        docs = self._docs.among(versions)
        wanted = [key for key in versions if key not in docs]
        read: dict[int, Doc | None] = {}
        with connection.cursor() as cursor:
            reader = Reader(cursor)
            for start in range(0, len(wanted), AT_ONCE):
                some = wanted[start : start + AT_ONCE]
                read |= dict.fromkeys(some) | {doc.key: doc for doc in reader.read(some)}
        self._docs.keep(versions, read)
        docs |= read
        there = [doc for _key, doc in sorted(docs.items()) if doc is not None]
        keys = np.array([doc.key for doc in there], np.int64)
        return _Kept(dict(versions), Segment(in_memory(there).arrays, keys, FACETS) if there else None)


def _layer(view: View, segment: Segment, without: Iterable[int], *, whole: bool = False) -> Layer:
    """A segment, and for whom it speaks: not for those without, nor for anybody the graph does not know."""
    numbers: Numbers | slice = slice(0, len(segment))
    silent = np.zeros(0, np.int64)
    if not whole:
        numbers, known = _numbers(view, segment.keys)
        silent = np.flatnonzero(~known)
    gone = np.fromiter(without, np.int64)
    if len(gone) and len(segment):
        places = np.searchsorted(segment.keys, gone).clip(0, len(segment) - 1)
        silent = np.concatenate([silent, places[segment.keys[places] == gone]])
    return Layer(segment, numbers, silent)


def _numbers(view: View, keys: npt.NDArray[np.int64]) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """The number of each of these members, and whether the graph knows her at all."""
    numbers, known = np.zeros(len(keys), np.uint32), np.zeros(len(keys), bool)
    if len(view.keys):
        places = np.searchsorted(view.keys, keys).clip(0, len(view.keys) - 1)
        known = view.keys[places] == keys
        numbers[known] = places[known]
    late = view.late_numbers
    for place in np.flatnonzero(~known).tolist():
        number = late.get(int(keys[place]))
        if number is not None:
            numbers[place], known[place] = number, True
    return numbers, known


_layers = Layers()


def layers(view: View) -> list[Layer]:
    """The layers of a view of the graph; every member counts in exactly one of them."""
    return _layers.of(view)
