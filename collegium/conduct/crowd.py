"""When what people said of somebody may count, without telling who said it. Pure, and shared by both accounts.

An account that reacted to one voice would name it. So voices count together or not at all: several of them, out of a
crowd of people who, as far as she can tell, all said nothing, and never for more than half of that crowd, so that each
of them remains more likely than not to have said nothing.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Voice(Protocol):
    """Somebody said something: the key of the entry, which nobody sees, and who it was."""

    @property
    def key(self) -> int:
        """Of the journal's entry."""

    @property
    def person(self) -> int:
        """Who said it."""


V = TypeVar("V", bound=Voice)


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many it takes.

    Attributes:
        voices: the fewest that ever count.
        varies: of how many numbers, from `voices` on, one is the fewest this time. The random part of the first key
            decides, so that nobody can add voices of her own accounts and then wait for exactly one more.
        people: the fewest who must have been asked and be silent.
    """

    voices: int
    varies: int
    people: int

    def heard(self, ripe: Iterable[V], silent: AbstractSet[int], counted: AbstractSet[int]) -> list[V]:
        """The voices that count now, oldest first; none before there are enough.

        Args:
            ripe: what was said long enough ago.
            silent: who was asked and, as far as she can tell, said nothing.
            counted: who counted before; they take their part of the half.
        """
        said = sorted(ripe, key=lambda each: each.key)
        if not said or len(said) < self.voices + (said[0].key & 0x7FF) % self.varies or len(silent) < self.people:
            return []
        most = max(0, len(silent) // 2 - len(counted & silent))
        found = [each for each in said if each.person in silent][:most]
        return found if len(found) >= self.voices else []
