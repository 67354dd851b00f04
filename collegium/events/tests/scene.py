"""Events made through the product's own verbs, and answers to them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from collegium.audience.level import Level
from collegium.events.actions import answering, making
from collegium.events.details import Details
from collegium.events.models import Attendance, Event, Occurrence
from collegium.events.recurring.pattern import Pattern
from collegium.feed.selecting import Choice
from collegium.lib import clock
from collegium.members.models import Member

LINK = "https://meet.example.org/canary-9f2"
BERLIN = "Europe/Berlin"


def tomorrow(hour: int = 18, days: int = 7) -> datetime:
    """A local hour some days from now."""
    day = (clock.now() + timedelta(days=days)).date()
    return datetime(day.year, day.month, day.day, hour)


def pattern(start: datetime | None = None, rule: str = "", minutes: int = 120, zone: str = BERLIN) -> Pattern:
    """An evening next week."""
    return Pattern(start or tomorrow(), minutes, zone, rule)


def make(by: Member, level: int = Level.MEMBERS, *, when: Pattern | None = None, **more: Any) -> Event:
    """An event in the eyes of a level."""
    placed = {name: more.pop(name) for name in ("group", "page") if name in more}
    choice = more.pop("choice", None) or Choice(level)
    said = {"title": "Weirs by night", "about": "Bring a lamp.", "form": "both", "place": "Lock 4", "link": LINK}
    details = Details(**(said | more))
    values = {} if placed else {"choice": choice}
    return making.make(details, when or pattern(), by=by, form_key=uuid4(), **placed, **values)


def first(event: Event) -> Occurrence:
    """Its first time."""
    found = Occurrence.objects.filter(event=event).order_by("number")[0]
    found.event = event
    return found


def come(event: Event | Occurrence, *members: Member, guests: int = 0, listed: bool = True) -> list[Attendance]:
    """Let these come."""
    row = event if isinstance(event, Occurrence) else first(event)
    return [answering.come(row, by=member, guests=guests, listed=listed) for member in members]


def over(event: Event) -> Occurrence:
    """Let its first time have been last week."""
    row = first(event)
    since = clock.now() - timedelta(days=7)
    Occurrence.objects.filter(pk=row.pk).update(starts_at=since, ends_at=since + timedelta(hours=2), original_at=since)
    row.refresh_from_db()
    row.event = event
    return row


def seats(row: Occurrence) -> tuple[int, int]:
    """What the counter says, and what is so."""
    row.refresh_from_db(fields=["seats_taken"])
    return row.seats_taken, Attendance.objects.filter(occurrence=row).going().seats()
