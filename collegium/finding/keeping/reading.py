"""The searches somebody keeps, as they are read: how much matches now, and how much of it is new since she looked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from collegium.audience.viewer import Viewer
from collegium.finding import memory
from collegium.finding.asked import Asked
from collegium.finding.keeping.matches import asked_by, words_of
from collegium.finding.models.saved import Saved
from collegium.finding.searching import Search

PATH = "/jobs/searches/"


@dataclass(frozen=True, slots=True)
class Kept:
    """One search of the list."""

    saved: Saved
    asked: Asked
    total: int
    new: int


def kept(viewer: Viewer) -> list[Kept]:
    """Everything the viewer keeps, judged now.

    What she sees is worked out once; every search is answered among that.
    """
    rows = list(Saved.objects.of(viewer.me))
    if not rows:
        return []
    asked = asked_by(rows)
    table = memory.now()
    seen = table.only(np.array(Search(Asked(), viewer, table).keys(), np.int64))
    worded = words_of(asked.values(), seen)
    searches = {
        address: Search(each, viewer, seen, judged=False, worded=worded.get(each.node))
        for address, each in asked.items()
    }
    return [_kept(row, searches[row.address]) for row in rows]


def _kept(row: Saved, search: Search) -> Kept:
    new: Sequence[int] = search.keys(row.looked_at)
    return Kept(row, search.asked, len(search.keys()), len(new))
