"""May she keep, change or put back a search?"""

from collegium.finding.models.saved import UNDO_WITHIN, Saved
from collegium.lib import clock
from collegium.members.models import Member


def may_save(member: Member) -> bool:
    """Whoever looks for work may keep what she looked for."""
    return member.is_active


def may_change(member: Member, saved: Saved) -> bool:
    """It is hers."""
    return member.is_active and saved.member_id == member.pk


def may_restore(member: Member, saved: Saved) -> bool:
    """It is hers, and was taken away less than a day ago."""
    return may_change(member, saved) and saved.removed_at is not None and clock.now() - saved.removed_at < UNDO_WITHIN
