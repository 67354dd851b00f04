"""Two at the same moment: one of them wins, the other is told, and nothing is left between."""

import uuid

import pytest

from collegium.applications import actions
from collegium.applications.models import Application, GoneCv, Sent, Standing
from collegium.applications.tests import scene
from collegium.lib.refusal import Conflict
from collegium.openings.actions import close
from collegium.openings.models import Ended
from collegium.openings.tests import scene as openings
from collegium.testing.cast import Cast
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_applying_twice_at_once(cast: Cast) -> None:
    opening, key = openings.led(cast.ada), uuid.uuid4()
    done = race(*(lambda: scene.application(opening, cast.di, form_key=key) for _each in range(3)))
    assert {row.pk for row in done} == {Application.objects.get().pk}
    others = race(*(lambda: scene.application(opening, cast.hal, form_key=uuid.uuid4()) for _each in range(3)))
    assert sum(isinstance(each, Conflict) for each in others) == 2
    assert Sent.objects.count() == 2


def test_closing_while_somebody_applies(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    _closed, sent = race(
        lambda: close(opening, Ended.CALLED_OFF, by=cast.ada), lambda: scene.application(opening, cast.di)
    )
    opening.refresh_from_db()
    assert opening.closed_at is not None
    assert Application.objects.count() == (0 if isinstance(sent, Conflict) else 1)


def test_withdrawing_while_it_is_declined(cast: Cast) -> None:
    row = scene.application(openings.led(cast.ada), cast.di)
    outcomes = race(
        lambda: actions.withdraw(row, by=cast.di), lambda: actions.move(row, Standing.DECLINED, by=cast.ada)
    )
    assert sum(isinstance(each, Conflict) for each in outcomes) == 1
    row.refresh_from_db()
    assert [step.standing for step in row.steps.order_by("pk")] == [Standing.SENT, row.standing]
    assert not GoneCv.objects.exists()
