"""The list of conversations of one person, box by box, and how many wait for her."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from collegium.audience.viewer import Viewer, stand_in
from collegium.lib import cursor
from collegium.lib.statement import Slots, Statement
from collegium.lib.text import excerpt
from collegium.members.models import Member
from collegium.messaging.models import Attachment, Conversation, Message, Participant, Request
from collegium.messaging.models.conversations import Box
from collegium.messaging.reading import notes
from collegium.messaging.reading.faces import Faces, faces
from collegium.messaging.reading.talk import NEWEST
from collegium.messaging.words import file_words
from collegium.sorting import words

LISTED = 20
CAP = 99
WORDS = 140
ARCHIVED, STARRED, DECLINED, UNREAD = "archived", "starred", "declined", "unread"
BOXES = (*Box.values, STARRED, ARCHIVED, DECLINED)

# The newest message in each that she reads: from when she came, of people whom nothing parts from her.
LAST = """
SELECT newest.id FROM unnest(%(keys)s::bigint[], %(after)s::bigint[]) AS talk (id, after)
CROSS JOIN LATERAL (
    SELECT m.id FROM messaging_message m JOIN members_member author ON author.id = m.author_id
    WHERE m.conversation_id = talk.id AND m.number > talk.after AND author.standing = 'active'
        AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = %(me)s AND blocked_id = author.id)
        AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = author.id AND blocked_id = %(me)s)
    ORDER BY m.number DESC LIMIT 1
) newest
"""

MESSAGES = Statement(lambda slot: Message.objects.filter(slot.among("id", "keys")).select_related("author"))
FILES = Statement(lambda slot: Attachment.objects.filter(slot.among("message_id", "keys")).order_by("-place"))
REQUESTS = Statement(
    lambda slot: (
        Request.objects.waiting().filter(slot.among("conversation_id", "keys")).select_related("sender", "recipient")
    )
)


def _mine(slot: Slots) -> QuerySet[Participant]:
    """Her places in conversations that she sees, with something said in them."""
    seen = Conversation.objects.visible_to(stand_in(slot.int("me")))
    return Participant.objects.filter(member=slot.int("me"), left_at=None, last__gt=0, conversation__in=seen)


def _waiting(slot: Slots) -> QuerySet[Participant]:
    """Those in which somebody who is new to her waits for an answer."""
    first = Request.objects.waiting().filter(conversation=OuterRef("conversation"), recipient=slot.int("me"))
    open_ = Exists(first.filter(state=Request.State.WAITING))
    return _mine(slot).filter(open_, box=Box.REQUESTS, declined_at=None, archived=False)


def _declined(slot: Slots) -> QuerySet[Participant]:
    first = Request.objects.waiting().filter(conversation=OuterRef("conversation"), state=Request.State.DECLINED)
    return _mine(slot).filter(Exists(first), declined_at__isnull=False)


def _unread(slot: Slots) -> QuerySet[Participant]:
    """Those that wait for her, for the numbers; what is muted does not count."""
    rows = _mine(slot).filter(unread=True, archived=False, muted=False, declined_at=None)
    return rows.order_by()


UNREADS: Statement[Participant] = Statement(lambda slot: _unread(slot).values_list("box")[: 4 * CAP])  # type: ignore[arg-type,return-value]  # asked for its tuples
ASKING: Statement[Participant] = Statement(
    lambda slot: _waiting(slot).order_by().values_list("conversation")[: CAP + 1]  # type: ignore[arg-type,return-value]  # likewise
)


@lru_cache(maxsize=32)
def _listed(box: str, only: str) -> Statement[Participant]:
    def build(slot: Slots) -> QuerySet[Participant]:
        if box == Box.REQUESTS:
            rows = _waiting(slot)
        elif box == DECLINED:
            rows = _declined(slot)
        elif box == ARCHIVED:
            rows = _mine(slot).filter(archived=True)
        elif box == STARRED:
            rows = _mine(slot).filter(starred=True)
        else:
            rows = _mine(slot).filter(box=box, archived=False, declined_at=None)
        rows = rows.filter(unread=True) if only == UNREAD else rows
        rows = rows.filter(last__lt=slot.int("below")).select_related("conversation")
        return rows.order_by("-last")[: LISTED + 1]

    return Statement(build)


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation in the list.

    Attributes:
        conversation: it.
        place: her own in it.
        others: the first few of the others.
        people: how many of them there are.
        title: what it is called.
        last: the newest message that she reads.
        words: its beginning, or what its first file is; empty for what was taken back.
        reasons: why it stands in this box.
        request: the first message that waits in it; its sender sees it as waiting, whatever was made of it.
    """

    conversation: Conversation
    place: Participant
    others: list[Member]
    people: int
    title: str
    last: Message | None
    words: str
    reasons: list[str]
    request: Request | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list; `older` is the cursor of the next, empty at the end; `counts` is what waits in each box."""

    rows: list[Row]
    older: str
    counts: dict[str, int]


def page(viewer: Viewer, box: str, *, before: str = "", only: str = "") -> Page:
    """A page of one box, the newest first.

    Args:
        viewer: whose.
        box: one of `BOXES`; any other is the first.
        before: the cursor of the page before.
        only: "unread" for what waits.

    Raises:
        Http404: that cursor is none.
    """
    box = box if box in BOXES else Box.FOCUSED.value
    below = cursor.unpack(before, 1)[0] if before else NEWEST
    places = _listed(box, only if only == UNREAD else "").rows(me=viewer.id, below=below)
    older = cursor.pack(places[LISTED - 1].last) if len(places) > LISTED else ""
    return Page(rows(viewer, places[:LISTED]), older, counts(viewer))


def rows(viewer: Viewer, places: Sequence[Participant]) -> list[Row]:
    """Her places, with conversations she sees, as rows of a list; in a constant number of statements."""
    keys = [place.conversation_id for place in places]
    others, newest = faces(viewer, keys), _last(viewer, places)
    files = {each.message_id: each.kind for each in FILES.rows(keys=[each.pk for each in newest.values()])}
    waiting = {each.conversation_id: _as_sent(viewer, each) for each in REQUESTS.rows(keys=keys)}
    return [
        Row(
            conversation=place.conversation,
            place=place,
            others=face.people,
            people=face.total,
            title=face.title(place.conversation),
            last=last,
            words="" if last is None else _beginning(viewer, last, face) or file_words(files.get(last.pk)),
            reasons=words.say(place.why),
            request=waiting.get(place.conversation_id),
        )
        for place in places
        for face, last in [(others[place.conversation_id], newest.get(place.conversation_id))]
    ]


def _beginning(viewer: Viewer, last: Message, face: Faces) -> str:
    """As much as fits; a note names those whom the row shows anyway."""
    if last.kind == Message.Kind.NOTE:
        return notes.sentence(last, {each.pk: each for each in face.people}, viewer.id)
    return excerpt(last.text, WORDS)


def _last(viewer: Viewer, places: Sequence[Participant]) -> dict[int, Message]:
    given = {"keys": [each.conversation_id for each in places], "after": [each.after for each in places]}
    with connection.cursor() as db:
        db.execute(LAST, given | {"me": viewer.id})
        keys = [row[0] for row in db.fetchall()]
    return {each.conversation_id: each for each in MESSAGES.rows(keys=keys)}


def _as_sent(viewer: Viewer, request: Request) -> Request:
    if request.sender_id == viewer.id:
        request.state, request.verdict = Request.State.WAITING, Request.Verdict.NONE
    return request


def counts(viewer: Viewer) -> dict[str, int]:
    """What waits in each box: what is unread, and of requests all that have no answer."""
    found = Counter(row[0] for row in UNREADS.tuples(me=viewer.id))
    found[Box.REQUESTS] = len(ASKING.tuples(me=viewer.id))
    return {box: min(found[box], CAP + 1) for box in Box.values}


def unread(viewer: Viewer) -> int:
    """How many conversations wait for her: those of people she talks to, and first messages she has not looked at."""
    seen = [row[0] for row in UNREADS.tuples(me=viewer.id)]
    return min(sum(box in (Box.FOCUSED, Box.REQUESTS) for box in seen), CAP + 1)
