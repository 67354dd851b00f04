"""An event on the card of its post: its next time, what was cancelled, what is over; with the reader's own answer."""

from datetime import timedelta

import pytest
from django.db.models import F

from collegium.audience.viewer import NOBODY, Viewer
from collegium.events.kind import EventKind
from collegium.events.models import Event, Occurrence, State
from collegium.events.tests.scene import come, first, make, pattern
from collegium.lib import clock
from collegium.members.models import Member
from collegium.testing.cast import Cast
from collegium.testing.fixtures import queries

pytestmark = pytest.mark.django_db


def shown(member: Member | None, event: Event) -> tuple[int, str, int | None]:
    viewer = Viewer(member) if member else NOBODY
    line = EventKind().load(viewer, [event.post])[event.post.pk].line
    assert line is not None
    return line.occurrence.number, line.state, line.free


def test_the_next_time_stands_there_with_one_s_own_answer(cast: Cast) -> None:
    event = make(cast.ada, when=pattern(rule="FREQ=WEEKLY;COUNT=4"), capacity=3)
    come(first(event), cast.bo)
    assert shown(cast.bo, event) == (0, State.GOING, 2)
    assert shown(cast.cy, event) == (0, "", 2)
    assert shown(None, event) == (0, "", 2)
    rows = Occurrence.objects.filter(event=event)
    rows.filter(number=0).update(cancelled_at=clock.now())
    assert shown(cast.bo, event)[0] == 1, "what was cancelled gives way to what comes"
    week = timedelta(days=7)
    rows.filter(number__lte=2).update(starts_at=F("starts_at") - 9 * week, ends_at=F("ends_at") - 9 * week)
    assert shown(cast.bo, event)[0] == 3
    rows.filter(number=3).update(cancelled_at=clock.now())
    assert shown(cast.bo, event)[0] == 3, "cancelled, but still to come"
    rows.filter(number=3).update(starts_at=F("starts_at") - 20 * week, ends_at=F("ends_at") - 20 * week)
    assert shown(cast.bo, event)[0] == 2, "of what is over the last"


def test_many_cost_as_much_as_one(cast: Cast) -> None:
    events = [make(cast.ada) for _each in range(3)]
    posts = [event.post for event in events]
    viewer = cast.viewer("bo")
    counted = [len(queries(lambda few=few: EventKind().load(viewer, few))) for few in (posts[:1], posts)]
    assert counted == [2, 2]
