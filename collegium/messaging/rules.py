"""May she do this, and does anything stand in the way?

`may_…` says whether the step is hers at all. Where it is not, she may not know of it either: the pages answer 404.
`hindrance_to_…` says what in the state of things stands in the way, as a sentence for her; asked while the conversation
is held. Nobody who runs the place has a say in conversations: the one rule that asks for it is about reports.
"""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.conduct.rules import Wait
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.lib.text import render
from collegium.members.models import Member
from collegium.messaging.models import Conversation, Message, Participant, Report, Request
from collegium.messaging.models.conversations import MOST_PEOPLE, ConversationQuerySet
from collegium.messaging.models.messages import DELETABLE, EDITABLE
from collegium.messaging.models.requests import FIRST_LIMIT
from collegium.messaging.seats import Seat, seat
from collegium.network.rules import in_standing, sees
from collegium.reach.models import Welcome
from collegium.ties.models import COOLDOWN, Connection
from collegium.ui.text import day

TALK, REQUEST, WAITING, CLOSED = "talk", "request", "waiting", "closed"


def may_read(member: Member, conversation: Conversation) -> bool:
    """Who is in it now, unless a block or a suspension has ended it."""
    return seat(member, conversation) is not None


def may_write(member: Member, conversation: Conversation) -> bool:
    """Who is in it, where both want to talk; or who was written to, since an answer lets the other in."""
    return can_write(seat(member, conversation))


def can_write(place: Seat | None) -> bool:
    """The same of a place that was asked for already."""
    return place is not None and (place.open or place.asked)


def way(member: Member, other: Member) -> str:
    """What writing to somebody is now: "talk", "request", "waiting" (she wrote already) or "closed"."""
    if member.pk == other.pk or not in_standing(member):
        return CLOSED
    row = between(member, other).first()
    place = seat(member, row) if row is not None else None
    if place is not None and place.waits and not place.open:
        return WAITING
    if can_write(place):
        return TALK
    if not sees(member, other):
        return CLOSED
    return TALK if Connection.objects.filter(member=member, other=other).exists() else REQUEST


def between(one: Member, other: Member) -> ConversationQuerySet:
    """The conversation of these two, if there is one."""
    low, high = sorted((one.pk, other.pk))
    return Conversation.objects.filter(low=low, high=high)


def may_begin(member: Member, others: Collection[Member]) -> bool:
    """With people she sees; for more than one, and for a group, they are her connections."""
    return bool(others) and member.pk not in {each.pk for each in others} and in_standing(member)


def may_approach(member: Member, other: Member) -> bool:
    """Everyone whom she sees, connected or not."""
    return member.pk != other.pk and sees(member, other)


def may_answer(member: Member, request: Request) -> bool:
    """Only who was written to, while nothing parts the two."""
    return request.recipient_id == member.pk and may_read(member, request.conversation)


def may_edit(member: Member, message: Message) -> bool:
    """Her own words, for an hour; what she wrote to somebody who has not answered stays as it was sent."""
    return _is_hers(member, message) and message.sent_at + EDITABLE > clock.now() and not _is_first(message)


def may_delete(member: Member, message: Message) -> bool:
    """Her own words, for a day."""
    return _is_hers(member, message) and message.sent_at + DELETABLE > clock.now()


def owns(member: Member, message: Message) -> bool:
    """Whether the words are hers and she reads them still; for how long they can be changed is a hindrance."""
    return _is_hers(member, message, even_deleted=True)


def may_react(member: Member, message: Message) -> bool:
    """Who reads the words, where she could write."""
    words = message.kind == Message.Kind.WORDS and not message.is_deleted
    return words and reads(member, message) and may_write(member, message.conversation)


def may_star(member: Member, message: Message) -> bool:
    """Who reads the words."""
    return message.kind == Message.Kind.WORDS and reads(member, message)


def may_report(member: Member, message: Message) -> bool:
    """Who reads words of somebody else."""
    words = message.kind == Message.Kind.WORDS and not message.is_deleted
    return words and message.author_id not in (None, member.pk) and reads(member, message)


def may_close(member: Member, report: Report) -> bool:
    """Owners, but the one it is about."""
    return Report.objects.visible_to(Viewer(member)).filter(pk=report.pk).exists()


def reads(member: Member, message: Message) -> bool:
    """The rule of sight for one message, asked afresh."""
    return Message.objects.visible_to(Viewer(member)).filter(pk=message.pk).exists()


