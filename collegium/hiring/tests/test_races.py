"""Races: withdrawing meets moving, withdrawing meets an answer to many, the same answer is sent twice at once."""

import pytest

from collegium.applications import actions as applications
from collegium.applications.models import Application, Standing, Step
from collegium.hiring.actions import many, moving
from collegium.hiring.actions.many import Act, Chosen, Outcome
from collegium.hiring.models import Card
from collegium.hiring.stages import columns
from collegium.hiring.tests.scene import applied
from collegium.lib.refusal import Conflict
from collegium.openings.tests.scene import led
from collegium.testing.cast import make_member
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_withdrawing_meets_moving() -> None:
    lead, person = make_member("Ada Lind"), make_member("Bo Okafor")
    opening = led(lead)
    row = applied(opening, person)
    stage = columns(opening).home(Standing.LISTED)
    moved, _withdrawn = race(lambda: moving.move(row, stage, by=lead), lambda: applications.withdraw(row, by=person))
    assert isinstance(moved, Application | Conflict)
    assert Application.objects.get().standing == Standing.WITHDRAWN
    assert Card.objects.exists() == isinstance(moved, Application)


def test_withdrawing_meets_an_answer_to_many() -> None:
    lead = make_member("Ada Lind")
    opening = led(lead)
    people = [make_member(f"Pat {letter}ore") for letter in "abcd"]
    rows = [applied(opening, person) for person in people]
    chosen = [Chosen(row.pk, moving.newest_step(row)) for row in rows]
    found, _withdrawn = race(
        lambda: many.act(opening, chosen, Act.DECLINE, by=lead, words="Dear {name}, thank you."),
        lambda: applications.withdraw(rows[2], by=people[2]),
    )
    assert isinstance(found, Outcome)
    told = Step.objects.filter(standing=Standing.DECLINED)
    assert told.count() == found.done
    assert found.left == (Application.objects.get(pk=rows[2].pk).standing == Standing.WITHDRAWN)
    assert all(step.words.startswith("Dear Pat") for step in told)


def test_the_same_answer_sent_twice_reaches_each_once() -> None:
    lead = make_member("Ada Lind")
    opening = led(lead)
    rows = [applied(opening, make_member(f"Pat {letter}ore")) for letter in "abc"]
    chosen = [Chosen(row.pk, moving.newest_step(row)) for row in rows]
    outcomes = race(*[lambda: many.act(opening, chosen, Act.ANSWER, by=lead, words="Hello {name}.")] * 2)
    assert sum(each.done for each in outcomes) == len(rows)
    assert Step.objects.filter(words__startswith="Hello Pat").count() == len(rows)
