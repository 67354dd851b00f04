"""Events in the files of a bundle: those of these people, the times that are not as their rule says, who answered.

Of what a page says nothing goes along, because pages are proved where they are. Names are those of these people alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from collegium.events.actions import laying
from collegium.events.models import Attendance, Event, Occurrence, State
from collegium.events.recurring.pattern import instant, local
from collegium.feed.models import Post
from collegium.members.models import Member
from collegium.portability.packing.cells import Row, Table, level

VOICE = (
    "key",
    "author",
    "group",
    "audience",
    "facet",
    "own_facet",
    "title",
    "body",
    "words",
    "form",
    "place",
    "address",
)
HOURS = ("link", "zone", "starts", "ends", "recurrence", "capacity", "waiting_list", "approving", "guests_allowed")
REST = ("answers_until", "list_for", "attendees_invite", "cancelled_at", "cancelled_words", "created_at")
DATE = ("event", "date", "starts", "ends", "cancelled_at", "added", "beyond")
GUEST = ("event", "date", "member", "state", "guests", "listed", "answered_at", "checked_in_at")
AT_ONCE = 200


def tables(people: QuerySet[Member], posts: QuerySet[Post]) -> list[Table]:
    """The three files.

    Args:
        people: whose answers stand in it.
        posts: of whose events it is made.
    """
    events = Event.objects.filter(post__in=posts).order_by("pk")
    return [
        Table("events", (*VOICE, *HOURS, *REST), _events(events)),
        Table("event_dates", DATE, _dates(events, people)),
        Table("event_guests", GUEST, _guests(events, people)),
    ]


def _events(events: QuerySet[Event]) -> Iterator[Row]:
    for each in events.select_related("post").iterator(AT_ONCE):
        post, begins = each.post, instant(each.pattern.start, each.zone)
        voice = each.pk, post.author_id, post.group_id, level(post), post.facet, post.side_id
        said = each.title, each.about, post.body, each.form, each.place, each.address, each.link
        starts = each.pattern.start.isoformat(timespec="minutes")
        hours = each.zone, starts, wall(each.pattern.ends(begins), each.zone), each.rule
        seats = each.capacity, each.waiting_list, each.approving, each.guests_allowed, each.answer_until
        rest = each.list_for, each.attendees_invite, each.cancelled_at, each.cancelled_words, post.created_at
        yield *voice, *said, *hours, *seats, *rest


@dataclass(frozen=True, slots=True)
class _Answers:
    """How many of these people come to one time, and the most that any of them brings."""

    seats: int = 0
    guests: int = 0


def _times() -> QuerySet[Occurrence]:
    """All times, in their order. After a change of hours one that was cancelled may bear the hour of one that stands.

    A file names a time by that hour, so the one that stands is meant there.
    """
    standing_first = F("cancelled_at").asc(nulls_first=True)
    return Occurrence.objects.order_by("event", "original_at", standing_first, "id").distinct("event", "original_at")


def _dates(events: QuerySet[Event], people: QuerySet[Member]) -> Iterator[Row]:
    """Every time that somebody who lays the rule anew would not find as it is."""
    rest = events.iterator(AT_ONCE)
    while some := list(islice(rest, AT_ONCE)):
        answers = _answers(some, people)
        times: dict[int, list[Occurrence]] = {}
        for row in _times().filter(event__in=some):
            times.setdefault(row.event_id, []).append(row)
        for event in some:
            mine = times.get(event.pk, [])
            if not mine:
                continue
            usual = set(event.pattern.within(mine[-1].original_at, laying.MOST_EVER))
            for row in mine:
                yield from _date(event, row, usual, answers.get(row.pk, _Answers()))


def _answers(events: list[Event], people: QuerySet[Member]) -> dict[int, _Answers]:
    rows = Attendance.objects.filter(occurrence__event__in=events, member__in=people).order_by()
    going = Q(state=State.GOING)
    found = rows.values("occurrence").annotate(
        own=Count("pk", filter=going), brought=Coalesce(Sum("guests", filter=going), 0), most=Max("guests")
    )
    return {each["occurrence"]: _Answers(each["own"] + each["brought"], each["most"]) for each in found}


def _date(event: Event, row: Occurrence, usual: set[datetime], answers: _Answers) -> Iterator[Row]:
    """Its line, where it needs one. Seats and guests beyond what the event says now are some a host has let in."""
    ends, added = event.pattern.ends(row.starts_at), row.original_at not in usual
    changed = row.moved or row.starts_at != row.original_at or row.ends_at != ends
    beyond = answers.guests > event.guests_allowed or (event.capacity is not None and answers.seats > event.capacity)
    if not (added or changed or beyond or row.cancelled_at):
        return
    begins = wall(row.starts_at, event.zone) if row.starts_at != row.original_at or (changed and not added) else ""
    until = wall(row.ends_at, event.zone) if changed or added else ""
    yield event.pk, wall(row.original_at, event.zone), begins, until, row.cancelled_at, added, beyond


def _guests(events: QuerySet[Event], people: QuerySet[Member]) -> Iterator[Row]:
    """Who waits stands in the order of waiting."""
    times = _times().filter(event__in=events)
    rows = Attendance.objects.filter(occurrence__in=times.values("pk"), member__in=people)
    rows = rows.annotate(
        event=F("occurrence__event"), on=F("occurrence__original_at"), zone=F("occurrence__event__zone")
    )
    names = ("event", "on", "zone", "member_id", "state", "guests", "listed", "since", "checked_in_at")
    for event, on, zone, *answer in rows.order_by("event", "on", "since", "pk").values_list(*names).iterator():
        yield event, wall(on, zone), *answer


def wall(at: datetime, zone: str) -> str | datetime:
    """What the clock there shows, where that says which instant is meant; else the instant."""
    shown = local(at, zone)
    tells = instant(shown, zone) == at and not (shown.second or shown.microsecond)
    return shown.isoformat(timespec="minutes") if tells else at
