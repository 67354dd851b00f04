"""May she vote?"""

from collegium.feed.models import Post
from collegium.feed.rules import sees
from collegium.members.models import Member


def may_vote(member: Member | None, post: Post) -> bool:
    """Everyone in good standing who sees the post, but its author: she sees the results all along."""
    return member is not None and member.is_active and member.pk != post.author_id and sees(member, post)
