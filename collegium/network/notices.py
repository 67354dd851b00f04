"""Who hears of what happens between two people, and in which words.

A listener runs a moment after the fact and may run twice, so each asks first whether what it tells is still so. Silent
things (a decline, an "I don't know", a removal, a block) only take away and make open pages look again.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.members.models import Member
from collegium.network.context import NOTHING, context
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.realtime.poke import poke
from collegium.ties.models import Connection, Invitation


def asked(invitation: int | None) -> str:
    """The cause of "invites you", by which it is taken back."""
    return f"invitation:{invitation}"


def asked_again(invitation: int | None) -> str:
    """The cause of "reminds you"."""
    return f"invitation-reminder:{invitation}"


def tied(one: int | None, other: int | None) -> str:
    """The cause of "accepted": the pair, whoever asked, so that it can be taken back when they part."""
    return "connected:{}-{}".format(*sorted((one or 0, other or 0)))


def invited(entry: Entry) -> None:
    """The one who was asked reads the note. What does not arrive is not `to` anybody."""
    _ask(entry, "network.invited", asked(entry.subject))


def reminded(entry: Entry) -> None:
    """The one who was asked is told once more."""
    _ask(entry, "network.reminded", asked_again(entry.subject))


def _ask(entry: Entry, kind: str, cause: str) -> None:
    recipient = Member.objects.active().filter(pk=entry.data["recipient"]).first()
    if recipient is None:
        return
    invitation = Invitation.objects.to(recipient).filter(pk=entry.subject or 0).first()
    if invitation is None:
        return
    notify([recipient.pk], kind=kind, actor=entry.actor, cause=cause, subject=invitation.pk)
    poke([recipient.pk], "invitations")


def withdrawn(entry: Entry) -> None:
    """It is as if it had never been sent."""
    forget(entry.subject)
    poke([entry.data["recipient"]], "invitations")


def connected(entry: Entry) -> None:
    """The one who asked hears of it; open pages of both look again."""
    forget(entry.data["invitation"])
    if entry.actor is None or entry.subject is None:
        return
    if Connection.objects.filter(member=entry.subject, other=entry.actor).exists():
        cause = tied(entry.actor, entry.subject)
        # Told of an earlier connection, hidden since they parted, and not to be mistaken for this one.
        Notification.objects.filter(cause=cause, recipient=entry.subject, pk__lt=entry.pk).delete()
        notify([entry.subject], kind="network.connected", actor=entry.actor, cause=cause, subject=entry.actor)
    poke([entry.actor, entry.subject], "invitations")


def declined(entry: Entry) -> None:
    """Nobody hears of it; the asked one's own pages forget the question."""
    forget(entry.subject)
    poke([entry.actor or 0], "invitations")


def disclaimed(entry: Entry) -> None:
    """Nobody hears of it either."""
    declined(entry)


def reopened(entry: Entry) -> None:
    """The asked one's own pages show it again."""
    poke([entry.actor or 0], "invitations")


def answered(entry: Entry) -> None:
    """The one who asked reads the answer."""
    forget(entry.subject)
    row = Invitation.objects.filter(pk=entry.subject or 0, state=Invitation.State.ANSWERED).first()
    if row is not None:
        cause = f"invitation-answer:{row.pk}"
        notify([row.sender_id], kind="network.answered", actor=entry.actor, cause=cause, subject=row.pk)
    poke([entry.actor or 0, entry.data["sender"]], "invitations")


def parted(entry: Entry) -> None:
    """Nobody is told. "Accepted your invitation" is hidden while it is not true (`_still_connected`)."""
    _look_again(entry, entry.data["others"])


def rejoined(entry: Entry) -> None:
    """An undo tells nobody either; who had asked meanwhile is answered by it."""
    for invitation in entry.data["invitations"]:
        forget(invitation)
    _look_again(entry, entry.data["others"])


def distanced(entry: Entry) -> None:
    """Only the pages of the one who did it look again."""
    poke([entry.actor or 0], "reset")


def blocked(entry: Entry) -> None:
    """Nobody is told; what each was told of the other goes."""
    pair = Invitation.objects.between(entry.actor, entry.subject).values_list("pk", flat=True)
    for invitation in pair:
        forget(invitation)
        retract(cause=f"invitation-answer:{invitation}")
    retract(cause=tied(entry.actor, entry.subject))
    _look_again(entry, [entry.subject or 0])


def _look_again(entry: Entry, others: Collection[int]) -> None:
    """The actor's pages wholly; the others' only where they show invitations and notices, as on any other day."""
    poke([entry.actor or 0], "reset")
    for topic in ("invitations", "notifications"):
        poke(others, topic)


def forget(invitation: int | None) -> None:
    """Take back what the asked one was told of an invitation."""
    retract(cause=asked(invitation))
    retract(cause=asked_again(invitation))


def _say_invited(told: Notification) -> SafeString:
    if note := told.about.row.note:
        return format_html(_("{who} invites you to connect: “{note}”"), who=who(told), note=note)
    if words := told.about.words:
        return format_html(_("{who} invites you to connect. {words}"), who=who(told), words=words)
    return format_html(_("{who} invites you to connect"), who=who(told))


def _say_reminded(told: Notification) -> SafeString:
    return format_html(_("{who} reminds you of an invitation to connect"), who=who(told))


def _say_connected(told: Notification) -> SafeString:
    return format_html(_("{who} accepted your invitation"), who=who(told))


def _say_answered(told: Notification) -> SafeString:
    words = _("{who} declined your invitation and wrote: “{reply}”")
    return format_html(words, who=who(told), reply=told.about.reply)


def _invitation_path(told: Notification) -> str:
    return f"/network/invitations/{told.subject}/"


def _person_path(told: Notification) -> str:
    return told.actor.path if told.actor else "/network/"


@dataclass(frozen=True, slots=True)
class _Asked:
    """An invitation that waits, and, where it has no note, the first thing its reader shares with its sender."""

    row: Invitation
    words: str = ""


def _still_asked(viewer: Viewer, subjects: Collection[int]) -> dict[int, _Asked]:
    """Invitations that still wait for this viewer."""
    if viewer.member is None:
        return {}
    rows = list(Invitation.objects.to(viewer.member).filter(pk__in=subjects).with_people())
    shared = context(viewer, [row.sender for row in rows if not row.note])
    return {row.pk: _Asked(row, next(iter(shared.get(row.sender_id, NOTHING).words), "")) for row in rows}


def _still_connected(viewer: Viewer, subjects: Collection[int]) -> set[int]:
    """People the viewer is connected with and sees."""
    tied_to = Connection.objects.filter(member=viewer.member, other__in=subjects).values("other")
    return set(people.visible_to(viewer).filter(pk__in=tied_to).values_list("pk", flat=True))


def _still_answered(viewer: Viewer, subjects: Collection[int]) -> dict[int, Invitation]:
    """Answers the viewer got from people she still sees."""
    mine = Invitation.objects.filter(pk__in=subjects, sender=viewer.member, state=Invitation.State.ANSWERED)
    return {row.pk: row for row in mine.filter(recipient__in=people.visible_to(viewer).values("pk"))}


KINDS = [
    Kind("network.invited", "user-plus", _say_invited, _invitation_path, _still_asked, topic="invitations"),
    Kind("network.reminded", "clock", _say_reminded, _invitation_path, _still_asked, topic="invitations"),
    Kind("network.connected", "handshake", _say_connected, _person_path, _still_connected, topic="invitations"),
    Kind("network.answered", "message-square", _say_answered, _invitation_path, _still_answered, topic="invitations"),
]
