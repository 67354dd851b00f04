"""The home timeline: newest first, from the people one reads, in the mix one chose.

Nothing is fanned out when somebody posts. A read starts from the reader's own small set (whom do I read, and how close
is each), takes the newest few posts of every author from one index, and merges them.

Whom the reader keeps away (`ties.models.Distance`) is left out here and nowhere else: of the muted and the restricted
nothing comes to her home, of those she keeps to work only what is professional.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, SmallIntegerField, Value

from collegium.audience.rule import MEMBER, NONE, closeness
from collegium.audience.viewer import Viewer, stand_in
from collegium.feed.models import Facet, Mix, Post
from collegium.graph import index, near
from collegium.lib import cursor
from collegium.lib.arrays import array
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member
from collegium.ties.models import Distance, Follow

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


# A reader of very many: the newest posts of everybody first, of which a page is full soon. Looking by author costs a
# search of the index for each of them, thousands at every page.
RECENT = """
SELECT post.id, post.facet
FROM (SELECT id, facet, author_id, audience FROM feed_post
      WHERE id < %(before)s AND id > %(after)s ORDER BY id DESC LIMIT %(window)s) AS post
JOIN unnest(%(authors)s::bigint[], %(near)s::smallint[], %(personal)s::smallint[]) AS author (id, near, personal)
    ON post.author_id = author.id
WHERE audience <= CASE WHEN facet = 'personal' THEN author.personal ELSE author.near END
ORDER BY post.id DESC LIMIT %(limit)s
"""
MANY = 500
# Of the newest posts of everybody, so many times as many are looked through as hold a page when all write alike.
PLENTY, WIDEST = 1.5, 40_000


@dataclass(frozen=True)
class People:
    """Whom a member reads, and how close she is to each: key to closeness.

    Attributes:
        near: to the professional side.
        personal: to the personal side, where that is another; NONE where it is not read.
        connections: how many connections she sees.
        members: how many people there are.
    """

    near: dict[int, int]
    personal: dict[int, int] = field(default_factory=dict)
    connections: int = 0
    members: int = 0


@dataclass
class Page:
    """A stretch of the timeline."""

    posts: list[Post] = field(default_factory=list)
    older: str = ""
    left_out: int = 0


def _beside(slot: Slots) -> QuerySet[Any]:
    """(person, number, what): the closeness to those followed and to oneself, and who keeps whom away, either way."""
    me = stand_in(slot.int("me"))
    followed = Follow.objects.filter(follower=me.id).values("followee_id")
    oneself = Member.objects.filter(pk=me.id).values("pk")
    others = Member.objects.filter(pk__in=followed.union(oneself)).annotate(number=closeness(me))
    kept = Distance.objects.filter(member=me.id).annotate(number=F("rung"))
    keeping = Distance.objects.filter(other=me.id, rung=Distance.Rung.WORK_ONLY).annotate(number=F("rung"))
    return _told(others, "pk", NEAR).union(_told(kept, "other_id", KEPT), _told(keeping, "member_id", KEEPS), all=True)


def _told(rows: QuerySet[Any], person: str, what: int) -> QuerySet[Any]:
    label = Value(what, output_field=SmallIntegerField())
    return rows.order_by().annotate(person=F(person), what=label).values_list("person", "number", "what")


NEAR, KEPT, KEEPS = range(3)
BESIDE = Statement(_beside)
MIX = Statement(lambda slot: Mix.objects.filter(member=slot.int("me")).order_by())
POSTS = Statement(
    lambda slot: (
        Post.objects.visible_to(stand_in(slot.int("me"))).filter(slot.among("pk", "keys")).with_author().order_by("-pk")
    )
)


def people_of(me: Member) -> People:
    """Connections, followed people and oneself, without the blocked, the suspended and those whom she does not read.

    How close she is to her connections, of whom there may be thousands, the graph knows.
    """
    viewer, view = Viewer(me), index.view()
    people = People({}, connections=len(near.first(viewer, view)), members=view.size)
    work: set[int] = set()
    silent: set[int] = set()
    for person, number, what in BESIDE.tuples(me=me.pk):
        if what == NEAR and number > NONE:
            people.near[person] = number
        elif what == KEEPS:
            people.personal[person] = MEMBER
        elif what == KEPT:
            (work if number == Distance.Rung.WORK_ONLY else silent).add(person)
    people.near.update(near.closeness(viewer, view))
    for person in silent:
        people.near.pop(person, None)
    people.personal.update((person, NONE) for person in work)
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
    # One more than a page tells whether another follows. A cap leaves some out, so more are read at once.
    limit = PAGE + 1 if mix.one_in <= 1 else PAGE * 2
    while more and len(kept) <= PAGE:
        rows = stream(people, mix, before=last, limit=limit)
        more = len(rows) == limit
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
    personal = dict.fromkeys(people.near, NONE)
    if mix.sides == Mix.Sides.BOTH:
        other = {key: min(close, people.near[key]) for key, close in people.personal.items() if key in people.near}
        personal = people.near | other
    values: dict[str, Any] = {
        "authors": array(people.near),
        "near": array(people.near.values()),
        "personal": array(personal.values()),
        "before": before,
        "after": after,
        "limit": limit,
    }
    with connection.cursor() as statement:
        if len(people.near) > MANY:
            window = min(WIDEST, int(PLENTY * limit * people.members / len(people.near)))
            statement.execute(RECENT, values | {"window": window})
            rows: list[tuple[int, str]] = statement.fetchall()
            if len(rows) == limit:
                return rows
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
