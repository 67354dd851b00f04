"""Lists of people around a member: connections, followed, followers, asked, blocked; paged by key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from collegium.audience.rule import closeness
from collegium.audience.viewer import Viewer
from collegium.graph.degrees import Standing, standings
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.network.relations import Relation, relations
from collegium.ties.models import Block, Connection, Follow, Invitation

PAGE = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list: since when, and in what way, she is in it."""

    person: Member
    since: datetime
    invitation: Invitation | None = None


@dataclass(frozen=True)
class Page:
    """A page of a list, with what the rows show of each person."""

    lines: list[Line]
    older: str = ""
    relations: dict[int, Relation] = field(default_factory=dict)
    standings: dict[int, Standing] = field(default_factory=dict)

    def degree(self, key: int) -> int | None:
        """1, 2, 3, or None for oneself and for those further away."""
        return self.standings[key].degree if key in self.standings else None

    def mutual(self, key: int) -> int:
        """How many people both are connected with."""
        return self.standings[key].mutual if key in self.standings else 0


def connections(owner: Member, viewer: Viewer) -> QuerySet[Connection]:
    """The owner's connections that this viewer may see there. Whether the list is open to her, the page has asked."""
    return _seen(Connection.objects.filter(member=owner), viewer, "other")


def followed(owner: Member) -> QuerySet[Follow]:
    """Whom the owner follows, for the owner's own eyes."""
    return _seen(Follow.objects.filter(follower=owner), Viewer(owner), "followee")


def followers(owner: Member) -> QuerySet[Follow]:
    """Who follows the owner, for the owner's own eyes."""
    return _seen(Follow.objects.filter(followee=owner), Viewer(owner), "follower")


def blocked(owner: Member) -> QuerySet[Block]:
    """Whom the owner blocked. The one list of people one cannot see: how else could one let them be seen again."""
    return Block.objects.filter(blocker=owner)


def sent(owner: Member) -> QuerySet[Invitation]:
    """The owner's invitations that look pending, to people whom the owner sees."""
    return _seen(Invitation.objects.sent_by(owner), Viewer(owner), "recipient")


def by_time(rows: QuerySet[Any], viewer: Viewer, person: str, after: str = "") -> Page:
    """A page of a list, the newest first.

    Args:
        rows: one of the above that has `since`.
        viewer: who reads.
        person: the field that names the other person.
        after: the cursor of the page before.
    """
    if after:
        micros, key = cursor.unpack(after, 2)
        since = _instant(micros)
        rows = rows.filter(Q(since__lt=since) | Q(since=since, **{f"{person}__lt": key}))
    ordered = rows.select_related(person).order_by("-since", f"-{person}")
    return _page(ordered, viewer, lambda row: Line(getattr(row, person), row.since), _after_time)


def by_key(rows: QuerySet[Invitation], viewer: Viewer, after: str = "") -> Page:
    """A page of sent invitations, the newest first."""
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])

    ordered = rows.select_related("sender", "recipient").order_by("-pk")
    return _page(ordered, viewer, lambda row: Line(row.recipient, row.created_at, row), _after_key)


def _seen(rows: QuerySet[Any], viewer: Viewer, person: str) -> QuerySet[Any]:
    """Those whose person may turn up before this viewer: `people.findable_by`, asked from the tie's side."""
    return rows.alias(near=closeness(viewer, person, second=False)).filter(near__gte=F(f"{person}__visibility"))


def _page(rows: QuerySet[Any], viewer: Viewer, line: Callable[[Any], Line], mark: Callable[[Line], str]) -> Page:
    """Read one row more than a page holds, to know whether there is another."""
    found = [line(row) for row in rows[: PAGE + 1]]
    lines = found[:PAGE]
    persons = [each.person for each in lines]
    return Page(
        lines,
        mark(lines[-1]) if len(found) > PAGE else "",
        relations(viewer, persons),
        standings(viewer.member, [person.pk for person in persons]),
    )


def _after_time(line: Line) -> str:
    return cursor.pack((line.since - EPOCH) // MICROSECOND, line.person.pk)


def _after_key(line: Line) -> str:
    return cursor.pack(line.invitation.pk if line.invitation else 0)


def _instant(micros: int) -> datetime:
    """The moment a cursor names; one outside of history is no cursor of ours."""
    try:
        return EPOCH + micros * MICROSECOND
    except OverflowError:
        raise Http404 from None
