"""What a page of posts needs beyond the rows: my reactions, how close the authors are, counts as I may know them.

A constant number of statements, however many posts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.db.models.expressions import RawSQL
from markupsafe import Markup

from collegium.audience.rule import CONNECTED, MEMBER, SECOND, SELF
from collegium.audience.viewer import Viewer, stand_in
from collegium.feed import drawing, marks
from collegium.feed.attachments import Hung, kinds
from collegium.feed.models import Comment, Post
from collegium.feed.models.placing import OF_PAGE
from collegium.feed.pages.firsts import firsts
from collegium.feed.places import cards as placing
from collegium.feed.unseen import UNSEEN
from collegium.graph.degrees import Standing, standings
from collegium.lib import clock
from collegium.lib.arrays import array
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.pages import rules as pages

# What an organisation said that is no page any more.
OF_NO_PAGE = """({{row}}.page_id IS NOT NULL AND NOT {page})""".format(page=OF_PAGE.format(page="{row}.page_id"))
SURROUNDINGS = (
    UNSEEN  # noqa: S608 - constants all
    + f"""
SELECT 'comment', c.post_id, count(*), '' FROM feed_comment c LEFT JOIN feed_comment above ON above.id = c.parent_id
WHERE c.post_id = ANY(%(posts)s) AND c.state = 0 AND (above.id IS NULL OR above.state IN (0, 4))
  AND (c.author_id IN (SELECT id FROM unseen) OR above.author_id IN (SELECT id FROM unseen)
       OR {OF_NO_PAGE.format(row="c")} OR {OF_NO_PAGE.format(row="above")}) GROUP BY 2
UNION ALL
SELECT 'reaction', r.post_id, count(*), '' FROM feed_reaction r
WHERE r.post_id = ANY(%(posts)s) AND r.member_id IN (SELECT id FROM unseen) GROUP BY 2
UNION ALL
SELECT 'mine', r.post_id, 1, r.kind FROM feed_reaction r WHERE r.member_id = %(me)s AND r.post_id = ANY(%(posts)s)
UNION ALL
SELECT 'saved', s.post_id, 1, '' FROM feed_saved s WHERE s.member_id = %(me)s AND s.post_id = ANY(%(posts)s)
"""  # noqa: S608 - constants all
)
# How a link to elsewhere is written (`lib.text.render`), and for how long a page waits for what comes of it.
OUTWARD, SOON = 'rel="nofollow noopener ugc"', timedelta(minutes=5)
DEGREES = {SELF: None, CONNECTED: 1, SECOND: 2}
NEWEST = """
(SELECT said.id FROM unnest(%s::bigint[]) AS post (id)
CROSS JOIN LATERAL (
    SELECT id FROM feed_comment WHERE post_id = post.id AND author_id = ANY(%s::bigint[]) AND state = 0
    ORDER BY id DESC LIMIT 1
) AS said)
"""
LATEST = Statement(
    lambda slot: (
        Comment.objects.visible_to(stand_in(slot.int("me")))
        .filter(pk__in=RawSQL(NEWEST, [slot.int("posts"), slot.int("people")]))  # noqa: S611 - the text is ours
        .select_related("author", "page")
    )
)


@dataclass
class Cards:
    """The surroundings of a page of posts, looked up by the post's key."""

    mine: dict[int, str] = field(default_factory=dict)
    saved: set[int] = field(default_factory=set)
    near: dict[int, Standing] = field(default_factory=dict)
    hidden: dict[tuple[str, int], int] = field(default_factory=dict)
    latest: dict[int, Comment] = field(default_factory=dict)
    hung: dict[int, list[Hung]] = field(default_factory=dict)
    # Of the pages that speak here those she works on, with her parts; who wrote for them; what stands first there.
    parts_of: Mapping[int, set[str]] = field(default_factory=dict)
    writers: Mapping[int, Member] = field(default_factory=dict)
    first_on_page: Mapping[int, int] = field(default_factory=dict)

    react = staticmethod(marks.react)
    meta = staticmethod(marks.meta)

    def degree(self, author: int | None) -> int | None:
        """1, 2, 3, or None for oneself, for strangers, for pages and for the signed out."""
        standing = self.near.get(author or 0)
        return standing.degree if standing else None

    def speaks(self, page: int) -> bool:
        """Whether she speaks for a page."""
        return bool(self.parts_of.get(page, set()) & pages.SPEAKING)

    def acts(self, post: Post, me: Member | None, token: str) -> Markup:
        """What this reader can do with the post, and how much was done."""
        mine = self.mine.get(post.pk)
        said, felt = self.comments(post), self.reactions(post)
        saved = post.pk in self.saved
        there = placing.placed(post)
        member = me is not None and (there is None or (there.answers and placing.is_shown(post)))
        return marks.acts(post, said=said, felt=felt, mine=mine, member=member, token=token, saved=saved)

    def card(self, post: Post, me: Member | None, token: str, **manner: bool) -> Markup:
        """The post as it stands on the page; see `drawing.card`."""
        return drawing.card(post, self, me, token, **manner)

    def parts(self, post: Post, me: Member | None, token: str) -> Markup:
        """What hangs on the post below its words."""
        return drawing.parts(post, self, me, token)

    @staticmethod
    def awaits(post: Post) -> bool:
        """Whether something may still come by itself, a moment after it was posted: the preview of its link."""
        return not post.has_parts and OUTWARD in post.html and post.created_at > clock.now() - SOON

    def comments(self, post: Post) -> int:
        """How many comments this reader can see under the post."""
        return post.comment_count - self.hidden.get(("comment", post.pk), 0)

    def reactions(self, post: Post) -> int:
        """How many reactions this reader may know of."""
        return post.reaction_count - self.hidden.get(("reaction", post.pk), 0)


