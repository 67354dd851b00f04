"""The home timeline: newest first, from the people one reads, in the mix one chose.

Nothing is fanned out when somebody posts. A read starts from the reader's own small set (whom do I read, and how close
is each), takes the newest few posts of every author from one index, and merges them.

Whom the reader keeps away (`ties.models.Distance`) is left out here and nowhere else: of the muted and the restricted
nothing comes to her home, of those she keeps to work only what is professional. So are the sides of people that she did
not ask for (`sides.asked`), and what she wants quiet (`reading.wishes`). Posts about the topics she follows come along:
from outside the people she reads nothing comes but what she asked for.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, SmallIntegerField, Value

from collegium.audience.rule import MEMBER, NONE, closeness
from collegium.audience.viewer import Viewer, stand_in
from collegium.feed.attachments import kinds
from collegium.feed.models import Facet, Mix, Post
from collegium.feed.models.selections import PASSES
from collegium.feed.places import home
from collegium.feed.reading import topics
from collegium.feed.reading import wishes as asked
from collegium.feed.reading.fold import Fold, Line, Stretch
from collegium.feed.sides.asked import comes
from collegium.graph import index, near
from collegium.lib import cursor
from collegium.lib.arrays import array
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member
from collegium.ties.models import Distance, Follow

PAGE = 20
# A page looks through so many stretches at most, each wider than the last; the next page goes on where it stopped.
ROUNDS, WIDE = 6, 500
END = (1 << 63) - 1

# `audience <= near` is the rule of sight, with the closeness to each side of each author worked out beforehand; a side
# that was not asked for is as far away as can be. What was chosen about a facet of the author's own goes first.
NEAR_ENOUGH = """audience <= coalesce(
    (%(levels)s::smallint[])[array_position(%(sides)s::bigint[], side_id)],
    CASE WHEN facet = 'personal' THEN author.personal ELSE author.near END)"""
IN_SELECTION = PASSES.format(post="feed_post.id", author="feed_post.author_id", selection="selection", me="%(me)s")
STREAM = f"""
SELECT post.id, post.facet
FROM unnest(%(authors)s::bigint[], %(near)s::smallint[], %(personal)s::smallint[]) AS author (id, near, personal)
CROSS JOIN LATERAL (
    SELECT id, facet FROM feed_post
    WHERE author_id = author.id AND {NEAR_ENOUGH}
      AND id < %(before)s AND id > %(after)s AND {IN_SELECTION}
    ORDER BY id DESC LIMIT %(limit)s
) AS post
ORDER BY post.id DESC LIMIT %(limit)s
"""  # noqa: S608 - made of constants


# A reader of very many: the newest posts of everybody first, of which a page is full soon. Looking by author costs a
# search of the index for each of them, thousands at every page.
RECENT = f"""
SELECT feed_post.id, feed_post.facet
FROM (SELECT id, facet, side_id, author_id, audience, selection FROM feed_post
      WHERE id < %(before)s AND id > %(after)s ORDER BY id DESC LIMIT %(window)s) AS feed_post
JOIN unnest(%(authors)s::bigint[], %(near)s::smallint[], %(personal)s::smallint[]) AS author (id, near, personal)
    ON feed_post.author_id = author.id
WHERE {NEAR_ENOUGH} AND {IN_SELECTION}
ORDER BY feed_post.id DESC LIMIT %(limit)s
"""  # noqa: S608 - made of constants
MANY = 500
# Of the newest posts of everybody, so many times as many are looked through as hold a page when all write alike.
PLENTY, WIDEST = 1.5, 40_000


@dataclass(frozen=True)
class People:
    """Whom a member reads, and how close she is to each: key to closeness.

    Attributes:
        near: to the professional side.
        personal: to the personal side, where that is another; NONE where it is not read.
        me: the key of the member.
        connections: how many connections she sees.
        members: how many people there are.
        silent: whom she keeps away altogether.
        wishes: which sides of whom she reads, what she wants quiet, and which topics come along.
    """

    near: dict[int, int]
    personal: dict[int, int] = field(default_factory=dict)
    me: int = 0
    connections: int = 0
    members: int = 0
    silent: set[int] = field(default_factory=set)
    wishes: asked.Wishes = asked.NONE


@dataclass
class Page:
    """A stretch of the timeline."""

    posts: list[Post] = field(default_factory=list)
    older: str = ""
    left_out: int = 0
    hushed: int = 0
    because: dict[int, str] = field(default_factory=dict)


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
    connections = len(near.first(viewer, view))
    people = People({}, me=me.pk, connections=connections, members=view.size, wishes=asked.of(me))
    work: set[int] = set()
    for person, number, what in BESIDE.tuples(me=me.pk):
        if what == NEAR and number > NONE:
            people.near[person] = number
        elif what == KEEPS:
            people.personal[person] = MEMBER
        elif what == KEPT:
            (work if number == Distance.Rung.WORK_ONLY else people.silent).add(person)
    people.near.update(near.closeness(viewer, view))
    for person in people.silent:
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
        mix: the chosen mix; at most one post in `mix.one_in` is personal, her own among them.
        before: the cursor of the previous page; empty starts at the newest post.

    Raises:
        Http404: the cursor is none of ours.
    """
    last, past = cursor.unpack(before, 2) if before else (END, 0)
    fold = Fold(mix.one_in, past)
    kept: list[Line] = []
    more, rounds = True, 0
    # One more than a page tells whether another follows. Where some are left out, more are read at once.
    limit = PAGE + 1 if mix.one_in <= 1 and not people.wishes.is_quiet else PAGE * 2
    while more and len(kept) <= PAGE and rounds < ROUNDS:
        found = lines(people, mix, before=last, limit=limit)
        fold.take(found, kept, PAGE)
        more, last = found.more, found.floor
        limit, rounds = min(limit * 4, WIDE), rounds + 1
    older = cursor.pack(kept[PAGE - 1].key, fold.past_at_mark) if len(kept) > PAGE else ""
    if len(kept) <= PAGE:
        fold.mark()
        older = cursor.pack(last, fold.past) if more else ""
    shown = kept[:PAGE]
    return Page(
        posts=POSTS.rows(me=me.pk, keys=[line.key for line in shown]),
        older=older,
        left_out=fold.left_out,
        hushed=fold.hushed,
        because={line.key: line.because for line in shown if line.because},
    )


