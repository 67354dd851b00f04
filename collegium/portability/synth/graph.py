"""A made-up network with the shape of a real one, drawn in whole arrays.

Everybody belongs to two circles, one like a workplace and one like a town, in which many know each other (that
gives the triangles), and knows others from anywhere, the more the better known they are (that gives the long tail).
The chance of an edge is the product of both members' weights over the sum of all: expected degrees come out as
wished. Members are numbers here, from nought, in the order in which they joined.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Chance = np.random.Generator
Progress = Callable[[str, int, int], None]

MEAN = 90
MOST = 5_000
SPREAD = 1.05  # of the logarithm of the degree: a member in a hundred has more than ten times the median
WORK, TOWN = 90, 240  # sizes of the two circles
FROM_WORK, FROM_TOWN = 0.36, 0.24  # which part of one's acquaintances comes from them
MOST_WORK, MOST_TOWN = 36.0, 32.0
BLOCK = 4_000_000  # how many draws are in memory at a time
_HALF = 32  # an edge is one number: one end in the upper half, the other in the lower


@dataclass(frozen=True)
class Ties:
    """Who is connected with whom: the others of member `m` are `others[starts[m] : starts[m + 1]]`, in order."""

    starts: Array
    others: Array

    @property
    def degrees(self) -> Array:
        """How many connections each member has."""
        return np.diff(self.starts)

    def some(self, chance: Chance, of: Array) -> Array:
        """One connection of each of these members, by chance; the member herself where she has none."""
        begin, count = self.starts[of], self.starts[of + 1] - self.starts[of]
        place = begin + (chance.random(len(of)) * count).astype(np.int64)
        return np.where(count > 0, self.others[np.minimum(place, len(self.others) - 1)], of)


class Network:
    """The circles and wished degrees of all members, and the edges between them.

    Args:
        members: how many.
        chance: the source of it.
    """

    def __init__(self, members: int, chance: Chance) -> None:
        self.members, self.chance = members, chance
        self.mean = min(MEAN, max(1, (members - 1) // 3))
        self.most = max(1, min(MOST, members // 10))
        self.towns = chance.permutation(members)  # who stand next to each other here live in one town
        self._degrees = self._wished()

    def _wished(self) -> Array:
        """Wished degrees: log-normal, cut at the most, moved to the mean."""
        drawn = np.exp(self.chance.normal(0.0, SPREAD, self.members))
        scale = self.mean / drawn.mean()
        for _round in range(4):
            scale *= self.mean / np.minimum(self.most, drawn * scale).mean()
        return np.clip(drawn * scale, 1.0, self.most)

    def town_of(self) -> Array:
        """The number of each member's town."""
        found = np.empty(self.members, np.int64)
        found[self.towns] = np.arange(self.members) // TOWN
        return found

    def ties(self, tell: Progress) -> Ties:
        """Draw every edge.

        Args:
            tell: hears how far it has come.
        """
        work = np.minimum(MOST_WORK, self._degrees * FROM_WORK)
        town = np.minimum(MOST_TOWN, self._degrees * FROM_TOWN)
        steps = (
            self._circles(np.arange(self.members), work, WORK),
            self._circles(self.towns, town, TOWN),
            self._anywhere(self._degrees - work - town),
        )
        parts = []
        for done, step in enumerate(steps):
            tell("drawing connections", done, len(steps))
            parts += list(step)
        edges = np.concatenate(parts)
        del parts
        edges.sort()
        edges = edges[np.diff(edges, prepend=-1) > 0]
        tell("drawing connections", len(steps), len(steps))
        return both_ways(edges, self.members)

    def _circles(self, order: Array, weights: Array, size: int) -> Iterator[Array]:
        """Edges among each `size` who stand next to each other; every pair has its own draw."""
        count = -(-self.members // size)
        people = np.zeros((count, size), np.int64)
        people.reshape(-1)[: self.members] = order
        weight = np.zeros((count, size), np.float32)
        weight.reshape(-1)[: self.members] = weights[order]
        one, other = np.triu_indices(size, 1)
        step = max(1, BLOCK // len(one))
        for at in range(0, count, step):
            here = weight[at : at + step]
            wished = here[:, one] * here[:, other] / here.sum(axis=1, keepdims=True)
            circle, pair = np.nonzero(self.chance.random(wished.shape, np.float32) < wished)
            yield _edges(people[at + circle, one[pair]], people[at + circle, other[pair]])

    def _anywhere(self, wished: Array) -> Iterator[Array]:
        """Edges across the whole network: everybody draws half of hers, and is drawn for the other half."""
        reach = np.cumsum(wished)
        step = max(1, int(BLOCK / max(1.0, self.mean)))
        for at in range(0, self.members, step):
            draws = self.chance.poisson(wished[at : at + step] / 2)
            one = np.repeat(np.arange(at, at + len(draws)), draws)
            drawn = np.sort(self.chance.random(len(one))) * reach[-1]  # in order, the look-ups stay in the cache
            other = np.minimum(np.searchsorted(reach, drawn), self.members - 1)
            self.chance.shuffle(other)
            differ = one != other
            yield _edges(one[differ], other[differ])


def _edges(one: Array, other: Array) -> Array:
    """Each pair as one number, the smaller end first."""
    return (np.minimum(one, other).astype(np.int64) << _HALF) | np.maximum(one, other)


def both_ways(edges: Array, members: int) -> Ties:
    """Every edge seen from both its ends."""
    low = (1 << _HALF) - 1
    every = np.concatenate((edges, (edges & low) << _HALF | edges >> _HALF))
    every.sort()
    counts = np.bincount(every >> _HALF, minlength=members)
    return Ties(np.concatenate(([0], np.cumsum(counts))), (every & low).astype(np.int32))
