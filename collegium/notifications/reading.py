"""What a member may read of what she was told. Everything is judged at this moment, nothing when it was written."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.http import Http404

from collegium.audience.viewer import Viewer
from collegium.lib.cursor import pack, unpack
from collegium.members.models import Member
from collegium.notifications import kinds
from collegium.notifications.kinds import Seen
from collegium.notifications.models import Notification, NotificationQuerySet

PAGE = 20
AT_ONCE = 100
"""Rows judged at a time: several pages, so that a page is full although some rows are not for these eyes any more."""
CAP = 99
NEWEST = 2**63 - 1
# Where the values of a question go into the statement that was written out beforehand; no key is negative.
WHO, AFTER, BELOW = -11, -12, -13

Judge = Callable[[Viewer, Collection[int]], Seen]


class Unread(NamedTuple):
    """As much of a row as it takes to count it."""

    id: int
    kind: str
    subject: int | None


Told = Notification | Unread


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, newest first; `older` is the cursor of the next, empty at the end."""

    rows: list[Notification]
    older: str = ""


def page(viewer: Viewer, cursor: str = "", *, until: int = 0) -> Page:
    """One page of what this viewer was told.

    Args:
        viewer: whose notifications.
        cursor: where it begins, from the page before; empty for the newest.
        until: nothing newer than this key; 0 for no such limit.

    Raises:
        Http404: that cursor is none.
    """
    rows = _told(viewer).listed().select_related("actor")
    if until:
        rows = rows.filter(id__lte=until)
    below = unpack(cursor, 1)[0] if cursor else None
    shown: list[Notification] = []
    while len(shown) <= PAGE:
        batch = list((rows if below is None else rows.filter(id__lt=below))[:AT_ONCE])
        shown += _visible(viewer, batch)
        if len(batch) < AT_ONCE:
            break
        below = batch[-1].id
    return Page(shown[:PAGE], pack(shown[PAGE - 1].id) if len(shown) > PAGE else "")


def unread(viewer: Viewer, *, after: int = 0) -> int:
    """How many unread notifications this viewer has, of those she may see; counts to one more than `CAP`.

    Args:
        viewer: whose.
        after: only those newer than this key.
    """
    count, below = 0, NEWEST
    while count <= CAP:
        batch = _unread(viewer, after, below)
        seen = _judge(viewer, batch)
        count += sum(_shows(row, seen) for row in batch)
        if len(batch) < AT_ONCE:
            break
        below = batch[-1].id
    return min(count, CAP + 1)


def one(viewer: Viewer, key: int) -> Notification:
    """The notification with this key.

    Raises:
        Http404: there is none, or it is not for these eyes, or not any more.
    """
    for row in _visible(viewer, _told(viewer).select_related("actor").filter(pk=key)):
        return row
    raise Http404


def unread_of(viewer: Viewer, keys: Collection[int]) -> list[Notification]:
    """Those of these that the viewer may see and has not read, oldest first, whether or not News lists them."""
    rows = _told(viewer).filter(pk__in=keys).unread().select_related("actor").order_by("id")
    return _visible(viewer, rows)


def _told(viewer: Viewer) -> NotificationQuerySet:
    return Notification.objects.visible_to(viewer).filter(kind__in=kinds.names()).newest_first()


def _visible(viewer: Viewer, rows: Iterable[Notification]) -> list[Notification]:
    """Those of these rows whose subject the viewer may see, with what they are about."""
    batch = list(rows)
    seen = _judge(viewer, batch)
    kept = [row for row in batch if _shows(row, seen)]
    for row in kept:
        answer = seen.get(kinds.of(row.kind).visible)
        row.about = answer.get(row.subject) if isinstance(answer, Mapping) else None
    return kept


def _judge(viewer: Viewer, rows: Iterable[Told]) -> dict[Judge, Seen]:
    """Which subjects the viewer may see; each kind of subject costs one query."""
    asked: dict[Judge, set[int]] = defaultdict(set)
    for row in rows:
        if row.subject is not None:
            asked[kinds.of(row.kind).visible].add(row.subject)
    return {judge: judge(viewer, subjects) for judge, subjects in asked.items()}


def _shows(row: Told, seen: dict[Judge, Seen]) -> bool:
    return row.subject is None or row.subject in seen[kinds.of(row.kind).visible]


def _unread(viewer: Viewer, after: int, below: int) -> list[Unread]:
    """The newest unread rows between two keys."""
    statement, given = _statement(tuple(kinds.names()))
    places = {WHO: viewer.id, AFTER: after, BELOW: below}
    with connection.cursor() as cursor:
        cursor.execute(statement, [places.get(value, value) for value in given])
        return [Unread(*row) for row in cursor.fetchall()]


@lru_cache(maxsize=8)
def _statement(known: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """The same question as `_told` asks, written out once.

    Every page asks for the number, and making the statement took ten times as long as answering it.
    """
    rows = Notification.objects.visible_to(Viewer(Member(id=WHO))).filter(kind__in=known, id__gt=AFTER, id__lt=BELOW)
    columns = rows.listed().unread().newest_first().values_list("id", "kind", "subject")
    statement, given = columns[:AT_ONCE].query.sql_with_params()
    return statement, tuple(given)
