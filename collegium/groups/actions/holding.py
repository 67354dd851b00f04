"""One group, held: whoever changes who is in it, or how it is kept, waits for whoever does so at the moment."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collegium.groups.models import Group, Invitation, Membership, Request, Role
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member

# So many of each at once.
MOST = {Role.OWNER: 10, Role.MANAGER: 20, Role.MODERATOR: 50}


def hold(group: Group) -> Group:
    """The group as it is now, held until this transaction ends.

    Raises:
        Conflict: it is gone.
    """
    row = Group.objects.select_for_update(no_key=True).filter(pk=group.pk).first()
    if row is None:
        raise Conflict(_("This group is no longer here."))
    return row


def require_open(group: Group) -> None:
    """Raise `Conflict` where the group has ended."""
    if not group.is_open:
        raise Conflict(_("This group has ended. It is kept for reading."))


def owners_left(group: Group, without: Member) -> bool:
    """Whether somebody in good standing owns the group beside her; true only while the group is held."""
    return _owners(group).exclude(member=without).exists()


def ownerless(group: Group) -> bool:
    """Whether nobody in good standing owns it."""
    return not _owners(group).exists()


def close_doors(group: Group, member: Member, outcome: str) -> None:
    """Settle what waits between the group and one person: her request, and the invitation to her."""
    now = clock.now()
    for doors in (Request.objects, Invitation.objects):
        doors.standing().filter(group=group, member=member).update(outcome=outcome, settled_at=now)


def take_back_invitations(group: Group, sender: Member) -> None:
    """Whoever was made to go brings nobody in any more."""
    standing = Invitation.objects.standing().filter(group=group, sender=sender)
    standing.update(outcome=Invitation.Outcome.WITHDRAWN, settled_at=clock.now())


def _owners(group: Group) -> QuerySet[Membership]:
    return Membership.objects.filter(group=group, role=Role.OWNER, member__standing=Member.Standing.ACTIVE)
