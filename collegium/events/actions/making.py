"""Making an event: a post for those who were chosen, with the event hanging on it, and its first times."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.events import rules
from collegium.events.actions import laying
from collegium.events.details import Details, keep_questions
from collegium.events.models import Event
from collegium.events.recurring.pattern import Pattern, instant
from collegium.feed import actions as feed
from collegium.feed.attachments import Parts
from collegium.feed.models import Post
from collegium.feed.selecting import Choice
from collegium.groups.models import Group
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.organizations.models import Organization


class Hanging(Parts):
    """An event as what hangs on the post that is made for it."""

    def __init__(self, details: Details, pattern: Pattern) -> None:
        super().__init__()
        self.details, self.pattern = details, pattern
        self.forms = []

    @property
    def are_there(self) -> bool:
        """It is."""
        return True

    def attach(self, post: Post, by: Member) -> None:
        """Hang it there, with its questions and its times."""
        columns = self.details.columns | pattern_columns(self.pattern)
        event = Event.objects.create(post=post, **columns)
        keep_questions(event, self.details.questions)
        laying.lay(event)


def pattern_columns(pattern: Pattern) -> dict[str, Any]:
    """What the row of an event says of its hours."""
    return {
        "day": pattern.start.date(),
        "hour": pattern.start.time(),
        "minutes": pattern.minutes,
        "zone": pattern.zone,
        "rule": pattern.text,
    }


@transaction.atomic
def make(
    details: Details,
    pattern: Pattern,
    *,
    by: Member,
    group: Group | None = None,
    page: Organization | None = None,
    form_key: UUID | None = None,
    **values: Any,
) -> Event:
    """Make an event; the same form sent twice is one event.

    Args:
        details: everything about it but its hours.
        pattern: its hours; the first is still to come.
        by: who makes it.
        group: on whose wall; the group's own rules say whether it waits to be let in.
        page: which organisation speaks instead of her.
        form_key: of the form it was typed in.
        values: what `feed.actions.post` takes: `choice`, `facet`, `side`, `commenting`.

    Raises:
        Conflict: its beginning is over.
    """
    require(rules.may_make(by))
    require(group is None or rules.may_make_in(by, group))
    require(page is None or rules.may_make_for(by, page))
    if instant(pattern.start, pattern.zone) <= clock.now():
        raise Conflict(_("This time is over already. Choose a later one."))
    where: dict[str, Any] = {"page": page} if page is not None else {}
    if group is not None:
        where = {"choice": Choice(group=group)}
    parts = Hanging(details, pattern)
    post = feed.post(by, values.pop("body", ""), parts=parts, form_key=form_key, **values | where)
    event = Event.objects.with_hosts().get(post=post)
    record("events.made", actor=by, subject=event, post=post.pk)
    return event
