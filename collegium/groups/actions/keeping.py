"""Roles, leaving, taking somebody out. The last owner in good standing goes nowhere before there is another."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.groups import rules
from collegium.groups.actions.holding import MOST, hold, owners_left, require_open, take_back_invitations
from collegium.groups.models import Group, Membership, Role
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def give_role(group: Group, member: Member, role: int, *, by: Member) -> bool:
    """Give somebody of the group a role, or take one; an owner may lay her own down. False when she had it already.

    Raises:
        Conflict: there are too many of them, she is the last owner, or is not in the group any more.
    """
    row = hold(group)
    require_open(row)
    require(rules.may_own(by, row))
    theirs = Membership.objects.select_related("member").filter(group=row, member=member).first()
    if theirs is None or not theirs.member.is_active:
        raise Conflict(_("%(name)s is not in this group any more.") % {"name": member.name})
    was = theirs.role
    if was == role:
        return False
    if was == Role.OWNER and not owners_left(row, without=member):
        raise Conflict(_("A group needs an owner. Make somebody else one first."))
    _require_room(row, role)
    Membership.objects.filter(group=row, member=member).update(role=role)
    record("groups.role_given", actor=by, subject=row, member=member.pk, was=was, role=int(role))
    return True


@transaction.atomic
def leave(group: Group, *, by: Member, heir: Member | None = None) -> bool:
    """Go. What she wrote stays. False when she was not in it.

    Args:
        group: which.
        by: who goes.
        heir: who owns it from now on, where she is the last owner.

    Raises:
        Conflict: she is the last owner, and names nobody who is in it.
    """
    row = hold(group)
    mine = Membership.objects.filter(group=row, member=by).first()
    if mine is None:
        return False
    require(by.is_active)
    if mine.role == Role.OWNER and not owners_left(row, without=by):
        _hand_over(row, by, heir)
    Membership.objects.filter(group=row, member=by).delete()
    record("groups.left", actor=by, subject=row if mine.role > Role.MEMBER else None, group=row.pk, role=mine.role)
    return True


@transaction.atomic
def remove(group: Group, member: Member, *, by: Member, reason: str = "") -> bool:
    """Take somebody out; she is told, with the reason, and may come in again. False when she was gone already."""
    row = hold(group)
    require_open(row)
    require(rules.may_remove(by, member, row))
    if not Membership.objects.filter(group=row, member=member).delete()[0]:
        return False
    take_back_invitations(row, member)
    record("groups.removed", actor=by, subject=row, member=member.pk, reason=reason)
    return True


def choose(group: Group, *, by: Member, at_home: bool, in_digest: bool, reachable: bool) -> None:
    """What reaches her from the group, and who of it may write to her."""
    with transaction.atomic():
        require(rules.seat(by, group) is not None)
        wishes = {"at_home": at_home, "in_digest": in_digest, "reachable": reachable}
        Membership.objects.filter(group=group, member=by).update(**wishes)
        record("groups.chosen", actor=by, group=group.pk, **wishes)


def _hand_over(group: Group, by: Member, heir: Member | None) -> None:
    theirs = None
    if heir is not None and heir.pk != by.pk:
        theirs = Membership.objects.select_related("member").filter(group=group, member=heir).first()
    if theirs is None or not theirs.member.is_active:
        raise Conflict(_("You are its only owner. Say who owns it when you have gone, or end the group."))
    Membership.objects.filter(group=group, member=theirs.member).update(role=Role.OWNER)
    record(
        "groups.role_given", actor=by, subject=group, member=theirs.member_id, was=theirs.role, role=Role.OWNER.value
    )


def _require_room(group: Group, role: int) -> None:
    most = MOST.get(Role(role))
    if most is not None and Membership.objects.filter(group=group, role=role).count() >= most:
        words = _("There are %(most)s with this role, and that is as many as there is room for.")
        raise Conflict(words % {"most": most})
