"""What whoever keeps a conversation sees of it beyond everybody else: what waits, what is hidden, who helps."""

from collections.abc import Sequence
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from collegium.audience.viewer import Viewer
from collegium.feed import rules
from collegium.feed.holding import holders
from collegium.feed.models import Cohost, Comment, CommentQuerySet, Post, State
from collegium.feed.models.talk import STANDING, heard
from collegium.feed.talking.names import is_named
from collegium.members.models import Member, MemberQuerySet
from collegium.pages import rules as pages
from collegium.ties.models import Connection

SHOWN = 50


def kept_by(viewer: Viewer, post: Post, *states: State) -> CommentQuerySet:
    """The comments of these states under a post, for a viewer who keeps its conversation.

    Not those of people a block or a suspension parts from her, nor replies to what is not shown.
    """
    return _near(viewer, Comment.objects.filter(post=post, state__in=states))


def post_of(key: int) -> int | None:
    """The post a comment stands under, whatever its state; whether anybody may know is asked of the post."""
    return Comment.objects.filter(pk=key if key < 1 << 63 else 0).values_list("post", flat=True).first()


def waiting_for(viewer: Viewer) -> CommentQuerySet:
    """What waits under all posts that the viewer sees and keeps."""
    near = Connection.objects.filter(member=OuterRef("author"), other=viewer.id)
    asked = Cohost.objects.filter(post=OuterRef("pk"), member=viewer.id)
    kept = Q(author=viewer.id) | Q(page__in=pages.spoken_for(viewer.member))
    posts = Post.objects.visible_to(viewer).filter(kept | Exists(asked) & Exists(near))
    return _near(viewer, Comment.objects.filter(post__in=posts, state=State.WAITING))


def _near(viewer: Viewer, rows: CommentQuerySet) -> CommentQuerySet:
    above = Comment.objects.filter(pk=OuterRef("parent"), state__in=STANDING)
    rows = rows.filter(Q(parent=None) | Exists(above))
    return heard(rows, viewer).select_related("author", "page", "parent__author", "parent__page")


def hosts(post: Post) -> MemberQuerySet:
    """Whom the author asked to help, as long as they are connected and in good standing."""
    near = Connection.objects.filter(member=post.author_id, other=OuterRef("pk"))
    asked = Cohost.objects.filter(post=post).values("member")
    return Member.objects.active().filter(Exists(near), pk__in=asked).order_by("name", "pk")


def keepers(post: Post) -> list[int]:
    """The author, and those who help her and see the post, by key; of what a page says those who speak for it."""
    return [*holders(post), *(each.pk for each in hosts(post) if rules.sees(each, post))]


class Talk:
    """The conversation under one post for one viewer; each question is asked when a page comes to it."""

    def __init__(self, viewer: Viewer, post: Post) -> None:
        self.viewer, self.post = viewer, post

    @cached_property
    def keeps(self) -> bool:
        """Whether she keeps it."""
        return rules.may_keep(self.viewer.member, self.post)

    @cached_property
    def waiting(self) -> Sequence[Comment]:
        """What waits for her, the oldest first."""
        return list(kept_by(self.viewer, self.post, State.WAITING).order_by("pk")[:SHOWN]) if self.keeps else []

    @cached_property
    def away(self) -> Sequence[Comment]:
        """What is hidden or was not let in, the newest first."""
        states = (State.HIDDEN, State.REFUSED)
        return list(kept_by(self.viewer, self.post, *states).order_by("-pk")[:SHOWN]) if self.keeps else []

    @cached_property
    def hosts(self) -> Sequence[Member]:
        """Who helps."""
        return list(hosts(self.post))

    @cached_property
    def edits(self) -> bool:
        """Whether the post is hers to change, or that of a page she speaks for."""
        return rules.may_edit(self.viewer.member, self.post)

    @property
    def is_closed(self) -> bool:
        """Whether nobody comments any more."""
        return rules.is_closed(self.post)

    @property
    def waits(self) -> bool:
        """Whether what she says would wait."""
        return self.viewer.member is not None and rules.must_wait(self.viewer.member, self.post)

    def names_me(self, thing: Post | Comment) -> bool:
        """Whether these words of somebody else name her."""
        return is_named(self.viewer.member, thing)
