"""May she pass this on, and may she forbid it?"""

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed.models import Post
from collegium.feed.places.cards import is_shown
from collegium.feed.places.seats import may_pass_on
from collegium.feed.rules import may_edit
from collegium.groups.models import Group
from collegium.members.models import Member
from collegium.reposts import originals
from collegium.reposts.models import Repost


def may_repost(member: Member | None, original: Post) -> bool:
    """Whoever sees it, where its author did not forbid it and it is for anybody but the author herself.

    A repost is not an original: asking is for what it passes on.
    """
    if member is None or not member.is_active or original.audience == Level.ONLY_ME or not is_shown(original):
        return False
    there = originals.open_to(Viewer(member)).filter(pk=original.pk).exists()
    return there and not Repost.objects.filter(post=original).exists()


def may_carry(original: Post, into: Group | None) -> bool:
    """Into a post on this wall, or on none: what is said where not everybody reads is passed on there alone."""
    return may_pass_on(original, into)


def may_forbid(member: Member | None, post: Post) -> bool:
    """Its author, or who speaks for the page that said it, of something that is not itself a repost."""
    return may_edit(member, post) and not Repost.objects.filter(post=post).exists()
