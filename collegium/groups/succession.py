"""No group stays without an owner in good standing while anybody is left in it: the next in line becomes one."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from collegium.groups.actions.holding import hold, ownerless
from collegium.groups.models import Group, Membership, Role
from collegium.journal.record import record
from collegium.lib.refusal import Conflict
from collegium.members.models import Member

BATCH = 500


@transaction.atomic
def succeed(group: Group) -> Membership | None:
    """Make the next in line an owner, where nobody in good standing is one; held, so that two do not both find none.

    Next is whoever has the highest role, and of those who has been there longest.
    """
    try:
        row = hold(group)
    except Conflict:
        return None
    if not ownerless(row):
        return None
    there = Membership.objects.filter(group=row, member__standing=Member.Standing.ACTIVE)
    heir = there.order_by("-role", "since", "member").first()
    if heir is None:
        return None
    was = heir.role
    Membership.objects.filter(group=row, member=heir.member_id).update(role=Role.OWNER)
    record("groups.succeeded", subject=row, member=heir.member_id, was=was)
    return heir


def succeed_after(member: int) -> None:
    """Look after the groups of an owner who has lost her standing."""
    for group in Group.objects.filter(memberships__member=member, memberships__role=Role.OWNER).order_by("pk"):
        succeed(group)


def sweep() -> int:
    """Look after groups whose owners vanished in whatever way, with their account too. Returns how many there were."""
    standing = Membership.objects.filter(group=OuterRef("pk"), member__standing=Member.Standing.ACTIVE)
    orphaned = Group.objects.filter(Exists(standing)).exclude(Exists(standing.filter(role=Role.OWNER)))
    return sum(succeed(group) is not None for group in orphaned.order_by("pk")[:BATCH])
