"""Quiet hours on one's own clock: over midnight, on the days a clock jumps, and the hour of gathered mails."""

from datetime import UTC, datetime, timedelta

import pytest

from collegium.notifications.hours import is_quiet, waking, when, zone_of
from collegium.notifications.models import Choice, Rest

MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def night(zone: str, start: str, end: str, *, days: int = 0) -> Rest:
    def minutes(text: str) -> int:
        return int(text[:2]) * 60 + int(text[3:])

    return Rest(zone=zone, quiet_from=minutes(start), quiet_until=minutes(end), days=days)


@pytest.mark.parametrize(
    ("rest", "asked", "awake"),
    [
        (night("", "22:00", "07:00"), "2026-11-23 21:59", "2026-11-23 21:59"),
        (night("", "22:00", "07:00"), "2026-11-23 22:00", "2026-11-24 07:00"),
        (night("", "22:00", "07:00"), "2026-11-24 00:00", "2026-11-24 07:00"),
        (night("", "22:00", "07:00"), "2026-11-24 06:59", "2026-11-24 07:00"),
        (night("", "13:00", "14:30"), "2026-11-24 13:10", "2026-11-24 14:30"),
        (night("", "00:00", "00:00"), "2026-11-24 00:00", "2026-11-24 00:00"),
        (night("", "22:00", "00:00"), "2026-11-24 23:00", "2026-11-25 00:00"),
        # India is five and a half hours ahead, Auckland thirteen in its summer.
        (night("Asia/Kolkata", "22:00", "07:00"), "2026-11-23 16:30", "2026-11-24 01:30"),
        (night("Pacific/Auckland", "22:00", "07:00"), "2026-11-23 09:00", "2026-11-23 18:00"),
        # Saturday and Sunday are free: Friday night lasts until Monday morning.
        (night("", "22:00", "07:00", days=0b1100000), "2026-11-27 22:30", "2026-11-30 07:00"),
        (night("", "00:00", "00:00", days=0b1100000), "2026-11-28 12:00", "2026-11-30 00:00"),
        (Rest(), "2026-11-28 03:00", "2026-11-28 03:00"),
        (night("No/Where", "22:00", "07:00"), "2026-11-23 23:00", "2026-11-24 07:00"),
    ],
)
def test_when_she_may_be_told(rest: Rest, asked: str, awake: str) -> None:
    assert waking(rest, at(asked)) == at(awake)


@pytest.mark.parametrize(
    ("start", "end", "asked", "awake"),
    [
        # Stockholm, 28 March 2027: from 01:59:59 (+1) to 03:00 (+2) at 01:00 UTC.
        ("22:00", "07:00", "2027-03-28 00:30", "2027-03-28 05:00"),
        ("22:00", "02:30", "2027-03-28 00:30", "2027-03-28 01:00"),
        ("02:15", "02:45", "2027-03-28 01:00", "2027-03-28 01:00"),
        # Stockholm, 31 October 2027: from 02:59:59 (+2) back to 02:00 (+1) at 01:00 UTC.
        ("22:00", "07:00", "2027-10-31 00:30", "2027-10-31 06:00"),
        ("22:00", "02:30", "2027-10-31 00:10", "2027-10-31 00:30"),
        ("22:00", "02:30", "2027-10-31 01:10", "2027-10-31 01:30"),
    ],
)
def test_on_the_days_the_clock_jumps(start: str, end: str, asked: str, awake: str) -> None:
    assert waking(night("Europe/Stockholm", start, end), at(asked)) == at(awake)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Stockholm", "2027-03-27"),
        ("Europe/Stockholm", "2027-10-30"),
        ("America/St_Johns", "2027-03-13"),
        ("Australia/Lord_Howe", "2027-04-03"),
        ("Australia/Lord_Howe", "2027-10-02"),
        ("Africa/Cairo", "2027-04-29"),
        ("Asia/Beirut", "2027-03-27"),
        ("America/Santiago", "2027-09-04"),
        ("Pacific/Apia", "2011-12-29"),
    ],
)
@pytest.mark.parametrize(
    ("start", "end"), [("22:00", "07:00"), ("23:30", "00:30"), ("01:50", "02:10"), ("00:00", "01:30")]
)
def test_it_is_the_first_minute_at_which_nothing_is_quiet(zone: str, day: str, start: str, end: str) -> None:
    """Against counting minute by minute, on days when clocks there jump, some of them at midnight, one over a day."""
    rest = night(zone, start, end, days=0b0100000)
    moment = at(f"{day} 06:00")
    for _ in range(24):
        counted = moment
        while is_quiet(rest, counted):
            counted += MINUTE
        assert waking(rest, moment) == counted, (zone, moment)
        moment += timedelta(minutes=97)


def test_gathered_mails_have_their_hour_and_at_once_waits_for_the_morning() -> None:
    rest = night("Asia/Kolkata", "22:00", "07:00")
    rest.hour, rest.weekday = 8, 2
    told, now = at("2026-11-23 17:00"), at("2026-11-23 17:05")  # Monday, 22:30 there
    assert when(Choice.Mail.AT_ONCE, told, rest, now) == at("2026-11-24 01:30")
    assert when(Choice.Mail.DAILY, told, rest, now) == at("2026-11-24 02:30")
    assert when(Choice.Mail.WEEKLY, told, rest, now) == at("2026-11-25 02:30")
    assert when(Choice.Mail.AT_ONCE, told, rest, at("2026-11-24 12:00")) == at("2026-11-24 12:00")


def test_zones_have_names() -> None:
    assert zone_of("Europe/Stockholm").key == "Europe/Stockholm"  # type: ignore[attr-defined]
    assert zone_of("Moon/Base") is UTC
