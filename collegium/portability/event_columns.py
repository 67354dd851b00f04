"""The three files of events in the community bundle: their columns, and what may stand in them (see docs/bundle.md)."""

import re
from collections.abc import Mapping
from datetime import MAXYEAR, date, datetime
from typing import Any

from collegium.audience.level import Level
from collegium.events.models import Form, ListFor, State
from collegium.events.models.events import (
    ABOUT_LIMIT,
    ADDRESS_LIMIT,
    LINK_LIMIT,
    MOST_GUESTS,
    MOST_MINUTES,
    MOST_SEATS,
    PLACE_LIMIT,
    TITLE_LIMIT,
    WORDS_LIMIT,
)
from collegium.events.recurring.rules import Rule, Unreadable
from collegium.feed.models import POST_LIMIT, Facet
from collegium.lib.text.links import whole
from collegium.notifications.hours import known
from collegium.portability import cells
from collegium.portability.cells import CellError, shown
from collegium.portability.group_columns import YES_OR_NO
from collegium.portability.spec import Column, FileSpec, Reference

# Beyond these no arithmetic with hours is safe, and nothing happened here that anybody remembers.
EARLIEST_YEAR, LATEST_YEAR = 1971, 2200
_WALL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")
LOOKS = "an hour looks like 2019-03-07T19:30, by the clock there"


def _same(*words: str) -> Mapping[str, str]:
    return {word: word for word in words}


def wall(text: str) -> datetime:
    """An hour as the clock there shows it."""
    found = _read(text) if _WALL.fullmatch(text) else None
    if not isinstance(found, datetime):
        raise CellError(f"is {shown(text)}; {LOOKS}" if text else "is missing")
    return found


def moment(text: str) -> datetime | None:
    """An hour by the clock there, or an instant, which alone tells the second of two hours that a clock shows twice."""
    if not text:
        return None
    found = _read(text) if _WALL.fullmatch(text) or _INSTANT.fullmatch(text) else None
    if not isinstance(found, datetime):
        raise CellError(f"is {shown(text)}; {LOOKS}")
    return found


def needed_moment(text: str) -> datetime:
    """The same, which must be said."""
    if (found := moment(text)) is None:
        raise CellError("is missing")
    return found


def time_of_event(text: str) -> datetime | date | None:
    """Which time of an event is meant: by its hour, or by its day where the hour is the usual one."""
    if _DAY.fullmatch(text):
        found = _read(f"{text}T00:00")
        if found is None:
            raise CellError(f"is {shown(text)}, which is no day")
        return found.date()
    return moment(text)


def _read(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST_YEAR <= found.year <= LATEST_YEAR else None


def zone(text: str) -> str:
    """The name of a clock."""
    if text not in known():
        raise CellError(f"is {shown(text)}; a time zone has a name like Europe/Berlin" if text else "is missing")
    return text


def recurrence(text: str) -> str:
    """How it recurs, as RFC 5545 writes it, or nothing."""
    if not text:
        return ""
    try:
        rule = Rule.read(text.removeprefix("RRULE:"))
    except Unreadable:
        raise CellError(f"is {shown(text)}, which is no rule events recur by here, like FREQ=WEEKLY;BYDAY=TU") from None
    # The last instant of the calendar has none after it, in zones that lie to the west.
    if rule.until is not None and not EARLIEST_YEAR <= rule.until.year < MAXYEAR:
        raise CellError(f"is {shown(text)}, and no event ends in the year {rule.until.year}")
    return str(rule)


def link(text: str) -> str:
    """An address on the web, as it stands in the address bar, or nothing."""
    if not text:
        return ""
    found = whole(text)
    if found is None or not found.href.startswith(("http://", "https://")):
        raise CellError(f"is {shown(text)}; an address begins with https:// or http://")
    return str(cells.line(LINK_LIMIT)(found.href))


def _count(most: int) -> cells.Check:
    """A number, and none where nothing is said."""
    check = cells.number(0, most, needed=False)
    return lambda text: check(text) or 0


def specs(at: cells.Check, audiences: Mapping[str, Any]) -> list[FileSpec]:
    """Events, the times at which they are not as their rule says, and who answered."""
    event = Column("event", Reference("events"), needed=True)
    switch, on = cells.choice(YES_OR_NO, default=False), cells.choice(YES_OR_NO, default=True)
    return [
        FileSpec("events", (*_voice(audiences), *_said(), *_hours(), *_seats(switch, on), *_rest(at)), keyed=True),
        FileSpec(
            "event_dates",
            (
                event,
                Column("date", needed_moment, needed=True),
                Column("starts", moment),
                Column("ends", moment),
                Column("cancelled_at", at),
                Column("added", switch),
                Column("beyond", switch),
            ),
        ),
        FileSpec(
            "event_guests",
            (
                event,
                Column("date", time_of_event),
                Column("member", Reference("members"), needed=True),
                Column("state", cells.choice(_same(*State.values), None), needed=True),
                Column("guests", _count(MOST_GUESTS)),
                Column("listed", switch),
                Column("answered_at", at),
                Column("checked_in_at", at),
            ),
        ),
    ]


def _voice(audiences: Mapping[str, Any]) -> tuple[Column, ...]:
    """Who says it, from which side, to whom: as of a post."""
    return (
        Column("key", cells.key, needed=True),
        Column("author", Reference("members"), needed=True),
        Column("group", Reference("groups", needed=False)),
        Column("page", Reference("organizations", needed=False)),
        Column("audience", cells.choice(audiences, Level.CONNECTIONS)),
        Column("facet", cells.choice({str(f): str(f) for f in Facet}, str(Facet.PROFESSIONAL))),
        Column("own_facet", Reference("facets", needed=False)),
    )


def _said() -> tuple[Column, ...]:
    return (
        Column("title", cells.line(TITLE_LIMIT, needed=True), needed=True),
        Column("body", cells.text(ABOUT_LIMIT)),
        Column("words", cells.text(POST_LIMIT)),
        Column("form", cells.choice(_same(*Form.values), Form.PERSON.value)),
        Column("place", cells.line(PLACE_LIMIT)),
        Column("address", cells.line(ADDRESS_LIMIT)),
        Column("link", link),
    )


def _hours() -> tuple[Column, ...]:
    return (
        Column("zone", zone, needed=True),
        Column("starts", wall, needed=True),
        Column("ends", needed_moment, needed=True),
        Column("recurrence", recurrence),
    )


def _seats(switch: cells.Check, on: cells.Check) -> tuple[Column, ...]:
    return (
        Column("capacity", cells.number(1, MOST_SEATS, needed=False)),
        Column("waiting_list", on),
        Column("approving", switch),
        Column("guests_allowed", _count(MOST_GUESTS)),
        Column("answers_until", _count(MOST_MINUTES)),
        Column("list_for", cells.choice(_same(*ListFor.values), ListFor.ATTENDEES.value)),
        Column("attendees_invite", switch),
    )


def _rest(at: cells.Check) -> tuple[Column, ...]:
    return (
        Column("cancelled_at", at),
        Column("cancelled_words", cells.text(WORDS_LIMIT)),
        Column("created_at", at),
    )
