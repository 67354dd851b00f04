"""May she do this, and does anything stand in the way?

`may_…` says whether the step is hers at all. Where it is not, she may not know of it either: the pages answer 404.
`hindrance_to_…` says what in the state of things stands in the way, as a sentence for her; asked under the lock.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.conduct import rules as conduct
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network import door
from collegium.network.models import Parting
from collegium.ties.models import COOLDOWN, REMIND_AFTER, Connection, Invitation, blocks_between
from collegium.ui.text import day


def in_standing(member: Member) -> bool:
    """Whether the member is active now, whatever was true when the request began."""
    return Member.objects.active().filter(pk=member.pk).exists()


def sees(member: Member, other: Member) -> bool:
    """The rule of sight for one person, asked afresh."""
    return in_standing(member) and people.visible_to(Viewer(member)).filter(pk=other.pk).exists()


def may_invite(member: Member, other: Member) -> bool:
    """Everyone whom she sees."""
    return member.pk != other.pk and sees(member, other)


def may_follow(member: Member, other: Member) -> bool:
    """Everyone whom she sees."""
    return member.pk != other.pk and sees(member, other)


def may_answer(member: Member, invitation: Invitation) -> bool:
    """Only who was asked."""
    return invitation.recipient_id == member.pk and in_standing(member)


def may_withdraw(member: Member, invitation: Invitation) -> bool:
    """Only who asked."""
    return invitation.sender_id == member.pk and in_standing(member)


def may_remind(member: Member, invitation: Invitation) -> bool:
    """Only who asked."""
    return may_withdraw(member, invitation)


def may_part(member: Member, other: Member) -> bool:
    """Leaving, following no more, blocking and unblocking need nobody's consent but one's own."""
    return member.pk != other.pk and in_standing(member)


def may_part_from(member: Member, others: Iterable[Member]) -> bool:
    """The same for several people at once."""
    return all(other.pk != member.pk for other in others) and in_standing(member)


def may_restore(member: Member, parting: Parting) -> bool:
    """Only who did it."""
    return parting.member_id == member.pk and in_standing(member)


def may_keep_away(member: Member, others: Iterable[Member]) -> bool:
    """How near one lets others come is one's own affair."""
    return may_part_from(member, others)


def hindrance_to_inviting(
    member: Member, other: Member, *, note: str | None = None, address: str | None = None
) -> Conflict | None:
    """What stands in the way of asking now. The same for a pending, a silently declined and a disclaimed invitation.

    Args:
        member: who would ask.
        other: who would be asked.
        note: what she says with it; None before she has written.
        address: which e-mail address of the other she typed; None before she has.
    """
    if Connection.objects.filter(member=member, other=other).exists():
        return Conflict(_("You and %(name)s are connected already.") % {"name": other.name})
    mine = Invitation.objects.filter(sender=member, recipient=other)
    if waiting := mine.standing().first():
        asked = {"name": other.name, "day": day(waiting.created_at)}
        return Conflict(_("You asked %(name)s on %(day)s; the invitation is pending.") % asked)
    return (
        _cooldown(mine, other)
        or door.hindrance(member, other, note=note, address=address)
        or conduct.hindrance_to_inviting(member)
    )


def _cooldown(mine: QuerySet[Invitation], other: Member) -> Conflict | None:
    """Somebody who withdrew, or was answered, leaves the other in peace for three weeks."""
    ended = mine.filter(
        state__in=[Invitation.State.WITHDRAWN, Invitation.State.ANSWERED], ended_at__gt=clock.now() - COOLDOWN
    )
    last = ended.order_by("-ended_at").first()
    if last is None or last.ended_at is None:
        return None
    about = {"name": other.name, "day": day(last.ended_at), "again": day(last.ended_at + COOLDOWN)}
    if last.state == Invitation.State.ANSWERED:
        return Conflict(_("%(name)s answered your last invitation on %(day)s. You can ask again on %(again)s.") % about)
    return Conflict(_("You withdrew your invitation to %(name)s on %(day)s. You can ask again on %(again)s.") % about)


def hindrance_to_reminding(invitation: Invitation) -> Conflict | None:
    """A reminder is welcome after a week, not before."""
    from_day = invitation.created_at + REMIND_AFTER
    if from_day <= clock.now():
        return None
    words = _("Give %(name)s a little time: you can send the one reminder from %(day)s on.")
    return Conflict(words % {"name": invitation.recipient.name, "day": day(from_day)})


def hindrance_to_answering(invitation: Invitation | None) -> Conflict | None:
    """Withdrawn, run out, or its sender is gone: one sentence for all; which it was is the sender's affair."""
    if invitation is None or not _stands(invitation):
        return Conflict(_("This invitation is no longer open: it was withdrawn or has run out."))
    if invitation.state != Invitation.State.PENDING:
        return Conflict(_("You have answered this invitation already."))
    return None


def _stands(invitation: Invitation) -> bool:
    """Neither ended by its sender, nor by time, nor by a block or a suspension."""
    ended = invitation.state in (Invitation.State.WITHDRAWN, Invitation.State.EXPIRED)
    return (
        not ended
        and not (invitation.has_expired and invitation.state in Invitation.OPEN)
        and invitation.sender.is_active
        and not blocks_between(invitation.sender_id, invitation.recipient_id).exists()
    )
