"""An event as what hangs on its post (`feed.attachments`)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.events.models import Event, Occurrence
from collegium.events.reading import directory
from collegium.events.reading.directory import Line
from collegium.feed.attachments import Kind
from collegium.feed.models import Post
from collegium.lib import clock
from collegium.lib.statement import Statement
from collegium.members.models import Member

ON_POSTS = Statement(
    lambda slot: Event.objects.filter(slot.among("post_id", "posts")).defer("about", "html").order_by()
)


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
        rows = _times(events)
        drawn = {line.event.pk: line for line in directory.lines(viewer, rows)}
        return {event.post_id: Card(event, drawn.get(event.pk)) for event in events.values()}

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """Title, place and text."""
        rows = Event.objects.filter(post__in=keys).values_list("post_id", "title", "place", "about")
        return {key: f"{title}\n{place}\n{about}" for key, title, place, about in rows}

    def named(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """By its title."""
        rows = Event.objects.filter(post__in=keys).values_list("post_id", "title")
        return {key: _("an event: %(title)s") % {"title": title} for key, title in rows}


def _times(events: Mapping[int, Event]) -> list[Occurrence]:
    """Of each the next time, or the last where nothing is to come."""
    rows = Occurrence.objects.filter(event__in=events)
    now = clock.now()
    # One each, the earlier in this list giving way: what was, what was cancelled, what comes.
    last = rows.filter(ends_at__lte=now).order_by("event", "-starts_at").distinct("event")
    cancelled = rows.to_come(now).order_by("event", "starts_at").distinct("event")
    found = {row.event_id: row for row in (*last, *cancelled, *rows.next_ones(now))}
    for row in found.values():
        row.event = events[row.event_id]
    return list(found.values())
