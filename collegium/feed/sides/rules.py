"""May she have facets of her own, and choose what she reads of somebody?"""

from collegium.feed.models import Side
from collegium.members.models import Member


def may_have(member: Member) -> bool:
    """Everyone in good standing."""
    return member.is_active


def may_change(member: Member, side: Side) -> bool:
    """Only whose it is."""
    return member.is_active and side.owner_id == member.pk


def may_choose(reader: Member, author: Member) -> bool:
    """Of everybody but herself: one's own posts always come home."""
    return reader.is_active and reader.pk != author.pk
