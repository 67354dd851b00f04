"""What is offered: times, how long, where, with whom."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from collegium.events.recurring.pattern import instant, local
from collegium.hiring.models import Interview
from collegium.members.models import Member


@dataclass(frozen=True)
class Plan:
    """One offer.

    Attributes:
        times: moments to choose from, at most ten.
        minutes: how long each lasts.
        zone: by whose clock they were written.
        place: where.
        link: or where online.
        interviewers: who of the team comes.
    """

    times: tuple[datetime, ...]
    minutes: int
    zone: str
    place: str = ""
    link: str = ""
    interviewers: tuple[Member, ...] = ()

    @property
    def offered(self) -> list[str]:
        """As the row keeps them."""
        return [at.astimezone(UTC).isoformat() for at in sorted(set(self.times))]

    def differs(self, row: Interview) -> bool:
        """Whether a calendar would show something else of a time that was chosen."""
        hours = (row.minutes, row.zone, row.place, row.link) != (self.minutes, self.zone, self.place, self.link)
        return hours or (row.starts_at is not None and row.starts_at not in self.times)


def on_the_wall(shown: datetime, zone: str) -> datetime | None:
    """The moment at which the clock of a zone shows this; None where it jumps over it.

    Where the clock shows an hour twice it is the first of the two.
    """
    at = instant(shown, zone)
    return at if local(at, zone) == shown else None


def day_before(at: datetime, zone: str) -> datetime:
    """The same hour by the clock there on the day before."""
    return instant(local(at, zone) - timedelta(days=1), zone)
