"""Open pages that show a post look again."""

from collegium.audience.rule import readers
from collegium.feed.models import Facet, Post, Selection
from collegium.members.models import Member
from collegium.realtime.lines import online
from collegium.realtime.poke import poke


def look_again(post: Post) -> None:
    """Tell the open pages of those who see the post; where people are named, the author's alone."""
    seeing = readers(post.author, post.audience, personal=post.facet == Facet.PERSONAL)
    if post.selection != Selection.NONE:
        seeing = Member.objects.filter(pk=post.author_id)
    poke(seeing.filter(pk__in=list(online())).values_list("pk", flat=True), f"post-{post.pk}")
