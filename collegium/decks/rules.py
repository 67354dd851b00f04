"""May she do this with slides?"""

from collegium.feed.models import Post
from collegium.feed.rules import may_edit
from collegium.members.models import Member


def may_arrange(member: Member, post: Post) -> bool:
    """Only on one's own posts, and on those of a page she speaks for."""
    return may_edit(member, post)
