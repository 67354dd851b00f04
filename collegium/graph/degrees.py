"""How far apart two people are, and whom they both know; for a page of people at a time.

Degree 1 is connected; else it is the number of known edges (`sight`) on the shortest way: 2, 3, or None for further.
Somebody both know is a common connection whom the viewer sees and whose edge to the other one she knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from collegium.audience.viewer import Viewer
from collegium.graph import index
from collegium.graph.adjacency import Numbers, Places
from collegium.graph.sight import MINE, OPEN, SEEN, Mask, Sight, looking
from collegium.graph.view import View
from collegium.members.models import Member

# Third degree asks whether any of a person's acquaintances is in one's second. With few connections one's whole second
# degree is marked; with more entries than this, acquaintances are tried by the handful: the well-connected meet soon.
MARKED_UP_TO = 30_000
HANDFULS = (8, 64, 1 << 30)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a viewer stands to one person: degree 1, 2, 3 or None (further), and how many both are known to know."""

    degree: int | None
    mutual: int


FAR = Standing(None, 0)


@dataclass(frozen=True, slots=True)
class Mutual:
    """Whom two people both know: the keys of some, and how many there are in all."""

    keys: list[int]
    total: int


NOBODY_SHARED = Mutual([], 0)


def standings(me: Member | None, people: Iterable[int], view: View | None = None) -> dict[int, Standing]:
    """Degree and number of mutual connections for each of these people.

    Args:
        me: from whom; None (signed out) stands nowhere.
        people: keys of members, a page of them.
        view: the graph, where it was asked for already.

    Returns:
        A standing for every key asked for, oneself excepted.
    """
    keys = [key for key in dict.fromkeys(people) if me is not None and key != me.id]
    if me is None or not keys:
        return {}
    found = dict.fromkeys(keys, FAR)
    with looking(view or index.view(), me.id) as sight:
        if sight is None:
            return found
        known, numbers = sight.view.numbers(keys)
        bits = sight.look(numbers)
        mutual = np.bincount(_both(sight, numbers)[0], minlength=len(numbers))
        degrees: list[int | None] = [
            1 if bit & MINE else 2 if count else None for bit, count in zip(bits.tolist(), mutual.tolist(), strict=True)
        ]
        far = [
            place
            for place, (degree, bit) in enumerate(zip(degrees, bits.tolist(), strict=True))
            if degree is None and bit & SEEN
        ]
        if far:
            for place, third in zip(far, _third(sight, numbers[far]).tolist(), strict=True):
                degrees[place] = 3 if third else None
        found.update(
            (key, Standing(degree, count)) for key, degree, count in zip(known, degrees, mutual.tolist(), strict=True)
        )
    return found


def mutual(viewer: Viewer, people: Iterable[int], most: int = 3, view: View | None = None) -> dict[int, Mutual]:
    """Whom the viewer and each of these people both know.

    Args:
        viewer: who looks.
        people: keys of members.
        most: how many are named, the members of longest standing first.
        view: the graph, where it was asked for already.

    Returns:
        An entry for each person with whom there is somebody.
    """
    keys = [key for key in dict.fromkeys(people) if key != viewer.id]
    if viewer.member is None or not keys:
        return {}
    with looking(view or index.view(), viewer.id) as sight:
        if sight is None:
            return {}
        known, numbers = sight.view.numbers(keys)
        places, common = _both(sight, numbers)
        return {
            known[place]: Mutual(sight.view.keys_of(common[start : min(start + most, end)]), end - start)
            for place, start, end in _runs(places)
        }


def _both(sight: Sight, numbers: Numbers) -> tuple[Places, Numbers]:
    """Each pair of a place in `numbers` and somebody whom that person and the viewer both know, in that order."""
    places, others = sight.step_to(numbers, sight.tied)
    others_only = others != sight.me
    return places[others_only], others[others_only]


def _runs(places: Places) -> Iterator[tuple[int, int, int]]:
    """(value, start, end) of each run of equal values."""
    if not len(places):
        return
    ends = np.flatnonzero(np.diff(places, append=places[-1] + 1)) + 1
    start = 0
    for end in ends.tolist():
        yield int(places[start]), start, end
        start = end


def _third(sight: Sight, numbers: Numbers) -> Mask:
    """Which of these, none of them nearer, have an acquaintance in the viewer's second degree."""
    first = sight.first()
    found = np.zeros(len(numbers), np.bool_)
    if int(sight.view.ties.degrees(first).sum()) > MARKED_UP_TO:
        return _handful_by_handful(sight, numbers, found)
    with sight.marked(_beyond(sight, first)) as second:
        found[sight.step_to(numbers, second.__getitem__)[0]] = True
    return found


def _beyond(sight: Sight, first: Numbers) -> Numbers:
    """Where known edges from her connections lead, people among them whom the viewer does not see.

    These are left to whoever asks on: of an acquaintance it is asked anyway whether she is seen.
    """
    shown = (sight.look(first) & OPEN) > 0
    beyond, closed = (sight.view.ties.gather(some)[0] for some in (first[shown], first[~shown]))
    return np.concatenate([beyond, closed[(sight.look(closed) & OPEN) > 0]])


def _handful_by_handful(sight: Sight, numbers: Numbers, found: Mask) -> Mask:
    """The same without the second degree itself: do the viewer's connections know one of their acquaintances?"""
    places, others = sight.step(numbers)
    lengths: Places = np.bincount(places, minlength=len(numbers))
    rank = np.arange(len(places)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    begun = 0
    for handful in HANDFULS:
        tried = (rank >= begun) & (rank < handful) & ~found[places]
        begun = handful
        if tried.any():
            found[places[tried][_both(sight, others[tried])[0]]] = True
    return found
