"""The searches somebody keeps, as they are read: who matches now, and how many of them are new since she looked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.http import QueryDict

from collegium.audience.viewer import Viewer
from collegium.lib.query import said
from collegium.lib.refusal import Conflict
from collegium.search import asking
from collegium.search.asking import Asked, Value
from collegium.search.eyes import Eyes
from collegium.search.models import MOST_KNOWN, Saved
from collegium.search.searching import Search

PATH = "/search/saved/"


@dataclass(frozen=True, slots=True)
class Kept:
    """One search of the list.

    `new` is None where so many match that they are not counted against those known; `wide` says what to do where words
    have become too wide to be looked for.
    """

    saved: Saved
    asked: Asked
    total: int
    new: int | None
    wide: str = ""

    @property
    def too_many(self) -> bool:
        """Whether so many match that nobody of them is remembered."""
        return self.total > MOST_KNOWN

    @property
    def chosen(self) -> Sequence[Value]:
        """What is chosen, for people."""
        return self.asked.chosen


def kept(viewer: Viewer) -> list[Kept]:
    """Everything the viewer keeps, judged now; a constant number of statements, however much it is."""
    rows = list(Saved.objects.of(viewer.me))
    asked = asking.read_many([QueryDict(row.address) for row in rows]) if rows else []
    eyes = Eyes(viewer)
    searches = [Search(eyes, each, similar=False) for each in asked]
    return [
        Kept(row, search.asked, search.total, _new(row, search), said.wide(search.wide) if search.wide else "")
        for row, search in zip(rows, searches, strict=True)
    ]


def read(saved: Saved) -> Asked:
    """What one of them asks for."""
    return asking.read(QueryDict(saved.address))


def known(search: Search) -> list[int] | None:
    """The keys of all who match; None when they are too many to be kept.

    Raises:
        Conflict: its words are too wide to be looked for.
    """
    if search.wide:
        raise Conflict(said.wide(search.wide))
    return None if search.total > MOST_KNOWN else search.keys().tolist()


def _new(saved: Saved, search: Search) -> int | None:
    if saved.known is None or search.wide or search.total > MOST_KNOWN:
        return None
    return len(np.setdiff1d(search.keys(), np.array(saved.known, np.int64)))
