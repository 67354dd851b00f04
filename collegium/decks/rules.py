"""May she do this with slides?"""

from collegium.feed.models import Post
from collegium.members.models import Member


def may_arrange(member: Member, post: Post) -> bool:
    """Only on one's own posts."""
    return member.is_active and post.author_id == member.pk
