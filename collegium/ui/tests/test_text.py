from datetime import UTC, datetime, timedelta

from django.utils import translation

from collegium.ui import text

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_times_are_short_and_clear():
    told = [
        text.ago(NOW - timedelta(**since), NOW)
        for since in ({"seconds": 9}, {"minutes": 5}, {"hours": 2}, {"days": 1}, {"days": 6})
    ]
    assert told == ["now", "5 min", "2 h", "1 day", "6 days"]


def test_old_times_are_dates():
    with translation.override("en"):
        assert text.ago(NOW - timedelta(days=30), NOW) == "Oct. 23, 2026"


def test_numbers_are_the_readers_own():
    with translation.override("en"):
        assert text.number(12345) == "12,345"
    with translation.override("de"):
        assert text.number(12345) == "12.345"


def test_counts_beside_icons_stay_narrow():
    with translation.override("en"):
        assert [text.compact(n) for n in (7, 9_999, 12_345, 3_000_000, 4_250_000)] == [
            "7",
            "9,999",
            "12K",
            "3M",
            "4.2M",
        ]


def test_instants_for_machines_are_utc_to_the_second():
    assert text.iso(NOW) == "2026-11-22T12:00:00Z"
