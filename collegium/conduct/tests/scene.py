"""Making pasts: events and entries of a moment of one's choice."""

from datetime import UTC, datetime, timedelta
from itertools import count

from collegium.conduct.account import Event, What
from collegium.journal.models import Entry
from collegium.lib import ids

# A Wednesday, at noon.
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
DAY = timedelta(days=1)
LONG_AGO = NOW - 1000 * DAY
_turn = count(1)


def key(at: datetime) -> int:
    """A key of that moment; no two alike, and the same in every run."""
    return ids.floor_at(at) | (next(_turn) % (1 << ids.LOW_BITS))


def people(number: int, joined: datetime = LONG_AGO) -> list[int]:
    """Keys of so many members who joined then."""
    return [key(joined) for _each in range(number)]


def asked(at: datetime, person: int) -> Event:
    """An invitation; its key is that of the event."""
    made = key(at)
    return Event(made, What.INVITED, person, made)


def then(what: What, invitation: Event, at: datetime) -> Event:
    """What became of it."""
    return Event(key(at), what, invitation.person, invitation.invitation)


def entry(kind: str, at: datetime, actor: int, subject: int | None = None, **data: object) -> Entry:
    """An entry of the journal, as if it had been recorded then."""
    return Entry.objects.create(id=ids.key_at(at), kind=kind, actor=actor, subject=subject, data=data)
