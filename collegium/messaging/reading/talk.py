"""One conversation in the eyes of somebody who is in it, and what changed since she last looked.

A page knows the number of the last change it has seen. What changed after it, put in its place, makes the page what it
would be if it were fetched anew; a test of every verb says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, OuterRef, QuerySet, Subquery

from collegium.audience.rule import PUBLIC, closeness
from collegium.audience.viewer import Viewer, stand_in
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member
from collegium.messaging import rules
from collegium.messaging.models import Conversation, Message, Participant, Request, Revision, Typing
from collegium.messaging.reading.dressing import Eyes, Said, dress
from collegium.messaging.reading.faces import SHOWN, Faces
from collegium.messaging.seats import Seat, seat
from collegium.sorting import words

PAGE = 50
MOST_CHANGES = 200
NEWEST = (1 << 62) - 1


def _people(slot: Slots) -> QuerySet[Participant]:
    """Everybody who is or was in it, with how near the viewer is, what each shows, and until when each types.

    Nearer than PUBLIC are those whom she meets.
    """
    rows = Participant.objects.filter(conversation=slot.int("conversation")).select_related("member")
    types = Typing.objects.filter(conversation=OuterRef("conversation"), member=OuterRef("member"))
    return rows.annotate(
        near=closeness(stand_in(slot.int("me")), "member", second=False),
        receipts=F("member__manners__receipts"),
        typing=F("member__manners__typing"),
        until=Subquery(types.values("until")[:1]),
    ).order_by("since", "member_id")


def _below(slot: Slots) -> QuerySet[Message]:
    return _of(slot).filter(number__lt=slot.int("number")).order_by("-number")[: PAGE + 1]


def _above(slot: Slots) -> QuerySet[Message]:
    return _of(slot).filter(number__gt=slot.int("number")).order_by("number")[: PAGE + 1]


def _of(slot: Slots) -> QuerySet[Message]:
    # Whom she does not meet are few or none: asked this way round, the order of the conversation is what is looked up.
    rows = Message.objects.exclude(slot.among("author_id", "away")).filter(conversation=slot.int("conversation"))
    return rows.filter(number__gt=slot.int("after")).select_related("reply_to")


def _changed(slot: Slots) -> QuerySet[Message]:
    rows = Message.objects.filter(conversation=slot.int("conversation"), changed__gt=slot.int("changes"))
    rows = rows.filter(number__gt=slot.int("after")).select_related("reply_to")
    return rows.order_by("changed")[: MOST_CHANGES + 1]


PEOPLE, BELOW, ABOVE, CHANGED = Statement(_people), Statement(_below), Statement(_above), Statement(_changed)
REQUEST = Statement(
    lambda slot: (
        Request.objects.waiting()
        .filter(conversation=slot.int("pk"))
        .select_related("sender", "recipient", "message")[:1]
    )
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as one person in it sees it.

    Attributes:
        conversation: the row, as it was before anything else was read.
        place: her own.
        people: who is in it now and whom she meets, herself among them.
        eyes: whose words she reads, also of those who left.
        seat: what she may do here.
        request: the first message that waits between two; its sender sees it as waiting, whatever was made of it.
    """

    conversation: Conversation
    place: Participant
    people: list[Participant]
    eyes: Eyes
    seat: Seat
    request: Request | None

    @property
    def others(self) -> list[Member]:
        """Those who are in it now, but for herself."""
        return [each.member for each in self.people if each.member_id != self.eyes.me]

    @property
    def other(self) -> Member | None:
        """The other one of two."""
        return None if self.conversation.is_group or not self.others else self.others[0]

    @property
    def title(self) -> str:
        """What it is called."""
        others = self.others
        return Faces(others[:SHOWN], len(others)).title(self.conversation)

    @property
    def way(self) -> str:
        """What can be said here: "talk", "request", "waiting" or "closed"."""
        if rules.can_write(self.seat):
            return rules.TALK
        return rules.WAITING if self.seat.waits else rules.REQUEST

    @property
    def asked_me(self) -> bool:
        """Somebody wrote to her first and has had no answer."""
        return self.request is not None and self.request.recipient_id == self.eyes.me and not self.seat.open

    @property
    def reasons(self) -> list[str]:
        """Why it stands in the box where it stands."""
        return words.say(self.place.why)


