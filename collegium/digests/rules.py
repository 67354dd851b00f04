"""May she be mailed, and who may choose it?"""

from collegium.members.models import Member
from collegium.notifications import rules


def may_choose(member: Member | None) -> bool:
    """Everybody in good standing, for herself."""
    return member is not None and member.is_active


def may_be_mailed(member: Member) -> bool:
    """In good standing, and reads mail at the address: she has shown so, and mails do not come back from there."""
    return rules.may_be_mailed(member)
