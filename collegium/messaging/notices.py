"""Who hears of what happens around conversations, and in which words.

What is said tells by itself (`news`). Here is what others do that ends or opens something: rights are judged when they
are read, so most of it only makes open pages look again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.accounts.models import User
from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.members.models import Member
from collegium.messaging import news, order
from collegium.messaging.actions.people import pass_on
from collegium.messaging.models import Attachment, Conversation, Message, Participant, Report, Request
from collegium.messaging.models.conversations import Box
from collegium.messaging.words import file_words
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.ties.models import Connection, blocks_between

REPORTED, LOOKED_AT = "messaging.reported", "messaging.report_closed"
REPORTS = "/messages/reports/"
MOST_WORDS = 100


def connected(entry: Entry) -> None:
    """What waited between the two waits no more: they can write as they like."""
    one, other = entry.actor or 0, entry.subject or 0
    if not Connection.objects.filter(member=one, other=other).exists():
        return
    for row in _of_two(one, [other]):
        order.hold(row)
        waiting = Request.objects.filter(conversation=row, state__in=Request.SILENT)
        for request in waiting:
            mine = Participant.objects.filter(conversation=row, member=request.recipient_id)
            mine.update(box=Box.FOCUSED, why=[], declined_at=None)
            retract(cause=f"{news.REQUESTED}:{request.pk}")
        waiting.update(state=Request.State.ACCEPTED, ended_at=clock.now())
        _changed(row)


def parted(entry: Entry) -> None:
    """What stood on the connection alone is for reading now."""
    for row in _of_two(entry.actor or 0, entry.data["others"]):
        _changed(row)


def blocked(entry: Entry) -> None:
    """What the two wanted of each other is over for good; in groups neither sees anything of the other."""
    one, other = entry.actor or 0, entry.subject or 0
    if not blocks_between(one, other).exists():
        return
    # All of them held first, in the order of their keys, as by whatever else touches several.
    shared = list(_shared(one, other).order_by("pk"))
    for row in shared:
        order.hold(row)
    for row in _of_two(one, [other]):
        waiting = Request.objects.filter(conversation=row, state__in=Request.SILENT)
        for pk in waiting.values_list("pk", flat=True):
            retract(cause=f"{news.REQUESTED}:{pk}")
        waiting.update(state=Request.State.OVER, ended_at=clock.now())
        Conversation.objects.filter(pk=row.pk).update(consented_at=None)
    _anew(shared)


def unblocked(entry: Entry) -> None:
    """What was said before is there again."""
    _anew(_shared(entry.actor or 0, entry.subject or 0).order_by("pk"))


def standing_changed(entry: Entry) -> None:
    """Somebody is suspended, or back: she and her words go out of sight, or come back into it; also where she left.

    A group whose last host she was gets another one.
    """
    mine = Participant.objects.filter(member=entry.subject or 0)
    for row in Conversation.objects.filter(pk__in=mine.values("conversation")).order_by("pk"):
        order.hold(row)
        pass_on(row)
        _anew([row])


def reported(entry: Entry) -> None:
    """The owners, who look at this one message: its copy is all they get."""
    owners = Member.objects.active().filter(user__role=User.Role.OWNER).values_list("pk", flat=True)
    cause = f"{REPORTED}:{entry.subject}"
    owners = owners.exclude(pk=entry.data["author"])
    notify(owners, kind=REPORTED, actor=entry.actor, cause=cause, subject=entry.subject)


def report_closed(entry: Entry) -> None:
    """Who made it learns that it was looked at; the owners have nothing to do with it any more."""
    retract(cause=f"{REPORTED}:{entry.subject}")
    cause = f"{LOOKED_AT}:{entry.subject}"
    notify([entry.data["reporter"]], kind=LOOKED_AT, actor=None, cause=cause, subject=entry.subject)


def _of_two(one: int, others: Iterable[int]) -> list[Conversation]:
    """The conversations between one person and each of these."""
    keys = list(others)
    rows = Conversation.objects.filter(Q(low=one, high__in=keys) | Q(high=one, low__in=keys))
    return list(rows.order_by("pk"))


def _shared(one: int, other: int) -> QuerySet[Conversation]:
    """Everything in which both are or were: the words of who left stay, and go out of sight with her."""
    mine, theirs = (Participant.objects.filter(member=key).values("conversation") for key in (one, other))
    return Conversation.objects.filter(pk__in=mine).filter(pk__in=theirs)


def _anew(rows: Iterable[Conversation]) -> None:
    """Given in the order of their keys, so that two that do the same do not wait for each other in a ring."""
    for row in rows:
        order.change(row.pk, head=True, anew=True)
        news.look_again(row, listed=True)


def _changed(row: Conversation) -> None:
    order.change(row.pk, head=True)
    news.look_again(row, listed=True)


def _say_wrote(told: Notification) -> SafeString:
    return format_html(_("{who} wrote to you"), who=who(told))


def _say_requested(told: Notification) -> SafeString:
    return format_html(_("{who} writes to you for the first time"), who=who(told))


def _say_added(told: Notification) -> SafeString:
    name = told.about.name if told.about is not None else ""
    if name:
        return format_html(_("{who} added you to the group “{name}”"), who=who(told), name=name)
    return format_html(_("{who} added you to a group"), who=who(told))


def _say_reported(told: Notification) -> SafeString:
    """The copy stands in the sentence: nothing else of the conversation is anywhere for those who run the place."""
    row = told.about
    words = _("{who} reported a message of {author}: “{text}” {words}")
    return format_html(words, who=who(told), author=row.author.name, text=row.text, words=row.words)


def _say_looked_at(told: Notification) -> SafeString:
    """What came of it is between those who run the place and the other one."""
    return format_html(
        _("Your report of a message by {author} was looked at. Thank you."), author=told.about.author.name
    )


def _at_hand(told: Notification) -> str:
    return f"{REPORTS}{told.subject}/"


def _talk(told: Notification) -> str:
    return f"/messages/{told.subject}/"


def _request(told: Notification) -> str:
    return f"/messages/{told.about.conversation_id}/" if told.about is not None else "/messages/?box=requests"


def _inbox(_told: Notification) -> str:
    return "/messages/"


def _said(told: Notification) -> Sequence[str]:
    said = [each.text or file_words(each.file_kind) for each in told.about or []]
    return [each for each in said if each]


def _asked(told: Notification) -> Sequence[str]:
    return [told.about.message.text] if told.about is not None else []


def _unread(viewer: Viewer, subjects: Collection[int]) -> dict[int, list[Message]]:
    """Conversations that wait for the viewer, each with what she has not read of it, the oldest first."""
    waits = Participant.objects.filter(
        conversation=OuterRef("conversation"), member=viewer.id, unread=True, muted=False, left_at=None, box=Box.FOCUSED
    )
    rows = Message.objects.visible_to(viewer).filter(Exists(waits.filter(read__lt=OuterRef("number"))))
    rows = rows.filter(conversation__in=subjects, kind=Message.Kind.WORDS).exclude(author=viewer.id)
    found: dict[int, list[Message]] = defaultdict(list)
    files = Attachment.objects.filter(message=OuterRef("pk")).order_by("place")
    rows = rows.annotate(file_kind=Subquery(files.values("kind")[:1]))
    for row in rows.select_related("author").order_by("conversation", "number")[:MOST_WORDS]:
        found[row.conversation_id].append(row)
    return found


def _waiting(viewer: Viewer, subjects: Collection[int]) -> dict[int, Request]:
    """First messages to the viewer that have no answer."""
    rows = Request.objects.visible_to(viewer).waiting().filter(pk__in=subjects, recipient=viewer.id)
    return {row.pk: row for row in rows.filter(state=Request.State.WAITING).select_related("message")}


def _groups(viewer: Viewer, subjects: Collection[int]) -> dict[int, Conversation]:
    """Groups the viewer is in."""
    return {row.pk: row for row in Conversation.objects.visible_to(viewer).filter(pk__in=subjects)}


def _reports(viewer: Viewer, subjects: Collection[int]) -> dict[int, Report]:
    """Reports, for those who run the place, until they are closed."""
    rows = Report.objects.visible_to(viewer).filter(pk__in=subjects, closed_at=None).select_related("author")
    return {row.pk: row for row in rows}


def _own_reports(viewer: Viewer, subjects: Collection[int]) -> dict[int, Report]:
    """Reports that the viewer made, once they are closed."""
    rows = Report.objects.filter(pk__in=subjects, reporter=viewer.id, closed_at__isnull=False)
    return {row.pk: row for row in rows.select_related("author")}


KINDS = [
    Kind(news.WROTE, "message-circle", _say_wrote, _talk, _unread, topic="messages", listed=False, said=_said),
    Kind(news.ADDED, "users", _say_added, _talk, _groups, topic="messages"),
    Kind(news.REQUESTED, "mail", _say_requested, _request, _waiting, topic="requests", said=_asked),
    Kind(REPORTED, "flag", _say_reported, _at_hand, _reports, topic="account"),
    Kind(LOOKED_AT, "flag", _say_looked_at, _inbox, _own_reports, topic="account"),
]
