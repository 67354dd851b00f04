"""May she keep, hide, follow, merge? What one chooses for oneself, everyone in good standing may."""

from collegium.feed.models import Post, Quiet
from collegium.feed.rules import sees
from collegium.members import rules as members
from collegium.members.models import Member


def may_choose(member: Member) -> bool:
    """Everyone in good standing, for herself."""
    return member.is_active


def may_keep(member: Member, post: Post) -> bool:
    """Everyone who sees it."""
    return member.is_active and sees(member, post)


def may_hide(member: Member, post: Post) -> bool:
    """Everyone who sees it, but the author: her own posts stay at her home."""
    return post.author_id != member.pk and may_keep(member, post)


def may_change(member: Member, quiet: Quiet) -> bool:
    """Only whose it is."""
    return member.is_active and quiet.member_id == member.pk


def may_merge(member: Member) -> bool:
    """Owners of the network decide which topics are one."""
    return member.is_active and members.is_owner(member.user)
