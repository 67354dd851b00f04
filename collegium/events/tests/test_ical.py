"""Calendars read back by the library: what stands in them, for whom, and that their hours are those of the event."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from collegium.events.actions import answering, changing, hosting
from collegium.events.ical import actions, making
from collegium.events.ical.making import Place
from collegium.events.ical.zones import timezone
from collegium.events.models import CalendarFeed, Event, Occurrence
from collegium.events.recurring.pattern import Pattern, instant, local
from collegium.events.tests.scene import LINK, come, first, make, pattern
from collegium.groups.actions.doors import join
from collegium.groups.actions.founding import Charter, found
from collegium.groups.models import Group
from collegium.lib import clock
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries

HERE = Place("https://example.org", "example.org")
SUNDAYS, DAILY = "FREQ=WEEKLY;BYDAY=SU", "FREQ=DAILY"
HARD = [
    # Spring and autumn, where the clock is set in the night of Sunday; hours that are not there, hours there are twice.
    ("Europe/Berlin", datetime(2027, 3, 21, 18), SUNDAYS + ";COUNT=4"),
    ("Europe/Berlin", datetime(2027, 3, 26, 2, 30), DAILY + ";COUNT=5"),
    ("Europe/Berlin", datetime(2027, 10, 29, 2, 30), DAILY + ";COUNT=5"),
    ("America/New_York", datetime(2027, 3, 12, 2, 15), DAILY + ";COUNT=5"),
    ("America/New_York", datetime(2027, 11, 5, 1, 30), DAILY + ";COUNT=5"),
    ("Australia/Lord_Howe", datetime(2027, 4, 2, 1, 45), DAILY + ";COUNT=5"),
    ("Australia/Lord_Howe", datetime(2027, 10, 1, 2, 15), DAILY + ";COUNT=5"),
    ("Africa/Casablanca", datetime(2027, 2, 1, 9), DAILY + ";COUNT=60"),
    ("Asia/Kathmandu", datetime(2027, 1, 31, 9), "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=6"),
    ("Europe/Berlin", datetime(2027, 1, 29, 9), "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12"),
    ("America/New_York", datetime(2028, 2, 29, 9), "FREQ=YEARLY;COUNT=3"),
    ("Europe/Berlin", datetime(2027, 3, 21, 18), SUNDAYS + ";UNTIL=20270404"),
]


def read(data: bytes):
    """The events of a calendar."""
    return Calendar.from_ical(data).walk("VEVENT")


def expanded(data: bytes) -> list[datetime]:
    """When the first event of a calendar begins, worked out by other means: its rule by dateutil, its clock by its own
    VTIMEZONE alone."""
    parsed = Calendar.from_ical(data)
    zone = parsed.walk("VTIMEZONE")[0]
    event = parsed.walk("VEVENT")[0]
    rule = event["rrule"].to_ical().decode()
    start = event["dtstart"].dt.replace(tzinfo=None)
    until = event["rrule"].get("UNTIL")
    if until:
        rule = ";".join(each for each in rule.split(";") if not each.startswith("UNTIL="))
    found = []
    for nominal in rrulestr(rule, dtstart=start):
        at = by_rules(zone, nominal)
        if until and at > until[0]:
            break
        found.append(at)
    return found


def by_rules(zone, nominal: datetime) -> datetime:
    """The instant of a local hour as RFC 5545 reads the changes written out in a VTIMEZONE: the first of two hours, and
    of an hour that is not there what the offset before makes of it."""
    changes = []
    for part in zone.subcomponents:
        onsets = [part["dtstart"].dt]
        listed = part.get("rdate", [])
        for each in listed if isinstance(listed, list) else [listed]:
            onsets += [one.dt for one in each.dts]
        before, after = part["tzoffsetfrom"].td, part["tzoffsetto"].td
        changes += [(onset - before, before, after) for onset in onsets]
    changes.sort()
    offset = changes[0][2]
    for at, before, after in changes:
        if nominal - before >= at:
            offset = after
            inside = nominal - after < at
            if inside:
                offset = before
    return (nominal - offset).replace(tzinfo=UTC)


@pytest.mark.parametrize(("zone", "start", "rule"), HARD)
def test_the_hours_are_those_of_the_event(cast: Cast, zone: str, start: datetime, rule: str) -> None:
    hours = Pattern(start, 90, zone, rule)
    event = make(cast.ada, when=hours)
    data = making.calendar(making.series(event, event.occurrences.all(), HERE), "x")
    assert len(read(data)) == 1
    assert expanded(data) == list(hours.beginnings())
    laid = list(event.occurrences.order_by("number").values_list("starts_at", flat=True))
    assert laid
    assert laid == expanded(data)[: len(laid)]


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tehran", "UTC"]
)
def test_zones_are_what_the_database_of_zones_says(name: str) -> None:
    made = timezone(name, 2026)
    at = datetime(2026, 1, 2, tzinfo=UTC)
    while at < datetime(2037, 12, 1, tzinfo=UTC):
        nominal = at.astimezone(ZoneInfo(name)).replace(tzinfo=None, fold=0)
        assert by_rules(made, nominal) == instant(nominal, name), nominal
        at += timedelta(hours=5, minutes=30)


def test_what_was_moved_and_what_was_cancelled(cast: Cast) -> None:
    event = make(cast.ada, when=pattern(rule="FREQ=WEEKLY;COUNT=4"))
    rows = list(event.occurrences.order_by("number"))
    for row in rows:
        row.event = event
    changing.move(rows[1], rows[1].starts_at + timedelta(hours=26), rows[1].ends_at + timedelta(hours=27), by=cast.ada)
    changing.cancel_one(rows[2], by=cast.ada)
    answer = cast.client("bo").get(f"{event.path}event.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    main, moved = read(answer.content)
    event.refresh_from_db()
    assert main["sequence"] == event.sequence == 2
    assert main["uid"] == moved["uid"]
    assert moved["recurrence-id"].dt.astimezone(UTC) == rows[1].original_at
    assert moved["dtstart"].dt.astimezone(UTC) == rows[1].starts_at + timedelta(hours=26)
    assert moved["dtend"].dt - moved["dtstart"].dt == timedelta(hours=3)
    assert [each.dt.astimezone(UTC) for each in main["exdate"].dts] == [rows[2].original_at]
    changing.cancel(event, by=cast.ada)
    assert {each["status"] for each in read(cast.client("bo").get(f"{event.path}event.ics").content)} == {"CANCELLED"}


def test_other_hours_from_one_time_on(cast: Cast) -> None:
    event = make(cast.ada, when=pattern(rule="FREQ=WEEKLY;COUNT=6"))
    rows = list(event.occurrences.order_by("number"))
    later = local(rows[2].starts_at, event.zone) + timedelta(hours=1)
    changing.rearrange(event, Pattern(later, 60, event.zone, "FREQ=WEEKLY;COUNT=4"), by=cast.ada, since=rows[2])
    event = Event.objects.with_hosts().get(pk=event.pk)
    parts = read(making.calendar(making.series(event, event.occurrences.all(), HERE), "x"))
    starts = {each["dtstart"].dt.astimezone(UTC) for each in parts if "rrule" not in each}
    main = next(each for each in parts if "rrule" in each)
    told = starts | set(expanded_from(main))
    assert told == set(event.occurrences.filter(cancelled_at=None).values_list("starts_at", flat=True))
    assert len({(each["uid"], str(each.get("recurrence-id"))) for each in parts}) == len(parts)


def expanded_from(main) -> list[datetime]:
    """By the rule alone, in a zone that Python knows."""
    start = main["dtstart"].dt
    rule = rrulestr(main["rrule"].to_ical().decode(), dtstart=start.replace(tzinfo=None))
    return [each.replace(tzinfo=start.tzinfo).astimezone(UTC) for each in rule]


def test_a_time_that_the_clock_shows_for_the_second_time(cast: Cast) -> None:
    event = make(cast.ada, when=pattern(datetime(2027, 10, 31, 1)))
    row = first(event)
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    changing.move(row, second, second + timedelta(hours=1), by=cast.ada)
    row.refresh_from_db()
    data = making.calendar([making.single(event, row, HERE)], "x")
    (part,) = read(data)
    assert part["dtstart"].dt == second
    assert b"TZID:Europe/Berlin" in data


HOSTILE = [
    "Line\r\nATTACH:https://evil.example/x\nEND:VEVENT",
    'a"b;c,d\\n:e',
    "\u202eRTL\u2028line\x0bvt",
    "x" * 150,
    "ü🎉" * 70,
    "BEGIN:VALARM",
    "\\N\\;",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(cast: Cast, words: str) -> None:
    event = make(cast.ada)
    Event.objects.filter(pk=event.pk).update(title=words[:150], about=words * 3, place=words[:150], address=words)
    type(cast.ada).objects.filter(pk=cast.ada.pk).update(name=words[:60])
    data = cast.client("bo").get(f"{event.path}event.ics").content
    (part,) = read(data)
    assert part["summary"] == making.line(words[:150])
    assert part["description"].startswith(making.plain(words * 3))
    assert "attach" not in part
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not part.subcomponents
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_no_address_for_mail(cast: Cast) -> None:
    event = make(cast.ada)
    come(event, cast.bo)
    data = cast.client("bo").get(f"{event.path}event.ics").content
    assert b"mailto" not in data.lower()
    assert cast.ada.user.email.encode() not in data
    assert b"ORGANIZER" in data


def test_the_link_is_for_who_comes(cast: Cast) -> None:
    event = make(cast.ada)
    come(event, cast.bo)
    row = first(event)
    told = {
        name: LINK.encode()
        in cast.client(name).get(f"{event.path}event.ics?on={row.pk}").content.replace(b"\r\n ", b"")
        for name in ("ada", "bo", "cy", "di")
    }
    assert told == {"ada": True, "bo": True, "cy": False, "di": False}
    weekly = make(cast.ada, when=pattern(rule="FREQ=WEEKLY"))
    come(weekly, cast.bo)
    whole = {name: LINK.encode() in cast.client(name).get(f"{weekly.path}event.ics").content for name in ("ada", "bo")}
    assert whole == {"ada": True, "bo": False}


VISIBLE = """
          0 1 2 3 4
