"""A thousand openings and twenty thousand applications through half a year: nothing is forgotten by the clock."""

import pytest

from collegium.applications.models import Application, Standing, Step
from collegium.openings.models import Ended, Opening
from tests.house.half_a_year import Market


@pytest.mark.django_db
def test_nothing_is_forgotten() -> None:
    """Every promise holds every second day, everything comes to an end, and every kind of end is met."""
    market = Market(1_000, 20_000).live()
    assert market.faults == set()
    assert (Opening.objects.count(), market.sent) == (1_000, 20_000)
    assert Application.objects.count() > 17_000
    assert {Ended.EXPIRED, Ended.STALE, Ended.FILLED} <= set(Opening.objects.values_list("ended", flat=True))
    ends = set(Application.objects.values_list("standing", flat=True))
    assert {Standing.DECLINED, Standing.UNANSWERED, Standing.WITHDRAWN} <= ends
    assert Application.objects.filter(erased_at__isnull=False).count() > 1_000
    assert not Application.objects.exclude(pk__in=Step.objects.filter(standing__gte=10).values("application")).exists()
