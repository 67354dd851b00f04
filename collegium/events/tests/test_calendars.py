"""Calendars by the month: whose events stand there, on which day, and for whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from collegium.events.actions import changing
from collegium.events.calendars import grid, reading
from collegium.events.calendars.grid import Month
from collegium.events.models import Event, Occurrence
from collegium.events.reading import times
from collegium.events.reading.directory import Line
from collegium.events.tests.scene import LINK, come, first, make, pattern
from collegium.groups.actions.founding import Charter, found
from collegium.groups.models import Membership
from collegium.members.models import Member
from collegium.notifications.models import Rest
from collegium.organizations.models import Organization
from collegium.pages.tests.scene import proved
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries


def month_of(event: Event) -> str:
    return f"{first(event).starts_at.astimezone(event.tz):%Y-%m}"


def test_ones_own_month(cast: Cast) -> None:
    mine, hers, none = make(cast.bo, title="Mine"), make(cast.ada, title="Hers"), make(cast.ada, title="Other")
    come(hers, cast.bo)
    client = cast.client("bo")
    for view in ("month", "list"):
        text = client.get("/events/calendar/", {"month": month_of(mine), "view": view}).content.decode()
        assert "Mine" in text
        assert "Hers" in text
        assert "Other" not in text
    assert cast.client("nobody").get("/events/calendar/").status_code == 302
    changing.cancel(none, by=cast.ada)
    later = client.get("/events/calendar/", {"month": "2099-12"}).content.decode()
    assert "Mine" not in later


@pytest.mark.parametrize(
    "month", ["", "x", "2026-13", "0000-01", "9999-12", "2100-12", "2000-01", "２０２６-01", "2026-1", "\0"]
)
def test_odd_months_are_this_one(cast: Cast, month: str) -> None:
    assert cast.client("bo").get("/events/calendar/", {"month": month, "view": month}).status_code == 200


def test_days_are_those_of_the_reader(cast: Cast) -> None:
    event = make(cast.ada, when=pattern(datetime(2027, 3, 1, 1), zone="Europe/Berlin"))
    come(event, cast.bo)
    Rest.objects.create(member=cast.bo, zone="America/New_York")
    there = cast.client("bo").get("/events/calendar/?month=2027-02").content.decode()
    assert 'id="day-2027-02-28"' in there
    assert "19:00" in there
    here = cast.client("ada").get("/events/calendar/?month=2027-03").content.decode()
    assert 'id="day-2027-03-01"' in here


def line(starts: datetime, ends: datetime) -> Line:
    when = times.by_clock(starts, ends, "UTC")
    return Line(Occurrence(event=Event()), when, None, "", hosting=False)


def test_what_lasts_stands_on_each_of_its_days() -> None:
    long = line(datetime(2026, 12, 30, 20, tzinfo=UTC), datetime(2027, 1, 2, 0, tzinfo=UTC))
    assert grid.days_of(long) == [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)]
    january = Month(date(2027, 1, 1))
    assert [day for day, _lines in grid.by_day(january, [long])] == [date(2027, 1, 1)]
    table = {day.day: day for week in grid.weeks(january, [long] * 5, date(2027, 1, 1)) for day in week}
    assert (len(table[date(2027, 1, 1)].shown), table[date(2027, 1, 1)].more) == (3, 2)
    assert table[date(2027, 1, 1)].today
    assert not table[date(2027, 1, 2)].lines


@pytest.mark.parametrize(("language", "day"), [("en-us", 6), ("en-gb", 0), ("de", 0)])
def test_weeks_begin_as_they_do_there(language: str, day: int) -> None:
    with translation.override(language):
        weeks = Month(date(2027, 1, 1)).days
    assert {week[0].weekday() for week in weeks} == {day}
    assert all(len(week) == 7 for week in weeks)


def test_the_calendar_ends() -> None:
    assert Month(date(2100, 12, 1)).step(1) is None
    assert Month(date(2000, 1, 1)).step(-1) is None
    assert Month(date(2026, 12, 1)).step(1) == Month(date(2027, 1, 1))


GROUP = """
             public private unlisted
ada          200    200     200
bo           200    200     200
cy           200    302     404
nobody       200    404     404
"""


def test_a_groups_calendar(cast: Cast) -> None:
    groups = {
        word: found(cast.ada, Charter(name=f"Weirs {word}", visibility=word, joining="invitation"))
        for word in GROUP.split()[:3]
    }
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    for word, group in groups.items():
        make(cast.ada, group=group, title=f"Canary {word}")
        Membership.objects.create(member=cast.bo, group=group)
    month = month_of(Event.objects.first())
    head, *lines = [row.split() for row in GROUP.strip().splitlines()]
    for name, *cells in lines:
        told = {word: cast.client(name).get(f"{groups[word].path}events/?month={month}") for word in head}
        assert [str(each.status_code) for each in told.values()] == cells, name
        for word, answer in told.items():
            assert (f"Canary {word}".encode() in answer.content) == (answer.status_code == 200)
    pages = {name: cast.client(name).get(f"{groups['public'].path}events/").content for name in ("ada", "bo", "cy")}
    assert {name: b"/events/new/?group=" in text for name, text in pages.items()} == {
        "ada": True,
        "bo": True,
        "cy": False,
    }
    assert cast.client("nobody").get("/groups/%00/events/").status_code == 404
    Membership.objects.filter(group=groups["private"], member=cast.bo).delete()
    assert cast.client("bo").get(f"{groups['private'].path}events/").status_code == 302


def test_every_calendar_costs_the_same(cast: Cast) -> None:
    group = found(cast.ada, Charter(name="Weirs"))
    make(cast.ada, group=group)
    come(make(cast.ada), cast.bo)

    def grow() -> None:
        for _ in range(4):
            make(cast.ada, group=group, when=pattern(rule="FREQ=DAILY;COUNT=9"))
            come(make(cast.ada), cast.bo)

    month = month_of(Event.objects.first())

    def look() -> None:
        for name, path in (("bo", "/events/calendar/"), ("ada", "/events/calendar/"), ("bo", f"{group.path}events/")):
            assert cast.client(name).get(f"{path}?month={month}").status_code == 200

    assert_same_queries(look, grow, look)


def test_a_month_has_an_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 3)
    start = datetime.combine((datetime.now(UTC) + timedelta(days=40)).date().replace(day=2), datetime.min.time())
    make(cast.bo, when=pattern(start + timedelta(hours=9), rule="FREQ=DAILY;COUNT=9"))
    text = cast.client("bo").get(f"/events/calendar/?month={start:%Y-%m}").content.decode()
    assert "There are more events this month" in text


def test_a_pages_calendar_and_feed(cast: Cast) -> None:
    page = proved(cast.ada)
    event = make(cast.ada, page=page, title="Canary of a page")
    come(event, cast.bo)
    month = month_of(event)
    for name in ("ada", "bo", "ed", "gus", "nobody"):
        answer = cast.client(name).get(f"{page.path}events/?month={month}")
        assert b"Canary of a page" in answer.content, name
        assert (b"/events/new/?page=" in answer.content) == (name == "ada")
        data = cast.client(name).get(f"{page.path}events.ics").content.replace(b"\r\n ", b"")
        assert data.count(b"BEGIN:VEVENT") == 1
        assert LINK.encode() not in data
    plain = Organization.objects.create(name="Plain record", handle="plain-record")
    assert {cast.client("ada").get(f"{plain.path}{path}").status_code for path in ("events/", "events.ics")} == {404}
