"""What was said under a post, as one reader may see it: comments, a page at a time, each with its replies."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from collegium.audience.viewer import Viewer
from collegium.feed.marks import react
from collegium.feed.models import Comment, CommentQuerySet, Post, Reaction, State
from collegium.feed.talking.order import Order, Place, order_of
from collegium.feed.unseen import count_reactions
from collegium.graph.degrees import Standing, standings

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

    react = staticmethod(react)

    def degree(self, author: int) -> int | None:
        """1, 2, 3, or None."""
        standing = self.near.get(author)
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
        made.comments[:0] = list(pinned.select_related("author"))
    made.replies, made.cut = _replies(viewer, post, made.comments)
    everything = made.everything
    count_reactions(viewer, everything)
    if viewer and everything:
        mine = Reaction.objects.filter(member=viewer.member, comment__in=everything)
        made.mine = dict(mine.values_list("comment_id", "kind"))
    made.near = standings(viewer.member, [each.author_id for each in everything if not each.is_gone])
    return made


def _comments(viewer: Viewer, post: Post, place: Place) -> tuple[list[Comment], str]:
    """The comments of one page, and the cursor of the next: those the viewer sees, and the places of deleted ones."""
    top = Comment.objects.visible_to(viewer).filter(post=post, parent=None)
    answered = Comment.objects.visible_to(viewer).filter(parent=OuterRef("pk"))
    left = Comment.objects.filter(Exists(answered), post=post, parent=None, state=State.GONE)
    found = [*_stretch(top, post, place), *_stretch(left, post, place)]
    found.sort(key=place.key)
    more = place.cursor(found[PAGE - 1]) if len(found) > PAGE else ""
    return found[:PAGE], more


def _stretch(rows: CommentQuerySet, post: Post, place: Place) -> Sequence[Comment]:
    """The next of these rows; the pinned one stands above all of them."""
    rows = rows.exclude(pk=post.pinned_id) if post.pinned_id else rows
    return list(place.next(rows.select_related("author"))[: PAGE + 1])


def _replies(viewer: Viewer, post: Post, comments: Sequence[Comment]) -> tuple[dict[int, list[Comment]], bool]:
    """The replies under these comments, and whether there are more than a page holds."""
    if not comments:
        return {}, False
    below = Comment.objects.visible_to(viewer).filter(post=post, parent__in=[each.pk for each in comments])
    found = list(below.select_related("author").order_by("pk")[: REPLIES + 1])
    replies: dict[int, list[Comment]] = {}
    for reply in found[:REPLIES]:
        replies.setdefault(reply.parent_id or 0, []).append(reply)
    return replies, len(found) > REPLIES
