"""Who may say that something was read."""

from collegium.members.models import Member
from collegium.notifications.models import Notification


def may_read(member: Member, told: Notification) -> bool:
    """Only the one who was told, while in good standing."""
    return member.is_active and told.recipient_id == member.id


def may_read_all(member: Member) -> bool:
    """Everybody in good standing, of her own."""
    return member.is_active
