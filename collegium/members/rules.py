"""May she? About people's standing. The operator's command line and the clock act as None, and may."""

from collegium.accounts.models import User
from collegium.members.models import Member


def is_owner(user: User | None) -> bool:
    """Runs the community."""
    return user is not None and user.is_authenticated and user.is_active and user.is_owner


def may_admit(by: Member | None) -> bool:
    """Owners approve and refuse those who asked to join."""
    return by is None or (by.is_active and is_owner(by.user))


def may_suspend(by: Member | None, member: Member) -> bool:
    """Owners suspend and restore others, but not themselves: the last door must stay open."""
    return by is None or (may_admit(by) and by.pk != member.pk)


def may_edit(by: Member, member: Member) -> bool:
    """Everybody says for herself who she is."""
    return by.pk == member.pk and by.standing != Member.Standing.SUSPENDED


def may_agree(by: Member) -> bool:
    """Members in good standing say by what they are found, whatever was true when the request began."""
    return Member.objects.active().filter(pk=by.pk).exists()
