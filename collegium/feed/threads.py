"""What was said under a post, as one reader may see it: comments, a page at a time, each with its replies."""

from dataclasses import dataclass, field

from collegium.audience.viewer import Viewer
from collegium.feed.marks import react
from collegium.feed.models import Comment, Post, Reaction
from collegium.feed.unseen import count_reactions
from collegium.graph.degrees import Standing, standings
from collegium.lib import cursor

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
    newest_first: bool = False
    cut: bool = False

    react = staticmethod(react)

    def degree(self, author: int) -> int | None:
        """1, 2, 3, or None."""
        standing = self.near.get(author)
        return standing.degree if standing else None

    def find(self, key: int) -> Comment | None:
        """The comment or reply with this key, when it stands on this page."""
        everything = [*self.comments, *(reply for group in self.replies.values() for reply in group)]
        return next((each for each in everything if each.pk == key), None)


def thread(viewer: Viewer, post: Post, *, after: str = "", newest_first: bool = False) -> Thread:
    """One page of the comments under a post.

    Args:
        viewer: who reads; must see the post.
        post: the post.
        after: the cursor of the previous page.
        newest_first: the order of the comments; replies always read downwards.

    Raises:
        Http404: the cursor is none of ours.
    """
    top = Comment.objects.visible_to(viewer).filter(post=post, parent=None).select_related("author")
    if after:
        (key,) = cursor.unpack(after, 1)
        top = top.filter(pk__lt=key) if newest_first else top.filter(pk__gt=key)
    comments = list(top.order_by("-pk" if newest_first else "pk")[: PAGE + 1])
    more = cursor.pack(comments[PAGE - 1].pk) if len(comments) > PAGE else ""
    comments = comments[:PAGE]
    replies: dict[int, list[Comment]] = {}
    below = Comment.objects.visible_to(viewer).filter(post=post, parent__in=[each.pk for each in comments])
    found = list(below.select_related("author").order_by("pk")[: REPLIES + 1]) if comments else []
    for reply in found[:REPLIES]:
        replies.setdefault(reply.parent_id or 0, []).append(reply)
    everything = [*comments, *(reply for group in replies.values() for reply in group)]
    count_reactions(viewer, everything)
    mine = Reaction.objects.filter(member=viewer.member, comment__in=everything).values_list("comment_id", "kind")
    return Thread(
        comments,
        replies,
        dict(mine) if viewer and everything else {},
        standings(viewer.member, [each.author_id for each in everything]),
        more,
        newest_first,
        cut=len(found) > REPLIES,
    )
