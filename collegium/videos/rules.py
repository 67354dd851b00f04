"""May she do this with a video?"""

from collegium.feed.models import Post
from collegium.members.models import Member


def may_hang(member: Member, post: Post) -> bool:
    """Only on one's own posts."""
    return member.is_active and post.author_id == member.pk


def may_caption(member: Member) -> bool:
    """Everyone who may post."""
    return member.is_active
