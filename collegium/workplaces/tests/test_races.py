"""What is typed at the same moment: one code from two windows, one address from two members."""

import pytest

from collegium.lib.refusal import Conflict
from collegium.testing.cast import make_member
from collegium.testing.racing import race
from collegium.workplaces import actions
from collegium.workplaces.addresses import read
from collegium.workplaces.models import Code, Proof

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4
ACME = actions.Workplace("Acme")


def test_the_same_code_twice_is_one_proof() -> None:
    ada = make_member("Ada Lindqvist")
    for _ in range(ROUNDS):
        digits = actions.ask(ada, read("ada@acme.example"), ACME)  # type: ignore[arg-type]
        one, other = race(lambda: actions.prove(ada, digits), lambda: actions.prove(ada, digits))
        assert isinstance(one, Proof), one
        assert one == other
        assert Proof.objects.count() == 1


def test_one_address_is_given_to_one_of_two() -> None:
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    for _ in range(ROUNDS):
        Proof.objects.all().delete()
        hers = actions.ask(ada, read("info@acme.example"), ACME)  # type: ignore[arg-type]
        his = actions.ask(bo, read("info@acme.example"), ACME)  # type: ignore[arg-type]
        outcomes = race(lambda: actions.prove(ada, hers), lambda: actions.prove(bo, his))
        assert sorted(type(each).__name__ for each in outcomes) == [Conflict.__name__, Proof.__name__], outcomes
        assert Proof.objects.count() == 1


def test_tries_at_once_are_all_counted() -> None:
    ada = make_member("Ada Lindqvist")
    digits = actions.ask(ada, read("ada@acme.example"), ACME)  # type: ignore[arg-type]
    wrong = f"{(int(digits) + 1) % 10**6:06}"
    outcomes = race(*[lambda: actions.prove(ada, wrong) for _ in range(8)])
    assert sum(isinstance(each, Code) for each in outcomes) == 5
    assert Code.objects.get().tries == 5
    with pytest.raises(Conflict):
        actions.prove(ada, digits)
