"""May she be mailed, and who may choose it?"""

from allauth.account.models import EmailAddress
from django.db.models import F

from collegium.members.models import Member


def may_choose(member: Member | None) -> bool:
    """Everybody in good standing, for herself."""
    return member is not None and member.is_active


def may_be_mailed(member: Member) -> bool:
    """In good standing, and reads mail at the address: she has shown so."""
    if not member.is_active or not member.user.is_active:
        return False
    return EmailAddress.objects.filter(user=member.user_id, email=F("user__email"), verified=True).exists()
