"""Which ties are drawn as lines, and the paths that draw them."""

import numpy as np
import numpy.typing as npt

from collegium.network.picture.layout import Layout

# What a picture shows of the ties: of each person the nearest few, and between groups at most so many.
NEAREST, ACROSS = 4, 240
Points = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


def chosen(
    points: Points, labels: Numbers, ties: Numbers, linking: set[int], rest: int | None
) -> tuple[Numbers, Numbers]:
    """The ties that are drawn: within islands each person's nearest few, between them first those of who links them.

    Args:
        points: where people stand.
        labels: their islands.
        ties: all there are.
        linking: people who link islands.
        rest: the island of those who belong to none; ties with these come last.
    """
    if not len(ties):
        return ties, ties
    same = labels[ties[:, 0]] == labels[ties[:, 1]]
    inner, outer = ties[same], ties[~same]
    lengths = np.linalg.norm(points[inner[:, 0]] - points[inner[:, 1]], axis=1)
    had = np.zeros(len(points), np.int64)
    kept = []
    for at in np.argsort(lengths, kind="stable").tolist():
        one, other = inner[at]
        if had[one] < NEAREST or had[other] < NEAREST:
            kept.append(at)
            had[one] += 1
            had[other] += 1
    links = np.isin(outer, list(linking)).any(axis=1)
    loose = (labels[outer] == (-1 if rest is None else rest)).any(axis=1)
    first = np.lexsort((outer[:, 1], outer[:, 0], ~links, loose))[:ACROSS]
    return inner[sorted(kept)], outer[np.sort(first)]


def by_island(points: Points, labels: Numbers, ties: Numbers, count: int) -> list[str]:
    """The ties within each island, as one path each."""
    paths: list[list[str]] = [[] for _island in range(count)]
    for one, other in ties.tolist():
        (x, y), (u, v) = points[one], points[other]
        paths[labels[one]].append(f"M{x:.0f} {y:.0f}L{u:.0f} {v:.0f}")
    return ["".join(path) for path in paths]


def curves(points: Points, stand: Layout, labels: Numbers, ties: Numbers) -> str:
    """The ties between islands, bent a little toward the middle of the picture so that they run together."""
    middle = np.array([stand.width / 2, stand.height / 2])
    path = []
    for one, other in ties.tolist():
        bend = (stand.centres[labels[one]] + stand.centres[labels[other]]) / 2 * 0.82 + middle * 0.18
        (x, y), (u, v) = points[one], points[other]
        path.append(f"M{x:.0f} {y:.0f}Q{bend[0]:.0f} {bend[1]:.0f} {u:.0f} {v:.0f}")
    return "".join(path)
