"""Two people at the same opening in the same moment: one of them wins, and the other is told."""

from decimal import Decimal

import pytest

from collegium.lib.refusal import Conflict
from collegium.openings import actions, details
from collegium.openings.models import Ended, Opening, Part, State
from collegium.openings.tests import scene
from collegium.openings.tests.test_writing import WHOLE
from collegium.testing.cast import make_member
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def colleagues():
    one, other = make_member("Ada Lind"), make_member("Bo Okafor")
    for each in (one, other):
        scene.works_at(each, scene.acme())
    return one, other


def test_the_same_post_at_once_stands_once() -> None:
    one, other = colleagues()
    drafts = [actions.draft(each, scene.acme(), WHOLE) for each in (one, other)]
    outcomes = race(lambda: actions.post(drafts[0], by=one), lambda: actions.post(drafts[1], by=other))
    assert sum(isinstance(each, Conflict) for each in outcomes) == 1
    assert Opening.objects.filter(state=State.LIVE).count() == 1


def test_the_same_form_at_once_is_one_draft() -> None:
    one, _other = colleagues()
    key = "8a5f2cb6-6c0e-4d3a-9c58-0d9a3f3d6a11"
    race(*(lambda: actions.draft(one, scene.acme(), WHOLE, form_key=key),) * 2)
    assert Opening.objects.count() == 1


def test_closing_while_somebody_changes_it() -> None:
    one, _other = colleagues()
    row = actions.post(actions.draft(one, scene.acme(), WHOLE), by=one)
    raised = details.replace(WHOLE, pay_high=Decimal(65_000))
    race(lambda: actions.close(row, Ended.FILLED, by=one), lambda: actions.edit(row, raised, by=one))
    row.refresh_from_db()
    assert (row.state, row.ended) == (State.CLOSED, Ended.FILLED)


def test_two_leads_do_not_both_go() -> None:
    one, other = colleagues()
    row = actions.draft(one, scene.acme(), WHOLE)
    actions.seat(row, other, Part.LEAD, by=one)
    outcomes = race(lambda: actions.unseat(row, one, by=one), lambda: actions.unseat(row, other, by=other))
    assert sum(isinstance(each, Conflict) for each in outcomes) == 1
    assert row.seats.filter(part=Part.LEAD).count() == 1
