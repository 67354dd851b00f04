"""Rows behind the line: who gets one, how long it stays."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.lib import clock
from collegium.realtime import lines
from collegium.realtime.models import Line, Poke
from collegium.realtime.poke import KEPT, hang_up, poke, sweep


@pytest.fixture
def ada(make_member):
    return make_member("Ada Lindqvist")


def seen(member, ago):
    now = clock.now()
    Line.objects.update_or_create(member=member, defaults={"since": now - timedelta(hours=1), "seen_at": now - ago})


def test_only_fresh_lines_are_poked(ada, make_member):
    bo, cy = make_member("Bo Okafor"), make_member("Cy Tanaka")
    seen(ada, timedelta(seconds=100))
    seen(bo, timedelta(seconds=130))
    poke([ada.pk, bo.pk, cy.pk, 12], "feed")
    assert set(Poke.objects.values_list("member_id", flat=True)) == {ada.pk}
    assert lines.online() == {ada.pk}


def test_poking_is_one_statement_however_many(ada):
    seen(ada, timedelta(0))
    with CaptureQueriesContext(connection) as captured:
        poke([ada.pk, *range(1000)], "feed")
    assert len(captured) == 1
    with CaptureQueriesContext(connection) as captured:
        poke([], "feed")
    assert len(captured) == 0


@pytest.mark.parametrize("topic", ["", "Feed", "post 1", "a;b", "a,b", "x" * 41, "post-1\n", "ä", "-x"])
def test_what_is_no_topic_is_refused(topic, db):
    with pytest.raises(ValueError, match="not a topic"):
        poke([1], topic)


def test_a_line_that_was_never_stale_goes_on_and_a_stale_one_begins_anew(ada):
    first = lines.touch([ada.pk])[ada.pk]
    Line.objects.update(seen_at=clock.now() - lines.FRESH + timedelta(seconds=5))
    assert lines.touch([ada.pk])[ada.pk] == first
    Line.objects.update(seen_at=clock.now() - lines.FRESH - timedelta(seconds=5))
    assert lines.touch([ada.pk])[ada.pk] > first


def test_what_was_missed(ada):
    start = lines.touch([ada.pk])[ada.pk]
    poke([ada.pk], "feed")
    poke([ada.pk], "feed")
    poke([ada.pk], "post-1")
    missed = lines.reopen(ada.pk, start)
    assert sorted(missed.topics) == ["feed", "post-1"]
    assert not missed.everything
    assert lines.reopen(ada.pk, start - timedelta(seconds=1)).everything, "before the line began nothing was kept"
    Poke.objects.update(at=start - timedelta(minutes=1))
    assert lines.reopen(ada.pk, start) == ((), False)


def test_too_much_missed_is_everything(ada):
    start = lines.touch([ada.pk])[ada.pk]
    for number in range(lines.TOPICS + 1):
        poke([ada.pk], f"post-{number}")
    assert lines.reopen(ada.pk, start).everything


def test_sweeping_takes_what_is_old_and_nothing_else(ada, make_member):
    bo = make_member("Bo Okafor")
    seen(ada, timedelta(0))
    seen(bo, KEPT + timedelta(seconds=5))
    poke([ada.pk], "feed")
    poke([ada.pk], "post-1")
    Poke.objects.filter(topic="post-1").update(at=clock.now() - KEPT - timedelta(seconds=5))
    assert sweep() == 2
    assert sweep() == 0
    assert Poke.objects.get().topic == "feed"
    assert Line.objects.get().member == ada


def test_hanging_up_many_fits_into_notifies(db):
    hang_up(range(10**18, 10**18 + 1000))
    hang_up([])
