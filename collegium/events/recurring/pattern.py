"""When an event happens: a local beginning, how long it lasts, where the clock stands, and how it recurs.

What recurs is the hour the clock on the wall shows. An hour that the clock jumps over in spring is read as RFC 5545
reads it, by the offset before the jump; an hour that it shows twice in autumn is the first of the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from zoneinfo import ZoneInfo

from collegium.events.recurring.rules import Rule


@dataclass(frozen=True)
class Pattern:
    """When something happens.

    Attributes:
        start: the first beginning, as the clock there shows it.
        minutes: how long it lasts.
        zone: IANA name.
        text: of the rule; empty where it happens once.
    """

    start: datetime
    minutes: int
    zone: str
    text: str = ""

    @cached_property
    def rule(self) -> Rule | None:
        """How it recurs."""
        return Rule.read(self.text) if self.text else None

    def beginnings(self) -> Iterator[datetime]:
        """The instants at which it begins, in their order; of a rule without an end, without an end."""
        if self.rule is None:
            yield instant(self.start, self.zone)
            return
        for local in self.rule.over(self.start):
            yield instant(local, self.zone)

    def within(self, until: datetime, most: int) -> list[datetime]:
        """The beginnings up to an instant, and not more than so many. The first is there however late it is."""
        found = list(islice(self.beginnings(), 1))
        for at in islice(self.beginnings(), 1, most):
            if at > until:
                break
            found.append(at)
        return found

    def ends(self, begins: datetime) -> datetime:
        """When what begins then ends: after the same length of time, whatever the clock does meanwhile."""
        return begins + timedelta(minutes=self.minutes)

    @property
    def until_at(self) -> datetime | None:
        """The last moment at which one may begin, for calendars, whose `UNTIL` is an instant."""
        if self.rule is None or self.rule.until is None:
            return None
        if self.rule.until.year >= MAXYEAR:
            return None  # The last day there is: west of Greenwich it ends after it.
        return instant(datetime.combine(self.rule.until, time(23, 59, 59)), self.zone)


def instant(local: datetime, zone: str) -> datetime:
    """The moment at which the clock of a zone shows this."""
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def local(at: datetime, zone: str) -> datetime:
    """What the clock of a zone shows at a moment, without its zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def length(start: datetime, end: datetime, zone: str) -> int:
    """How many minutes lie between two hours a clock shows; where it is set meanwhile, more or fewer than it seems."""
    return int((instant(end, zone) - instant(start, zone)).total_seconds() // 60)
