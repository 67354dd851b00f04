"""May she?"""

from collegium.members.models import Member


def may_choose(member: Member) -> bool:
    """Members in good standing choose how they appear to those they visit."""
    return Member.objects.active().filter(pk=member.pk).exists()
