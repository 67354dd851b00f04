"""What somebody shows of herself while talking."""

from collegium.members.models import Member
from collegium.messaging.models import Manners


def of(member: Member) -> Manners:
    """Her choice; without one, all of it."""
    return Manners.objects.filter(member=member).first() or Manners(member=member)
