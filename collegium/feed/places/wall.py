"""The wall of a group: what stands first, then everything newest first; what is recommended, and what says some words.

All of it asks the group's own indexes: the wall `feed_in_group`, marks `feed_marked`, words the trigrams of
`feed_words_in_group`, of which a page is found without looking through the group. Hidden or waiting posts stand on no
wall; whoever keeps the group finds them in its queue.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from collegium.audience.rule import IN_PLACE
from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.feed.models import GroupMark, PlaceState, Post, PostQuerySet
from collegium.feed.models.places import MOST_PINNED
from collegium.feed.models.placing import OnWall
from collegium.feed.places import queue, searching
from collegium.groups import rules as groups
from collegium.groups.models import Group
from collegium.lib import cursor
from collegium.lib.arrays import array
from collegium.lib.statement import Slots, Statement

FRESH = """
SELECT place.id, count(*) FROM unnest(%(groups)s::bigint[]) AS place (id)
CROSS JOIN LATERAL (
    SELECT FROM feed_post p
    WHERE p.group_id = place.id AND p.place_state = 0 AND p.author_id <> %(me)s
      AND p.id > coalesce((SELECT seen FROM feed_mix m WHERE m.member_id = %(me)s), 0)
    LIMIT %(most)s
) AS post GROUP BY 1
"""
PAGE = 20
END = (1 << 63) - 1
MOST_WORDS = 8


@dataclass
class Wall:
    """A stretch of it."""

    first: list[Post] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    older: str = ""

    @property
    def everything(self) -> list[Post]:
        """All posts on the page."""
        return [*self.first, *self.posts]


def _shown(viewer: Viewer, group: int) -> PostQuerySet:
    """What this viewer reads on one wall: of what stands in a place the place alone decides (`models.placing`)."""
    there = Post.objects.filter(group=group, audience=IN_PLACE)
    return there.filter(OnWall(viewer)).filter(Q(ends_at=None) | Q(ends_at__gt=Now())).with_author()


def _marked(kind: str) -> Exists:
    return Exists(GroupMark.objects.filter(post=OuterRef("pk"), kind=kind))


def _newest(viewer: Viewer, slot: Slots) -> PostQuerySet:
    rows = _shown(viewer, slot.int("group")).filter(pk__lt=slot.int("before"))
    return rows.filter(~_marked(GroupMark.Kind.PINNED)).order_by("-pk")[: PAGE + 1]


def _of_kind(viewer: Viewer, slot: Slots, kind: str, most: int) -> PostQuerySet:
    marks = GroupMark.objects.filter(group=slot.int("group"), kind=kind, post__lt=slot.int("before"))
    rows = _shown(viewer, slot.int("group")).filter(pk__in=marks.values("post"))
    return rows.order_by("-pk")[:most]


def _own(slot: Slots) -> PostQuerySet:
    me = slot.int("me")
    rows = Post.objects.visible_to(stand_in(me)).filter(group=slot.int("group"), author=me)
    return rows.filter(place_state__gt=PlaceState.SHOWN).with_author().order_by("-pk")[:PAGE]


def _stand(slot: Slots) -> Viewer:
    return stand_in(slot.int("me"))


NEWEST = Statement(lambda slot: _newest(_stand(slot), slot))
FIRST = Statement(lambda slot: _of_kind(_stand(slot), slot, GroupMark.Kind.PINNED, MOST_PINNED))
RECOMMENDED = Statement(lambda slot: _of_kind(_stand(slot), slot, GroupMark.Kind.RECOMMENDED, PAGE + 1))
OWN = Statement(_own)
# For whoever is signed out.
NEWEST_OUT = Statement(lambda slot: _newest(NOBODY, slot))
FIRST_OUT = Statement(lambda slot: _of_kind(NOBODY, slot, GroupMark.Kind.PINNED, MOST_PINNED))
RECOMMENDED_OUT = Statement(lambda slot: _of_kind(NOBODY, slot, GroupMark.Kind.RECOMMENDED, PAGE + 1))


def page(viewer: Viewer, group: Group, before: str = "", *, recommended: bool = False, query: str = "") -> Wall:
    """Twenty posts of the wall.

    Args:
        viewer: who reads; must read in the group.
        group: whose wall.
        before: the cursor of the page before.
        recommended: only what those who keep the group recommend.
        query: words that must all stand in the post.

    Raises:
        Http404: the cursor is none of ours.
    """
    last = cursor.unpack(before, 1)[0] if before else END
    if query:
        return Wall([], *_saying(viewer, group, query, last))
    rows = _ask(viewer, (RECOMMENDED, RECOMMENDED_OUT) if recommended else (NEWEST, NEWEST_OUT), group, last)
    plain = not (before or recommended)
    first = _ask(viewer, (FIRST, FIRST_OUT), group, END) if plain else []
    older = cursor.pack(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return Wall(first, rows[:PAGE], older)


def _ask(viewer: Viewer, pair: tuple[Statement[Post], Statement[Post]], group: Group, last: int) -> list[Post]:
    values = {"group": group.pk, "before": last}
    return pair[0].rows(me=viewer.id, **values) if viewer else pair[1].rows(**values)


def _saying(viewer: Viewer, group: Group, query: str, last: int) -> tuple[list[Post], str]:
    """The newest that say all of these words, and where the search goes on."""
    keys, floor = searching.saying(group, query, before=last, most=PAGE)
    found = list(_shown(viewer, group.pk).filter(pk__in=keys).order_by("-pk"))
    return found, cursor.pack(floor) if floor else ""


def own(viewer: Viewer, group: Group) -> list[Post]:
    """Her own posts there that wait, are hidden or came back, the newest first; they stand above the wall for her."""
    return OWN.rows(me=viewer.id, group=group.pk) if viewer else []


def returned(viewer: Viewer) -> list[Post]:
    """Hers that came back from groups, the newest first: they are drafts of hers in all but name."""
    rows = Post.objects.visible_to(viewer).filter(author=viewer.id, place_state=PlaceState.RETURNED)
    return list(rows.select_related("group", "held").order_by("-pk")[:PAGE])


def queued(viewer: Viewer, group: Group, after: str = "") -> tuple[list[Post], str]:
    """What waits, the longest first, as far as this viewer sees it; and where the next page goes on.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = Post.objects.visible_to(viewer).filter(group=group, place_state=PlaceState.WAITING)
    if after:
        rows = rows.filter(pk__gt=cursor.unpack(after, 1)[0])
    found = list(rows.with_author().order_by("pk")[: PAGE + 1])
    return found[:PAGE], cursor.pack(found[PAGE - 1].pk) if len(found) > PAGE else ""


def newer(viewer: Viewer, group: Group, key: int) -> int:
    """How many posts came since the one with this key, counted to a page."""
    return _shown(viewer, group.pk).filter(pk__gt=key).order_by()[:PAGE].count()


def waiting_for(viewer: Viewer, group: Group) -> int:
    """How many posts wait there for those who keep it; 0 for everybody else."""
    if not groups.may_keep(viewer.member, group):
        return 0
    return queue.waiting(group).count()


def fresh(viewer: Viewer, keys: Collection[int]) -> dict[int, int]:
    """How many posts came to each of these groups since she last read her home, counted to a page."""
    with connection.cursor() as statement:
        statement.execute(FRESH, {"me": viewer.id, "groups": array(keys), "most": PAGE})
        return dict(statement.fetchall())
