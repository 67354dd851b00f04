"""Writing to somebody one is not connected with, and what she makes of it.

One message waits between two, whoever wrote it. Declining is silent: nothing that its sender can read, ask or do comes
out differently afterwards. An answer lets the sender in, and so does writing first to somebody who waits already.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.messaging import letters, news, order, rules
from collegium.messaging.actions.talking import pair
from collegium.messaging.answering import let_in
from collegium.messaging.models import Conversation, Participant, Request
from collegium.messaging.models.conversations import Box
from collegium.messaging.seats import seat
from collegium.notifications.tell import notify, retract
from collegium.reach import keys
from collegium.reach.rules import hindrance_to_approaching, hindrance_to_meeting
from collegium.ties.models import Connection
from collegium.ties.pairs import hold

State, Verdict = Request.State, Request.Verdict


@transaction.atomic
def approach(
    recipient: Member,
    *,
    by: Member,
    text: str,
    purpose: str,
    code: str = "",
    group: str = "",
    key: UUID | None = None,
) -> Request:
    """Write to somebody first.

    Args:
        recipient: to whom.
        by: who writes.
        text: plain words, cleaned, at most `FIRST_LIMIT` characters.
        purpose: what it is for, one of `reach.purposes.Purpose`.
        code: a contact key of the recipient's, which lets in directly.
        group: handle of a group both are in, by which it does not count as a message to a stranger.
        key: made where it was typed, so that it is written once.

    Returns:
        The request; or the other's, where that one wrote first and this was the answer.

    Raises:
        Conflict: one waits already, the two can talk, the words are not plain, a key that does not open, or what the
            recipient welcomes.
        Wait: the budget is spent, or the sender is restricted.
    """
    by, recipient = hold(by, recipient)
    require(rules.may_approach(by, recipient))
    row = rules.between(by, recipient).first()
    if row is not None:
        order.hold(row)
        if (before := _before(row, by, recipient, text=text, purpose=purpose, code=code, key=key)) is not None:
            return before
    if Connection.objects.filter(member=by, other=recipient).exists():
        raise Conflict(_("You and %(name)s are connected: you can write as you like.") % {"name": recipient.name})
    if hindrance := rules.hindrance_to_first_words(text):
        raise hindrance
    if code:
        keys.use(code, of=recipient, by=by)
    elif hindrance := (
        hindrance_to_meeting(by, recipient, group=group, purpose=purpose)
        if group
        else hindrance_to_approaching(by, recipient, purpose=purpose)
    ):
        raise hindrance
    way = _Way(purpose, keyed=bool(code), group="" if code else group)
    return _send(row or pair(by, recipient), by, recipient, text=text, way=way, key=key)


@dataclass(frozen=True)
class _Way:
    """How a first message comes: for what, with a key, or through a group."""

    purpose: str
    keyed: bool
    group: str


def _before(
    row: Conversation, by: Member, recipient: Member, *, text: str, purpose: str, code: str, key: UUID | None
) -> Request | None:
    """What lies between the two already: the same message, or one of the other's, which this one answers.

    Raises:
        Conflict: another one waits, or the two can talk, or one was taken back lately.
    """
    place = seat(by, row, key=key)
    require(place is not None)
    assert place is not None  # noqa: S101 - required above
    if place.said is not None and (same := Request.objects.filter(message=place.said, sender=by).first()):
        return same
    Request.objects.filter(conversation=row).overdue().update(state=State.OVER, ended_at=clock.now())
    waiting = Request.objects.filter(pk=place.request or 0).select_related("message").first()
    if place.waits and not code and waiting is not None and (waiting.message.text, waiting.purpose) == (text, purpose):
        return waiting
    if place.open:
        raise Conflict(_("You and %(name)s can write to each other as you like.") % {"name": recipient.name})
    if place.asked and waiting is not None:
        let_in(waiting, row)
        said = order.say(row, by.pk, text, key=key)
        record("messaging.wrote", actor=by, subject=said.message, conversation=row.pk)
        news.said(said)
        return waiting
    # Whoever has a key is let in with it, whatever waits or was taken back.
    if not code and (hindrance := rules.hindrance_to_writing_first(place, by, recipient)):
        raise hindrance
    return None


def _send(row: Conversation, by: Member, recipient: Member, *, text: str, way: _Way, key: UUID | None) -> Request:
    said = order.say(row, by.pk, text, key=key)
    now = clock.now()
    request = Request(conversation=row, sender=by, recipient=recipient, message=said.message, purpose=way.purpose)
    if way.keyed:
        Request.objects.filter(conversation=row, state__in=Request.SILENT).update(state=State.OVER, ended_at=now)
        request.keyed, request.state, request.ended_at = True, State.ACCEPTED, now
        Conversation.objects.filter(pk=row.pk).update(consented_at=now)
    request.save(force_insert=True)
    place = letters.placed(request)
    theirs = Participant.objects.filter(conversation=row, member=recipient)
    theirs.update(box=place.box, why=list(place.why), corrected_at=None, declined_at=None, archived=False)
    about: dict[str, Any] = {"recipient": recipient.pk, "purpose": way.purpose, "keyed": way.keyed}
    record("messaging.approached", actor=by, subject=request, **about, **({"group": way.group} if way.group else {}))
    # Its composer is another one now, on both sides.
    order.change(row.pk, head=True)
    news.said(said, told=way.keyed)
    if place.box == Box.REQUESTS:
        cause = f"{news.REQUESTED}:{request.pk}"
        notify([recipient.pk], kind=news.REQUESTED, actor=by.pk, cause=cause, subject=request.pk)
    return request


@transaction.atomic
def accept(request: Request, *, by: Member) -> Request:
    """Let somebody in without an answer yet. One that was declined can be let in too.

    Raises:
        Conflict: taken back, or run out.
    """
    fresh = _held(request)
    require(rules.may_answer(by, fresh))
    if fresh.state == State.ACCEPTED:
        return fresh
    _open(fresh)
    let_in(fresh, fresh.conversation)
    retract(cause=f"{news.REQUESTED}:{fresh.pk}")
    news.look_again(fresh.conversation, listed=True)
    return fresh


@transaction.atomic
def decline(request: Request, *, by: Member, verdict: str = "") -> Request:
    """Say no without a word: for its sender everything stays as it was.

    Args:
        request: what was written.
        by: to whom it was written.
        verdict: what she says of it, one of `Request.Verdict`.

    Raises:
        Conflict: answered, taken back, or run out.
    """
    fresh = _held(request)
    require(rules.may_answer(by, fresh) and verdict in Verdict.values)
    if fresh.state == State.DECLINED and fresh.verdict == verdict:
        return fresh
    _open(fresh)
    if fresh.state == State.ACCEPTED:
        raise Conflict(_("You have answered this message already."))
    fresh.state, fresh.verdict = State.DECLINED, verdict
    fresh.save(update_fields=["state", "verdict"])
    _mine(fresh).update(declined_at=clock.now(), unread=False)
    record("messaging.declined", actor=by, subject=fresh, sender=fresh.sender_id, verdict=verdict)
    retract(cause=f"{news.REQUESTED}:{fresh.pk}")
    letters.judged(fresh)
    news.look_for(by.pk, fresh.conversation)
    return fresh


@transaction.atomic
def undecline(request: Request, *, by: Member) -> Request:
    """Take a decline back, verdict and all: it waits again, and its sender knows of neither.

    Raises:
        Conflict: taken back by its sender, or run out.
    """
    fresh = _held(request)
    require(rules.may_answer(by, fresh))
    _open(fresh)
    if fresh.state == State.DECLINED:
        fresh.state, fresh.verdict = State.WAITING, Verdict.NONE
        fresh.save(update_fields=["state", "verdict"])
        _mine(fresh).update(declined_at=None)
        record("messaging.undeclined", actor=by, subject=fresh, sender=fresh.sender_id)
        letters.judged(fresh)
        news.look_for(by.pk, fresh.conversation)
    return fresh


@transaction.atomic
def judge(request: Request, *, by: Member, verdict: str) -> Request:
    """Say what one makes of a message, or take that back; whether it was let in or declined stays as it is."""
    fresh = _held(request)
    require(rules.may_answer(by, fresh) and verdict in Verdict.values)
    if fresh.verdict != verdict:
        fresh.verdict = verdict
        fresh.save(update_fields=["verdict"])
        record("messaging.judged", actor=by, subject=fresh, sender=fresh.sender_id, verdict=verdict)
        letters.judged(fresh)
        news.look_for(by.pk, fresh.conversation)
    return fresh


def _held(request: Request) -> Request:
    """The request as it is now, its conversation held."""
    order.hold(request.conversation)
    return Request.objects.select_related("conversation", "message", "sender").get(pk=request.pk)


def _open(request: Request) -> None:
    if hindrance := rules.hindrance_to_answering(request):
        raise hindrance


def _mine(request: Request) -> QuerySet[Participant]:
    """The place of the one who was written to."""
    return Participant.objects.filter(conversation=request.conversation_id, member=request.recipient_id)