def may_manage(member: Member, conversation: Conversation) -> bool:
    """Hosts of a group."""
    place = seat(member, conversation) if conversation.is_group else None
    return place is not None and place.is_admin


def may_leave(member: Member, conversation: Conversation) -> bool:
    """Everybody who is in a group."""
    return conversation.is_group and may_read(member, conversation)


def hindrance_to_writing(place: Seat) -> Conflict | None:
    """Why nothing can be said here now. The same for a first message that waits and one that was silently declined."""
    if can_write(place):
        return None
    if place.waits:
        return Conflict(_("You wrote already. You can go on as soon as you have an answer."))
    return Conflict(_("You are not connected, so what you write next is a first message with a purpose."))


def hindrance_to_writing_first(place: Seat, member: Member, other: Member) -> Conflict | None:
    """One waits already, whatever was made of it; or one was taken back lately."""
    if place.waits:
        return hindrance_to_writing(place)
    gone = Request.objects.filter(sender=member, recipient=other, message__deleted_at__gt=clock.now() - COOLDOWN)
    last = gone.order_by("-message__deleted_at").values_list("message__deleted_at", flat=True).first()
    if last is None:
        return None
    words = _("You took back what you wrote to %(name)s. You can write again on %(day)s.")
    return Wait(words % {"name": other.name, "day": day(last + COOLDOWN)}, last + COOLDOWN)


def hindrance_to_first_words(text: str) -> Conflict | None:
    """A first message is plain and short, so that nothing is sold with it."""
    if len(text) > FIRST_LIMIT:
        return Conflict(_("A first message has at most %(n)s characters.") % {"n": FIRST_LIMIT})
    if not text.strip():
        return Conflict(_("Please write a few words."))
    if render(text).links:
        return Conflict(_("A first message holds no links. You can send them once you have an answer."))
    return None


def hindrance_to_editing(message: Message) -> Conflict | None:
    """Too late, taken back, or a first message without an answer."""
    if message.is_deleted:
        return Conflict(_("This message was taken back."))
    if message.sent_at + EDITABLE <= clock.now():
        return Conflict(_("A message can be edited for an hour. This one is older."))
    if _is_first(message):
        return Conflict(_("A first message stays as it was sent until it is answered. You can take it back."))
    return None


def hindrance_to_deleting(message: Message) -> Conflict | None:
    """Too late."""
    if message.sent_at + DELETABLE <= clock.now():
        return Conflict(_("A message can be taken back for a day. This one is older."))
    return None


def hindrance_to_adding(by: Member, people: Sequence[Member], already: int = 1) -> Conflict | None:
    """Too many, somebody who is no connection, or somebody who wants to be brought into no group.

    The two last have one sentence for each person, without a reason, since what others choose is theirs.
    """
    if already + len(people) > MOST_PEOPLE:
        return Conflict(_("A group has at most %(n)s people.") % {"n": MOST_PEOPLE})
    keys = [each.pk for each in people]
    tied = Connection.objects.filter(member=by, other__in=keys, other__standing=Member.Standing.ACTIVE)
    closed = Welcome.objects.filter(member__in=keys, groups=Welcome.Groups.NOBODY).values_list("member_id", flat=True)
    welcome = set(tied.values_list("other_id", flat=True)) - set(closed)
    for each in people:
        if each.pk not in welcome:
            return Conflict(_("%(name)s cannot be added to this group.") % {"name": each.name})
    return None


def hindrance_to_answering(request: Request | None) -> Conflict | None:
    """Taken back, run out, or accepted already."""
    if request is None or request.state == Request.State.OVER or request.is_overdue:
        return Conflict(_("This message is no longer open: it was taken back or has run out."))
    return None


def _is_hers(member: Member, message: Message, *, even_deleted: bool = False) -> bool:
    mine = message.author_id == member.pk and message.kind == Message.Kind.WORDS
    return mine and (even_deleted or not message.is_deleted) and reads(member, message)


def _is_first(message: Message) -> bool:
    return Request.objects.filter(message=message, state__in=Request.SILENT).exists()


def last_admin(conversation: Conversation, leaving: Member) -> bool:
    """Whether nobody in good standing would be left to look after the group."""
    hosts = Participant.objects.filter(conversation=conversation, left_at=None, role=Participant.Role.ADMIN)
    hosts = hosts.filter(member__standing=Member.Standing.ACTIVE)
    return not hosts.exclude(member=leaving).exists()
