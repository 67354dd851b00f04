"""First messages as what sorts them knows them (`sorting.letter`): plain values, put together here.

What sorts never asks the database of conversations, and what it learns are numbers, never words.
"""

import re
from datetime import timedelta

from allauth.account.models import EmailAddress

from collegium.audience.viewer import Viewer
from collegium.graph.degrees import mutual
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.messaging.models import Conversation, Participant, Request
from collegium.reach.comembers import shared
from collegium.reach.reading import condemned
from collegium.sorting.learning import teach
from collegium.sorting.letter import Letter, Place
from collegium.sorting.placing import place

LATELY = timedelta(days=30)
MOST_COMPARED = 100
ALIKE = 0.8
_WORD = re.compile(r"\w+")


def placed(request: Request) -> Place:
    """Where a first message is put for the one it is for, and why."""
    return place(_letter(request))


def judged(request: Request) -> None:
    """What she says of it is learnt from, while its words are there."""
    if request.verdict and not request.message.is_deleted:
        teach(_letter(request), request.verdict)


def corrected(conversation: Conversation, by: Member, box: str) -> None:
    """So is where she puts it, where somebody wrote to her first."""
    rows = Request.objects.filter(conversation=conversation, recipient=by, message__deleted_at=None)
    request = rows.select_related("message", "sender", "recipient").order_by("-pk").first()
    if request is not None:
        teach(_letter(request), box)


def _letter(request: Request) -> Letter:
    sender, recipient = request.sender, request.recipient
    both = mutual(Viewer(recipient), [sender.pk]).get(sender.pk)
    return Letter(
        text=request.message.text,
        purpose=request.purpose,
        keyed=request.keyed,
        sender_age_days=(clock.now() - sender.joined_at).days,
        sender_is_confirmed=EmailAddress.objects.filter(user=sender.user_id, verified=True).exists(),
        mutuals=both.total if both is not None else 0,
        same_text_to=_same_text(request),
        earlier_verdicts=condemned(sender),
        from_group=_share_a_group(sender, recipient),
    )


def _same_text(request: Request) -> int:
    """To how many others the sender wrote much the same: most of the words, in whatever order and with other names."""
    since = ids.floor_at(clock.now() - LATELY)
    others = Request.objects.filter(sender=request.sender, pk__gte=since).exclude(recipient=request.recipient)
    written = others.order_by("-pk").values_list("recipient_id", "message__text")[:MOST_COMPARED]
    mine = set(_WORD.findall(request.message.text.casefold()))
    return len({person for person, text in written if _alike(mine, set(_WORD.findall(text.casefold())))})


def _alike(one: set[str], other: set[str]) -> bool:
    return bool(other) and len(one & other) >= ALIKE * len(one | other)


def _share_a_group(one: Member, other: Member) -> bool:
    hers = Participant.objects.filter(member=other, left_at=None, conversation__kind=Conversation.Kind.GROUP)
    talks = Participant.objects.filter(member=one, left_at=None, conversation__in=hers.values("conversation"))
    return talks.exists() or shared(one, other).exists()
