"""What the account of cold messages is made of: events go in, lines come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from collegium.conduct.account import Line
from collegium.conduct.levels import Rung
from collegium.lib import ids


class What(StrEnum):
    """What can happen to the account, as the journal has it."""

    APPROACHED = "approached"
    MET = "met"  # written to as a co-member of a group
    ACCEPTED = "accepted"  # in as many words, or by replying
    UNWANTED = "unwanted"  # a verdict: not for me
    CONDEMNED = "condemned"  # a verdict: a pitch, not what it says it is for, spam
    CLEARED = "cleared"  # a verdict taken back


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        key: of the journal's entry; says when.
        person: key of the other member.
        request: which message it was about.
    """

    key: int
    what: What
    person: int
    request: int

    @property
    def at(self) -> datetime:
        """When it happened."""
        return ids.instant(self.key)


class Cause(StrEnum):
    """Why the balance is what it is."""

    BEGAN = "began"
    REFILLED = "refilled"
    APPROACHED = "approached"
    MET = "met"
    ACCEPTED = "accepted"
    UNWANTED = "unwanted"  # several people said it was not for them
    CONDEMNED = "condemned"  # several people said it was a pitch, something else than it said, or spam
    RESUMED = "resumed"
    ROSE = "rose"
    FELL = "fell"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a level holds: `cap` cold messages at most, of which `weekly` come back every Monday.

    The parts make up the whole in four weeks, so `cap` is also what one can send in a month on the long run.
    """

    cap: int
    weekly: int


ALLOWANCES = {Rung.NEW: Allowance(4, 1), Rung.KNOWN: Allowance(8, 2), Rung.TRUSTED: Allowance(20, 5)}


@dataclass(frozen=True)
class Cold:
    """The account at a moment.

    Attributes:
        balance: how many cold messages may be sent now.
        lines: oldest first; each explains the step from the balance before it.
        refill_at: when the next ones come back; None when all are there.
        paused_until: until when nothing comes back, because several people complained; None when nothing is paused.
    """

    at: datetime
    balance: int
    rung: Rung
    lines: Sequence[Line[Cause]]
    refill_at: datetime | None
    paused_until: datetime | None

    @property
    def allowance(self) -> Allowance:
        """What her level holds."""
        return ALLOWANCES[self.rung]
