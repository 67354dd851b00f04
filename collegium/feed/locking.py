"""What every verb of the feed begins with: the post, locked, so that all that hangs on it changes in turn."""

from collegium.feed.models import Comment, Post
from collegium.lib.refusal import Conflict

GONE = "This post is no longer here."


def fresh(row: Post) -> Post:
    """The post as it is now, locked: whatever hangs on it (comments, reactions, counters) changes in turn.

    Raises:
        Conflict: it was deleted meanwhile.
    """
    locked = Post.objects.select_for_update(no_key=True).filter(pk=row.pk).first()
    if locked is None:
        raise Conflict(GONE)
    return locked


def again(said: Comment) -> Comment:
    """The comment as it is now.

    Raises:
        Conflict: it was deleted meanwhile.
    """
    found = Comment.objects.select_related("post", "parent").filter(pk=said.pk).first()
    if found is None or found.is_gone:
        raise Conflict("This comment is no longer here.")
    return found
