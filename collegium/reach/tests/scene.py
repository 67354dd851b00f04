"""Making pasts of somebody's cold messages: events for the account, entries for the journal."""

from datetime import datetime, timedelta

from collegium.conduct.tests.scene import DAY, LONG_AGO, NOW, entry, key, people
from collegium.members.models import Member
from collegium.reach.account import Event, What

__all__ = ["DAY", "HOUR", "LONG_AGO", "NOW", "approach", "crowd", "entry", "key", "people", "say", "sent", "then"]

HOUR = timedelta(hours=1)


def sent(at: datetime, person: int) -> Event:
    """A cold message; its request has the key of the event."""
    made = key(at)
    return Event(made, What.APPROACHED, person, made)


def then(what: What, message: Event, at: datetime) -> Event:
    """What became of it."""
    return Event(key(at), what, message.person, message.request)


def crowd(number: int, said: What | None = None, voices: int = 0, ago: timedelta = 20 * DAY) -> list[Event]:
    """So many were written to that long ago, and some of them said something a few hours later."""
    rows = [sent(NOW - ago + n * HOUR, person) for n, person in enumerate(people(number))]
    return rows + ([then(said, row, row.at + 2 * HOUR) for row in rows[:voices]] if said else [])


def approach(me: Member, person: int, at: datetime, request: int, *, keyed: bool = False) -> None:
    """The same in the journal, as messaging records it."""
    entry("messaging.approached", at, me.pk, request, recipient=person, purpose="other", keyed=keyed)


def say(me: Member, person: int, at: datetime, request: int, verdict: str = "", kind: str = "declined") -> None:
    """What the other one made of it, in the journal."""
    entry(f"messaging.{kind}", at, person, request, sender=me.pk, verdict=verdict)
