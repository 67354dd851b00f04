"""Who is around a member: connections, the second degree, whom she may know, and who of them know each other."""

from collections.abc import Iterable

import numpy as np

from collegium.audience.rule import CONNECTED, MEMBER
from collegium.audience.viewer import Viewer
from collegium.graph import index
from collegium.graph.adjacency import Numbers, Places, distinct, tally
from collegium.graph.sight import MINE, OPEN, SEEN, Sight, looking
from collegium.graph.view import ACTIVE, NOBODY_YET, Keys, View


def first(viewer: Viewer, view: View | None = None) -> list[int]:
    """Keys of the viewer's connections, as far as she sees them."""
    with looking(view or index.view(), viewer.id) as sight:
        return [] if sight is None else sight.view.keys_of(sight.first())


def closeness(viewer: Viewer, view: View | None = None) -> dict[int, int]:
    """How close the viewer is to each of her connections: the rule of sight (`audience.rule`), without asking it.

    Returns:
        Key to CONNECTED, to MEMBER where that person restricts her. Who is out of standing, or parted from her by a
        block, is left out. `tests/test_exact.py` holds it equal to the rule.
    """
    with looking(view or index.view(), viewer.id) as sight:
        if sight is None:
            return {}
        here, ties = sight.view, sight.ties
        stands = (here.flags[ties] & ACTIVE > 0) & ~np.isin(ties, here.blocks.of(sight.me))
        ties = ties[stands]
        near = np.where(np.isin(ties, here.kept_away.of(sight.me)), MEMBER, CONNECTED)
        return dict(zip(here.keys_of(ties), near.tolist(), strict=True))


def second(viewer: Viewer, view: View | None = None) -> Keys:
    """Keys of the viewer's second degree: joined by a known edge with a connection of hers, not with herself.

    An array, because there may be hundreds of thousands.
    """
    with looking(view or index.view(), viewer.id) as sight:
        return NOBODY_YET if sight is None else sight.view.key_array(counted(sight)[0])


def candidates(viewer: Viewer, most: int = 200, view: View | None = None) -> list[tuple[int, int]]:
    """Those of the second degree with whom she has the most acquaintances in common.

    Args:
        viewer: who looks.
        most: how many at most.
        view: the graph, where it was asked for already.

    Returns:
        Key and number of known common connections, the most first, older members before younger.
    """
    with looking(view or index.view(), viewer.id) as sight:
        if sight is None:
            return []
        numbers, counts = counted(sight)
        if len(numbers) > most:
            least = np.partition(counts, -most)[-most]
            enough = counts >= least
            numbers, counts = numbers[enough], counts[enough]
        # By key, not by number: late members are numbered in every process's own order.
        ranked = sorted(zip((-counts).tolist(), sight.view.keys_of(numbers), strict=True))[:most]
        return [(key, -less) for less, key in ranked]


def within(viewer: Viewer, hops: int, view: View | None = None) -> dict[int, int]:
    """Everybody whom so many known edges reach, oneself excepted.

    Args:
        viewer: from whom.
        hops: 1, 2 or 3.
        view: the graph, where it was asked for already.

    Returns:
        Key to number of edges.
    """
    found: dict[int, int] = {}
    with looking(view or index.view(), viewer.id) as sight:
        if sight is None:
            return found
        had = np.zeros(sight.view.size, np.bool_)
        had[sight.me] = True
        frontier = sight.first()
        for hop in range(1, hops + 1):
            if hop > 1:
                frontier = distinct(sight.step(frontier)[1])
            frontier = frontier[~had[frontier]]
            had[frontier] = True
            if hop == 1:
                had[sight.ties] = True
            found.update(dict.fromkeys(sight.view.keys_of(frontier), hop))
    return found


def among(viewer: Viewer, people: Iterable[int], view: View | None = None) -> list[tuple[int, int]]:
    """The known edges between these people, each once, the older member first."""
    with looking(view or index.view(), viewer.id) as sight:
        if sight is None:
            return []
        _known, numbers = sight.view.numbers(dict.fromkeys(people))
        numbers = np.sort(numbers)
        chosen = np.zeros(sight.view.size, np.bool_)
        chosen[numbers] = True
        places, others = sight.step(numbers)
        sources = numbers[places]
        kept = chosen[others] & (sources < others)
        return list(zip(sight.view.keys_of(sources[kept]), sight.view.keys_of(others[kept]), strict=True))


def counted(sight: Sight) -> tuple[Numbers, Places]:
    """The second degree, sorted, and for each how many known ways lead there.

    What the viewer may know of an edge is asked once a person, not once an edge: from a connection whose list is open
    every edge to somebody seen is known, from the others only those to people whose own list is open.
    """
    first = sight.first()
    closed = first[(sight.look(first) & OPEN) == 0]
    numbers, counts = tally(sight.view.ties.gather(first)[0], sight.view.size)
    bits = sight.look(numbers)
    if len(closed):
        beyond, ways = tally(sight.view.ties.gather(closed)[0], sight.view.size)
        unknown = (sight.look(beyond) & OPEN) == 0
        counts[np.searchsorted(numbers, beyond[unknown])] -= ways[unknown]
    kept = ((bits & (SEEN | MINE)) == SEEN) & (counts > 0) & (numbers != sight.me)
    return numbers[kept], counts[kept]
