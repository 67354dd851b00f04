"""May she do this with uploads?"""

from collegium.members.models import Member


def may_upload(member: Member) -> bool:
    """Everyone who may post."""
    return member.is_active
