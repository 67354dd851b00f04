"""The verbs between two people.

Each holds both people still (`ties.pairs.hold`), then judges fresh rows, so that whatever happens at the same time
happens one after the other. Doing again what is done already changes nothing and is no error; what somebody else made
impossible meanwhile is a `Conflict` with a sentence.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.network import rules
from collegium.network.partings.part import part
from collegium.ties.models import Block, Connection, Disclaimer, Distance, Follow, Invitation
from collegium.ties.pairs import hold

State = Invitation.State


@transaction.atomic
def invite(sender: Member, recipient: Member, *, note: str = "", address: str = "") -> Invitation | Connection:
    """Ask someone to connect. Who was asked by that very person already is connected at once.

    Args:
        sender: who asks.
        recipient: who is asked.
        note: what to say with it, cleaned, at most `NOTE_LIMIT` characters.
        address: an e-mail address of the recipient, who may ask for one. How often somebody may try one is counted by
            whoever calls this (`door.tried`), because what a refused transaction counts is lost.

    Returns:
        The invitation; or the sender's half of the connection.

    Raises:
        Conflict: connected, asked or withdrawn lately, a door that stays closed, nothing said and nothing shared.
        Wait: none left to send, or restricted.
    """
    sender, recipient = hold(sender, recipient)
    require(rules.may_invite(sender, recipient))
    pair = Invitation.objects.between(sender, recipient)
    pair.expire()
    if theirs := pair.standing().filter(sender=recipient).with_people().first():
        return _connect(theirs, by=sender)
    if same := pair.standing().filter(sender=sender, note=note).first():
        return same
    if hindrance := rules.hindrance_to_inviting(sender, recipient, note=note, address=address):
        raise hindrance
    arrives = not Disclaimer.objects.filter(member=recipient, stranger=sender).exists()
    Disclaimer.objects.filter(member=sender, stranger=recipient).delete()
    invitation = Invitation.objects.create(
        sender=sender, recipient=recipient, note=note, state=State.PENDING if arrives else State.UNKNOWN
    )
    record("network.invited", actor=sender, subject=invitation, recipient=recipient.pk)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, by: Member) -> Connection:
    """Both become connected; the one who asked hears of it.

    Returns:
        The half of the connection that belongs to `by`.

    Raises:
        Conflict: withdrawn, run out or answered otherwise.
    """
    hold(invitation.sender, invitation.recipient)
    require(rules.may_answer(by, invitation))
    row = _now(invitation)
    if row is None and (half := Connection.objects.filter(member=by, other=invitation.sender_id).first()):
        return half
    return _connect(_to_be_answered(row), by=by)


@transaction.atomic
def decline(invitation: Invitation, *, by: Member, reply: str = "") -> Invitation:
    """Say no: silently (the sender goes on seeing it as pending), or with an answer that the sender reads.

    Raises:
        Conflict: withdrawn, run out or answered otherwise.
    """
    hold(invitation.sender, invitation.recipient)
    require(rules.may_answer(by, invitation))
    row = _now(invitation)
    wanted = State.ANSWERED if reply else State.DECLINED
    if row is not None and (row.state, row.reply) == (wanted, reply):
        return row
    row = _to_be_answered(row)
    row.state, row.reply, row.ended_at = wanted, reply, clock.now() if reply else None
    row.save(update_fields=["state", "reply", "ended_at"])
    record("network.answered" if reply else "network.declined", actor=by, subject=row, sender=row.sender_id)
    return row


@transaction.atomic
def disclaim(invitation: Invitation, *, by: Member) -> Invitation:
    """Say "I don't know this person": this and all later invitations of the sender look pending and never arrive.

    Raises:
        Conflict: withdrawn, run out or answered otherwise.
    """
    hold(invitation.sender, invitation.recipient)
    require(rules.may_answer(by, invitation))
    row = _now(invitation)
    if row is not None and row.state == State.UNKNOWN:
        return row
    row = _to_be_answered(row)
    Disclaimer.objects.get_or_create(member=by, stranger=row.sender)
    row.state = State.UNKNOWN
    row.save(update_fields=["state"])
    record("network.disclaimed", actor=by, subject=row, sender=row.sender_id)
    return row


@transaction.atomic
def reopen(invitation: Invitation, *, by: Member) -> Invitation:
    """Take back a silent decline or an "I don't know": it waits again. The sender never knew, and does not now.

    Raises:
        Conflict: withdrawn, run out or connected meanwhile.
    """
    hold(invitation.sender, invitation.recipient)
    require(rules.may_answer(by, invitation))
    row = _now(invitation)
    if row is not None and row.state in (State.DECLINED, State.UNKNOWN):
        Disclaimer.objects.filter(member=by, stranger=row.sender).delete()
        row.state = State.PENDING
        row = _to_be_answered(row)
        row.save(update_fields=["state"])
        record("network.reopened", actor=by, subject=row, sender=row.sender_id)
    return _to_be_answered(row)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Member) -> Invitation:
    """Take one's invitation back; the same person can be asked again after `COOLDOWN`.

    Raises:
        Conflict: accepted, answered or run out meanwhile.
    """
    hold(invitation.sender, invitation.recipient)
    require(rules.may_withdraw(by, invitation))
    row = _now(invitation)
    if row is not None and row.state == State.WITHDRAWN:
        return row
    row = _still_mine(row, invitation)
    row.state, row.ended_at = State.WITHDRAWN, clock.now()
    row.save(update_fields=["state", "ended_at"])
    record("network.withdrawn", actor=by, subject=row, recipient=row.recipient_id)
    return row


@transaction.atomic
def remind(invitation: Invitation, *, by: Member) -> Invitation:
    """Send the one reminder; asking twice is asking once.

    Raises:
        Conflict: too early, or accepted, answered or run out meanwhile.
    """
    hold(invitation.sender, invitation.recipient)
    require(rules.may_remind(by, invitation))
    row = _still_mine(_now(invitation), invitation)
    if row.reminded_at is not None:
        return row
    if hindrance := rules.hindrance_to_reminding(row):
        raise hindrance
    row.reminded_at = clock.now()
    row.save(update_fields=["reminded_at"])
    record("network.reminded", actor=by, subject=row, recipient=row.recipient_id)
    return row


@transaction.atomic
def disconnect(member: Member, other: Member) -> bool:
    """End a connection. Nobody is told; following and what one said for the other stay. False when there was none."""
    return part(member, [other]) is not None


@transaction.atomic
def follow(member: Member, other: Member) -> bool:
    """Read someone's posts without asking. False when it was so already."""
    member, other = hold(member, other)
    require(rules.may_follow(member, other))
    begun = Follow.start(member, other)
    if begun:
        record("network.followed", actor=member, subject=other)
    return begun


