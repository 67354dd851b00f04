"""Reminders: when they are due, who gets one, and that each is given once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collegium.events.actions import answering, changing
from collegium.events.models import Ahead, Attendance, Event, Occurrence, Reminded, ReminderWish
from collegium.events.recurring.pattern import instant
from collegium.events.reminding import due, wishes
from collegium.events.reminding.tasks import forget, remind
from collegium.events.tests.scene import come, first, make, pattern
from collegium.lib import clock
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification, Rest
from collegium.testing.cast import Cast
from collegium.testing.racing import race


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Let it be another moment: `at(moment)`."""

    def move(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


def told(member: Member) -> int:
    return Notification.objects.filter(recipient=member, kind=due.REMINDER).count()


def soon(at: Any, row: Occurrence, **before: int) -> None:
    """Let it be so long before the beginning, and the clock of the background run."""
    row.refresh_from_db()
    at(row.starts_at - timedelta(**before))
    remind()


WISHES = [
    # usual, for this event, a day before, an hour before
    (None, None, 1, 0),
    ("none", None, 0, 0),
    ("hour", None, 0, 1),
    ("both", None, 1, 1),
    ("none", "both", 1, 1),
    ("both", "none", 0, 0),
    ("day", "hour", 0, 1),
    (None, "hour", 0, 1),
]


@pytest.mark.parametrize(("usual", "here", "day", "hour"), WISHES)
def test_by_her_wish(cast: Cast, at, usual: str | None, here: str | None, day: int, hour: int) -> None:
    event, other = make(cast.ada), make(cast.ada)
    come(event, cast.bo)
    if usual is not None:
        wishes.wish(usual, by=cast.bo)
    if here is not None:
        wishes.wish(here, by=cast.bo, event=event)
    wishes.wish("none", by=cast.bo, event=other)
    wishes.wish("both", by=cast.cy, event=event)
    row = first(event)
    soon(at, row, hours=24, minutes=1)
    assert told(cast.bo) == 0
    soon(at, row, hours=24)
    assert told(cast.bo) == day
    soon(at, row, minutes=61)
    assert told(cast.bo) == day
    soon(at, row, minutes=60)
    remind()
    assert told(cast.bo) == day + hour
    assert told(cast.cy) == 0


DAYS = [
    # The day before is a day by the clock there: 23 hours or 25 where it is set in between.
    (datetime(2027, 3, 28, 18), "Europe/Berlin", datetime(2027, 3, 27, 17, tzinfo=UTC)),
    (datetime(2027, 10, 31, 18), "Europe/Berlin", datetime(2027, 10, 30, 16, tzinfo=UTC)),
    (datetime(2027, 3, 14, 9), "America/New_York", datetime(2027, 3, 13, 14, tzinfo=UTC)),
    (datetime(2027, 4, 4, 9), "Australia/Lord_Howe", datetime(2027, 4, 2, 22, tzinfo=UTC)),
    (datetime(2027, 3, 29, 2, 30), "Europe/Berlin", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
]


@pytest.mark.parametrize(("start", "zone", "expected"), DAYS)
def test_the_day_before_across_the_setting_of_clocks(start: datetime, zone: str, expected: datetime) -> None:
    row = Occurrence(event=Event(zone=zone), starts_at=instant(start, zone))
    assert due.due_at(row, Ahead.DAY) == expected
    assert due.due_at(row, Ahead.HOUR) == row.starts_at - timedelta(hours=1)


def test_only_who_comes_to_what_happens(cast: Cast, at) -> None:
    event = make(cast.ada, capacity=1)
    row = first(event)
    come(row, cast.bo, cast.di)
    answering.wonder(row, by=cast.cy)
    away = make(cast.ada)
    come(away, cast.bo)
    changing.cancel(away, by=cast.ada)
    one = make(cast.ada, when=pattern(rule="FREQ=WEEKLY;COUNT=2"))
    come(one, cast.bo)
    changing.cancel_one(first(one), by=cast.ada)
    Member.objects.filter(pk=cast.flo.pk).update(standing="suspended")
    soon(at, row, hours=20)
    assert [told(each) for each in (cast.ada, cast.bo, cast.cy, cast.di, cast.flo)] == [0, 1, 0, 0, 0]


def test_who_says_it_late_is_not_reminded_of_the_day_before(cast: Cast, at) -> None:
    event = make(cast.ada)
    row = first(event)
    at(row.starts_at - timedelta(hours=10))
    come(row, cast.bo)
    wishes.wish("both", by=cast.bo)
    remind()
    assert told(cast.bo) == 0
    soon(at, row, minutes=30)
    assert told(cast.bo) == 1


def test_a_wish_that_comes_late_changes_nothing(cast: Cast, at) -> None:
    event = make(cast.ada)
    come(event, cast.bo)
    wishes.wish("none", by=cast.bo)
    row = first(event)
    soon(at, row, hours=23)
    wishes.wish("day", by=cast.bo)
    soon(at, row, hours=22)
    assert told(cast.bo) == 0


def test_what_moves_afterwards_is_told_as_a_change(cast: Cast, at, hear) -> None:
    event = make(cast.ada)
    come(event, cast.bo)
    row = first(event)
    soon(at, row, hours=24)
    assert told(cast.bo) == 1
    hear()
    changing.move(row, row.starts_at + timedelta(hours=2), row.ends_at + timedelta(hours=2), by=cast.ada)
    hear()
    assert told(cast.bo) == 0
    assert Notification.objects.filter(recipient=cast.bo, kind="events.changed").count() == 1
    soon(at, row, hours=23)
    assert told(cast.bo) == 0
    # A week later the day before is another day.
    changing.move(row, row.starts_at + timedelta(days=7), row.ends_at + timedelta(days=7), by=cast.ada)
    hear()
    soon(at, row, hours=24)
    assert told(cast.bo) == 1


def test_what_comes_nearer_after_its_moment_is_told_as_a_change(cast: Cast, at) -> None:
    event = make(cast.ada)
    come(event, cast.bo)
    row = first(event)
    now = clock.now()
    Attendance.objects.update(since=now - timedelta(days=2))
    changing.move(row, now + timedelta(hours=5), now + timedelta(hours=6), by=cast.ada)
    remind()
    assert told(cast.bo) == 0
    wishes.wish("both", by=cast.bo)
    soon(at, row, minutes=60)
    assert told(cast.bo) == 1


def test_who_gives_up_reads_it_no_more(cast: Cast, at) -> None:
    event = make(cast.ada)
    come(event, cast.bo, cast.cy, cast.di)
    row = first(event)
    soon(at, row, hours=24)

    def reads(member: Member) -> bool:
        return "You come to" in cast_client(cast, member).get("/notifications/").content.decode()

    assert all(reads(each) for each in (cast.bo, cast.cy, cast.di))
    answering.decline(row, by=cast.bo)
    network.block(cast.ada, cast.cy)
    assert [reads(each) for each in (cast.bo, cast.cy, cast.di)] == [False, False, True]
    changing.cancel_one(row, by=cast.ada)
    assert not reads(cast.di)


def cast_client(cast: Cast, member: Member):
    return cast.client(next(name for name in cast.names if name != "nobody" and getattr(cast, name) == member))


def test_in_her_own_zone(cast: Cast, at) -> None:
    event = make(cast.ada, when=pattern(zone="Europe/Berlin"))
    come(event, cast.bo, cast.cy)
    Rest.objects.create(member=cast.bo, zone="America/New_York")
    row = first(event)
    soon(at, row, hours=24)
    text = {each: cast_client(cast, each).get("/notifications/").content.decode() for each in (cast.bo, cast.cy)}
    assert "12:00–14:00 (New York" in text[cast.bo]
    assert "18:00–20:00 (Berlin" in text[cast.cy]


def test_two_sweeps_tell_once(transactional_db: None, make_member: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    host, *people = (make_member(f"Person {name}") for name in "ABCD")
    for _ in range(3):
        event = make(host)
        come(event, *people)
        row = first(event)
        monkeypatch.setattr(clock, "now", lambda moment=row.starts_at - timedelta(hours=23): moment)
        assert race(remind, remind) == [None, None]
        assert [Notification.objects.filter(recipient=each, subject=row.pk).count() for each in people] == [1, 1, 1]
        monkeypatch.undo()


def test_batches_and_forgetting(cast: Cast, at, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "BATCH", 2)
    event = make(cast.ada)
    come(event, cast.bo, cast.cy, cast.di, cast.flo, cast.hal)
    row = first(event)
    soon(at, row, hours=20)
    assert Notification.objects.filter(kind=due.REMINDER).count() == 5
    forget()
    assert Reminded.objects.count() == 5
    at(row.ends_at + timedelta(days=3))
    forget()
    assert not Reminded.objects.exists()


def test_saying_when_by_the_forms(cast: Cast) -> None:
    event, hidden = make(cast.ada), make(cast.ada, 4)
    come(event, cast.bo)
    client = cast.client("bo")
    assert client.post("/events/calendar/reminders/", {"ahead": "both"}).status_code == 302
    assert client.post(f"{event.path}reminder/", {"ahead": "hour"}).status_code == 302
    assert (wishes.default_of(cast.bo), wishes.wish_of(cast.bo, event)) == ("both", "hour")
    assert b'<option value="hour" selected' in client.get(event.path).content
    piece = client.post(f"{event.path}reminder/", {"ahead": "", "on": str(first(event).pk)}, HTTP_HX_REQUEST="true")
    assert b"event-answer" in piece.content
    assert wishes.wish_of(cast.bo, event) == ""
    for odd in ("never", "\0", "x" * 5000):
        assert client.post("/events/calendar/reminders/", {"ahead": odd}).status_code == 422
        assert client.post(f"{event.path}reminder/", {"ahead": odd}).status_code == 422
    assert client.post(f"{hidden.path}reminder/", {"ahead": "day"}).status_code == 404
    with pytest.raises(Refusal):
        wishes.wish("day", by=cast.bo, event=hidden)
    assert ReminderWish.objects.count() == 1
