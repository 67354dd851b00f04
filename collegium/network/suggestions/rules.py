"""May she do this?"""

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.members.models import Member


def may_dismiss(member: Member, other: Member) -> bool:
    """Anybody but herself whom she sees."""
    active = Member.objects.active().filter(pk=member.pk).exists()
    return active and member.pk != other.pk and people.visible_to(Viewer(member)).filter(pk=other.pk).exists()


def may_take_back(member: Member, other: Member) -> bool:
    """What one has put aside, one may see again, whatever the other did meanwhile."""
    return member.pk != other.pk and Member.objects.active().filter(pk=member.pk).exists()
