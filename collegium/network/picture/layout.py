"""Where everybody stands in the picture: islands of people who belong together, and people on their island.

Two small pictures instead of a large one: first the islands, discs as large as their people need, drawn together by
the ties between them and pushed apart until none overlaps; then the people of each island inside its disc, by the ties
among themselves and with a pull toward the islands they also know. Nothing is left to chance: the same network is drawn
the same way, in some tens of milliseconds for five hundred people. Inside, a point is a complex number.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Flat = npt.NDArray[np.complex128]
Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]

GOLDEN = np.pi * (3 - np.sqrt(5))
ISLAND_STEPS, PEOPLE_STEPS, APART_STEPS = 100, 32, 60
# How much wider than high the picture may become, and the space between two islands.
WIDE, GAP = 1.35, 40.0


@dataclass(frozen=True)
class Layout:
    """Where things stand, in the picture's own units.

    Attributes:
        points: of each person.
        centres: of each island.
        reach: radius of each island.
        width: of the whole picture.
        height: of the whole picture.
    """

    points: Points
    centres: Points
    reach: Numbers
    width: float
    height: float


def arrange(
    labels: Labels, radii: Numbers, ties: Pairs, *, least: Numbers | None = None, margin: float = 26.0
) -> Layout:
    """Lay out people by island.

    Args:
        labels: the island of each person, numbered from 0 without gaps.
        radii: of each person's face.
        ties: pairs of people, shape (n, 2).
        least: radius of the room each island takes at least, for its label; nothing where it has none.
        margin: around everything, where labels find room.
    """
    count = int(labels.max()) + 1 if len(labels) else 0
    if not count:
        return Layout(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0), 2 * margin, 2 * margin)
    at = np.zeros(len(labels), np.complex128)
    pull = np.zeros((count, count))
    if len(ties):
        np.add.at(pull, (labels[ties[:, 0]], labels[ties[:, 1]]), 1.0)
    np.fill_diagonal(pull, 0)
    pull += pull.T
    reach = np.array([_room(radii[labels == island]) for island in range(count)])
    middles = _islands(_spiral(reach), reach, pull, ISLAND_STEPS)
    for island in range(count):
        members = np.flatnonzero(labels == island)
        near, outward = _pulls(members, ties, labels, middles, island)
        at[members], reach[island] = _fitted(_people(radii[members], near, outward, reach[island]), radii[members])
    middles = _islands(middles, reach if least is None else np.maximum(reach, least), pull, ISLAND_STEPS // 2)
    at += middles[labels]
    points, centres = np.stack([at.real, at.imag], axis=1), np.stack([middles.real, middles.imag], axis=1)
    low = (centres - reach[:, None]).min(axis=0) - margin
    high = (centres + reach[:, None]).max(axis=0) + margin
    width, height = high - low
    return Layout(points - low, centres - low, reach, float(width), float(height))


def _room(radii: Numbers) -> float:
    """The radius of a disc in which these faces find place with air between them."""
    return float(np.sqrt((radii**2).sum() * 2.5) + radii.max() * 0.55 + 5)


def _spiral(reach: Numbers) -> Flat:
    """Where the islands begin: the largest in the middle."""
    count = len(reach)
    start: Flat = np.exp(1j * GOLDEN * np.arange(count)) * np.sqrt(np.arange(count)) * (reach.mean() * 1.6 + GAP)
    return start


def _fitted(at: Flat, face: Numbers) -> tuple[Flat, float]:
    """The same people around the middle of what they fill, and the radius of that."""
    low = complex((at.real - face).min(), (at.imag - face).min())
    high = complex((at.real + face).max(), (at.imag + face).max())
    moved = at - (low + high) / 2
    return moved, float((np.abs(moved) + face).max() + 7)


def _islands(at: Flat, reach: Numbers, pull: Numbers, steps: int) -> Flat:
    """The centres of the islands, from where they are."""
    if len(reach) == 1:
        return np.zeros(1, np.complex128)
    strength = np.log1p(pull) / max(float(np.log1p(pull).max()), 1.0)
    least = reach[:, None] + reach[None, :] + GAP
    np.fill_diagonal(least, 0)
    for step in range(steps):
        heat = 1 - step / steps
        away = at[:, None] - at[None, :]
        distance = np.abs(away) + 1e-9
        force = np.maximum(least - distance, 0) * 0.34 - strength * np.maximum(distance - least, 0) * 0.05 * heat
        at = at + _capped((away * (force / distance)).sum(axis=1), 60.0)
        # A little toward the middle, and more so from above and below: pictures are wider than high.
        at -= (at.real + 1j * at.imag * WIDE) * 0.03 * (0.25 + heat)
    return _apart(at, least)


def _apart(at: Flat, least: Numbers) -> Flat:
    """Push what still overlaps apart, for good."""
    for _step in range(APART_STEPS):
        away = at[:, None] - at[None, :]
        distance = np.abs(away) + 1e-9
        overlap = np.maximum(least - distance, 0)
        np.fill_diagonal(overlap, 0)
        if overlap.max() < 1:
            break
        at = at + (away * (overlap * 0.4 / distance)).sum(axis=1)
    return at


def _people(face: Numbers, near: Numbers, outward: Flat, reach: float) -> Flat:
    """Where the people of one island stand, around its centre.

    Args:
        face: radii.
        near: how strongly each draws each.
        outward: which way each is drawn by whom she knows elsewhere.
        reach: radius of the island.
    """
    size = len(face)
    if size == 1:
        return np.zeros(1, np.complex128)
    spread = np.sqrt((np.arange(size) + 0.5) / size) * (reach - face.max())
    at: Flat = np.exp(1j * GOLDEN * np.arange(size)) * spread
    least = face[:, None] + face[None, :] + 3
    np.fill_diagonal(least, 0)
    apart, edge, weight = float(least.mean()) ** 2 * 0.05, reach - face - 2, near.sum(axis=1)
    for step in range(PEOPLE_STEPS):
        heat = 1 - step / PEOPLE_STEPS
        away = at[:, None] - at[None, :]
        distance = np.abs(away) + 1e-9
        push = np.maximum(least - distance, 0) * 0.42 + heat * apart / (distance + 8)
        move = (away * (push / distance)).sum(axis=1) + heat * (0.05 * (near @ at - weight * at) + outward)
        at = at + _capped(move - 0.05 * heat * at, reach / 3)
        far = np.abs(at) + 1e-9
        at = np.where(far > edge, at / far * edge, at)
    return _apart(at, least)


def _capped(move: Flat, most: float) -> Flat:
    """The same moves, none longer than that."""
    length = np.abs(move)
    return move * np.minimum(1.0, most / np.maximum(length, 1e-9))


def _pulls(members: Labels, ties: Pairs, labels: Labels, middles: Flat, island: int) -> tuple[Numbers, Flat]:
    """How strongly people of an island draw each other, and which way those are drawn who know people elsewhere."""
    size = len(members)
    near, outward = np.zeros((size, size)), np.zeros(size, np.complex128)
    if not len(ties) or size == 1:
        return near, outward
    place = np.zeros(len(labels), np.int64)
    place[members] = np.arange(size)
    for one, other in ((ties[:, 0], ties[:, 1]), (ties[:, 1], ties[:, 0])):
        here = labels[one] == island
        inside = here & (labels[other] == island)
        near[place[one[inside]], place[other[inside]]] = 1
        across = here & (labels[other] != island)
        way = middles[labels[other[across]]] - middles[island]
        np.add.at(outward, place[one[across]], way / (np.abs(way) + 1e-9))
    near /= np.maximum(near.sum(axis=1, keepdims=True), 1) / 3
    length = np.abs(outward) + 1e-9
    return near, outward / length * np.minimum(length, 3) * 0.35
