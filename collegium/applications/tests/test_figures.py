"""The figures, against a count by hand."""

from datetime import timedelta
from statistics import median

import pytest

from collegium.applications import actions, debts, erasing, figures
from collegium.applications.models import Application, Standing
from collegium.applications.tests import scene
from collegium.lib import clock
from collegium.openings.models import Opening
from collegium.openings.tests import scene as openings
from collegium.testing.cast import Cast, make_member
from collegium.testing.fixtures import queries

pytestmark = pytest.mark.django_db


def _sent(opening: Opening, days: float, answered: float | None, standing: int, ended: float | None = None) -> None:
    """One sent so many days ago, answered and ended so many days after that."""
    at = clock.now() - timedelta(days=days)
    Application.objects.create(
        opening=opening,
        organization_id=opening.organization_id,
        standing=standing,
        sent_at=at,
        answered_at=at + timedelta(days=answered) if answered is not None else None,
        ended_at=at + timedelta(days=ended or 0) if standing >= Standing.HIRED else None,
    )


def test_against_a_count_by_hand(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    took = [1, 2, 10, 30.5]
    for each in took:
        _sent(opening, 100, each, Standing.DECLINED, 40)
    _sent(opening, 100, None, Standing.UNANSWERED, 60)
    _sent(opening, 100, None, Standing.WITHDRAWN, 20)
    _sent(opening, 15, None, Standing.SEEN)
    # Not counted: a question, an early withdrawal, a young one, one of long ago.
    _sent(opening, 100, None, Standing.UNFIT, 0)
    _sent(opening, 100, None, Standing.WITHDRAWN, 13)
    _sent(opening, 13, None, Standing.SENT)
    _sent(opening, 366, 1, Standing.HIRED, 30)
    sums = figures.sums([opening.organization_id])[opening.organization_id]
    assert (sums.counted, sums.answered, sums.unfit, sums.left, sums.fresh) == (7, 4, 1, 1, 1)
    told = figures.of([opening.organization_id])[opening.organization_id]
    assert (told.rate, told.days, told.counted, told.owed) == (4 * 100 // 7, median(took), 7, "")
    assert figures.spread(opening.organization_id) == [2, 0, 1, 0, 1, 3]


def test_of_fewer_than_five_nothing_is_told(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    for _each in range(4):
        _sent(opening, 100, 1, Standing.HIRED, 2)
    told = figures.of([opening.organization_id])[opening.organization_id]
    assert (told.rate, told.days, told.counted) == (None, None, 4)
    _sent(opening, 100, 1, Standing.HIRED, 2)
    assert figures.of([opening.organization_id])[opening.organization_id].rate == 100


def test_erasing_changes_no_figure(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    for each in range(6):
        row = scene.application(opening, make_member(f"Person {each}"))
        actions.move(row, Standing.DECLINED, by=cast.ada)
    before = figures.of([opening.organization_id])
    for row in Application.objects.all():
        erasing.erase(row)
    assert figures.of([opening.organization_id]) == before
    assert figures.applied([opening.pk]) == {opening.pk: 6}


def test_an_interviewed_applicant_is_owed_an_answer(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    row = actions.move(scene.application(opening, cast.di), Standing.INTERVIEW, by=cast.ada)
    row = actions.interviewed(row, clock.now() - timedelta(days=44))
    assert list(debts.hinders(opening)) == []
    Application.objects.update(owed_since=clock.now() - timedelta(days=45))
    assert "waits for an answer since" in next(iter(debts.hinders(opening))).words
    assert figures.of([opening.organization_id])[opening.organization_id].owed
    actions.answer(row, "We need two weeks more.", by=cast.ada)
    assert list(debts.hinders(opening)) == []


def test_a_debt_outlives_the_opening(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    row = actions.interviewed(scene.application(opening, cast.di), clock.now())
    Application.objects.filter(pk=row.pk).update(
        standing=Standing.UNANSWERED, ended_at=clock.now(), owed_since=clock.now() - timedelta(days=46)
    )
    assert list(debts.hinders(opening))
    actions.move(row, Standing.DECLINED, by=cast.ada)
    assert list(debts.hinders(opening)) == []


def test_they_cost_the_same_for_many(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    _sent(opening, 20, 1, Standing.HIRED, 1)
    assert len(queries(lambda: figures.of([opening.organization_id, 7, 8, 9]))) == 2
