"""The last invitation is spent once, however many are sent at the same moment."""

import pytest

from collegium.conduct import reading
from collegium.conduct.rules import Wait
from collegium.journal.models import Entry
from collegium.network import actions
from collegium.testing.cast import make_member
from collegium.testing.racing import race
from collegium.ties.models import Invitation

ROUNDS = 3


@pytest.mark.django_db(transaction=True)
def test_the_last_one_is_spent_once() -> None:
    me = make_member("Jo Berg")
    crowd = [make_member(f"Other {n}") for n in range(4)]
    for _round in range(ROUNDS):
        Invitation.objects.all().delete()
        Entry.objects.filter(kind="network.invited").delete()
        while reading.ledger(me).balance > 1:
            Entry.objects.create(kind="network.invited", actor=me.pk, subject=1, data={"recipient": 1})
        outcomes = race(*(lambda other=other: actions.invite(me, other, note="Hello.") for other in crowd))
        sent = [each for each in outcomes if isinstance(each, Invitation)]
        assert len(sent) == 1
        assert sum(isinstance(each, Wait) for each in outcomes) == len(crowd) - 1
        assert reading.ledger(me).balance == 0
