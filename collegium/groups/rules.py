"""May she do this in a group? Every page and every room above asks here, and every verb opens with one of these.

Whoever has no row in a group, or no good standing in the community, has no role there; nothing that was before counts.
"""

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.groups.models import Ban, Group, Invitation, Joining, Membership, Posting, Role, Visibility
from collegium.lib.statement import Statement
from collegium.members.models import Member

# Asked several times a page.
SEAT = Statement(lambda slot: Membership.objects.filter(member=slot.int("member"), group=slot.int("group")))


def seat(member: Member | None, group: Group) -> Membership | None:
    """Her row in the group, while she is in good standing."""
    if member is None or not member.is_active:
        return None
    return SEAT.first(member=member.pk, group=group.pk)


def role(member: Member | None, group: Group) -> int | None:
    """Her role there; None when she is not in it."""
    mine = seat(member, group)
    return None if mine is None else mine.role


def may_know(viewer: Viewer, group: Group) -> bool:
    """Whether the viewer may know that the group exists, what it is for and how one comes in."""
    return Group.objects.visible_to(viewer).filter(pk=group.pk).exists()


def may_read(viewer: Viewer, group: Group) -> bool:
    """Whether the viewer reads in it: everybody where it is public, its members elsewhere; after its end too."""
    return group.visibility == Visibility.PUBLIC or role(viewer.member, group) is not None


def has_agreed(mine: Membership, group: Group) -> bool:
    """Whether she accepted the rules as they stand now."""
    if not group.rules or group.rules_at is None:
        return True
    return mine.agreed_at is not None and mine.agreed_at >= group.rules_at


def may_post(member: Member | None, group: Group) -> bool:
    """Members, where the group lets them, once they accepted its rules as they stand."""
    return not why_silent(member, group)


def why_silent(member: Member | None, group: Group) -> str:
    """The sentence that says why she may not post there; empty when she may."""
    return why_seat_is_silent(seat(member, group), group)


def why_seat_is_silent(mine: Membership | None, group: Group) -> str:
    """The same for a row that is at hand."""
    if mine is None:
        return _("Only members post here.")
    if not group.is_open:
        return _("This group has ended. It is kept for reading.")
    if not has_agreed(mine, group):
        return _("The rules of this group have changed. You can post again once you have accepted them.")
    if group.posting == Posting.MODERATORS and mine.role < Role.MODERATOR:
        return _("In this group only those who keep it post.")
    return ""


def waits(member: Member | None, group: Group) -> bool:
    """Whether what she posts must be let in first: in groups that ask for it, what plain members post."""
    mine = role(member, group)
    return group.approving and (mine is None or mine < Role.MODERATOR)


def may_keep(member: Member | None, group: Group) -> bool:
    """Let posts in, hide, remove, ban: moderators and those above them, while the group goes on."""
    return group.is_open and _at_least(member, group, Role.MODERATOR)


def may_manage(member: Member | None, group: Group) -> bool:
    """Let people in, say how the group is kept: managers and owners, while the group goes on."""
    return group.is_open and _at_least(member, group, Role.MANAGER)


def may_read_log(member: Member | None, group: Group) -> bool:
    """Managers and owners, after its end too."""
    return _at_least(member, group, Role.MANAGER)


def may_own(member: Member | None, group: Group) -> bool:
    """Give roles, end the group, open it again, delete it: its owners."""
    return _at_least(member, group, Role.OWNER)


def may_found(member: Member | None) -> bool:
    """Everybody in good standing."""
    return member is not None and member.is_active


def banned(member: Member, group: Group) -> Ban | None:
    """The ban that keeps her out now."""
    return Ban.objects.holding().filter(member=member, group=group).first()


def invited(member: Member, group: Group) -> Invitation | None:
    """The invitation that waits for her."""
    return Invitation.objects.standing().filter(member=member, group=group).first()


def may_knock(member: Member | None, group: Group) -> bool:
    """Come to the door at all: whoever may know of the group and is not banned."""
    if member is None or not member.is_active or not may_know(Viewer(member), group):
        return False
    return banned(member, group) is None


def may_join(member: Member | None, group: Group) -> bool:
    """Come in at once: where it is open, or where an invitation waits for her."""
    if member is None or not group.is_open or not may_knock(member, group):
        return False
    return group.joining == Joining.OPEN or invited(member, group) is not None


def may_ask(member: Member | None, group: Group) -> bool:
    """Ask to be let in, where that is the way."""
    return group.is_open and group.joining == Joining.REQUEST and may_knock(member, group)


def may_invite(member: Member | None, group: Group) -> bool:
    """Managers, and every member where the group says so."""
    mine = role(member, group)
    return group.is_open and mine is not None and (mine >= Role.MANAGER or group.members_invite)


def may_remove(by: Member | None, member: Member, group: Group) -> bool:
    """Those who keep the group, whoever stands below them there; oneself one takes out by leaving."""
    mine = role(by, group) if group.is_open else None
    if by is None or mine is None or mine < Role.MODERATOR or by.pk == member.pk:
        return False
    theirs = Membership.objects.filter(member=member, group=group).values_list("role", flat=True).first()
    return theirs is None or theirs < mine


def _at_least(member: Member | None, group: Group, least: int) -> bool:
    mine = role(member, group)
    return mine is not None and mine >= least
