"""The proofs of jobs bite: with a fault planted in a sweep or a sum, what they hold is no longer so."""

from collections.abc import Callable

import pytest

from collegium.applications import figures, settling
from collegium.openings import tasks as offering
from collegium.openings.models import Ended
from tests.house.half_a_year import Market
from tests.house.planting import anew, rewritten

assert anew


def never(why: Ended) -> Callable[[pytest.MonkeyPatch], None]:
    """The sweep closes nothing for this reason."""
    closes = offering._close

    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(offering, "_close", lambda rows, reason: None if reason == why else closes(rows, reason))

    return plant


F = tuple[str, Callable[[pytest.MonkeyPatch], None]]
# Each with the promise that is broken by it.
FAULTS: dict[str, F] = {
    "no day ends an opening": ("an opening is live past its day", never(Ended.EXPIRED)),
    "nobody has to read": ("an opening is live unread", never(Ended.STALE)),
    "nothing lapses": ("somebody waits too long", rewritten(settling, "settle", "lapse(key)", "pass")),
    "nothing is erased": ("something is kept too long", rewritten(settling, "settle", "forget(key)", "pass")),
    "silence is left out of the figures": (
        "the figures differ from the sum",
        lambda patch: patch.setattr(
            figures, "SUMS", figures.SUMS.replace("AND sent_at <=", "AND answered_at IS NOT NULL AND sent_at <=")
        ),
    ),
}


@pytest.mark.django_db
def test_it_holds() -> None:
    assert Market(40, 400).live().faults == set()


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_it_bites(fault: str, monkeypatch: pytest.MonkeyPatch, anew: None) -> None:
    promise, plant = FAULTS[fault]
    plant(monkeypatch)
    assert promise in Market(40, 400).live().faults, f"nobody noticed: {fault}"
