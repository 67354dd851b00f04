"""What was said under a post, as one reader may see it: comments, a page at a time, each with its replies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from collegium.audience.viewer import Viewer, stand_in
from collegium.feed.marks import react, verified
from collegium.feed.models import Comment, CommentQuerySet, Post, Reaction, State
from collegium.feed.talking.order import InTime, Order, Place, order_of
from collegium.feed.unseen import count_reactions
from collegium.graph.degrees import Standing, standings
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.pages import rules as pages

PAGE = 20
REPLIES = 500


@dataclass
class Thread:
    """A page of comments and all that is needed to draw them."""

    comments: list[Comment] = field(default_factory=list)
    replies: dict[int, list[Comment]] = field(default_factory=dict)
    mine: dict[int, str] = field(default_factory=dict)
    near: dict[int, Standing] = field(default_factory=dict)
    more: str = ""
    order: str = Order.OLDEST
    cut: bool = False
    # Of the pages that speak here those she works on, with her parts, and who wrote for them.
    parts_of: Mapping[int, set[str]] = field(default_factory=dict)
    writers: Mapping[int, Member] = field(default_factory=dict)

    react = staticmethod(react)
    verified = staticmethod(verified)

    def mine_to_change(self, said: Comment, me: Member | None) -> bool:
        """Whether these words are hers, or those of a page she speaks for."""
        if said.page_id is None:
            return me is not None and said.author_id == me.pk
        return bool(self.parts_of.get(said.page_id, set()) & pages.SPEAKING)

    def degree(self, author: int | None) -> int | None:
        """1, 2, 3, or None."""
        standing = self.near.get(author or 0)
        return standing.degree if standing else None

    @property
    def everything(self) -> list[Comment]:
        """Comments and replies."""
        return [*self.comments, *(reply for group in self.replies.values() for reply in group)]

    def find(self, key: int) -> Comment | None:
        """The comment or reply with this key, when it stands on this page."""
        return next((each for each in self.everything if each.pk == key), None)


def thread(viewer: Viewer, post: Post, *, after: str = "", order: str = Order.OLDEST) -> Thread:
    """One page of the comments under a post.

    Args:
        viewer: who reads; must see the post.
        post: the post.
        after: the cursor of the previous page.
        order: an `Order`, of the comments; replies always read downwards. Another word is the oldest first.

    Raises:
        Http404: the cursor is none of ours.
    """
    place = order_of(order).place(viewer, after)
    made = Thread(order=order_of(order))
    made.comments, made.more = _comments(viewer, post, place)
    if post.pinned_id and not after:
        pinned = Comment.objects.visible_to(viewer).filter(pk=post.pinned_id, post=post)
        made.comments[:0] = list(pinned.select_related("author", "page"))
    made.replies, made.cut = _replies(viewer, post, made.comments)
    everything = made.everything
    count_reactions(viewer, everything)
    if viewer and everything:
        mine = Reaction.objects.filter(member=viewer.member, comment__in=everything)
        made.mine = dict(mine.values_list("comment_id", "kind"))
    authors = (each.author_id for each in everything if not each.is_gone)
    made.near = standings(viewer.member, [author for author in authors if author is not None])
    if viewer and (speaking := {each.page_id for each in everything if each.page_id is not None}):
        made.parts_of = pages.parts_on(viewer.me, speaking)
        keys = {each.written_by_id for each in everything if each.page_id in made.parts_of}
        made.writers = Member.objects.in_bulk(keys - {None}) if made.parts_of else {}
    return made


def _comments(viewer: Viewer, post: Post, place: Place) -> tuple[list[Comment], str]:
    """The comments of one page, and the cursor of the next: those the viewer sees, and the places of deleted ones."""
    if viewer and isinstance(place, InTime):
        values = {"me": viewer.id, "post": post.pk, "pinned": post.pinned_id or 0, "from": place.beginning}
        found = [row for each in IN_TIME[place.newest_first] for row in each.rows(**values)]
    else:
        kinds = (_top(viewer, post.pk), _left(viewer, post.pk))
        found = [row for rows in kinds for row in _stretch(rows, post.pinned_id or 0, place)]
    found.sort(key=place.key)
    more = place.cursor(found[PAGE - 1]) if len(found) > PAGE else ""
    return found[:PAGE], more


def _top(viewer: Viewer, post: int) -> CommentQuerySet:
    """Those the viewer sees."""
    return Comment.objects.visible_to(viewer).filter(post=post, parent=None)


def _left(viewer: Viewer, post: int) -> CommentQuerySet:
    """The places of deleted ones."""
    answered = Comment.objects.visible_to(viewer).filter(parent=OuterRef("pk"))
    return Comment.objects.filter(Exists(answered), post=post, parent=None, state=State.GONE)


def _stretch(rows: CommentQuerySet, pinned: int, place: Place) -> CommentQuerySet:
    """The next of these rows; the pinned one stands above all of them."""
    return place.next(rows.exclude(pk=pinned).select_related("author", "page"))[: PAGE + 1]


def _written(kind: Callable[[Viewer, int], CommentQuerySet], newest_first: bool) -> Statement[Comment]:
    """The same for whoever is signed in, in the order of time."""
    return Statement(
        lambda slot: _stretch(
            kind(stand_in(slot.int("me")), slot.int("post")), slot.int("pinned"), InTime(slot.int("from"), newest_first)
        )
    )


IN_TIME = {order: (_written(_top, order), _written(_left, order)) for order in (False, True)}


def _replies(viewer: Viewer, post: Post, comments: Sequence[Comment]) -> tuple[dict[int, list[Comment]], bool]:
    """The replies under these comments, and whether there are more than a page holds."""
    if not comments:
        return {}, False
    below = Comment.objects.visible_to(viewer).filter(post=post, parent__in=[each.pk for each in comments])
    found = list(below.select_related("author", "page").order_by("pk")[: REPLIES + 1])
    replies: dict[int, list[Comment]] = {}
    for reply in found[:REPLIES]:
        replies.setdefault(reply.parent_id or 0, []).append(reply)
    return replies, len(found) > REPLIES
