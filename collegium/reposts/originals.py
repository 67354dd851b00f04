"""What stands inside a repost, for one viewer: never more than the rule of sight shows her of the original itself.

Deleted, narrowed, blocked, forbidden: inside a repost these look the same.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.feed.models import Post, PostQuerySet
from collegium.feed.sides.asked import AskedFor
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member
from collegium.reposts.models import Repost
from collegium.ties.models import Distance

RUNGS = Distance.Rung


def open_to(viewer: Viewer) -> PostQuerySet:
    """The posts this viewer may find inside a repost."""
    return Post.objects.visible_to(viewer).filter(no_reposts=None)


def source(post: Post) -> int | None:
    """The key of what reposting this post passes on: of a repost, its original, which may be gone."""
    passed_on = Repost.objects.filter(post=post).first()
    return passed_on.of_id if passed_on is not None else post.pk


def plain(member: Member, original: int) -> PostQuerySet:
    """Her reposts of this post without a word."""
    return Post.objects.visible_to(Viewer(member)).filter(
        author=member, body="", repost__of=original, repost__plain=True
    )


def _nothing_in(viewer: Viewer, rows: QuerySet[Repost]) -> QuerySet[Repost, Any]:
    """Of these, the plain reposts of others in which this viewer finds nothing."""
    return _of_others(viewer, rows).filter(~Exists(open_to(viewer).filter(pk=OuterRef("of")))).values_list("post_id")


def _of_others(viewer: Viewer, rows: QuerySet[Repost]) -> QuerySet[Repost]:
    return rows.filter(plain=True, post__body="").exclude(post__author=viewer.id).order_by()


def _silent(slot: Slots) -> QuerySet[Repost, Any]:
    me = stand_in(slot.int("me"))
    rows = Repost.objects.filter(slot.among("post_id", "keys"))
    kept = Distance.objects.filter(member=me.id, other=OuterRef("of__author"))
    unread = Exists(kept.filter(rung__in=(RUNGS.MUTED, RUNGS.RESTRICTED)))
    seen = Exists(open_to(me).filter(pk=OuterRef("of")))
    silent = ~seen | unread | ~Q(AskedFor(me, "of__"))
    return _of_others(me, rows).filter(silent).values_list("post_id")


def _passed(viewer: Viewer, slot: Slots) -> QuerySet[Repost]:
    """Reposts and their originals, with what this viewer may know of each and what she wants brought to her."""
    rungs = (RUNGS.MUTED, RUNGS.RESTRICTED)
    kept = Distance.objects.filter(member=viewer.id, other=OuterRef("of__author"), rung__in=rungs)
    seen = Exists(open_to(viewer).filter(pk=OuterRef("of")))
    rows = Repost.objects.filter(slot.among("post_id", "posts"))
    rows = rows.annotate(seen=seen, asked=AskedFor(viewer, "of__"), kept=Exists(kept))
    return rows.select_related("of__author", "of__side", "of__page").order_by()


SILENT = Statement(_silent)
PASSED = Statement(lambda slot: _passed(stand_in(slot.int("me")), slot))
PASSED_FOR_NOBODY = Statement(lambda slot: _passed(NOBODY, slot))


@dataclass(frozen=True, slots=True)
class Passed:
    """What one repost passes on.

    Attributes:
        post: the key of the repost.
        original: where the viewer sees it, whatever the reason that she may not.
        asked: whether she asked for the side of its author that speaks.
        kept: whether she keeps its author at a distance.
    """

    post: int
    original: Post | None
    asked: bool
    kept: bool


def passed(viewer: Viewer, posts: Collection[int]) -> list[Passed]:
    """What the reposts among these posts pass on, as far as the viewer sees it. One statement."""
    keys = list(posts)
    rows = PASSED.rows(me=viewer.id, posts=keys) if viewer else PASSED_FOR_NOBODY.rows(posts=keys)
    told = ((row, vars(row)) for row in rows)
    return [Passed(row.pk, row.of if said["seen"] else None, said["asked"], said["kept"]) for row, said in told]


def silent(viewer: Viewer, keys: Collection[int]) -> set[int]:
    """The plain reposts among these posts of which nothing would stand on the card.

    Her own stay, so that she can take them back. Left out as well is what comes round about from people she does not
    read, or from a side of theirs that she did not ask for. One statement.
    """
    if viewer:
        rows = SILENT.tuples(me=viewer.id, keys=list(keys))
    else:
        rows = list(_nothing_in(NOBODY, Repost.objects.filter(post__in=list(keys))))
    return {key for (key,) in rows}


def count(viewer: Viewer, original: int) -> int:
    """How many reposts of this post the viewer may know of: those she sees."""
    return Post.objects.visible_to(viewer).filter(repost__of=original).count()


def latest(viewer: Viewer, original: int, most: int) -> list[Post]:
    """The newest of them."""
    rows = Post.objects.visible_to(viewer).filter(repost__of=original)
    return list(rows.with_author().order_by("-pk")[:most])
