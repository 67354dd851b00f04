"""A made-up network with the shape of a real one, drawn edge by edge in constant memory.

Everybody belongs to two circles, one like a workplace and one like a town, in which many know each other (that
gives the triangles), and knows others from anywhere, the more the better known they are (that gives the long tail).
Each edge is drawn by its member with the smaller number only, so that no pair can come twice and nothing needs to
be remembered. The chance of an edge is the product of both members' weights over the sum of all: expected degrees
come out as wished.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import exp, gcd
from random import Random

MEAN = 60
SPREAD = 1.05  # of the logarithm of the degree: a member in a hundred has more than ten times the median
WORK, TOWN = 90, 240  # sizes of the two circles
FROM_WORK, FROM_TOWN = 0.36, 0.24  # which part of one's acquaintances comes from them
MOST_WORK, MOST_TOWN = 36.0, 32.0


class Network:
    """The degrees of all members, and the edges between them.

    Args:
        members: how many.
        rng: the source of chance.
    """

    def __init__(self, members: int, rng: Random) -> None:
        self.members, self.rng = members, rng
        self.mean = min(MEAN, max(1, (members - 1) // 3))
        self.most = max(1, min(2000, members // 10))
        self.degrees = self._degrees()
        self.work = array("d", (min(MOST_WORK, degree * FROM_WORK) for degree in self.degrees))
        self.town = array("d", (min(MOST_TOWN, degree * FROM_TOWN) for degree in self.degrees))
        self.far = array("d", (d - w - t for d, w, t in zip(self.degrees, self.work, self.town, strict=True)))
        self.reach = array("d", accumulate(self.far))
        self._step = _coprime_near(int(members * 0.618), members)
        self.work_sums = [sum(self.work[at : at + WORK]) for at in range(0, members, WORK)]
        self.towns = self._towns()
        self.town_sums = [sum(self.town[member] for member in town) for town in self.towns]

    def _towns(self) -> list[Sequence[int]]:
        """The members of each town, smallest number first; multiplying by the step shuffles them over the country."""
        back = pow(self._step, -1, self.members)
        return [
            array("L", sorted(place * back % self.members for place in range(at, min(self.members, at + TOWN))))
            for at in range(0, self.members, TOWN)
        ]

    def _degrees(self) -> "array[float]":
        """Wished degrees: log-normal, cut at the most, moved to the mean."""
        rng, most = self.rng, float(self.most)
        drawn = array("d", (exp(rng.gauss(0.0, SPREAD)) for _member in range(self.members)))
        scale = self.mean * self.members / sum(drawn)
        for _round in range(4):
            scale *= self.mean * self.members / sum(min(most, value * scale) for value in drawn)
        return array("d", (max(1.0, min(most, value * scale)) for value in drawn))

    def edges(self) -> Iterator[tuple[int, list[int]]]:
        """For each member in turn the others with greater numbers who know her."""
        for member in range(self.members):
            found = set(self._colleagues(member))
            found.update(self._neighbours(member))
            found.update(self._others(member))
            yield member, sorted(found)

    def _colleagues(self, member: int) -> Iterator[int]:
        """Members whose numbers stand together work together."""
        place = member // WORK
        end = min(self.members, (place + 1) * WORK)
        return self._some(member, range(member + 1, end), self.work, self.work_sums[place])

    def _neighbours(self, member: int) -> Iterator[int]:
        """Towns are the same idea on shuffled numbers."""
        place = member * self._step % self.members // TOWN
        here = self.towns[place]
        return self._some(member, here[bisect_right(here, member) :], self.town, self.town_sums[place])

    def _some(self, member: int, others: Sequence[int], weights: "array[float]", whole: float) -> Iterator[int]:
        random, factor = self.rng.random, weights[member] / whole
        return (other for other in others if random() < factor * weights[other])

    def _others(self, member: int) -> Iterator[int]:
        """From anywhere; draws that fall on smaller numbers are those members' own."""
        wished = self.far[member]
        draws = int(wished) + (self.rng.random() < wished % 1)
        if draws:
            for other in self.rng.choices(range(self.members), cum_weights=self.reach, k=draws):
                if other > member:
                    yield other


def _coprime_near(number: int, to: int) -> int:
    """The first number from this one on that shares no divisor with another."""
    number = max(1, number)
    while gcd(number, to) != 1:
        number += 1
    return number
