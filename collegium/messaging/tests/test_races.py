"""What people do at the same moment ends as if one of them had been first."""

from collections.abc import Callable
from typing import Any

import pytest

from collegium.journal.models import Entry
from collegium.journal.tasks import tell
from collegium.lib.refusal import Conflict, Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.messaging.actions import approaching, people, talking
from collegium.messaging.models import Conversation, Message, Participant, Reaction, Request
from collegium.messaging.reading import talk
from collegium.messaging.tests import scene
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.reach.models import Key
from collegium.testing.cast import connect, make_member
from collegium.testing.racing import race
from collegium.ties.models import Block, Connection, Invitation

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


class Four:
    """Ada, connected with Bo and Cy; Di is a stranger. Put back to the beginning again and again."""

    def __init__(self) -> None:
        self.a, self.b, self.c, self.d = (make_member(name) for name in ("Ada", "Bo", "Cy", "Di"))

    def begin(self) -> None:
        for model in (Conversation, Connection, Block, Invitation, Notification, Entry, Key):
            model._default_manager.all().delete()
        Member.objects.update(connection_count=0, standing=Member.Standing.ACTIVE)
        for other in (self.b, self.c):
            connect(self.a, other)

    def sound(self, answers: list[Any]) -> None:
        for each in answers:
            assert not isinstance(each, Exception) or isinstance(each, Conflict | Refusal), repr(each)
        for key in Entry.objects.order_by("pk").values_list("pk", flat=True):
            tell(entry=key)
        for row in Conversation.objects.all():
            numbers = list(row.messages.order_by("pk").values_list("number", flat=True))
            assert sorted(numbers) == list(range(1, row.last_number + 1))
            assert all(row.messages.filter(changed__gt=row.changes).count() == 0 for _ in numbers)


def rounds(four: Four, *verbs: Callable[[], Any]) -> list[list[Any]]:
    found = []
    for _round in range(ROUNDS):
        answers = race(*verbs)
        four.sound(answers)
        found.append(answers)
    return found


def test_two_writers_and_one_key(transactional_db: None) -> None:
    four = Four()
    four.begin()
    row = talking.begin(four.a, [four.b])
    for place in range(ROUNDS):
        key = scene.key(place)
        verbs = [lambda k=key: talking.write(row, by=four.a, text="Same", key=k)] * 3
        answers = race(*verbs, lambda: talking.write(row, by=four.b, text="Other"))
        four.sound(answers)
        assert len({each.pk for each in answers[:3]}) == 1
    assert Message.objects.count() == 2 * ROUNDS


def test_beginning_at_once_is_one_conversation(transactional_db: None) -> None:
    four = Four()
    for _round in range(ROUNDS):
        four.begin()
        answers = race(lambda: talking.begin(four.a, [four.b]), lambda: talking.begin(four.b, [four.a]))
        four.sound(answers)
        assert answers[0] == answers[1]
        assert Conversation.objects.count() == 1


def test_approaching_each_other_is_an_answer(transactional_db: None) -> None:
    four = Four()
    for _round in range(ROUNDS):
        four.begin()
        answers = race(
            lambda: scene.asked(four.a, four.d, "From Ada"),
            lambda: scene.asked(four.d, four.a, "From Di"),
            lambda: scene.asked(four.d, four.a, "From Di"),
        )
        four.sound(answers)
        assert Request.objects.get().state == "accepted"
        assert sorted(Message.objects.values_list("text", flat=True))[:2] == ["From Ada", "From Di"]
        assert Conversation.objects.get().consented_at is not None


def test_declining_while_it_is_taken_back(transactional_db: None) -> None:
    four = Four()
    for _round in range(ROUNDS):
        four.begin()
        request = scene.asked(four.d, four.a)
        answers = race(
            lambda: approaching.decline(request, by=four.a, verdict="pitch"),
            lambda: talking.delete(request.message, by=four.d),
            lambda: approaching.accept(request, by=four.a),
        )
        four.sound(answers)
        row = Request.objects.get()
        assert row.state in ("over", "accepted")
        assert (Conversation.objects.get().consented_at is not None) == (row.state == "accepted")


def test_removed_while_writing(transactional_db: None) -> None:
    four = Four()
    for _round in range(2 * ROUNDS):
        four.begin()
        row = scene.group(four.a, four.b, four.c)
        answers = race(
            lambda: talking.write(row, by=four.b, text="Wait"),
            lambda: people.remove(row, by=four.a, people=[four.b]),
            lambda: talking.write(row, by=four.c, text="Yes"),
        )
        four.sound(answers)
        removed = Message.objects.get(kind="note", note__what="removed").number
        assert not Message.objects.filter(author=four.b, number__gt=removed).exists()
        assert isinstance(answers[0], Refusal) != Message.objects.filter(author=four.b).exists()


def test_blocked_while_writing(transactional_db: None) -> None:
    four = Four()
    for _round in range(ROUNDS):
        four.begin()
        row = talking.begin(four.a, [four.b])
        answers = race(
            lambda: talking.write(row, by=four.b, text="Wait"),
            lambda: network.block(four.a, four.b),
            lambda: talking.write(row, by=four.a, text="Go"),
        )
        four.sound(answers)
        for member in (four.a, four.b):
            assert talk.one(talk.Viewer(member), row.pk) is None
            assert not Message.objects.visible_to(talk.Viewer(member)).exists()
        with pytest.raises(Refusal):
            talking.write(row, by=four.b, text="After")


def test_suspended_while_writing(transactional_db: None) -> None:
    four = Four()
    for _round in range(ROUNDS):
        four.begin()
        row = talking.begin(four.a, [four.b])
        answers = race(lambda: talking.write(row, by=four.b, text="Wait"), lambda: members.suspend(four.b, by=None))
        four.sound(answers)
        assert talk.one(talk.Viewer(four.a), row.pk) is None


def test_the_last_hosts_leave_at_once(transactional_db: None) -> None:
    four = Four()
    for _round in range(ROUNDS):
        four.begin()
        row = scene.group(four.a, four.b, four.c)
        people.appoint(row, by=four.a, person=four.b)
        answers = race(
            lambda: people.leave(row, by=four.a),
            lambda: people.leave(row, by=four.b),
            lambda: people.dismiss(row, by=four.a, person=four.b),
        )
        four.sound(answers)
        assert Participant.objects.get(conversation=row, left_at=None).role == "admin"


def test_signs_at_once(transactional_db: None) -> None:
    four = Four()
    four.begin()
    row = scene.two(four.a, four.b, "Look")
    said = Message.objects.select_related("conversation").get(conversation=row)
    answers = race(*[lambda: talking.react(said, by=four.b, sign="👍")] * 3)
    four.sound(answers)
    assert sorted(answers) == [False, False, True]
    assert Reaction.objects.count() == 1


def test_one_key_lets_one_in(transactional_db: None) -> None:
    four = Four()
    for _round in range(ROUNDS):
        four.begin()
        Key.objects.create(owner=four.b, code="ABCDEFGHJKMN", label="One")
        answers = race(
            lambda: scene.asked(four.c, four.b, code="ABCDEFGHJKMN"),
            lambda: scene.asked(four.d, four.b, code="ABCDEFGHJKMN"),
        )
        four.sound(answers)
        assert sum(isinstance(each, Conflict) for each in answers) == 1
        assert Key.objects.get().uses == 1
