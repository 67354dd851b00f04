"""May she do this? What one keeps about people is one's own; whom one keeps it about one must be able to see."""

from collegium.contacts.models import Change, Reminder, SavedFilter, Tag
from collegium.members.models import Member
from collegium.network.rules import in_standing, sees
from collegium.ties.models import Circle


def may_keep(member: Member) -> bool:
    """Tags, circles and filters are anybody's who is in good standing."""
    return in_standing(member)


def may_note(member: Member, person: Member) -> bool:
    """Everybody whom she sees, connected or not."""
    return member.pk != person.pk and sees(member, person)


def may_change(member: Member, row: Tag | Circle | SavedFilter | Reminder) -> bool:
    """Only what is her own."""
    return row.owner_id == member.pk and in_standing(member)


def may_undo(member: Member, row: Change) -> bool:
    """Only what she did herself."""
    return row.member_id == member.pk and in_standing(member)
