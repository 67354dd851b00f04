"""The tests of co-members notice: each guard is broken once, and what it guards is seen to fail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Exists, OuterRef

from collegium.groups.models import Ban, Group, Membership
from collegium.reach import comembers, ledger, reading, rules
from collegium.reach.account import Event, What
from collegium.reach.tests import test_comembers as tests

pytestmark = pytest.mark.django_db


def shared(*, reach: bool = True, open_only: bool = True, bans: bool = True, both: bool = True) -> Callable[..., Any]:
    """`comembers.shared` with one condition less."""

    def broken(one: Any, other: Any) -> Any:
        seats = Membership.objects.filter(group=OuterRef("pk"), **({"reachable": True} if reach else {}))
        rows = Group.objects.filter(Exists(seats.filter(member=one)))
        rows = rows.filter(Exists(seats.filter(member=other))) if both else rows
        rows = rows.filter(ended_at=None) if open_only else rows
        banned = Ban.objects.holding().filter(group=OuterRef("pk"), member__in=[one.pk, other.pk])
        return (rows.exclude(Exists(banned)) if bans else rows).order_by("member_count", "pk")

    return broken


def holding(one: Any, other: Any, handle: str) -> Any:
    return comembers.shared(one, other).filter(handle=handle).first()


def free(entry: Any) -> Event:
    return Event(entry.pk, What.APPROACHED, entry.data["recipient"], entry.subject or 0)


def each_state(*names: str) -> Callable[[], None]:
    def run() -> None:
        for name in names:
            tests.test_who_may(name, "private")

    return run


FAULTS: dict[str, tuple[list[tuple[Any, str, Any]], Callable[[], None]]] = {
    "who is not reachable is": (
        [(comembers, "shared", shared(reach=False)), (comembers, "hold", holding)],
        each_state("Kit does not want to be written to"),
    ),
    "an ended group counts": ([(comembers, "shared", shared(open_only=False))], each_state("the group has ended")),
    "a ban does not matter": (
        [(comembers, "shared", shared(bans=False))],
        each_state("Kit is banned and has a seat still"),
    ),
    "one of the two is enough": (
        [(comembers, "shared", shared(both=False)), (comembers, "hold", holding)],
        each_state("Kit left"),
    ),
    "any group will do": (
        [(comembers, "hold", lambda one, other, _handle: comembers.shared(one, other).first())],
        tests.test_neither_of_another_group_nor_of_none,
    ),
    "it costs one": ([(reading, "_sent", free)], tests.test_it_counts_as_no_message_to_a_stranger),
    "closed purposes open": (
        [(rules, "_closed", lambda _who, _purpose: None)],
        tests.test_the_purposes_that_are_closed_stay_closed,
    ),
    "there is no most": (
        [(rules, "_no_more", lambda _stands: None)],
        tests.test_fifteen_in_thirty_days_over_all_groups,
    ),
    "a restriction does not reach it": (
        [(rules, "_restricted", lambda _stands: None)],
        tests.test_a_restriction_and_the_first_day_reach_it_too,
    ),
    "the first day does not reach it": (
        [(rules, "_too_new", lambda _who: None)],
        tests.test_a_restriction_and_the_first_day_reach_it_too,
    ),
    "verdicts on it count nowhere": (
        [(ledger._Book, "said", lambda _book, _event: None)],
        tests.test_pitches_cost_the_same_and_take_it_away_for_four_weeks,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changes, test = FAULTS[fault]
    for where, name, broken in changes:
        monkeypatch.setattr(where, name, broken)
    if where is ledger._Book:
        monkeypatch.setitem(ledger.ENTER, What.CONDEMNED, broken)
    with pytest.raises(AssertionError):
        test()
