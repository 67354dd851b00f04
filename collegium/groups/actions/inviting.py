"""Asking people in: connections of whoever asks, and what becomes of it."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.audience import people as sight
from collegium.audience.viewer import Viewer
from collegium.groups import rules
from collegium.groups.actions.holding import hold, require_open
from collegium.groups.models import Ban, Group, Invitation, Membership, Role
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.ties.models import Connection

# Who declined is not asked again so soon. Whoever asks is not told that she declined: the asking stays unheard.
REST = timedelta(days=90)


@transaction.atomic
def invite(group: Group, people: Sequence[Member], *, by: Member, note: str = "") -> list[Invitation]:
    """Ask connections in. Those who are in it, or were asked, are passed over.

    Returns:
        The invitations that were made.

    Raises:
        Conflict: it has ended, or somebody cannot be asked.
    """
    row = hold(group)
    require_open(row)
    require(rules.may_invite(by, row))
    asked = {each.pk: each for each in people}
    _require_near(by, asked)
    fresh = [asked[key] for key in sorted(asked.keys() - _passed_over(row, by, list(asked)))]
    made = [Invitation.objects.create(group=row, member=each, sender=by, note=note) for each in fresh]
    for each in made:
        record("groups.invited", actor=by, subject=row, member=each.member_id, invitation=each.pk)
    return made


@transaction.atomic
def decline(group: Group, *, by: Member) -> None:
    """Not come; whoever asked is not told.

    Raises:
        Conflict: the invitation was taken back meanwhile.
    """
    require(by.is_active)
    hold(group)
    mine = rules.invited(by, group)
    if mine is None:
        raise Conflict(_("This invitation is no longer there."))
    _settle(mine, Invitation.Outcome.DECLINED)
    record("groups.invitation_declined", actor=by, group=group.pk, invitation=mine.pk)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Member) -> None:
    """Take an invitation back: whoever sent it, and those who manage the group.

    One that was declined is taken back as if it waited still.

    Raises:
        Conflict: she is in the group.
    """
    row = hold(invitation.group)
    require(rules.seat(by, row) is not None and (invitation.sender_id == by.pk or rules.may_manage(by, row)))
    held = Invitation.objects.filter(pk=invitation.pk, group=row).first()
    if held is None or held.outcome == Invitation.Outcome.ACCEPTED:
        raise Conflict(_("This invitation has been answered already."))
    if held.settled_at is None:
        _settle(held, Invitation.Outcome.WITHDRAWN)
        record("groups.invitation_withdrawn", actor=by, group=row.pk, invitation=held.pk)


def _settle(invitation: Invitation, outcome: str) -> None:
    invitation.outcome, invitation.settled_at = outcome, clock.now()
    invitation.save(update_fields=["outcome", "settled_at"])


def _require_near(by: Member, asked: dict[int, Member]) -> None:
    """Only connections whom the sender sees; who is not, she cannot have been offered."""
    tied = Connection.objects.filter(member=by, other__in=list(asked)).values_list("other_id", flat=True)
    seen = set(sight.visible_to(Viewer(by)).filter(pk__in=list(tied)).values_list("pk", flat=True))
    far = [each.name for key, each in asked.items() if key not in seen]
    if far:
        raise Conflict(_("You can ask only your connections: %(names)s is not one.") % {"names": far[0]})


def _passed_over(group: Group, by: Member, keys: list[int]) -> set[int]:
    """Who is in it, was asked, declined not long ago, or is banned; of that last one its keepers are told."""
    inside = Membership.objects.filter(group=group, member__in=keys).values_list("member_id", flat=True)
    recently = Invitation.objects.filter(outcome=Invitation.Outcome.DECLINED, settled_at__gt=clock.now() - REST)
    asked = (Invitation.objects.standing() | recently).filter(group=group, member__in=keys)
    banned = Ban.objects.holding().filter(group=group, member__in=keys).select_related("member")
    kept_out = {each.member_id: each.member.name for each in banned}
    role = rules.role(by, group)
    if kept_out and role is not None and role >= Role.MODERATOR:
        words = _("%(name)s is kept out of this group. Lift the ban first.")
        raise Conflict(words % {"name": next(iter(kept_out.values()))})
    return {*inside, *asked.values_list("member_id", flat=True), *kept_out}
