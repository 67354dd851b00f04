"""Open pages that show a post look again."""

from collegium.feed.holding import watchers
from collegium.feed.models import Post
from collegium.realtime.lines import online
from collegium.realtime.poke import poke


def look_again(post: Post) -> None:
    """Tell the open pages of those who see the post; where people are named, the author's alone."""
    poke(watchers(post).filter(pk__in=list(online())).values_list("pk", flat=True), f"post-{post.pk}")
