"""Faults planted among conversations, one at a time; each must be noticed by what the room's own tests assert."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Q

from collegium.lib.refusal import Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.messaging import news, order, seats
from collegium.messaging.actions import keeping, talking
from collegium.messaging.models import Conversation
from collegium.messaging.reading import inbox, receipts, talk, typing
from collegium.messaging.tests import scene
from collegium.messaging.tests import test_deltas as deltas
from collegium.messaging.tests import test_silence as silence
from collegium.messaging.tests import test_visibility as sight
from collegium.network import actions as network
from collegium.testing.cast import Cast
from collegium.testing.fixtures import queries
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("anew")]
Hear = Callable[[], None]


@pytest.fixture(autouse=True)
def anybody_may_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a first message costs is another room's affair."""
    asked = "collegium.messaging.actions.approaching.hindrance_to_approaching"
    monkeypatch.setattr(asked, lambda *_who, purpose: None)


def everybody_reads_what_is_hers(cast: Cast, hear: Hear) -> bool:
    house = sight.House(cast, hear)
    found = sight.seen(house)
    return all(found[name][way] == sight.TABLE[name] for name in sight.NAMES for way in sight.WAYS)


def nothing_of_the_parted_waits(cast: Cast, hear: Hear) -> bool:
    house = sight.House(cast, hear)
    keeping.read(house.group, by=house.who["halfway"], number=99)
    talking.write(house.group, by=house.who["bo"], text="not for these eyes")
    return inbox.unread(house.viewer("halfway")) == 0 and not receipts_of(house, "halfway", "bo")


def the_suspended_say_nothing(cast: Cast, hear: Hear) -> bool:
    row = scene.group(cast.ada, cast.bo)
    members.suspend(cast.bo, by=None)
    with suppress(Refusal):
        talking.write(row, by=cast.bo, text="Two")
    return row.messages.count() == 1


def receipts_of(house: Any, name: str, other: str) -> bool:
    viewer = house.viewer(name)
    keeping.read(house.group, by=house.who[other], number=9)
    here = talk.one(viewer, house.group.pk)
    return here is None or house.who[other] in [member for member, _number in receipts.of(viewer, here)]


def deltas_say_all(*verbs: str) -> Callable[[Cast, Hear], bool]:
    def check(cast: Cast, hear: Hear) -> bool:
        made = deltas.Scene(cast)
        hear()
        pages = made.pages()
        before = {(viewer.id, pk): deltas.whole(viewer, pk) for viewer, pk in pages}
        for verb in verbs:
            deltas.VERBS[verb](made)
        hear()
        return all(
            deltas.patched(viewer, pk, before[viewer.id, pk]) == deltas.whole(viewer, pk) for viewer, pk in pages
        )

    return check


def silent(stage: str) -> Callable[[Cast, Hear], bool]:
    def check(cast: Cast, hear: Hear) -> bool:
        hear()
        waiting, after = (silence.seen_by_the_sender(cast, hear, each, 0) for each in ("waiting", stage))
        # Pages that hold the moment of a reading differ in nothing else.
        return waiting == after

    return check


def manners_are_mutual(cast: Cast, hear: Hear) -> bool:
    row = scene.two(cast.ada, cast.bo, "One", "Two")
    keeping.manners(cast.ada, receipts=False, typing=False, presence=False)
    for who in (cast.ada, cast.bo):
        keeping.typing(row, by=who)
    for name in ("ada", "bo"):
        viewer = cast.viewer(name)
        here = talk.one(viewer, row.pk)
        if here is None or receipts.of(viewer, here) or typing.of(viewer, here):
            return False
    return True


def blocks_end_consent(cast: Cast, hear: Hear) -> bool:
    request = scene.asked(cast.di, cast.ada)
    talking.write(request.conversation, by=cast.ada, text="Yes?")
    network.block(cast.ada, cast.di)
    hear()
    network.unblock(cast.ada, cast.di)
    hear()
    here = talk.one(cast.viewer("di"), request.conversation_id)
    return here is not None and here.way == "request"


def writing_begins_with_the_lock(cast: Cast, hear: Hear) -> bool:
    row = scene.two(cast.ada, cast.bo, "One")
    sent = queries(lambda: talking.write(row, by=cast.ada, text="Two"))
    asked = [each for each in sent if "SAVEPOINT" not in each]
    return "FOR NO KEY UPDATE" in asked[0] and "messaging_participant" not in asked[0]


def without(statement: str, piece: str, instead: str = "") -> str:
    assert piece in statement, piece
    return statement.replace(piece, instead)


def of_everybody(rows: Any, viewer: Any) -> Any:
    """All of them; the viewer is asked for, as statements that are written out beforehand need it."""
    return rows.exclude(pk=viewer.id)


def from_the_beginning(rows: Any, viewer: Any) -> Any:
    """The rule of messages without the moment at which somebody came."""
    return rows.filter(conversation__in=Conversation.objects.visible_to(viewer)).filter(
        Q(author=viewer.id) | Q(author__in=Member.objects.active())
    )


