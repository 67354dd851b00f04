"""What an account is made of: events go in, lines come out."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Generic, TypeVar

from collegium.conduct.levels import DAY, Level, Tally
from collegium.lib import ids

C = TypeVar("C", bound=StrEnum)


class What(StrEnum):
    """What can happen to an account, as the journal has it."""

    INVITED = "invited"
    ACCEPTED = "accepted"  # by the one whom she asked
    JOINED_HANDS = "joined_hands"  # she accepted somebody
    ANSWERED = "answered"  # a no in words
    WITHDRAWN = "withdrawn"
    DISCLAIMED = "disclaimed"
    RETRACTED = "retracted"  # the one who disclaimed took it back


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        key: of the journal's entry; says when.
        person: key of the other member.
        invitation: which invitation it was about; 0 for none.
    """

    key: int
    what: What
    person: int
    invitation: int = 0

    @property
    def at(self) -> datetime:
        """When it happened."""
        return ids.instant(self.key)


class Cause(StrEnum):
    """Why the balance is what it is."""

    BEGAN = "began"
    REFILLED = "refilled"
    INVITED = "invited"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    IGNORED = "ignored"
    TROUBLED = "troubled"  # several people said not to know her
    ROSE = "rose"
    FELL = "fell"


@dataclass(frozen=True, slots=True)
class Line(Generic[C]):
    """One line of an account: when, why, by how much, and what was left."""

    at: datetime
    cause: C
    change: int
    balance: int
    person: int = 0
    rung: str = ""


@dataclass
class Book(Generic[C]):
    """An account while it is written: never below nothing, never more than fits."""

    joined: datetime
    cap: int
    balance: int = 0
    lines: list[Line[C]] = field(default_factory=list)

    def write(self, at: datetime, cause: C, change: int = 0, person: int = 0, rung: str = "") -> int:
        """One line; the change is what fits between nothing and the most she holds."""
        change = max(-self.balance, min(change, self.cap - self.balance if change > 0 else change))
        self.balance += change
        self.lines.append(Line(at, cause, change, self.balance, person, rung))
        return change


def midnight_after(moment: datetime) -> datetime:
    """The first midnight (UTC) later than the moment."""
    return datetime.combine(moment.astimezone(UTC).date() + DAY, time(), UTC)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A Monday on which voices were counted; how many there were is the operator's and the rule's to know."""

    at: datetime
    voices: int


@dataclass(frozen=True)
class Ledger:
    """The account at a moment.

    Attributes:
        balance: how many invitations she may send now.
        lines: oldest first; each explains the step from the balance before it.
        sent: when she sent those of the last seven days.
        refill_at: when the next ones come back; None when all are there.
    """

    at: datetime
    balance: int
    level: Level
    tally: Tally
    lines: list[Line[Cause]]
    troubles: list[Trouble]
    sent: list[datetime]
    refill_at: datetime | None