@transaction.atomic
def unfollow(member: Member, other: Member) -> bool:
    """Read someone's posts no more. False when it was so already."""
    member, other = hold(member, other)
    require(rules.may_part(member, other))
    ended = Follow.end(member, other)
    if ended:
        record("network.unfollowed", actor=member, subject=other)
    return ended


@transaction.atomic
def block(member: Member, other: Member) -> bool:
    """Want nothing of someone: connection, follows and invitations end both ways, and neither sees the other.

    The distance she kept ends with it: unblocking does not bring it back. What the one who blocks had asked counts as
    withdrawn, so that blocking is no way around the pause after it. False when it was so already.
    """
    member, other = hold(member, other)
    require(rules.may_part(member, other))
    _row, fresh = Block.objects.get_or_create(blocker=member, blocked=other)
    if not fresh:
        return False
    connected = Connection.untie(member, other)
    Follow.end(member, other)
    Follow.end(other, member)
    Distance.objects.filter(member=member, other=other).delete()
    pair = Invitation.objects.between(member, other).filter(state__in=Invitation.OPEN)
    pair.filter(sender=member).update(state=State.WITHDRAWN, ended_at=clock.now())
    pair.filter(sender=other).update(state=State.EXPIRED, ended_at=clock.now())
    record("network.blocked", actor=member, subject=other, connected=connected)
    return True


@transaction.atomic
def unblock(member: Member, other: Member) -> bool:
    """Let each other be seen again; what the block ended stays ended. False when there was no block."""
    member, other = hold(member, other)
    require(rules.may_part(member, other))
    gone, _rows = Block.objects.filter(blocker=member, blocked=other).delete()
    if gone:
        record("network.unblocked", actor=member, subject=other)
    return bool(gone)


def _now(invitation: Invitation) -> Invitation | None:
    """The invitation as it is now; None when it became a connection."""
    return Invitation.objects.filter(pk=invitation.pk).with_people().first()


def _to_be_answered(row: Invitation | None) -> Invitation:
    if hindrance := rules.hindrance_to_answering(row):
        raise hindrance
    assert row is not None  # noqa: S101 - what is gone is a hindrance
    return row


def _still_mine(row: Invitation | None, invitation: Invitation) -> Invitation:
    """The sender's invitation, unless it ended meanwhile. What was silently declined goes on as if it were pending."""
    other = (row or invitation).recipient
    if row is not None and row.state in Invitation.OPEN and not row.has_expired and other.is_active:
        return row
    if row is not None and row.state == State.ANSWERED:
        raise Conflict(_("%(name)s has answered this invitation.") % {"name": other.name})
    if row is None and Connection.objects.between(invitation.sender, other).exists():
        raise Conflict(_("%(name)s has accepted: you are connected.") % {"name": other.name})
    raise Conflict(_("This invitation is no longer open."))


def _connect(invitation: Invitation, *, by: Member) -> Connection:
    """Turn an open invitation into a connection, and forget what made asking difficult before."""
    sender, recipient = invitation.sender, invitation.recipient
    over = Invitation.objects.between(sender, recipient).filter(state__in=[*Invitation.OPEN, State.WITHDRAWN])
    over.delete()
    Disclaimer.objects.filter(member__in=[sender, recipient], stranger__in=[sender, recipient]).delete()
    half = Connection.tie(by, sender if by.pk == recipient.pk else recipient)
    record("network.connected", actor=by, subject=sender, invitation=invitation.pk)
    return half