PARTED = "AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = {} AND blocked_id = {})"
MODELS = "collegium.messaging.models"
Fault = tuple[Callable[[Cast, Hear], bool], str, Any]
FAULTS: dict[str, Fault] = {
    "messages are for everybody": (
        everybody_reads_what_is_hers,
        f"{MODELS}.messages.MessageQuerySet.visible_to",
        of_everybody,
    ),
    "who comes later reads what was said before": (
        everybody_reads_what_is_hers,
        f"{MODELS}.messages.MessageQuerySet.visible_to",
        from_the_beginning,
    ),
    "files are for everybody": (
        everybody_reads_what_is_hers,
        f"{MODELS}.files.AttachmentQuerySet.visible_to",
        of_everybody,
    ),
    "who was removed has a seat": (
        everybody_reads_what_is_hers,
        "collegium.messaging.seats.SEAT",
        without(seats.SEAT, " AND p.left_at IS NULL"),
    ),
    "the suspended have a seat": (
        the_suspended_say_nothing,
        "collegium.messaging.seats.SEAT",
        without(seats.SEAT, "AND me.standing = 'active'"),
    ),
    "a block does not end a conversation": (
        everybody_reads_what_is_hers,
        "collegium.messaging.seats.SEAT",
        without(without(seats.SEAT, PARTED.format("me.id", "other.id")), PARTED.format("other.id", "me.id")),
    ),
    "whom one blocked marks as unread": (
        nothing_of_the_parted_waits,
        "collegium.messaging.order.SAY",
        without(order.SAY, PARTED.format("member_id", "%(author)s")),
    ),
    "answers keep the words that were edited": (
        deltas_say_all("edit"),
        "collegium.messaging.order.TOUCH",
        without(order.TOUCH, "(%(quoted)s AND", "(false AND"),
    ),
    "a change is not stamped on its message": (
        deltas_say_all("react"),
        "collegium.messaging.order.TOUCH",
        without(order.TOUCH, "SET changed = %(changes)s", "SET changed = changed"),
    ),
    "a new name is no change of the head": (
        deltas_say_all("rename"),
        "collegium.messaging.order.SAY",
        without(order.SAY, "WHEN %(head)s THEN", "WHEN false THEN"),
    ),
    "a block does not have pages begin anew": (
        deltas_say_all("block"),
        "collegium.messaging.order.CHANGE",
        without(order.CHANGE, "WHEN %(anew)s THEN", "WHEN false THEN"),
    ),
    "an answer does not change the composer": (
        deltas_say_all("answer"),
        "collegium.messaging.order.CHANGE",
        without(order.CHANGE, "WHEN %(head)s THEN", "WHEN false THEN"),
    ),
    "its sender reads the state of a request": (
        silent("declined"),
        "collegium.messaging.reading.talk._request",
        lambda viewer, pk: talk.REQUEST.first(pk=pk),
    ),
    "its sender reads the state of a request in the list": (
        silent("a pitch"),
        "collegium.messaging.reading.inbox._as_sent",
        lambda viewer, request: request,
    ),
    "a decline pokes the sender": (
        silent("declined"),
        "collegium.messaging.news.look_for",
        lambda member, row: news.look_again(row),
    ),
    "a declined request does not count as waiting": (
        silent("declined"),
        "collegium.messaging.seats.SEAT",
        without(seats.SEAT, "IN ('waiting', 'declined')", "IN ('waiting')"),
    ),
    "who shows nothing sees everything": (manners_are_mutual, "collegium.messaging.reading.receipts._shows", bool),
    "typing is seen by those who do not show it": (
        manners_are_mutual,
        "collegium.messaging.reading.typing._shows",
        bool,
    ),
    "consent outlasts a block": (
        blocks_end_consent,
        "collegium.messaging.notices._of_two",
        lambda one, others: [],
    ),
    "the seat is asked before the lock": (
        writing_begins_with_the_lock,
        "collegium.messaging.order.hold",
        lambda conversation: None,
    ),
}


CHECKS = {
    "sight": everybody_reads_what_is_hers,
    "the parted": nothing_of_the_parted_waits,
    "the suspended": the_suspended_say_nothing,
    "deltas": deltas_say_all("edit", "react", "rename", "answer", "block"),
    "silence": silent("a pitch"),
    "manners": manners_are_mutual,
    "blocks": blocks_end_consent,
    "the lock": writing_begins_with_the_lock,
}


@pytest.mark.parametrize("check", CHECKS)
def test_all_is_well_without_a_fault(cast: Cast, hear: Hear, check: str) -> None:
    assert CHECKS[check](cast, hear)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, hear: Hear, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    holds, target, planted = FAULTS[fault]
    monkeypatch.setattr(target, planted)
    # What the database refuses was noticed, too.
    with suppress(IntegrityError):
        assert not holds(cast, hear)
