"""In which order comments stand, and how a long list of them is paged.

The relevant ones first is a small formula, published on the page, with its terms beside each comment: three points for
a writer one is connected with, one for each reply, one for each reaction; the earlier first where points are equal. It
counts what its reader may know of, as it was when the first page was asked for: keys are made in the order of time, so
the cursor carries that moment as a key, and what is said later does not move what is still to come.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment, CommentQuerySet
from collegium.lib import clock, cursor, ids

# Nobody the reader must not learn of (`feed.unseen`) counts.
_KNOWN = """NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = %s AND b.blocked_id = {who})
AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocked_id = %s AND b.blocker_id = {who})
AND EXISTS (SELECT FROM members_member m WHERE m.id = {who} AND m.standing = 'active')"""
_REACTIONS = f"""(SELECT count(*) FROM feed_reaction r
WHERE r.comment_id = feed_comment.id AND r.id <= %s AND {_KNOWN.format(who="r.member_id")})"""  # noqa: S608 - constants
_REPLIES = f"""(SELECT count(*) FROM feed_comment r
WHERE r.parent_id = feed_comment.id AND r.state = 0 AND r.id <= %s AND {_KNOWN.format(who="r.author_id")})"""  # noqa: S608 - as above
_NEAR = """(CASE WHEN EXISTS (SELECT FROM ties_connection c
WHERE c.member_id = %s AND c.other_id = feed_comment.author_id AND feed_comment.state < 4) THEN 3 ELSE 0 END)"""


LAST = (1 << 63) - 1


class Place:
    """Where a reader is in the list: what comes next, in which order, and how she comes back to it."""

    def next(self, rows: CommentQuerySet) -> CommentQuerySet:
        """What follows, in order."""
        raise NotImplementedError

    def key(self, said: Comment) -> Any:
        """What a comment is sorted by."""
        raise NotImplementedError

    def cursor(self, last: Comment) -> str:
        """Where the next page begins, after this comment."""
        return cursor.pack(last.pk)


@dataclass
class InTime(Place):
    """By when they were said."""

    after: int | None
    newest_first: bool = False

    @property
    def beginning(self) -> int:
        """The key of the last one read; where none was, one before every other."""
        if self.after is not None:
            return self.after
        return LAST if self.newest_first else 0

    def next(self, rows: CommentQuerySet) -> CommentQuerySet:
        """Later, or earlier, than the last one read."""
        if self.after is not None:
            rows = rows.filter(pk__lt=self.after) if self.newest_first else rows.filter(pk__gt=self.after)
        return rows.order_by("-pk" if self.newest_first else "pk")

    def key(self, said: Comment) -> Any:
        """Keys are made in the order of time."""
        return -said.pk if self.newest_first else said.pk


@dataclass
class ByPoints(Place):
    """By the formula above."""

    me: int
    moment: int
    after: tuple[int, int] | None = None

    def next(self, rows: CommentQuerySet) -> CommentQuerySet:
        """Fewer points than the last one read, or as many and said later."""
        number, counted = models.BigIntegerField(), [self.moment, self.me, self.me]
        rows = rows.filter(pk__lte=self.moment).annotate(
            near_points=RawSQL(_NEAR, [self.me], output_field=number),  # noqa: S611 - the texts are ours
            reply_points=RawSQL(_REPLIES, counted, output_field=number),  # noqa: S611 - as above
            reaction_points=RawSQL(_REACTIONS, counted, output_field=number),  # noqa: S611 - as above
        )
        rows = rows.annotate(points=F("near_points") + F("reply_points") + F("reaction_points"))
        if self.after is not None:
            points, pk = self.after
            rows = rows.filter(Q(points__lt=points) | Q(points=points, pk__gt=pk))
        return rows.order_by("-points", "pk")

    def key(self, said: Comment) -> Any:
        """Most points first, then the earliest."""
        return -said.points, said.pk  # type: ignore[attr-defined]  # annotated

    def cursor(self, last: Comment) -> str:
        """The moment, the points, and the comment."""
        return cursor.pack(self.moment, last.points, last.pk)  # type: ignore[attr-defined]  # annotated


class Order(models.TextChoices):
    """In which order comments stand."""

    OLDEST = "oldest"
    NEWEST = "newest"
    RELEVANT = "relevant"

    @property
    def place(self) -> Callable[[Viewer, str], Place]:
        """Where a reader with this cursor is."""
        return _relevant if self == Order.RELEVANT else _newest if self == Order.NEWEST else _oldest


def order_of(word: str) -> Order:
    """The order an address asks for; the oldest first where it is none."""
    return Order(word) if word in Order.values else Order.OLDEST


def _oldest(viewer: Viewer, after: str) -> Place:
    return InTime(cursor.unpack(after, 1)[0] if after else None)


def _newest(viewer: Viewer, after: str) -> Place:
    return InTime(cursor.unpack(after, 1)[0] if after else None, newest_first=True)


def _relevant(viewer: Viewer, after: str) -> Place:
    if not after:
        return ByPoints(viewer.id, ids.floor_at(clock.now() + timedelta(seconds=1)))
    moment, points, pk = cursor.unpack(after, 3)
    return ByPoints(viewer.id, moment, (points, pk))
