"""Keeping somebody out: for a while or for good, with what she said there or without; and lifting that."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.groups import rules
from collegium.groups.actions.holding import close_doors, hold, require_open, take_back_invitations
from collegium.groups.banning import sweepers
from collegium.groups.models import Ban, Group, Membership, Request
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def ban(
    group: Group,
    member: Member,
    *,
    by: Member,
    reason: str = "",
    until: datetime | None = None,
    with_content: bool = False,
) -> Ban:
    """Keep somebody out; she is told, with the reason.

    Args:
        group: out of which.
        member: whom; one below who bans her, or somebody who is not in it.
        by: who bans her.
        reason: she reads it.
        until: when it ends by itself; None: when it is lifted.
        with_content: whether what she posted and said there is hidden too.

    Raises:
        Conflict: she is banned already.
    """
    row = hold(group)
    require_open(row)
    require(rules.may_remove(by, member, row))
    if rules.banned(member, row) is not None:
        raise Conflict(_("%(name)s is kept out already.") % {"name": member.name})
    _end_run_out(row, member)
    was_inside = _put_out(row, member)
    made = Ban.objects.create(group=row, member=member, by=by, reason=reason, until=until, with_content=with_content)
    sweepers.sweep(made, on=True)
    _record(made, was_inside)
    return made


@transaction.atomic
def lift(banned: Ban, *, by: Member) -> None:
    """Let her come again; what the ban hid is shown again. She is told.

    Raises:
        Conflict: it was lifted already.
    """
    row = hold(banned.group)
    require_open(row)
    require(rules.may_keep(by, row))
    held = Ban.objects.filter(pk=banned.pk, group=row, lifted_at=None).first()
    if held is None:
        raise Conflict(_("This ban has been lifted already."))
    held.lifted_at = clock.now()
    held.save(update_fields=["lifted_at"])
    sweepers.sweep(held, on=False)
    record("groups.unbanned", actor=by, subject=row, member=held.member_id, ban=held.pk)


def expire(most: int = 500) -> int:
    """Lift the bans whose time is over, so that what they hid is shown again. Returns how many there were."""
    over = Ban.objects.filter(lifted_at=None, until__lte=clock.now()).select_related("group", "member")
    rows = list(over.order_by("pk")[:most])
    for each in rows:
        with transaction.atomic():
            _end_run_out(hold(each.group), each.member)
    return len(rows)


def _end_run_out(group: Group, member: Member) -> None:
    """One that ran out by itself makes room for the next; nobody is told, for she knew when."""
    over = Ban.objects.filter(group=group, member=member, lifted_at=None, until__lte=clock.now()).first()
    if over is not None:
        over.lifted_at = clock.now()
        over.save(update_fields=["lifted_at"])
        sweepers.sweep(over, on=False)


def _record(ban: Ban, was_inside: bool) -> None:
    ends = ban.until.isoformat() if ban.until else ""
    told = {"reason": ban.reason, "until": ends, "with_content": ban.with_content, "inside": was_inside}
    record("groups.banned", actor=ban.by, subject=ban.group, member=ban.member_id, ban=ban.pk, **told)


def _put_out(group: Group, member: Member) -> bool:
    """Nothing of hers stands in the group or at its door any more; True when she was in it."""
    inside = bool(Membership.objects.filter(group=group, member=member).delete()[0])
    take_back_invitations(group, member)
    close_doors(group, member, Request.Outcome.DECLINED)
    return inside
