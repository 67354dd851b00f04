"""Rule 4: every form of date of every file, to what it says and no more."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.portability.linkedin import dates


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("Mar 2021", "2021-03"),
        ("March 2021", "2021-03"),
        ("Sept 2021", "2021-09"),
        ("2021", "2021"),
        ("12 Mar 2025", "2025-03-12"),
        ("2 Feb 2022", "2022-02-02"),
        ("Jan 1, 1990", "1990-01-01"),
        ("2021-03", "2021-03"),
        ("2021-03-04", "2021-03-04"),
        ("2026-05-07 16:41:18", "2026-05-07"),
        ("07/22/2026", "2026-07-22"),
    ],
)
def test_partial_dates_keep_their_precision(text, partial):
    assert dates.partial(text) == partial


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-05-07 16:41:18", "2026-05-07T16:41:18Z"),
        ("2026-05-02 10:00:00 UTC", "2026-05-02T10:00:00Z"),
        ("2026/07/28 13:20:49 UTC", "2026-07-28T13:20:49Z"),
        ("8/20/26, 8:13 AM", "2026-08-20T08:13:00Z"),
        ("8/20/26, 8:13\u202fPM", "2026-08-20T20:13:00Z"),
        ("07/22/2026 04:02", "2026-07-22T04:02:00Z"),
        ("01/19/13, 12:10 AM", "2013-01-19T00:10:00Z"),
        ("01/19/13, 12:10 PM", "2013-01-19T12:10:00Z"),
        ("Sat Sep 05 08:12:14 UTC 2026", "2026-09-05T08:12:14Z"),
        ("April 12, 2026 at 8:03 AM (GMT)", "2026-04-12T08:03:00Z"),
        ("2026-05-07T16:41:18.123Z", "2026-05-07T16:41:18Z"),
        ("12 Mar 2025", "2025-03-12"),
    ],
)
def test_moments(text, instant):
    assert dates.instant(text) == instant
    assert dates.read(instant) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "13/13/2026",
        "22/07/2026 04:02",
        "Feb 30, 2021",
        "30 Feb 2021",
        "Foo 2021",
        "2021-13",
        "2021-00",
        "0001-01-01",
        "9999",
        "1/1/2021, 13:00 PM",
        "2021-03-04 25:00:00",
        "=2021",
        "٢٠٢١",
        "2" * 5000,
        "Mar 2021 or so",
    ],
)
def test_unknown_forms_are_no_date(text):
    assert dates.partial(text) is None
    assert dates.instant(text) is None


def test_a_month_is_no_moment():
    assert dates.instant("Mar 2021") is None


@settings(max_examples=200)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_comes_back(day):
    for form in ("%d %b %Y", "%b %d, %Y", "%Y-%m-%d", "%m/%d/%Y", "%Y/%m/%d 00:00:00 UTC"):
        assert dates.partial(day.strftime(form)) == day.isoformat()


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text):
    for read in (dates.partial, dates.instant):
        found = read(text)
        assert found is None or found[:4].isdecimal()
