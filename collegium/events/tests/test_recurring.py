"""Rules and patterns against python-dateutil's own reading of their text, and against tables of clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from collegium.events.recurring.pairing import pair
from collegium.events.recurring.pattern import Pattern, instant, length, local
from collegium.events.recurring.rules import DAYS, LAST, Freq, Rule, Unreadable, monthly_nth

STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31))
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC", "Pacific/Apia"]
)


@st.composite
def dated(draw: st.DrawFn) -> tuple[datetime, Rule]:
    """A local beginning, and a rule it fits."""
    start = draw(STARTS).replace(second=0, microsecond=0)
    freq = draw(st.sampled_from(list(Freq)))
    days: tuple[int, ...] = ()
    nth = month_day = None
    if freq == Freq.WEEKLY:
        days = tuple(sorted({start.weekday(), *draw(st.sets(st.integers(0, 6), max_size=3))}))
    if freq == Freq.MONTHLY:
        nth, month_day = draw(st.sampled_from([(monthly_nth(start.date()), None), (None, start.day), (None, None)]))
    ends = draw(st.sampled_from(["never", "count", "until"]))
    count = draw(st.integers(1, 40)) if ends == "count" else None
    until = start.date() + timedelta(days=draw(st.integers(0, 900))) if ends == "until" else None
    return start, Rule(freq, draw(st.integers(1, 5)), days, nth, month_day, count, until)


@given(dated())
def test_the_text_reads_as_dateutil_reads_it(given_: tuple[datetime, Rule]) -> None:
    start, rule = given_
    text = str(rule)
    if rule.until is not None:
        # A day as it stands in our text is its last moment as an instant.
        text = text.replace(f"UNTIL={rule.until:%Y%m%d}", f"UNTIL={rule.until:%Y%m%d}T235959")
    theirs = list(islice(rrulestr(text, dtstart=start), 60))
    assert list(islice(rule.over(start), 60)) == theirs
    assert theirs[0] == start


@given(dated())
def test_a_text_reads_back_as_itself(given_: tuple[datetime, Rule]) -> None:
    start, rule = given_
    assert Rule.read(str(rule)) == rule
    assert rule.fits(start.date())


@given(dated(), ZONES)
def test_what_recurs_is_the_hour_on_the_wall(given_: tuple[datetime, Rule], zone: str) -> None:
    start, rule = given_
    found = list(islice(Pattern(start, 90, zone, str(rule)).beginnings(), 40))
    assert found == sorted(found)
    for at, wall in zip(found, rule.over(start), strict=False):
        shown = local(at, zone)
        # Where the clock jumps over the hour, it shows the same minutes on the other side of the jump.
        assert shown == wall or ((shown - wall) <= timedelta(hours=24) and instant(wall, zone) == at)


@pytest.mark.parametrize(
    ("zone", "wall", "utc"),
    [
        ("Europe/Berlin", "2027-03-27T18:00", "2027-03-27T17:00"),
        ("Europe/Berlin", "2027-03-28T18:00", "2027-03-28T16:00"),
        ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:30"),  # jumped over: 03:30 by the clock
        ("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:30"),  # twice: the first of the two
        ("America/New_York", "2027-03-14T02:30", "2027-03-14T07:30"),
        ("America/New_York", "2027-11-07T01:30", "2027-11-07T05:30"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:45"),  # a jump of half an hour
        ("Asia/Kolkata", "2027-06-01T09:00", "2027-06-01T03:30"),
        ("Pacific/Apia", "2011-12-29T23:00", "2011-12-30T09:00"),
        ("Africa/Casablanca", "2027-01-15T12:00", "2027-01-15T11:00"),
        ("UTC", "2027-06-01T09:00", "2027-06-01T09:00"),
    ],
)
def test_clocks_that_are_set(zone: str, wall: str, utc: str) -> None:
    assert instant(datetime.fromisoformat(wall), zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_weekly_evening_stays_at_its_hour() -> None:
    pattern = Pattern(datetime(2027, 3, 23, 18), 120, "Europe/Berlin", "FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    assert [at.hour for at in pattern.beginnings()] == [17, 16, 16]
    assert {at.astimezone(ZoneInfo("Europe/Berlin")).hour for at in pattern.beginnings()} == {18}


def test_the_end_of_a_pattern_lies_after_its_last_hour() -> None:
    pattern = Pattern(datetime(2027, 1, 5, 23, 30), 60, "America/New_York", "FREQ=DAILY;UNTIL=20270107")
    assert pattern.until_at == datetime(2027, 1, 8, 4, 59, 59, tzinfo=UTC)
    assert len(list(pattern.beginnings())) == 3
    assert Pattern(datetime(2027, 1, 5), 60, "UTC").until_at is None


def test_a_month_without_the_day_is_left_out() -> None:
    rule = Rule(Freq.MONTHLY, month_day=31)
    assert [at.month for at in islice(rule.over(datetime(2027, 1, 31)), 4)] == [1, 3, 5, 7]
    last = Rule(Freq.MONTHLY, month_day=LAST)
    assert [at.day for at in islice(last.over(datetime(2027, 1, 31)), 3)] == [31, 28, 31]
    assert [at.year for at in islice(Rule(Freq.YEARLY).over(datetime(2028, 2, 29)), 2)] == [2028, 2032]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=3",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;INTERVAL=0",
        "INTERVAL=2",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYDAY=2MO;BYMONTHDAY=3",
        "FREQ=DAILY;UNTIL=2027",
        "FREQ=DAILY;FREQ",
        "FREQ=DAILY;COUNT=1001",
        "FREQ=DAILY;INTERVAL=100",
        "FREQ=YEARLY;BYDAY=MO",
        "x" * 300,
        "FREQ=DAILY;COUNT=１",
    ],
)
def test_what_is_no_rule_of_ours(text: str) -> None:
    with pytest.raises(Unreadable):
        Rule.read(text)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_which_weekday_of_its_month(day: date) -> None:
    nth, weekday = monthly_nth(day)
    assert weekday == day.weekday()
    assert Rule(Freq.MONTHLY, nth=(nth, weekday)).fits(day)
    assert Rule(Freq.WEEKLY, days=(day.weekday(),)).fits(day)
    assert not Rule(Freq.WEEKLY, days=((day.weekday() + 1) % 7,)).fits(day)
    assert DAYS[day.weekday()] in str(Rule(Freq.WEEKLY, days=(day.weekday(),)))


def test_how_long_it_is_where_the_clock_is_set() -> None:
    assert length(datetime(2027, 3, 28, 1), datetime(2027, 3, 28, 4), "Europe/Berlin") == 120
    assert length(datetime(2027, 10, 31, 1), datetime(2027, 10, 31, 4), "Europe/Berlin") == 240
    assert length(datetime(2027, 6, 1, 18), datetime(2027, 6, 1, 20), "Europe/Berlin") == 120


def test_other_hours_find_the_times_that_were_laid() -> None:
    tuesdays = Pattern(datetime(2027, 3, 2, 18), 60, "UTC", "FREQ=WEEKLY;BYDAY=TU")
    thursdays = Pattern(datetime(2027, 3, 4, 19), 60, "UTC", "FREQ=WEEKLY;BYDAY=TH")
    old, new = (list(islice(each.beginnings(), 4)) for each in (tuesdays, thursdays))
    found, fresh = pair(tuesdays, thursdays, old, new)
    assert found == new
    assert fresh == []
    both = Pattern(datetime(2027, 3, 2, 18), 60, "UTC", "FREQ=WEEKLY;BYDAY=TU,TH")
    more = list(islice(both.beginnings(), 8))
    found, fresh = pair(tuesdays, both, old, more)
    assert found == old
    assert fresh == more[1::2]
    fortnightly = Pattern(datetime(2027, 3, 2, 18), 60, "UTC", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    found, fresh = pair(tuesdays, fortnightly, old, list(islice(fortnightly.beginnings(), 2)))
    assert found == [old[0], None, old[2], None]
    assert fresh == []


def test_it_ends_on_a_day_or_before() -> None:
    assert str(Rule(Freq.DAILY, count=9).ending(date(2027, 1, 5))) == "FREQ=DAILY;UNTIL=20270105"
    assert Rule(Freq.DAILY, until=date(2027, 1, 2)).ending(date(2027, 1, 5)).until == date(2027, 1, 2)
    assert time(23, 59) < time.max


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "UTC", "Pacific/Auckland"])
def test_the_last_day_there_is_ends_nothing(zone: str) -> None:
    """No instant lies after it, so calendars read a rule without an end."""
    rule = Rule(Freq.DAILY, until=date(9999, 12, 31))
    assert Pattern(datetime(2026, 1, 1, 18), 60, zone, str(rule)).until_at is None
    ends = Rule(Freq.DAILY, until=date(2026, 2, 1))
    assert Pattern(datetime(2026, 1, 1, 18), 60, zone, str(ends)).until_at is not None
