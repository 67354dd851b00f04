"""What two do at the same moment ends as if one of them had been first."""

import pytest

from collegium.lib.refusal import Conflict, Refusal
from collegium.network import actions as network
from collegium.openings.tests.scene import led, works_at
from collegium.referrals import actions
from collegium.referrals.models import OPEN, Referral, State
from collegium.testing.cast import connect, make_member
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def fine(each: object) -> bool:
    return not isinstance(each, Exception) or isinstance(each, Conflict | Refusal)


def test_two_at_once() -> None:
    ada, bo, pia = (make_member(name) for name in ("Ada Lindqvist", "Bo Okafor", "Pia Poster"))
    opening = led(pia)
    works_at(bo, opening.organization)
    connect(bo, ada)
    for number in range(ROUNDS):
        Referral.objects.all().delete()
        answers = race(*[lambda: actions.ask(ada, bo, opening, note="Please.")] * 3)
        assert all(map(fine, answers)), (number, answers)
        row = Referral.objects.get()
        answers = race(
            lambda row=row: actions.give(row, by=bo, knows="together", words="Good."),
            lambda row=row: actions.withdraw(row, by=ada),
            lambda row=row: actions.decline(row, by=bo),
        )
        assert all(map(fine, answers)), (number, answers)
        row.refresh_from_db()
        assert row.state in (State.GIVEN, State.WITHDRAWN)
        assert sum(not isinstance(each, Exception) for each in answers) in (1, 2)


def test_more_than_three_at_once() -> None:
    ada, pia = make_member("Ada Lindqvist"), make_member("Pia Poster")
    opening = led(pia)
    friends = [make_member(f"Friend {number}") for number in range(5)]
    for each in friends:
        works_at(each, opening.organization)
        connect(each, ada)
    answers = race(*[lambda each=each: actions.ask(ada, each, opening) for each in friends])  # type: ignore[misc]
    assert all(map(fine, answers)), answers
    assert Referral.objects.filter(state__in=OPEN).count() == 3


def test_asking_while_a_block_falls() -> None:
    ada, bo, pia = (make_member(name) for name in ("Ada Lindqvist", "Bo Okafor", "Pia Poster"))
    opening = led(pia)
    works_at(bo, opening.organization)
    connect(bo, ada)
    answers = race(lambda: actions.ask(ada, bo, opening), lambda: network.block(bo, ada))
    assert all(map(fine, answers)), answers
    assert not Referral.objects.alive().exists()
