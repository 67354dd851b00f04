"""What the graph has to suggest: those with many acquaintances in common, and a few who stand far out.

The far ones are people of the second degree with the fewest ways to them. Which of them come up is drawn from the keys
of both, so that the same question has the same answer, and not everybody is led to the same few.

Whoever has more connections than `THROUGH` is led past so many of them, drawn likewise: looking past five thousand
takes ten times as long and finds no better a hundred. The numbers told are exact all the same.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from collegium.audience.viewer import Viewer
from collegium.graph.adjacency import Numbers, tally
from collegium.graph.near import counted
from collegium.graph.sight import MINE, OPEN, SEEN, Sight, looking
from collegium.graph.view import View

NEAREST, FARTHEST, ACQUAINTANCES = 100, 24, 6
THROUGH = 250
Numbers64 = npt.NDArray[np.int64]


@dataclass(slots=True)
class Around:
    """Keys around a viewer.

    Attributes:
        first: her connections, as far as she sees them.
        mutual: the second degree that comes up, with the number of known common connections.
        far: those of it who stand far out.
        knows: for these, some of the people they are known to know.
    """

    first: list[int] = field(default_factory=list)
    mutual: dict[int, int] = field(default_factory=dict)
    far: list[int] = field(default_factory=list)
    knows: dict[int, list[int]] = field(default_factory=dict)


def look(viewer: Viewer, view: View) -> Around:
    """Look around once, as far as the viewer may know of it."""
    with looking(view, viewer.id) as sight:
        if sight is None:
            return Around()
        first = sight.first()
        drawn = len(first) > THROUGH
        numbers, counts = _past_some(sight, view, viewer.id, first) if drawn else counted(sight)
        if not len(numbers):
            return Around(view.keys_of(first))
        near = _nearest(numbers, counts)
        far = _farthest(view, viewer.id, numbers, counts)
        chosen = np.union1d(near, far)
        keys = view.keys_of(numbers[chosen])
        far_keys = view.keys_of(numbers[far])
        mutual = _exact(sight, numbers[chosen]) if drawn else counts[chosen]
        return Around(
            view.keys_of(first),
            dict(zip(keys, mutual.tolist(), strict=True)),
            far_keys,
            _acquaintances(sight, numbers[far], far_keys),
        )


def _past_some(sight: Sight, view: View, me: int, first: Numbers) -> tuple[Numbers, Numbers64]:
    """Who stands behind a drawn part of the connections, and how many ways lead there past these."""
    order = np.argsort(_draw(me, view.key_array(first)), kind="stable")
    numbers, counts = tally(sight.step(np.sort(first[order[:THROUGH]]))[1], view.size)
    further = ((sight.look(numbers) & MINE) == 0) & (numbers != sight.me)
    return numbers[further], counts[further]


def _exact(sight: Sight, numbers: Numbers) -> Numbers64:
    """How many known common connections there are with each of these."""
    found = []
    for number, bits in zip(numbers.tolist(), sight.look(numbers).tolist(), strict=True):
        # An edge between two people whom the viewer sees is known when the list of one of them is open to her.
        wanted = MINE | SEEN | (0 if bits & OPEN else OPEN)
        theirs = sight.look(sight.view.ties.of(number))
        found.append(int(np.count_nonzero((theirs & wanted) == wanted)))
    return np.array(found, np.int64)


def _nearest(numbers: Numbers, counts: Numbers64) -> Numbers64:
    """Places of those with the most in common, older members before younger."""
    if len(numbers) > NEAREST:
        least = np.partition(counts, -NEAREST)[-NEAREST]
        enough = np.flatnonzero(counts >= least)
        return enough[np.lexsort((numbers[enough], -counts[enough]))[:NEAREST]]
    return np.arange(len(numbers))


def _farthest(view: View, me: int, numbers: Numbers, counts: Numbers64) -> Numbers64:
    """Places of a few of those with the least in common."""
    fewest = np.flatnonzero(counts <= max(1, int(counts.min())))
    drawn = _draw(me, view.key_array(numbers[fewest]))
    if len(fewest) > FARTHEST:
        some = np.argpartition(drawn, FARTHEST)[:FARTHEST]
        fewest, drawn = fewest[some], drawn[some]
    return fewest[np.argsort(drawn, kind="stable")]


def _draw(me: int, keys: Numbers64) -> npt.NDArray[np.uint64]:
    """A number for each key that looks like chance and is always the same for these two."""
    mixed = keys.astype(np.uint64) ^ np.uint64(me * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return mixed ^ (mixed >> np.uint64(29))


def _acquaintances(sight: Sight, far: Numbers, keys: list[int]) -> dict[int, list[int]]:
    """A few of the people each of these is known to know, the members of longest standing first."""
    places, others = sight.step(far)
    found: dict[int, list[int]] = {}
    for place, key in enumerate(keys):
        low, high = np.searchsorted(places, [place, place + 1])
        found[key] = sight.view.keys_of(others[low : min(low + ACQUAINTANCES, high)])
    return found
