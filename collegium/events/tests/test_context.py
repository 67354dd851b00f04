"""That two were at the same event, as either may read it."""

import pytest

from collegium.events.models import Attendance
from collegium.events.tests.scene import come, make, over
from collegium.feed import actions as feed
from collegium.feed.selecting import Choice
from collegium.lib import clock
from collegium.network import context
from collegium.testing.cast import Cast, make_member
from collegium.testing.fixtures import queries

WORDS = "You were both at Weirs by night"


def said(cast: Cast, reader: str, other: str) -> bool:
    found = context.context(cast.viewer(reader), [getattr(cast, other)]).get(getattr(cast, other).pk)
    return found is not None and any(words.startswith(WORDS) for words in found.words)


@pytest.mark.parametrize(
    ("mine", "theirs", "shown"), [(True, True, True), (True, False, False), (False, True, False), (False, False, False)]
)
def test_by_consent_of_both(cast: Cast, mine: bool, theirs: bool, shown: bool) -> None:
    event = make(cast.ada)
    come(event, cast.di, listed=mine)
    come(event, cast.cy, listed=theirs)
    assert not said(cast, "di", "cy"), "it has not begun"
    over(event)
    assert said(cast, "di", "cy") is shown
    assert said(cast, "cy", "di") is shown
    assert bool(context.shared_by_both(cast.di, cast.cy)) is shown


def test_only_those_who_came(cast: Cast) -> None:
    event = make(cast.ada)
    come(event, cast.di, cast.cy, cast.flo)
    over(event)
    Attendance.objects.filter(member__in=[cast.di, cast.flo]).update(checked_in_at=clock.now())
    assert said(cast, "di", "flo")
    assert not said(cast, "di", "cy")
    assert not said(cast, "cy", "di")


def test_only_while_the_reader_sees_the_event(cast: Cast) -> None:
    event = make(cast.ada)
    come(event, cast.di, cast.cy)
    over(event)
    feed.edit_post(event.post, by=cast.ada, choice=Choice(1, left_out=(cast.di.pk,)))
    assert not said(cast, "di", "cy")
    assert said(cast, "cy", "di")


def test_it_opens_nothing_by_itself(cast: Cast) -> None:
    event = make(cast.ada)
    come(event, cast.di, cast.cy)
    over(event)
    found = context.context(cast.viewer("di"), [cast.cy])[cast.cy.pk]
    assert not found.opens
    assert found.in_common


def test_statements_stay_the_same(cast: Cast) -> None:
    people = [make_member(f"Guest {number}") for number in range(6)]

    def held(*who) -> None:
        event = make(cast.ada)
        come(event, cast.di, *who)
        over(event)

    held(people[0])
    few = queries(lambda: context.context(cast.viewer("di"), people))
    for each in people:
        held(each)
    assert len(queries(lambda: context.context(cast.viewer("di"), people))) == len(few)