def newer_than(people: People, mix: Mix, key: int, limit: int = PAGE) -> int:
    """How many posts came since the one with this key, counted to `limit`."""
    fold = Fold(mix.one_in)
    found = lines(people, mix, after=key, limit=limit)
    return min(limit, sum(line.key not in found.quiet and fold.keeps(line.facet) for line in found.lines))


def lines(people: People, mix: Mix, *, before: int = END, after: int = 0, limit: int) -> Stretch:
    """What comes home between two keys: of the people she reads, from groups and pages, about topics she follows."""
    rows = [Line(key, facet) for key, facet in stream(people, mix, before=before, after=after, limit=limit)]
    floor = rows[-1].key if len(rows) == limit else after
    if people.wishes.groups or people.wishes.pages:
        there = _placed(people, before, after, limit)
        floor = max(floor, there[-1].key if len(there) == limit else after)
        rows = sorted((line for line in (*rows, *there) if line.key >= floor), reverse=True)
    if followed := people.wishes.followed:
        about, cut = topics.stretch(people.me, list(followed), before=before, after=after)
        there_already = {line.key for line in rows}
        coming = (each for each in about if each.key not in there_already and _comes_along(people, mix, each))
        along = [Line(each.key, each.facet, followed[each.topic]) for each in coming]
        floor = max(floor, cut)
        rows = sorted((line for line in (*rows, *along) if line.key >= floor), reverse=True)
    keys = [line.key for line in rows]
    silent = kinds.silent(stand_in(people.me), keys)
    return Stretch(
        lines=[line for line in rows if line.key not in silent],
        floor=floor,
        more=floor > after,
        quiet=asked.hushed(people.wishes, keys),
    )


def _placed(people: People, before: int, after: int, limit: int) -> list[Line]:
    """What comes from the groups and the pages whose posts she wants at home."""
    wishes = people.wishes
    found = home.stretch(people.me, wishes.groups, wishes.pages, people.silent, before=before, after=after, limit=limit)
    return [Line(key, facet) for key, facet in found]


def _comes_along(people: People, mix: Mix, post: topics.About) -> bool:
    """Whether a post is at home for its topic alone: its author is not read anyway, and nobody who is kept away."""
    if post.author in people.near or post.author in people.silent:
        return False
    kept_to_work = post.facet == Facet.PERSONAL and people.personal.get(post.author or 0) == NONE
    asked_for = comes(people.wishes, mix, author=post.author, facet=post.facet, side=post.side)
    return asked_for and not kept_to_work


def _sight(people: People, author: int, facet: str) -> int:
    """How near she is to one side of somebody she reads; NONE where the distance she keeps shuts it out."""
    near = people.near.get(author, NONE)
    return min(near, people.personal.get(author, near)) if facet == Facet.PERSONAL else near


def _within_reach(people: People, mix: Mix) -> dict[str, Any]:
    """The authors and how near she is to each of their sides, as far as she asked for them, as the statements take it.

    Nobody is among them of whom she asked for nothing: their posts would be looked through in vain.
    """
    wishes = people.wishes
    work = dict(people.near)
    read = people.near if mix.sides == Mix.Sides.BOTH else people.near.keys() & {people.me}
    life = dict.fromkeys(people.near, NONE) | {author: _sight(people, author, Facet.PERSONAL) for author in read}
    for (author, facet), wanted in wishes.wanted.items():
        if author in work and author != people.me:
            (life if facet == Facet.PERSONAL else work)[author] = _sight(people, author, facet) if wanted else NONE
    levels = [_sight(people, side.owner, side.facet) if side.wanted else NONE for side in wishes.sides.values()]
    asking = {side.owner for side in wishes.sides.values() if side.wanted}
    authors = [author for author in work if work[author] > NONE or life[author] > NONE or author in asking]
    return {
        "authors": array(authors),
        "near": array(work[author] for author in authors),
        "personal": array(life[author] for author in authors),
        "sides": array(wishes.sides),
        "levels": array(levels),
    }


def stream(people: People, mix: Mix, *, before: int = END, after: int = 0, limit: int) -> list[tuple[int, str]]:
    """Keys and facets of the newest posts between two keys, newest first."""
    values = _within_reach(people, mix) | {"me": people.me, "before": before, "after": after, "limit": limit}
    with connection.cursor() as statement:
        if len(people.near) > MANY:
            window = min(WIDEST, int(PLENTY * limit * people.members / len(people.near)))
            statement.execute(RECENT, values | {"window": window})
            rows: list[tuple[int, str]] = statement.fetchall()
            if len(rows) == limit:
                return rows
        statement.execute(STREAM, values)
        return list(statement.fetchall())
