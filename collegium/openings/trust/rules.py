"""May she? About reports."""

from collegium.accounts.models import User
from collegium.members.models import Member
from collegium.openings.models import Opening, State
from collegium.openings.rules import part
from collegium.pages.rules import may_keep


def may_report(member: Member | None, opening: Opening) -> bool:
    """Everybody in good standing, what stands and is not of her own team."""
    return member is not None and member.is_active and opening.stands and part(member, opening) is None


def may_look(member: Member | None) -> bool:
    """Owners of the community."""
    return may_keep(member)


def may_settle(member: Member | None, opening: Opening) -> bool:
    """An owner who does not hire for it, unless nobody else is there to decide."""
    if member is None or not may_keep(member):
        return False
    if opening.state == State.DRAFT or part(member, opening) is None:
        return True
    others = Member.objects.active().filter(user__role=User.Role.OWNER, user__is_active=True)
    return not others.exclude(pk=member.pk).exists()
