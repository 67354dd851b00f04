"""May she do this, and does anything stand in the way?

`may_…` says whether the step is hers at all. Where it is not, she may not know of it either: the pages answer 404.
`hindrance_to_…` says what in the state of things stands in the way, as a sentence for her; asked under the lock.
"""

from datetime import datetime, timedelta
from math import ceil

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.ties.models import COOLDOWN, REMIND_AFTER, Connection, Invitation, blocks_between
from collegium.ui.text import day, moment

WEEK = timedelta(days=7)
WEEKLY = 100
NEW_FOR = timedelta(days=7)
DAILY_WHEN_NEW = 20
MOST_PENDING = 500


class Wait(Conflict):
    """Too many in too short a time (429). Carries when the next one is welcome."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until

    @property
    def seconds(self) -> int:
        """For `Retry-After`."""
        return max(1, ceil((self.until - clock.now()).total_seconds()))


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


def hindrance_to_inviting(member: Member, other: Member) -> Conflict | None:
    """What stands in the way of asking now. The same for a pending, a silently declined and a disclaimed invitation."""
    if Connection.objects.filter(member=member, other=other).exists():
        return Conflict(_("You and %(name)s are connected already.") % {"name": other.name})
    mine = Invitation.objects.filter(sender=member, recipient=other)
    if waiting := mine.standing().first():
        asked = {"name": other.name, "day": day(waiting.created_at)}
        return Conflict(_("You asked %(name)s on %(day)s; the invitation is pending.") % asked)
    return _cooldown(mine, other) or _too_many_pending(member) or _too_fast(member)


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


def _too_many_pending(member: Member) -> Conflict | None:
    pending = Invitation.objects.standing().filter(sender=member)[:MOST_PENDING].count()
    if pending < MOST_PENDING:
        return None
    words = _("%(n)s invitations of yours wait for an answer, and that is the most there can be. Withdraw one first.")
    return Conflict(words % {"n": pending})


def _too_fast(member: Member) -> Wait | None:
    """Counted in the journal, where those that were accepted or withdrawn meanwhile still stand."""
    now = clock.now()
    if now - member.joined_at < NEW_FOR and (until := _free_at(member, timedelta(days=1), DAILY_WHEN_NEW, now)):
        words = _("In the first week here one can send %(n)s invitations a day. You can send the next one on %(day)s.")
        return Wait(words % {"n": DAILY_WHEN_NEW, "day": moment(until)}, until)
    if until := _free_at(member, WEEK, WEEKLY, now):
        words = _("One can send %(n)s invitations a week. You can send the next one on %(day)s.")
        return Wait(words % {"n": WEEKLY, "day": moment(until)}, until)
    return None


def _free_at(member: Member, window: timedelta, most: int, now: datetime) -> datetime | None:
    """When the window has room again; None when it has room now."""
    sent = Entry.objects.filter(actor=member.pk, kind="network.invited", id__gte=ids.floor_at(now - window))
    last = list(sent.order_by("-id").values_list("id", flat=True)[:most])
    return ids.instant(last[-1]) + window if len(last) >= most else None


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
