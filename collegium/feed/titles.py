"""What a post is called where there is no room for it: its beginning, or what hangs on it where it has no words."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.feed.attachments import kinds
from collegium.feed.models import Comment, Post
from collegium.lib.text import excerpt

EXCERPT = 90


def give(viewer: Viewer, posts: Collection[Post]) -> None:
    """Set `instead` on those of these posts that have no words; the others are asked nothing.

    Args:
        viewer: who reads, and sees all of them.
        posts: any number; a constant number of statements, none where all have words.
    """
    wordless = {post.pk: post for post in posts if not post.body}
    named = kinds.named(viewer, wordless.keys())
    for key, post in wordless.items():
        post.instead = named.get(key, "")


def of(post: Post, limit: int = EXCERPT) -> str:
    """Its beginning, or what stands instead."""
    return excerpt(post.body or getattr(post, "instead", ""), limit) or _("a post without words")


def quoted(thing: Post | Comment | None) -> SafeString:
    """For a sentence about it: its own words in quotation marks, what stands instead without."""
    if thing is None:
        return format_html("<q><bdi>{}</bdi></q>", "")
    if thing.body or isinstance(thing, Comment):
        return format_html("<q><bdi>{}</bdi></q>", excerpt(thing.body, EXCERPT))
    return format_html("(<bdi>{}</bdi>)", of(thing))