def lay_out(
    viewer: Viewer, posts: Sequence[Post], *, near: Mapping[int, int] | None = None, bare: bool = False
) -> Cards:
    """Gather what the page needs.

    Args:
        viewer: who reads.
        posts: a page of posts the viewer sees.
        near: the closeness of people as far as it is known; with it come the newest comments of those connected.
        bare: without what hangs on the posts, where the page draws that itself.
    """
    keys = [post.pk for post in posts]
    if not keys:
        return Cards()
    made = Cards(hung={} if bare else kinds.load(viewer, posts))
    placing.give(viewer, posts)
    _surround(made, viewer, keys)
    if viewer.member is None:
        return made
    known = near or {}
    connected = [key for key, how in known.items() if how >= CONNECTED]
    latest = LATEST.rows(me=viewer.id, posts=keys, people=array(connected)) if connected else []
    made.latest = {said.post_id: said for said in latest}
    said_by = {post.author_id for post in posts} | {said.author_id for said in latest}
    authors = {author for author in said_by if author is not None}
    made.near = {key: Standing(DEGREES[known[key]], 0) for key in authors if known.get(key, MEMBER) > MEMBER}
    made.near |= standings(viewer.member, authors - made.near.keys())
    if speaking := {post.page_id: post for post in posts if post.page_id is not None}:
        _work(made, viewer.member, posts, speaking.keys())
    return made


def _work(made: Cards, me: Member, posts: Sequence[Post], speaking: Collection[int]) -> None:
    """What those who work on a page see of what it says: three statements for them, one for everybody else."""
    made.parts_of = pages.parts_on(me, speaking)
    if not made.parts_of:
        return
    made.writers = Member.objects.in_bulk(
        {post.written_by_id for post in posts if post.page_id in made.parts_of} - {None}
    )
    made.first_on_page = firsts(made.parts_of)


def _surround(made: Cards, viewer: Viewer, keys: list[int]) -> None:
    """One statement for what is mine and for what is hidden."""
    with connection.cursor() as cursor:
        cursor.execute(SURROUNDINGS, {"me": viewer.id, "posts": array(keys)})
        for what, key, count, kind in cursor.fetchall():
            if what == "mine":
                made.mine[key] = kind
            elif what == "saved":
                made.saved.add(key)
            else:
                made.hidden[what, key] = count
