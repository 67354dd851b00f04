"""May she pass this on, and may she forbid it?"""

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed.models import Post
from collegium.members.models import Member
from collegium.reposts import originals
from collegium.reposts.models import Repost


def may_repost(member: Member | None, original: Post) -> bool:
    """Whoever sees it, where its author did not forbid it and it is for anybody but the author herself.

    A repost is not an original: asking is for what it passes on.
    """
    if member is None or not member.is_active or original.audience >= Level.ONLY_ME:
        return False
    there = originals.open_to(Viewer(member)).filter(pk=original.pk).exists()
    return there and not Repost.objects.filter(post=original).exists()


def may_forbid(member: Member | None, post: Post) -> bool:
    """Its author, of something that is not itself a repost."""
    mine = member is not None and member.is_active and post.author_id == member.pk
    return mine and not Repost.objects.filter(post=post).exists()
