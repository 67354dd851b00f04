"""The levels of standing: how many invitations one may hold, and how many come back each day.

Three rungs, as forum software grants trust: by time spent here, by people who said yes, by how one's own asking is
received. The figures are chosen so that nobody who asks people he knows meets them, and so that many new accounts
together reach few strangers:

- A new account begins with ten and gets five a day: a hundred of them reach a thousand people on their first day and
  five hundred on any later one, however they help each other (`tests/test_sybils.py`).
- Twenty at a time is what the calmest networks allow towards strangers in a day.
- Forty and fifteen a day stay close to the hundred a week that bound everybody (`rules.WEEKLY`).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

DAY = timedelta(days=1)
# An account younger than this earns nobody anything: a ring of fresh accounts cannot lift itself.
AGED = 7 * DAY


class Rung(StrEnum):
    """The names of the levels, lowest first."""

    NEW = "new"
    KNOWN = "known"
    TRUSTED = "trusted"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a level is granted by; all of it is known to the member herself.

    Attributes:
        age: how long she has been here.
        connected: different people she connected with, each here for `AGED` by then.
        yes: different people who accepted an invitation of hers.
        no: her invitations of more than thirty days ago that were not accepted, whatever became of them.
        calm: how long it is since several people at once said not to know her; None if never.
    """

    age: timedelta
    connected: int = 0
    yes: int = 0
    no: int = 0
    calm: timedelta | None = None

    @property
    def share(self) -> float:
        """Of those who were asked and had thirty days, how many said yes; 1 before there is anything to divide."""
        asked = self.yes + self.no
        return self.yes / asked if asked else 1.0


@dataclass(frozen=True, slots=True)
class Level:
    """One rung.

    Attributes:
        cap: the most invitations one holds.
        daily: how many come back at midnight (UTC), up to the cap.
        age: after how long it can be reached.
        connected: how many people must have connected; 0 asks for none.
        patience: after how long here nothing but calm is asked; None when time alone never does it.
        share: the least share of accepted invitations.
        calm: for how long nobody may have been troubled.
    """

    rung: Rung
    cap: int
    daily: int
    age: timedelta = timedelta()
    connected: int = 0
    patience: timedelta | None = None
    share: float = 0.0
    calm: timedelta = timedelta()

    def reached_by(self, tally: Tally) -> bool:
        """Whether these facts earn the rung."""
        if tally.calm is not None and tally.calm < self.calm:
            return False
        if self.patience is not None and tally.age >= self.patience:
            return True
        return tally.age >= self.age and tally.connected >= self.connected and tally.share >= self.share


NEW = Level(Rung.NEW, cap=10, daily=5)
KNOWN = Level(Rung.KNOWN, cap=20, daily=10, age=7 * DAY, connected=3, patience=60 * DAY, calm=30 * DAY)
TRUSTED = Level(Rung.TRUSTED, cap=40, daily=15, age=30 * DAY, connected=15, share=0.4, calm=90 * DAY)
LEVELS = (NEW, KNOWN, TRUSTED)
# The ages and silences at which a level may change by itself; between them only what happens changes it.
TURNS = tuple(sorted({each.age for each in LEVELS} | {each.patience for each in LEVELS if each.patience}))
CALMS = tuple(sorted({each.calm for each in LEVELS if each.calm}))


def level_for(tally: Tally) -> Level:
    """The highest rung these facts earn."""
    return next(level for level in reversed(LEVELS) if level.reached_by(tally))


def above(level: Level) -> Level | None:
    """The next rung, or None on the highest."""
    place = LEVELS.index(level) + 1
    return LEVELS[place] if place < len(LEVELS) else None