@dataclass(slots=True)
class Stretch:
    """Some messages in their order, and where there are more.

    Attributes:
        said: the messages.
        older: the number to ask for what is below; 0 where there is nothing.
        newer: the same for what is above.
        last: the highest number among them; 0 when there are none.
        changes: the number of the change from which a page with these asks for the next.
        gone: numbers of messages that changed and are not for these eyes.
        head: whether name, people, or what can be said changed.
        too_many: whether the page should rather begin anew.
    """

    said: list[Said]
    older: int = 0
    newer: int = 0
    last: int = 0
    changes: int = 0
    gone: list[int] = field(default_factory=list)
    head: bool = False
    too_many: bool = False


def one(viewer: Viewer, pk: int) -> Talk | None:
    """A conversation; None where she is not in it, or a block or a suspension has ended it."""
    if viewer.member is None or not 0 < pk < NEWEST:
        return None
    here = seat(viewer.member, Conversation(pk=pk))
    if here is None:
        return None
    everybody = PEOPLE.rows(me=viewer.id, conversation=pk)
    met = [each for each in everybody if each.near >= PUBLIC]  # type: ignore[attr-defined]  # annotated
    place = next((each for each in met if each.member_id == viewer.id), None)
    if place is None:
        return None
    people = {each.member_id: each.member for each in met}
    away = frozenset(each.member_id for each in everybody) - people.keys()
    eyes = Eyes(viewer.id, pk, here.after, people, away)
    present = [each for each in met if each.left_at is None]
    request = _request(viewer, pk) if here.request is not None else None
    return Talk(here.conversation, place, present, eyes, here, request)


def _request(viewer: Viewer, pk: int) -> Request | None:
    request = REQUEST.first(pk=pk)
    if request is not None and request.sender_id == viewer.id:
        request.state, request.verdict = Request.State.WAITING, Request.Verdict.NONE
    return request


def messages(viewer: Viewer, talk: Talk, *, before: int = 0, after: int = 0, at: int = 0, size: int = PAGE) -> Stretch:
    """Some messages of it, oldest first.

    Args:
        viewer: whose eyes.
        talk: from `one`.
        before: only numbers below this one.
        after: only numbers above this one, the lowest of them.
        at: around this number.
        size: how many at most, up to `PAGE`.
    """
    size = max(1, min(size, PAGE))
    if at:
        low, high = _rows(BELOW, talk, _number(at) + 1), _rows(ABOVE, talk, _number(at))
        half = size // 2
        return _stretch(talk, low[:half][::-1] + high[: size - half], len(low) > half, len(high) > size - half)
    if after:
        rows = _rows(ABOVE, talk, _number(after))
        return _stretch(talk, rows[:size], True, len(rows) > size)
    rows = _rows(BELOW, talk, _number(before) if before else NEWEST)
    return _stretch(talk, rows[:size][::-1], len(rows) > size, bool(before))


def since(viewer: Viewer, talk: Talk, changes: int) -> Stretch:
    """What changed after a page saw the change with this number; what it shows then is what it would show anew."""
    row = talk.conversation
    changes = max(0, min(changes, NEWEST))
    given = {"conversation": row.pk, "changes": changes, "after": talk.place.after}
    rows = sorted(CHANGED.rows(**given), key=lambda each: each.number)
    seen = [each for each in rows if each.author_id in talk.eyes.people]
    too_many = len(rows) > MOST_CHANGES or row.anew > changes
    return Stretch(
        [] if too_many else dress(talk.eyes, seen),
        last=max((each.number for each in seen), default=0),
        changes=row.changes,
        gone=[each.number for each in rows if each.author_id not in talk.eyes.people],
        head=row.members_changed > changes,
        too_many=too_many,
    )


def revisions(viewer: Viewer, message: Message) -> list[Revision]:
    """How a message read before, the newest first; nothing of one that she does not read or that was taken back."""
    seen = Message.objects.visible_to(viewer).filter(pk=message.pk, deleted_at=None)
    return list(Revision.objects.filter(message__in=seen).order_by("-pk"))


def _number(number: int) -> int:
    return max(0, min(number, NEWEST - 1))


def _rows(statement: Statement[Message], talk: Talk, number: int) -> list[Message]:
    eyes = talk.eyes
    given = {"conversation": eyes.conversation, "after": eyes.after, "away": list(eyes.away), "number": number}
    return statement.rows(**given)


def _stretch(talk: Talk, rows: Sequence[Message], older: bool, newer: bool) -> Stretch:
    if not rows:
        return Stretch([], changes=talk.conversation.changes)
    low, high = rows[0].number, rows[-1].number
    return Stretch(
        dress(talk.eyes, rows), low if older else 0, high if newer else 0, high, changes=talk.conversation.changes
    )
