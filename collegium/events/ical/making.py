"""Calendars made of events. Escaping and folding are the library's; what is said, and to whom, is settled before.

A series is one event with a rule, as long as its times follow it: what was moved by itself is told as an exception,
what was cancelled by itself is left out of the rule, and what belongs to hours the event had before is an event beside
it. One time of a series that somebody comes to is an event by itself, under an identity of its own.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCalAddress, vRecur, vText
from icalendar import Event as Part

from collegium.audience.level import Level
from collegium.events.ical.zones import timezone
from collegium.events.models import Event, Occurrence
from collegium.events.recurring.pattern import Pattern, instant
from collegium.lib import clock

PRODUCT = "-//Collegium//Events//EN"
CANCELLED, CONFIRMED, TENTATIVE = "CANCELLED", "CONFIRMED", "TENTATIVE"
AGAIN = timedelta(hours=1)
_FIRST_YEAR = 1980


@dataclass(frozen=True)
class Place:
    """Where this community is on the internet.

    Attributes:
        root: its address without a slash at the end.
        host: its name, for identities that stay the same wherever a calendar is read.
    """

    root: str
    host: str


def series(event: Event, rows: Iterable[Occurrence], place: Place, link: str = "") -> list[Part]:
    """The whole of an event that recurs.

    Args:
        event: with its post, and whoever speaks on it.
        rows: those of its times that may differ from the rule; more do no harm.
        place: where addresses lead.
        link: of what happens online; empty for whoever is not to have it.
    """
    pattern = event.pattern
    known = sorted(rows, key=lambda row: (row.original_at, row.pk))
    nominal = _nominal(pattern, known[-1].original_at) if known else {}
    main = _part(event, f"event-{event.pk}", place, link)
    first = _first(pattern)
    begins = instant(first, event.zone)
    _hours(main, event, begins, pattern.ends(begins), first)
    main.add("rrule", _rule(pattern))
    parts = [main]
    for row in known:
        local = nominal.get(row.original_at)
        if local is None:
            parts += [] if row.cancelled_at else [single(event, row, place, link)]
        elif row.cancelled_at:
            main.add("exdate", local.replace(tzinfo=event.tz))
        elif (row.starts_at, row.ends_at) != (row.original_at, pattern.ends(row.original_at)):
            moved = _part(event, f"event-{event.pk}", place, link)
            moved.add("recurrence-id", local.replace(tzinfo=event.tz))
            _hours(moved, event, row.starts_at, row.ends_at)
            parts.append(moved)
    return parts


def single(event: Event, row: Occurrence, place: Place, link: str = "", *, sure: bool = True) -> Part:
    """One of its times, by itself.

    Args:
        event: with its post, and whoever speaks on it.
        row: which time.
        place: where addresses lead.
        link: as above.
        sure: whether the reader comes; otherwise it stands there as possible.
    """
    part = _part(event, f"event-{event.pk}-{row.number}", place, link, on=row.pk, sure=sure)
    if row.cancelled_at is not None:
        part["status"] = vText(CANCELLED)
    _hours(part, event, row.starts_at, row.ends_at)
    return part


def calendar(parts: Sequence[Part], name: str) -> bytes:
    """A calendar of these, with the rules of every zone they name."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", line(name))
    made.add("x-wr-calname", line(name))
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vText("PT1H"))
    since: dict[str, int] = {}
    for part in parts:
        for at in (part.DTSTART, part.DTEND):
            if isinstance(at, datetime) and isinstance(at.tzinfo, ZoneInfo):
                since[at.tzinfo.key] = min(since.get(at.tzinfo.key, at.year), at.year)
    for key in sorted(since):
        made.add_component(timezone(key, max(since[key] - 1, _FIRST_YEAR)))
    for part in parts:
        made.add_component(part)
    return made.to_ical()


def line(text: str) -> str:
    """As below, in one line."""
    return " ".join(plain(text).split("\n"))


def plain(text: str) -> str:
    """A text without characters that no calendar knows; lines end in one way."""
    # The library takes a backslash before a large N for the end of a line, and no other for anything.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\N", "\\n")
    return "".join(
        each for each in lines if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs", "Zl", "Zp")
    )


def _part(event: Event, identity: str, place: Place, link: str, *, on: int = 0, sure: bool = True) -> Part:
    """Everything but its hours."""
    address = f"{place.root}{event.path}" + (f"?on={on}" if on else "")
    part = Part()
    part.add("uid", f"{identity}@{place.host}")
    part.add("dtstamp", clock.now().replace(microsecond=0))
    part.add("sequence", event.sequence)
    part.add("summary", line(event.title))
    part.add("description", plain("\n\n".join(filter(None, [event.about, link, address]))))
    part.add("url", address)
    part.add("class", "PUBLIC" if event.post.audience == Level.EVERYONE else "PRIVATE")
    part.add("status", CANCELLED if event.cancelled_at else CONFIRMED if sure else TENTATIVE)
    if where := line(", ".join(_where(event, link))):
        part.add("location", where)
    if link:
        part.add("conference", link, parameters={"VALUE": "URI"})
    speaker = event.post.speaker
    if speaker is not None:
        # A page of ours instead of an address for mail, which nobody's calendar is to have.
        host = vCalAddress(f"{place.root}{speaker.path}")
        host.params["CN"] = vText(line(speaker.name).replace('"', "'"))
        part.add("organizer", host, encode=False)
    return part


def _where(event: Event, link: str) -> list[str]:
    here = [event.place, event.address] if event.is_somewhere else []
    return [each for each in (*here, link) if each]


def _hours(part: Part, event: Event, starts_at: datetime, ends_at: datetime, nominal: datetime | None = None) -> None:
    """From when until when. An end is a moment, so every time of a series lasts as long (RFC 5545, 3.8.5.3).

    Args:
        part: which is given its hours.
        event: whose clock they are shown by.
        starts_at: as an instant.
        ends_at: as an instant.
        nominal: the hour of a rule, which the clock may jump over.
    """
    part.add("dtstart", nominal.replace(tzinfo=event.tz) if nominal is not None else _shown(starts_at, event))
    part.add("dtend", _shown(ends_at, event))


def _nominal(pattern: Pattern, until: datetime) -> dict[datetime, datetime]:
    """The hours the rule names, up to a moment, by the instants they are; a jump of the clock parts the two."""
    rule = pattern.rule
    if rule is None:
        return {}
    pairs = ((instant(local, pattern.zone), local) for local in rule.over(pattern.start))
    return dict(takewhile(lambda pair: pair[0] <= until, pairs))


def _first(pattern: Pattern) -> datetime:
    rule = pattern.rule
    return next(iter(rule.over(pattern.start)), pattern.start) if rule is not None else pattern.start


def _rule(pattern: Pattern) -> vRecur:
    """The rule, with an end that is a moment."""
    text = ";".join(each for each in pattern.text.split(";") if not each.startswith("UNTIL="))
    made = vRecur.from_ical(text)
    if pattern.until_at is not None:
        made["UNTIL"] = [pattern.until_at.astimezone(UTC)]
    return made


def _shown(at: datetime, event: Event) -> datetime:
    """By the clock of the event; as an instant where that clock shows the hour twice and this is the second."""
    here = at.astimezone(event.tz)
    return at.astimezone(UTC) if here.fold else here
