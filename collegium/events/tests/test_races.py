"""Answers at the same moment count as if they had come one after the other."""

import pytest

from collegium.events.actions import answering, changing, deciding, inviting
from collegium.events.models import Attendance, Invitation, State
from collegium.events.tasks import extend
from collegium.events.tests.scene import come, first, make, pattern, seats
from collegium.feed import actions as feed
from collegium.lib.refusal import Conflict, Refusal
from collegium.testing.cast import connect, make_member
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_want_the_last_seat() -> None:
    host = make_member("Ada Lindqvist")
    people = [make_member(f"Guest {number}") for number in range(20)]
    row = first(make(host, capacity=1, waiting_list=False))
    outcomes = race(*(lambda who=who: answering.come(row, by=who) for who in people))
    assert sum(isinstance(each, Attendance) for each in outcomes) == 1
    assert sum(isinstance(each, Conflict) for each in outcomes) == 19
    assert seats(row) == (1, 1)


def test_twenty_want_three_seats_and_the_rest_wait() -> None:
    host = make_member("Ada Lindqvist")
    people = [make_member(f"Guest {number}") for number in range(20)]
    row = first(make(host, capacity=3))
    outcomes = race(*(lambda who=who: answering.come(row, by=who) for who in people))
    assert sorted(each.state for each in outcomes) == [State.GOING] * 3 + [State.WAITING] * 17
    assert seats(row) == (3, 3)


def test_two_give_up_while_two_wait() -> None:
    host, *people = (make_member(f"Person {name}") for name in "ABCDE")
    for _ in range(4):
        row = first(make(host, capacity=2))
        come(row, *people)
        race(*(lambda who=who: answering.decline(row, by=who) for who in people[:2]))
        assert seats(row) == (2, 2)
        assert set(Attendance.objects.filter(occurrence=row).going().values_list("member_id", flat=True)) == {
            each.pk for each in people[2:]
        }


def test_moving_up_while_it_is_cancelled() -> None:
    host, *people = (make_member(f"Person {name}") for name in "ABC")
    for _ in range(5):
        event = make(host, capacity=1)
        row = first(event)
        come(row, *people)
        given_up, cancelled = race(
            lambda: answering.decline(row, by=people[0]), lambda: changing.cancel(event, by=host)
        )
        assert not isinstance(given_up, Exception)
        assert not isinstance(cancelled, Exception)
        assert seats(row)[0] == seats(row)[1]


def test_approving_while_she_withdraws() -> None:
    host, guest = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    for _ in range(6):
        row = first(make(host, capacity=1, approving=True))
        (asked,) = come(row, guest)
        said, withdrawn = race(lambda: deciding.accept(asked, by=host), lambda: answering.decline(row, by=guest))
        assert not isinstance(withdrawn, Exception)
        assert isinstance(said, Attendance | Conflict)
        assert Attendance.objects.get(pk=asked.pk).state == State.DECLINED
        assert seats(row) == (0, 0)


def test_answering_while_the_post_goes() -> None:
    host, guest = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    for _ in range(5):
        event = make(host)
        row = first(event)
        came, gone = race(lambda: answering.come(row, by=guest), lambda: feed.delete_post(event.post, by=host))
        assert gone is None
        assert isinstance(came, Attendance | Conflict | Refusal)
        assert not Attendance.objects.exists()


def test_double_submit_and_two_sweeps() -> None:
    host, guest = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    connect(host, guest)
    event = make(host, 4, when=pattern(rule="FREQ=WEEKLY"), capacity=2)
    row = first(event)
    race(*[lambda: inviting.invite(event, [guest.pk], by=host)] * 3)
    assert Invitation.objects.count() == 1
    race(*[lambda: answering.come(row, by=guest)] * 3)
    assert Attendance.objects.count() == 1
    assert seats(row) == (1, 1)
    event.occurrences.filter(number__gt=40).delete()
    assert race(extend, extend) == [None, None]
    numbers = list(event.occurrences.order_by("number").values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) >= 52
