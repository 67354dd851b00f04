"""Whose devices are whose."""

from collegium.members.models import Member
from collegium.push.models import Device


def may_enrol(member: Member) -> bool:
    """Everybody in good standing."""
    return member.is_active


def may_manage(member: Member, device: Device) -> bool:
    """Only the one who allowed it."""
    return member.is_active and device.member_id == member.pk