ada       1 1 1 1 1
bo        1 1 1 1 0
cy        1 1 1 0 0
di        1 1 0 0 0
ed        0 0 0 0 0
eve       0 0 0 0 0
flo       1 1 0 0 0
hal       1 1 0 0 0
gus       1 0 0 0 0
nobody    1 0 0 0 0
"""


def test_who_reads_the_file(cast: Cast) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    head, *lines = [line.split() for line in VISIBLE.strip().splitlines()]
    events = {level: make(cast.ada, int(level)) for level in head}
    for name, *cells in lines:
        seen = [int(cast.client(name).get(f"{events[level].path}event.ics").status_code == 200) for level in head]
        assert seen == [int(cell) for cell in cells], name


def feed_of(cast: Cast, name: str):
    """The feed of somebody, read without a session."""
    row = CalendarFeed.objects.get(member=getattr(cast, name))
    answer = cast.client("nobody").get(f"/events/feed/{row.secret}.ics")
    return answer, [str(each["summary"]) for each in read(answer.content)] if answer.status_code == 200 else []


def test_a_feed_holds_what_she_comes_to(cast: Cast) -> None:
    for title, member in (("Mine", cast.bo), ("Ada’s", cast.ada), ("Cy’s", cast.cy)):
        make(member, title=title)
    ada, cy = Event.objects.get(title="Ada’s"), Event.objects.get(title="Cy’s")
    come(ada, cast.bo)
    actions.make_feed(cast.bo)
    answer, told = feed_of(cast, "bo")
    assert sorted(told) == ["Ada’s", "Mine"]
    assert "no-store" in answer["Cache-Control"]
    assert LINK.encode() in answer.content.replace(b"\r\n ", b"")
    actions.widen(cast.bo, wider=True)
    answering.wonder(first(cy), by=cast.bo)
    answer, told = feed_of(cast, "bo")
    assert sorted(told) == ["Ada’s", "Cy’s", "Mine"]
    possible = next(each for each in read(answer.content) if each["summary"] == "Cy’s")
    assert possible["status"] == "TENTATIVE"
    assert "conference" not in possible
    network.block(cast.ada, cast.bo)
    assert sorted(feed_of(cast, "bo")[1]) == ["Cy’s", "Mine"]


def test_a_block_by_a_second_host_takes_the_link_away(cast: Cast) -> None:
    event = make(cast.ada)
    connect(cast.ada, cast.di)
    hosting.ask(event, cast.di, by=cast.ada)
    hosting.accept(event, by=cast.di)
    come(event, cast.bo)
    actions.make_feed(cast.bo)
    network.block(cast.di, cast.bo)
    answer, _told = feed_of(cast, "bo")
    assert LINK.encode() not in answer.content.replace(b"\r\n ", b"")


def test_a_secret_ends_at_once(cast: Cast) -> None:
    actions.make_feed(cast.bo)
    old = CalendarFeed.objects.get(member=cast.bo).secret
    assert len(old) >= 43
    anybody = cast.client("nobody")
    assert anybody.get(f"/events/feed/{old}.ics").status_code == 200
    for guess in (
        old[:-1],
        old[:-1] + ("A" if old[-1] != "A" else "B"),
        old.swapcase(),
        "x",
        "x" * 500,
        "%00",
        "..",
        old + "%0a",
    ):
        assert anybody.get(f"/events/feed/{guess}.ics").status_code == 404, guess
    mine = cast.client("bo")
    assert old in mine.get("/events/calendar/").content.decode()
    assert mine.post("/events/calendar/feed/").status_code == 302
    assert anybody.get(f"/events/feed/{old}.ics").status_code == 404
    fresh = CalendarFeed.objects.get(member=cast.bo).secret
    assert anybody.get(f"/events/feed/{fresh}.ics").status_code == 200
    assert mine.post("/events/calendar/feed/wider/", {"wider": "on"}).status_code == 302
    assert CalendarFeed.objects.get(member=cast.bo).wider
    type(cast.bo).objects.filter(pk=cast.bo.pk).update(standing="suspended")
    assert anybody.get(f"/events/feed/{fresh}.ics").status_code == 404
    type(cast.bo).objects.filter(pk=cast.bo.pk).update(standing="active")
    assert mine.post("/events/calendar/feed/removal/").status_code == 302
    assert anybody.get(f"/events/feed/{fresh}.ics").status_code == 404


def test_a_feed_costs_the_same_however_much_is_in_it(cast: Cast) -> None:
    actions.make_feed(cast.bo)
    come(make(cast.ada), cast.bo)
    make(cast.bo)

    def grow() -> None:
        for _ in range(4):
            come(make(cast.ada), cast.bo)
            make(cast.bo)

    assert_same_queries(lambda: feed_of(cast, "bo"), grow, lambda: feed_of(cast, "bo"))


def test_a_group_tells_everybody_the_same(cast: Cast) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    open_, closed = (found(cast.ada, Charter(name=f"Weirs {kind}", visibility=kind)) for kind in ("public", "private"))
    event = make(cast.ada, group=open_, when=pattern(rule="FREQ=WEEKLY"))
    make(cast.ada, group=closed)
    join(open_, by=cast.bo, agreed=True)
    come(event, cast.bo)
    texts = {name: cast.client(name).get(f"{open_.path}events.ics") for name in ("ada", "bo", "di", "nobody")}
    assert {each.status_code for each in texts.values()} == {200}
    assert all(
        len(read(each.content)) == 1 and LINK.encode() not in each.content.replace(b"\r\n ", b"")
        for each in texts.values()
    )
    assert {cast.client(name).get(f"{closed.path}events.ics").status_code for name in ("ada", "bo", "nobody")} == {404}
    assert cast.client("nobody").get("/groups/%00/events.ics").status_code == 404
    Group.objects.filter(pk=open_.pk).update(visibility="private")
    assert cast.client("nobody").get(f"{open_.path}events.ics").status_code == 404


def test_what_waits_to_be_let_in_is_in_no_feed(cast: Cast) -> None:
    group = found(cast.ada, Charter(name="Weirs", visibility="public", approving=True))
    join(group, by=cast.bo, agreed=True)
    make(cast.bo, group=group)
    assert read(cast.client("nobody").get(f"{group.path}events.ics").content) == []


def test_old_events_leave_the_feed(cast: Cast) -> None:
    event = make(cast.bo)
    actions.make_feed(cast.bo)
    assert len(feed_of(cast, "bo")[1]) == 1
    since = clock.now() - timedelta(days=120)
    Occurrence.objects.filter(event=event).update(starts_at=since, ends_at=since + timedelta(hours=1))
    assert feed_of(cast, "bo")[1] == []
