"""Who belongs together: communities found in a network by Louvain's method, the same ones every time.

People move, one after the other in the order given, to the community of their neighbours where they add most to the
modularity; then each community becomes one person and the same begins again, until nothing moves.

V. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre: Fast unfolding of communities in large networks, 2008.
"""

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

# Passes over everybody, and levels of communities of communities; in practice both end long before.
PASSES, LEVELS = 12, 6


def communities(size: int, ties: Pairs) -> Labels:
    """The community of each person.

    Args:
        size: how many people there are.
        ties: pairs of their numbers, shape (n, 2), each pair once.

    Returns:
        A label for each, 0 for the largest community; people without ties are alone in theirs.
    """
    labels = np.arange(size)
    if not len(ties):
        return labels
    edges, weights = np.asarray(ties, np.int64), np.ones(len(ties))
    for _level in range(LEVELS):
        count = int(labels.max()) + 1
        moved = _move(count, edges, weights)
        if len(np.unique(moved)) == count:
            break
        moved = np.unique(moved, return_inverse=True)[1]
        labels = moved[labels]
        edges, weights = _fold(moved[edges], weights)
    return _by_size(labels)


class _Neighbours:
    """Who is tied to whom on one level, as plain lists: looking people up one by one is quicker in them."""

    def __init__(self, count: int, edges: Pairs, weights: Weights) -> None:
        loops = edges[:, 0] == edges[:, 1]
        between, strengths = edges[~loops], weights[~loops]
        starts = np.concatenate([between[:, 0], between[:, 1]])
        ends = np.concatenate([between[:, 1], between[:, 0]])
        both = np.concatenate([strengths, strengths])
        order = np.lexsort((ends, starts))
        own = np.bincount(edges[loops, 0], weights[loops], count)
        self.degrees: list[float] = (np.bincount(starts, both, count) + 2 * own).tolist()
        self.total = float(sum(self.degrees)) or 1.0
        self._offsets: list[int] = np.searchsorted(starts[order], np.arange(count + 1)).tolist()
        self._ends: list[int] = ends[order].tolist()
        self._pulls: list[float] = both[order].tolist()

    def links(self, person: int, labels: list[int]) -> dict[int, float]:
        """How strongly each community near a person draws her."""
        found: dict[int, float] = {}
        for at in range(self._offsets[person], self._offsets[person + 1]):
            label = labels[self._ends[at]]
            found[label] = found.get(label, 0.0) + self._pulls[at]
        return found


def _move(count: int, edges: Pairs, weights: Weights) -> Labels:
    """One level: everybody to the best community among those of the neighbours."""
    near = _Neighbours(count, edges, weights)
    labels, mass = list(range(count)), list(near.degrees)
    for _pass in range(PASSES):
        if not _sweep(near, labels, mass):
            break
    return np.array(labels, np.int64)


def _sweep(near: _Neighbours, labels: list[int], mass: list[float]) -> bool:
    """Ask everybody once; whether anybody moved."""
    moved = False
    for person, here in enumerate(labels):
        degree = near.degrees[person]
        share = degree / near.total
        links = near.links(person, labels)
        mass[here] -= degree
        best, gain = here, links.get(here, 0.0) - share * mass[here]
        for label, pull in links.items():
            more = pull - share * mass[label]
            if more > gain + 1e-9 or (more > gain - 1e-9 and label < best):
                best, gain = label, more
        mass[best] += degree
        if best != here:
            labels[person], moved = best, True
    return moved


def _fold(edges: Pairs, weights: Weights) -> tuple[Pairs, Weights]:
    """The ties between communities, each pair once with the sum of its weights; a tie within is a loop."""
    ordered = np.sort(edges, axis=1)
    pairs, inverse = np.unique(ordered, axis=0, return_inverse=True)
    return pairs, np.bincount(inverse.ravel(), weights).astype(np.float64)


def _by_size(labels: Labels) -> Labels:
    """The largest first; of equal ones that with the first person."""
    values, firsts, counts = np.unique(labels, return_index=True, return_counts=True)
    rank = np.empty(len(values), np.int64)
    rank[np.lexsort((firsts, -counts))] = np.arange(len(values))
    return rank[np.searchsorted(values, labels)]
