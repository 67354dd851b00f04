"""What two people do at the same moment ends as if one of them had been first.

The oracle is the product itself, slowed down: both orders are run one after the other, and what a race leaves behind
(ties, invitations, notifications, and what each was answered) must equal one of the two. Counters equal the rows.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from collegium.journal.models import Entry
from collegium.journal.tasks import tell
from collegium.lib.refusal import Conflict, Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions
from collegium.network.tests.reading import made_ago
from collegium.notifications.models import Notification
from collegium.testing.cast import client_of, make_member
from collegium.testing.racing import race
from collegium.ties.models import Block, Connection, Disclaimer, Follow, Invitation

ROUNDS, MORE_ROUNDS = 4, 24
HTTP_ROUNDS = 3
pytestmark = pytest.mark.django_db(transaction=True)
Verb = Callable[[], Any]


class Two:
    """Ada and Bo, put back to a known beginning again and again."""

    def __init__(self) -> None:
        self.a, self.b = make_member("Ada Lindqvist"), make_member("Bo Okafor")
        self.invitation = Invitation()

    def begin(self, beginning: str) -> None:
        """Forget everything between them, then go to the beginning named."""
        for model in (Connection, Follow, Block, Disclaimer, Invitation, Notification, Entry):
            model._default_manager.all().delete()
        Member.objects.update(connection_count=0, follower_count=0, standing=Member.Standing.ACTIVE)
        if beginning == "asked":
            asked = actions.invite(self.a, self.b, note="We met.")
            self.invitation = made_ago(asked, timedelta(days=8))
            Entry.objects.filter(subject=asked.pk).update(subject=self.invitation.pk)
        elif beginning == "declined":
            self.begin("asked")
            actions.decline(self.invitation, by=self.b)
        elif beginning == "connected":
            actions.accept(actions.invite(self.a, self.b, note="We met."), by=self.b)
            actions.follow(self.a, self.b)
        elif beginning == "blocked":
            actions.block(self.a, self.b)

    def end(self, answers: list[Any]) -> tuple[Any, ...]:
        """Let everybody hear, check what must always be true, and write down what is."""
        for key in Entry.objects.order_by("pk").values_list("pk", flat=True):
            tell(entry=key)
        for member in Member.objects.all():
            assert member.connection_count == Connection.objects.filter(member=member).count()
            assert member.follower_count == Follow.objects.filter(followee=member).count()
        halves = set(Connection.objects.values_list("member_id", "other_id"))
        assert halves == {(other, one) for one, other in halves}
        if Block.objects.exists():
            assert not halves
            assert not (Follow.objects.exists())
            assert not (Invitation.objects.filter(state__in=Invitation.OPEN).exists())
        return (
            tuple(self.said(each) for each in answers),
            bool(halves),
            *(self.names(model.objects.values_list(*ends)) for model, ends in ENDS.items()),
            sorted(
                (*self.name(row[:2]), *row[2:])
                for row in Invitation.objects.values_list("sender", "recipient", "state")
            ),
            sorted((self.name(row[:1]), row[1]) for row in Notification.objects.values_list("recipient", "kind")),
        )

    def names(self, rows: Any) -> list[tuple[str, ...]]:
        return sorted(self.name(row) for row in rows)

    def name(self, keys: tuple[int, ...]) -> tuple[str, ...]:
        return tuple("a" if key == self.a.pk else "b" for key in keys)

    @staticmethod
    def said(answer: Any) -> str:
        """What the one who acted learnt; anything but a refusal or a conflict is a fault."""
        if isinstance(answer, Exception):
            assert isinstance(answer, Conflict | Refusal), repr(answer)
        return type(answer).__name__

    def in_turn(self, *verbs: Verb) -> list[Any]:
        """One after the other, in the order given."""
        answers = []
        for verb in verbs:
            try:
                answers.append(verb())
            except (Conflict, Refusal) as error:
                answers.append(error)
        return answers


ENDS = {
    Follow: ("follower", "followee"),
    Block: ("blocker", "blocked"),
    Disclaimer: ("member", "stranger"),
}


def verbs(two: Two) -> dict[str, Verb]:
    """Everything either can do; Ada has asked Bo, where anybody has asked."""
    a, b = two.a, two.b
    return {
        "A invites": lambda: actions.invite(a, b, note="Hello."),
        "A invites again": lambda: actions.invite(a, b, note="Hello again."),
        "B invites": lambda: actions.invite(b, a, note="We met."),
        "A withdraws": lambda: actions.withdraw(two.invitation, by=a),
        "A reminds": lambda: actions.remind(two.invitation, by=a),
        "B accepts": lambda: actions.accept(two.invitation, by=b),
        "B declines": lambda: actions.decline(two.invitation, by=b),
        "B answers": lambda: actions.decline(two.invitation, by=b, reply="Not now."),
        "B disclaims": lambda: actions.disclaim(two.invitation, by=b),
        "B reopens": lambda: actions.reopen(two.invitation, by=b),
        "A blocks": lambda: actions.block(a, b),
        "B blocks": lambda: actions.block(b, a),
        "A unblocks": lambda: actions.unblock(a, b),
        "A disconnects": lambda: actions.disconnect(a, b),
        "B disconnects": lambda: actions.disconnect(b, a),
        "A follows": lambda: actions.follow(a, b),
        "A unfollows": lambda: actions.unfollow(a, b),
        "A is suspended": lambda: members.suspend(a, by=None),
    }


OFTEN = [
    ("asked", "B accepts", "A withdraws"),
    ("asked", "B accepts", "B accepts"),
    ("asked", "B accepts", "A blocks"),
    ("asked", "B accepts", "A disconnects"),
    ("asked", "B declines", "A withdraws"),
    ("apart", "A invites", "B invites"),
    ("apart", "A invites", "B blocks"),
]
PAIRS = [
    *OFTEN,
    ("asked", "B accepts", "B blocks"),
    ("asked", "B accepts", "B declines"),
    ("asked", "B accepts", "B invites"),
    ("asked", "B accepts", "A reminds"),
    ("asked", "B accepts", "A is suspended"),
    ("asked", "B declines", "B declines"),
    ("asked", "B answers", "A withdraws"),
    ("asked", "B answers", "B answers"),
    ("asked", "B disclaims", "A withdraws"),
    ("asked", "B invites", "A withdraws"),
    ("asked", "A withdraws", "A withdraws"),
    ("asked", "A reminds", "A reminds"),
    ("declined", "B reopens", "A withdraws"),
    ("declined", "B invites", "A withdraws"),
    ("apart", "A invites", "A invites"),
    ("apart", "A invites", "A invites again"),
    ("apart", "A invites", "A blocks"),
    ("apart", "A blocks", "B blocks"),
    ("apart", "A follows", "A follows"),
    ("apart", "A follows", "B blocks"),
    ("apart", "A follows", "A unfollows"),
    ("connected", "A disconnects", "B disconnects"),
    ("connected", "A disconnects", "B blocks"),
    ("connected", "A blocks", "B invites"),
    ("blocked", "A unblocks", "B invites"),
    ("blocked", "A unblocks", "A unblocks"),
]


@pytest.mark.parametrize(("beginning", "first", "second"), PAIRS)
def test_one_of_the_serial_outcomes(beginning: str, first: str, second: str) -> None:
    two = Two()
    verb = verbs(two)
    serial = []
    for order in ((0, 1), (1, 0)):
        two.begin(beginning)
        answers = two.in_turn(*[verb[(first, second)[place]] for place in order])
        serial.append(two.end([answers[order.index(place)] for place in (0, 1)]))
    for turn in range(MORE_ROUNDS if (beginning, first, second) in OFTEN else ROUNDS):
        two.begin(beginning)
        runners = [verb[first], verb[second]]
        answers = race(*(runners if turn % 2 else runners[::-1]))
        assert two.end(answers if turn % 2 else answers[::-1]) in serial


FORMS = [
    ("apart", "a", "/network/with/bo-okafor/invitation/"),
    ("apart", "a", "/network/with/bo-okafor/follow/"),
    ("apart", "a", "/network/with/bo-okafor/block/"),
    ("connected", "a", "/network/with/bo-okafor/unfollow/"),
    ("connected", "a", "/network/with/bo-okafor/removal/"),
    ("connected", "a", "/network/with/bo-okafor/block/"),
    ("blocked", "a", "/network/with/bo-okafor/unblock/"),
    ("asked", "b", "{invitation}acceptance/"),
    ("asked", "b", "{invitation}decline/"),
    ("asked", "b", "{invitation}reply/"),
    ("asked", "b", "{invitation}disclaimer/"),
    ("declined", "b", "{invitation}restoration/"),
    ("asked", "a", "{invitation}withdrawal/"),
    ("asked", "a", "{invitation}reminder/"),
]


@pytest.mark.parametrize(("beginning", "who", "address"), FORMS)
def test_every_form_sent_twice_is_sent_once(beginning: str, who: str, address: str) -> None:
    two = Two()
    words = {"note": "Hello.", "reply": "Not now."}

    def send(client: Client) -> int:
        return client.post(address.format(invitation=two.invitation.path), words).status_code

    two.begin(beginning)
    assert send(client_of(getattr(two, who))) == 302
    once = two.end([])
    for turn in range(HTTP_ROUNDS):
        two.begin(beginning)
        clients = [client_of(getattr(two, who)) for _ in range(3)]
        if turn % 2:
            answers = [send(client) for client in clients]
        else:
            answers = race(*(lambda client=client: send(client) for client in clients))
        assert answers == [302, 302, 302]
        assert two.end([]) == once


def test_many_around_one_person() -> None:
    """Ten ask the same person, who accepts them all at once, while others disconnect: no deadlock, true counters."""
    hub = make_member("Hub Centre")
    crowd = [make_member(f"Rim {n}") for n in range(8)]
    for _round in range(4):
        asked = race(*(lambda one=one: actions.invite(one, hub, note="We met.") for one in crowd))
        race(
            *(lambda row=row: actions.accept(row, by=hub) for row in asked[:6]),
            *(lambda row=row: actions.withdraw(row, by=row.sender) for row in asked[4:]),
        )
        race(*(lambda one=one: actions.disconnect(hub, one) for one in crowd), lambda: actions.follow(crowd[0], hub))
        hub.refresh_from_db()
        assert hub.connection_count == Connection.objects.filter(member=hub).count() == 0
        assert hub.follower_count == 1
        Invitation.objects.all().delete()
        Entry.objects.all().delete()
