"""What two of the three do at the same moment ends as if one of them had been first."""

from collections.abc import Callable
from typing import Any

import pytest

from collegium.introductions import actions
from collegium.introductions.models import Introduction
from collegium.introductions.tests import scene
from collegium.journal.models import Entry
from collegium.journal.tasks import tell
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.messaging.actions import people, talking
from collegium.messaging.models import Conversation, Message, Participant
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.testing.cast import connect, make_member
from collegium.testing.racing import race
from collegium.ties.models import Block, Connection, Invitation

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3
Verb = Callable[[], Any]


class Three:
    """Ada, Bo and Cy, put back to a known beginning again and again."""

    def __init__(self) -> None:
        self.a, self.b, self.c = (make_member(name) for name in ("Ada Lindqvist", "Bo Okafor", "Cy Tanaka"))
        self.row = Introduction()

    def begin(self, state: str) -> None:
        for model in (Introduction, Conversation, Connection, Block, Invitation, Notification, Entry):
            model._default_manager.all().delete()
        Member.objects.update(connection_count=0, standing=Member.Standing.ACTIVE)
        connect(self.a, self.b)
        connect(self.b, self.c)
        if state == "nothing":
            return
        self.row = actions.ask(self.a, self.b, self.c, to_target="Hello.")
        if state in ("forwarded", "accepted"):
            self.row = actions.pass_on(self.row, by=self.b, words="Hello.")
        if state == "accepted":
            self.row = actions.accept(self.row, by=self.c)

    def end(self, answers: list[Any]) -> tuple[Any, ...]:
        for key in Entry.objects.order_by("pk").values_list("pk", flat=True):
            tell(entry=key)
        for each in answers:
            assert not isinstance(each, Exception) or isinstance(each, Conflict | Refusal), repr(each)
        if Block.objects.exists():
            assert not Introduction.objects.alive().exists()
        return (
            tuple(type(each).__name__ for each in answers),
            sorted(Introduction.objects.values_list("state", flat=True)),
            Conversation.objects.count(),
            list(Message.objects.order_by("number").values_list("kind", "author__name")),
            Participant.objects.filter(left_at=None).count(),
            sorted(Notification.objects.values_list("recipient", "kind")),
        )


def verbs(three: Three) -> dict[str, Verb]:
    a, b, c = three.a, three.b, three.c
    return {
        "A asks": lambda: actions.ask(a, b, c, to_target="Hello."),
        "A asks otherwise": lambda: actions.ask(a, b, c, to_target="Hello again."),
        "A withdraws": lambda: actions.withdraw(three.row, by=a),
        "B passes on": lambda: actions.pass_on(three.row, by=b, words="Hello."),
        "B declines": lambda: actions.decline(three.row, by=b),
        "C accepts": lambda: actions.accept(three.row, by=c),
        "C declines": lambda: actions.decline(three.row, by=c),
        "C blocks A": lambda: network.block(c, a),
        "C removes B": lambda: network.disconnect(c, b),
        "A writes": lambda: talking.write(scene.talk(three.row), by=a, text="Hello."),
        "C leaves": lambda: people.leave(scene.talk(three.row), by=c),
    }


RACES = [
    ("nothing", "A asks", "A asks"),
    ("nothing", "A asks", "A asks otherwise"),
    ("asked", "B passes on", "A withdraws"),
    ("asked", "B passes on", "B passes on"),
    ("asked", "B passes on", "B declines"),
    ("asked", "B passes on", "C removes B"),
    ("forwarded", "C accepts", "A withdraws"),
    ("forwarded", "C accepts", "C blocks A"),
    ("forwarded", "C accepts", "C declines"),
    ("forwarded", "C accepts", "C accepts"),
    ("forwarded", "C accepts", "C removes B"),
    ("accepted", "A writes", "C leaves"),
    ("accepted", "A writes", "C blocks A"),
    ("accepted", "C leaves", "C leaves"),
]


@pytest.mark.parametrize(("state", "one", "other"), RACES)
def test_a_race_ends_as_one_order_would(state: str, one: str, other: str) -> None:
    three = Three()
    orders = []
    for first, second in ((one, other), (other, one)):
        three.begin(state)
        verb = verbs(three)
        answers: dict[int, Any] = {}
        for place, name in ((0, first), (1, second)):
            try:
                answers[place] = verb[name]()
            except (Conflict, Refusal) as error:
                answers[place] = error
        told = [answers[0], answers[1]] if (first, second) == (one, other) else [answers[1], answers[0]]
        orders.append(three.end(told))
    for _ in range(ROUNDS):
        three.begin(state)
        verb = verbs(three)
        assert three.end(race(verb[one], verb[other])) in orders
