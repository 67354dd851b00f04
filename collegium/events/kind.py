"""An event as what hangs on its post (`feed.attachments`)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Case, DateTimeField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.events import seating
from collegium.events.models import Attendance, Event, Occurrence
from collegium.events.reading import times
from collegium.feed.attachments import Kind
from collegium.feed.models import Post
from collegium.lib import clock
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member

ON_POSTS = Statement(
    lambda slot: Event.objects.filter(slot.among("post_id", "posts")).defer("about", "html").order_by()
)


def _times(slot: Slots) -> QuerySet[Occurrence]:
    """Of each event the next time, with what the viewer answered to it.

    What comes goes before what was cancelled, and that before what is over; of what is over the last.
    """
    now = Cast(Value(slot.text("now")), DateTimeField())
    order = Case(When(ends_at__lte=now, then=2), When(cancelled_at__isnull=False, then=1), default=0)
    answer = Attendance.objects.filter(member=slot.int("me"), occurrence=OuterRef("pk")).values("state")
    rows = Occurrence.objects.filter(slot.among("event_id", "events")).annotate(order=order, answer=Subquery(answer))
    to_come = Case(When(order__lt=2, then=F("starts_at")))
    return rows.order_by("event_id", "order", to_come, "-starts_at").distinct("event_id")


TIMES = Statement(_times)


@dataclass(frozen=True, slots=True)
class Line:
    """A time as a card shows it."""

    occurrence: Occurrence
    when: times.When
    state: str
    free: int | None


def _line(row: Any, event: Event) -> Line:
    row.event = event
    when = times.by_clock(row.starts_at, row.ends_at, event.zone)
    return Line(row, when, row.answer or "", seating.free_seats(event, row))


@dataclass(frozen=True, slots=True)
class Card:
    """An event on the card of its post: its next time, or its last."""

    event: Event
    line: Line | None


class EventKind(Kind):
    """It is hung there by making it (`actions.making.Hanging`), never by the composer."""

    name = "events"
    card = "events/card.html"
    lasting = "event"

    def form(self, request: HttpRequest | None, post: Post | None = None) -> forms.Form | None:
        """The composer has no part for it."""
        return None

    def is_there(self, form: forms.Form) -> bool:
        """Never by a form."""
        return False

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Nothing comes from a form."""

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Card]:
        """The events of all these posts, each with one of its times; a constant number of statements."""
        events = {row.pk: row for row in ON_POSTS.rows(posts=[post.pk for post in posts])}
        if not events:
            return {}
        by_key = {post.pk: post for post in posts}
        for event in events.values():
            event.post = by_key[event.post_id]
        rows = TIMES.rows(events=list(events), me=viewer.id, now=clock.now().isoformat())
        drawn = {row.event_id: _line(row, events[row.event_id]) for row in rows}
        return {event.post_id: Card(event, drawn.get(event.pk)) for event in events.values()}

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """Title, place and text."""
        rows = Event.objects.filter(post__in=keys).values_list("post_id", "title", "place", "about")
        return {key: f"{title}\n{place}\n{about}" for key, title, place, about in rows}

    def named(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """By its title."""
        rows = Event.objects.filter(post__in=keys).values_list("post_id", "title")
        return {key: _("an event: %(title)s") % {"title": title} for key, title in rows}
