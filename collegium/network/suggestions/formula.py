"""What a suggestion weighs. Small enough to be read aloud, and shown with every suggestion under "Why".

    you both know n people           2 · log2(1 + n)
    same employer, school or         3 + half a point for each year together (two at most);
      cause in the same years          the best three count
    still there together             1
    a proved address at that place   0.5
    a skill you both have            2 / (1 + ln holders), holders counted up to 50; four points at most
    an interest you share            1 each, two at most
    the same place                   1.5
    you follow the person            2
    the person follows you           1
    leads where you know nobody      2

A term counts only when the viewer may read what it rests on; what she may not read changes nothing. Equal scores stand
in the order of the keys, the newer member first. Nobody pays for a term, and nothing of it is learned from clicks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import log, log2

MOST_TOGETHER, MOST_YEARS = 3, 4
SKILL_CAP, INTEREST_CAP, HOLDERS_COUNTED = 4.0, 2, 50


class Kind(StrEnum):
    """What a reason rests on."""

    MUTUAL = "mutual"
    TOGETHER = "together"
    STILL = "still"
    PROVED = "proved"
    SKILL = "skill"
    INTEREST = "interest"
    PLACE = "place"
    FOLLOWED = "followed"
    FOLLOWER = "follower"
    BRIDGE = "bridge"


PLAIN = {Kind.PLACE: 1.5, Kind.FOLLOWED: 2.0, Kind.FOLLOWER: 1.0, Kind.BRIDGE: 2.0}


@dataclass(frozen=True, slots=True)
class Together:
    """A body two people were at in the same years, as far as the weight needs to know.

    Attributes:
        place: the record's key, or the folded name where there is none.
        years: whole years together.
        still: whether both are there now.
        proved: whether the other proved an address there.
    """

    place: int | str
    years: int
    still: bool = False
    proved: bool = False

    @property
    def weight(self) -> float:
        """Without what it earns for going on."""
        return 3 + min(self.years, MOST_YEARS) / 2


@dataclass(slots=True)
class Facts:
    """What is known to join two people. Every field holds only what the viewer may read."""

    mutual: int = 0
    together: Sequence[Together] = ()
    skills: Sequence[tuple[str, int]] = ()
    interests: Sequence[str] = ()
    place: str = ""
    followed: bool = False
    follower: bool = False
    bridge: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One summand."""

    kind: Kind
    value: float


def values(facts: Facts) -> dict[Kind, float]:
    """What each kind of fact weighs; nothing for what is not there."""
    found: dict[Kind, float] = {}
    if facts.mutual:
        found[Kind.MUTUAL] = round(2 * log2(1 + facts.mutual), 2)
    if facts.together:
        best = sorted(facts.together, key=lambda each: -each.weight)[:MOST_TOGETHER]
        found[Kind.TOGETHER] = round(sum(each.weight for each in best), 2)
        found[Kind.STILL] = float(any(each.still for each in best))
        found[Kind.PROVED] = 0.5 * any(each.proved for each in best)
    if facts.skills:
        found[Kind.SKILL] = round(min(sum(skill_weight(holders) for _name, holders in facts.skills), SKILL_CAP), 2)
    if facts.interests:
        found[Kind.INTEREST] = float(min(len(facts.interests), INTEREST_CAP))
    plain = {Kind.PLACE: facts.place, Kind.FOLLOWED: facts.followed, Kind.FOLLOWER: facts.follower}
    found |= {kind: PLAIN[kind] for kind, there in plain.items() if there}
    if facts.bridge:
        found[Kind.BRIDGE] = PLAIN[Kind.BRIDGE]
    return found


def terms(facts: Facts) -> list[Term]:
    """The summands for these facts, the weightiest first; none for zero."""
    found = [Term(kind, value) for kind, value in values(facts).items() if value]
    return sorted(found, key=lambda term: -term.value)


def score(facts: Facts) -> float:
    """The sum."""
    return round(sum(values(facts).values()), 2)


@lru_cache(maxsize=HOLDERS_COUNTED + 2)
def skill_weight(holders: int) -> float:
    """What it says that two people have a skill that so many have; the fewer, the more."""
    return 2 / (1 + log(max(2, min(holders, HOLDERS_COUNTED + 1))))
