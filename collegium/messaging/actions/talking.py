"""Beginning a conversation, saying something in it, and what becomes of what was said.

Each verb holds the conversation first (`order`), then judges what is true now, so that whatever happens at the same
time happens one after the other, and all read it in one order.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.messaging import news, order, rules
from collegium.messaging.actions import people
from collegium.messaging.answering import let_in
from collegium.messaging.models import Attachment, Conversation, Message, Participant, Reaction, Request, Revision
from collegium.messaging.models.files import MOST_FILES
from collegium.messaging.models.messages import SIGNS
from collegium.messaging.seats import seat
from collegium.messaging.stored import forget
from collegium.ties.models import Connection
from collegium.ties.pairs import hold_many


@transaction.atomic
def begin(by: Member, others: Sequence[Member], *, name: str = "") -> Conversation:
    """A conversation with these: the one there is with one person, or a new group.

    Args:
        by: who begins.
        others: one person for a conversation of two, unless it has a name; her connections.
        name: of a group, cleaned; may be empty.

    Raises:
        Conflict: not connected, so that a first message comes before (`approaching.approach`); or somebody who cannot
            be brought into groups.
    """
    others = list({each.pk: each for each in others}.values())
    held = hold_many([by, *others])
    require(rules.may_begin(by, others) and len(held) == len(others) + 1)
    if len(others) > 1 or name:
        return people.found(by, others, name)
    other = others[0]
    row = rules.between(by, other).first()
    if row is not None:
        require(rules.may_read(by, row))
        return row
    require(rules.may_approach(by, other))
    if not Connection.objects.filter(member=by, other=other).exists():
        raise Conflict(_("You are not connected, so what you write next is a first message with a purpose."))
    row = pair(by, other)
    record("messaging.begun", actor=by, subject=row, people=[other.pk])
    return row


def pair(one: Member, other: Member) -> Conversation:
    """A new conversation of two, who are held."""
    low, high = sorted((one.pk, other.pk))
    row = Conversation.objects.create(kind=Conversation.Kind.TWO, low_id=low, high_id=high)
    Participant.objects.bulk_create([Participant(conversation=row, member_id=key) for key in (low, high)])
    return row


@transaction.atomic
def write(
    conversation: Conversation,
    *,
    by: Member,
    text: str,
    key: UUID | None = None,
    reply_to: Message | None = None,
    files: Sequence[Attachment] = (),
) -> Message:
    """Say something. With the same key it is said once, however often it is sent.

    Answering somebody who wrote first lets him in.

    Args:
        conversation: where.
        by: who says it.
        text: cleaned, at most `TEXT_LIMIT` characters; may be empty with files.
        key: made where it was typed.
        reply_to: the message it answers, of the same conversation.
        files: her own that wait to be sent, in the order in which they are shown.

    Raises:
        Conflict: they are not connected (any more), or her first message waits for an answer.
    """
    order.hold(conversation)
    place = seat(by, conversation, key=key)
    require(place is not None)
    assert place is not None  # noqa: S101 - required above
    if place.said is not None:
        return _again(place.said, conversation)
    if hindrance := rules.hindrance_to_writing(place):
        raise hindrance
    if not text.strip() and not files:
        raise Conflict(_("Please write a few words."))
    if reply_to is not None:
        require(reply_to.conversation_id == conversation.pk and rules.reads(by, reply_to))
    if place.asked:
        let_in(Request.objects.get(pk=place.request or 0), conversation)
    try:
        said = order.say(
            conversation, by.pk, text, key=key, reply_to=reply_to.pk if reply_to else None, files=bool(files)
        )
    except IntegrityError:
        raise Conflict(_("This message was sent somewhere else already.")) from None
    if files:
        _attach(files, said.message, by)
    record("messaging.wrote", actor=by, subject=said.message, conversation=conversation.pk)
    news.said(said)
    return said.message


def _again(pk: int, conversation: Conversation) -> Message:
    """What was sent with this key already."""
    message = Message.objects.get(pk=pk)
    if message.conversation_id != conversation.pk:
        raise Conflict(_("This message was sent somewhere else already."))
    return message


def _attach(files: Sequence[Attachment], message: Message, by: Member) -> None:
    """Hang waiting files on a message.

    Raises:
        Conflict: one of them is gone, or hangs somewhere already; or there are too many.
    """
    keys = [each.pk for each in files]
    if len(keys) > MOST_FILES:
        raise Conflict(_("A message has room for %(num)s files.") % {"num": MOST_FILES})
    mine = Attachment.objects.select_for_update().filter(pk__in=keys, owner=by, message=None)
    found = {each.pk: each for each in mine}
    if found.keys() != set(keys):
        raise Conflict(_("One of these files is no longer here. Please add it again."))
    for place, key in enumerate(dict.fromkeys(keys)):
        found[key].message, found[key].place = message, place
    Attachment.objects.bulk_update(found.values(), ["message", "place"])


@transaction.atomic
def edit(message: Message, *, by: Member, text: str) -> Message:
    """Put one's words differently; how they read before stays for those who read them.

    Raises:
        Conflict: more than an hour old, taken back, or a first message that has had no answer.
    """
    order.hold(message.conversation)
    require(rules.owns(by, message))
    fresh = Message.objects.get(pk=message.pk)
    if hindrance := rules.hindrance_to_editing(fresh):
        raise hindrance
    if fresh.text == text:
        return fresh
    if not text.strip() and not fresh.has_files:
        raise Conflict(_("Please write a few words."))
    Revision.objects.create(message=fresh, text=fresh.text)
    fresh.text, fresh.edited_at = text, clock.now()
    fresh.save(update_fields=["text", "edited_at"])
    fresh.changed = order.change(fresh.conversation_id, message=fresh.pk, quoted=True)
    record("messaging.edited", actor=by, subject=fresh, conversation=fresh.conversation_id)
    news.look_again(fresh.conversation, listed=True)
    return fresh


@transaction.atomic
def delete(message: Message, *, by: Member) -> Message:
    """Take one's words back from everybody, with files and earlier wordings; that something was taken back stays.

    A first message that waits is over with it, whether it was silently declined or not.

    Raises:
        Conflict: more than a day old.
    """
    order.hold(message.conversation)
    require(rules.owns(by, message))
    fresh = Message.objects.get(pk=message.pk)
    if fresh.is_deleted:
        return fresh
    if hindrance := rules.hindrance_to_deleting(fresh):
        raise hindrance
    if fresh.has_files:
        forget(Attachment.objects.filter(message=fresh))
    fresh.revisions.all().delete()
    fresh.reactions.all().delete()
    fresh.stars.all().delete()
    fresh.text, fresh.deleted_at, fresh.has_files = "", clock.now(), False
    fresh.save(update_fields=["text", "deleted_at", "has_files"])
    first = Request.objects.filter(message=fresh, state__in=Request.SILENT)
    over = first.update(state=Request.State.OVER, ended_at=clock.now())
    fresh.changed = order.change(fresh.conversation_id, message=fresh.pk, quoted=True, head=bool(over))
    record("messaging.deleted", actor=by, subject=fresh, conversation=fresh.conversation_id)
    news.look_again(fresh.conversation, listed=True)
    return fresh


@transaction.atomic
def react(message: Message, *, by: Member, sign: str) -> bool:
    """Put a sign on a message; False when it was there already."""
    order.hold(message.conversation)
    require(rules.may_react(by, message) and sign in SIGNS)
    _row, fresh = Reaction.objects.get_or_create(message=message, member=by, sign=sign)
    if fresh:
        order.change(message.conversation_id, message=message.pk)
        record("messaging.reacted", actor=by, subject=message, sign=sign)
        news.look_again(message.conversation)
    return fresh


@transaction.atomic
def unreact(message: Message, *, by: Member, sign: str) -> bool:
    """Take a sign of one's own away; False when there was none."""
    order.hold(message.conversation)
    require(rules.may_react(by, message))
    gone, _rows = Reaction.objects.filter(message=message, member=by, sign=sign).delete()
    if gone:
        order.change(message.conversation_id, message=message.pk)
        record("messaging.reacted", actor=by, subject=message, sign="")
        news.look_again(message.conversation)
    return bool(gone)
