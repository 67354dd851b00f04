"""The home timeline: newest first, from the people one reads, in the mix one chose.

Nothing is fanned out when somebody posts. A read starts from the reader's own small set (whom do I read, and how close
is each), takes the newest few posts of every author from one index, and merges them.

Whom the reader keeps away (`ties.models.Distance`) is left out here and nowhere else: of the muted and the restricted
nothing comes to her home, of those she keeps to work only what is professional.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from collegium.audience.rule import MEMBER, NONE, closeness
from collegium.audience.viewer import stand_in
from collegium.feed.models import Facet, Mix, Post
from collegium.lib import cursor
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member
from collegium.ties.models import Connection, Distance, Follow

PAGE = 20
END = (1 << 63) - 1

# `audience <= near` is the rule of sight, with the closeness to each side of each author worked out beforehand.
STREAM = """
SELECT post.id, post.facet
FROM unnest(%(authors)s::bigint[], %(near)s::smallint[], %(personal)s::smallint[]) AS author (id, near, personal)
CROSS JOIN LATERAL (
    SELECT id, facet FROM feed_post
    WHERE author_id = author.id AND audience <= CASE WHEN facet = 'personal' THEN author.personal ELSE author.near END
      AND id < %(before)s AND id > %(after)s
    ORDER BY id DESC LIMIT %(limit)s
) AS post
ORDER BY post.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True)
class People:
    """Whom a member reads, and how close she is to each: key to closeness.

    Attributes:
        near: to the professional side.
        personal: to the personal side, where that is another; NONE where it is not read.
    """

    near: dict[int, int]
    personal: dict[int, int] = field(default_factory=dict)


@dataclass
class Page:
    """A stretch of the timeline."""

    posts: list[Post] = field(default_factory=list)
    older: str = ""
    left_out: int = 0


def _people(slot: Slots) -> QuerySet[Any]:
    me = stand_in(slot.int("me"))
    mine = Connection.objects.filter(member=me.id).values("other_id")
    followed = Follow.objects.filter(follower=me.id).values("followee_id")
    oneself = Member.objects.filter(pk=me.id).values("pk")
    kept = Distance.objects.filter(member=me.id)
    silent = kept.filter(rung__in=[Distance.Rung.MUTED, Distance.Rung.RESTRICTED]).values("other_id")
    return (
        Member.objects.filter(pk__in=mine.union(followed, oneself))
        .exclude(pk__in=silent)
        .annotate(near=closeness(me))
        .annotate(work=_among(kept.filter(rung=Distance.Rung.WORK_ONLY).values("other_id")))
        .annotate(kept_to_work=_among(_keeping_to_work(me.id)))
        .values_list("pk", "near", "work", "kept_to_work")
    )


def _keeping_to_work(reader: int) -> QuerySet[Any]:
    """Who keeps the reader to work: the branch of the rule that stands on the side of the author, asked once."""
    return Distance.objects.filter(other=reader, rung=Distance.Rung.WORK_ONLY).values("member_id")


def _among(keys: QuerySet[Any]) -> ExpressionWrapper:
    return ExpressionWrapper(Q(pk__in=keys), BooleanField())


PEOPLE = Statement(_people)
MIX = Statement(lambda slot: Mix.objects.filter(member=slot.int("me")).order_by())
POSTS = Statement(
    lambda slot: (
        Post.objects.visible_to(stand_in(slot.int("me"))).filter(slot.among("pk", "keys")).with_author().order_by("-pk")
    )
)


def people_of(me: Member) -> People:
    """Connections, followed people and oneself, without the blocked, the suspended and those whom she does not read."""
    people = People({})
    for key, near, work, kept_to_work in PEOPLE.tuples(me=me.pk):
        if near <= NONE:
            continue
        people.near[key] = near
        if work or kept_to_work:
            people.personal[key] = NONE if work else min(near, MEMBER)
    return people


def mix_of(me: Member) -> Mix:
    """What the member wants to see of people's two sides; the default until she chooses."""
    return MIX.first(me=me.pk) or Mix(member=me)


def page(me: Member, people: People, mix: Mix, before: str = "") -> Page:
    """The next twenty posts.

    Args:
        me: whose timeline.
        people: from `people_of(me)`.
        mix: the chosen mix; with both sides, at most one post in `mix.one_in` is personal, counted from the top.
        before: the cursor of the previous page; empty starts at the newest post.

    Raises:
        Http404: the cursor is none of ours.
    """
    last, gap = cursor.unpack(before, 2) if before else (END, mix.one_in)
    fold = Fold(mix.one_in, gap)
    kept: list[int] = []
    more = True
    while more and len(kept) <= PAGE:
        rows = stream(people, mix, before=last, limit=PAGE * 2)
        more = len(rows) == PAGE * 2
        for key, facet in rows:
            last = key
            if fold.keeps(facet):
                kept.append(key)
                if len(kept) > PAGE:
                    break
                fold.mark()
    if len(kept) <= PAGE:
        fold.mark()
    shown = kept[:PAGE]
    return Page(
        posts=POSTS.rows(me=me.pk, keys=shown),
        older=cursor.pack(shown[-1], fold.gap_at_mark) if len(kept) > PAGE else "",
        left_out=fold.left_out,
    )


def newer_than(people: People, mix: Mix, key: int, limit: int = PAGE) -> int:
    """How many posts came since the one with this key, counted to `limit`."""
    fold = Fold(mix.one_in, mix.one_in)
    return sum(fold.keeps(facet) for _key, facet in stream(people, mix, after=key, limit=limit))


def stream(people: People, mix: Mix, *, before: int = END, after: int = 0, limit: int) -> list[tuple[int, str]]:
    """Keys and facets of the newest posts between two keys, newest first."""
    personal = people.near | people.personal if mix.sides == Mix.Sides.BOTH else dict.fromkeys(people.near, NONE)
    values: dict[str, Any] = {
        "authors": list(people.near),
        "near": list(people.near.values()),
        "personal": [personal[key] for key in people.near],
        "before": before,
        "after": after,
        "limit": limit,
    }
    with connection.cursor() as statement:
        statement.execute(STREAM, values)
        return list(statement.fetchall())


class Fold:
    """Lets at most one personal post in `one_in` through; every other one is left out, and counted."""

    def __init__(self, one_in: int, gap: int) -> None:
        self.one_in = one_in
        self.gap = gap
        self.gap_at_mark = gap
        self.left_out = 0
        self._pending = 0

    def keeps(self, facet: str) -> bool:
        """Whether the next post in line is shown; `gap` counts those shown since the last personal one, it included."""
        if facet != Facet.PERSONAL or self.one_in <= 1:
            self.gap += 1
            return True
        if self.gap >= self.one_in:
            self.gap = 1
            return True
        self._pending += 1
        return False

    def mark(self) -> None:
        """Remember the state at the post just shown, for the cursor; what was left out before it counts now."""
        self.gap_at_mark = self.gap
        self.left_out, self._pending = self.left_out + self._pending, 0
