"""The tests of tickets, doors, feeds and reminders bite: with one guard taken away, what it guards against happens.

Each fault is planted for one question, whose answer is wrong with it and right without it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from collegium.events import rules as events
from collegium.events.actions import answering, changing, hosting
from collegium.events.door import actions as doors
from collegium.events.door import reading as lists
from collegium.events.door import rules, views
from collegium.events.ical import actions as feeds
from collegium.events.ical import making, zones
from collegium.events.ical import reading as calendars
from collegium.events.ical import views as files
from collegium.events.models import Attendance, CalendarFeed, Event, Occurrence, Reminded
from collegium.events.recurring.pattern import Pattern
from collegium.events.reminding import due, wishes
from collegium.events.reminding import notices as reminders
from collegium.events.tests.scene import LINK, come, first, make, pattern
from collegium.groups.actions.founding import Charter, found
from collegium.groups.models import Group
from collegium.lib import clock
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, connect
from tests.house.planting import rewritten

Question = Callable[[Cast, pytest.MonkeyPatch], bool]
Plant = Callable[[pytest.MonkeyPatch], None]


def feed_of(cast: Cast, member: Member) -> tuple[int, bytes]:
    """What somebody reads who knows the secret."""
    secret = CalendarFeed.objects.get(member=member).secret
    answer = cast.client("nobody").get(f"/events/feed/{secret}.ics")
    return answer.status_code, answer.content.replace(b"\r\n ", b"")


def a_stranger_opens_a_ticket(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    (row,) = come(make(cast.ada), cast.bo)
    return cast.client("di").get(f"/events/door/{row.code}/").status_code == 200


def a_ticket_outlives_sight(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    (row,) = come(make(cast.ada, 3), cast.bo)
    network.disconnect(cast.ada, cast.bo)
    return cast.client("bo").get(f"/events/door/{row.code}/").status_code == 200


def anybody_lets_in(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    (row,) = come(event, cast.bo)
    cast.client("di").post(f"/events/{event.pk}/door/{row.occurrence_id}/{row.pk}/entry/")
    return Attendance.objects.get().checked_in_at is not None


def a_parted_helper_keeps_the_door(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    hosting.ask(event, cast.bo, by=cast.ada)
    hosting.accept(event, by=cast.bo)
    come(event, cast.cy)
    doors.ask_to_help(event, cast.cy, by=cast.ada)
    network.block(cast.bo, cast.cy)
    return cast.client("cy").get(f"/events/{event.pk}/door/{first(event).pk}/").status_code == 200


def the_second_door_says_let_in_too(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    (row,) = come(make(cast.ada), cast.bo)
    doors.let_in(row, by=cast.ada)
    return doors.let_in(row, by=cast.ada)[1]


def the_file_names_who_did_not_consent(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    come(event, cast.di, listed=False)
    return "Di Varga" in cast.client("ada").get(f"/events/{event.pk}/door/{first(event).pk}/list.csv").content.decode()


def a_helper_takes_the_list_along(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    come(event, cast.bo)
    doors.ask_to_help(event, cast.bo, by=cast.ada)
    return cast.client("bo").get(f"/events/{event.pk}/door/{first(event).pk}/list.csv").status_code == 200


def a_suspended_feed_goes_on(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    feeds.make_feed(cast.bo)
    Member.objects.filter(pk=cast.bo.pk).update(standing="suspended")
    return feed_of(cast, cast.bo)[0] == 200


def an_old_secret_opens(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    old = feeds.make_feed(cast.bo).secret
    feeds.make_feed(cast.bo)
    return cast.client("nobody").get(f"/events/feed/{old}.ics").status_code == 200


def the_link_is_told_to_who_is_only_interested(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    answering.wonder(first(make(cast.ada)), by=cast.bo)
    feeds.make_feed(cast.bo)
    feeds.widen(cast.bo, wider=True)
    return LINK.encode() in feed_of(cast, cast.bo)[1]


def the_feed_shows_what_is_out_of_sight(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada, 3)
    come(event, cast.bo)
    feeds.make_feed(cast.bo)
    network.disconnect(cast.ada, cast.bo)
    return b"Weirs" in feed_of(cast, cast.bo)[1]


def a_second_host_who_blocks_tells_the_link(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    connect(cast.ada, cast.di)
    hosting.ask(event, cast.di, by=cast.ada)
    hosting.accept(event, by=cast.di)
    come(event, cast.bo)
    feeds.make_feed(cast.bo)
    network.block(cast.di, cast.bo)
    return LINK.encode() in feed_of(cast, cast.bo)[1]


def a_private_group_has_a_feed(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    group = found(cast.ada, Charter(name="Weirs", visibility="private"))
    return cast.client("ada").get(f"{group.path}events.ics").status_code == 200


def the_clock_is_set_an_hour_late(_cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    zones.timezone.cache_clear()
    part = zones.timezone("Europe/Berlin", 2027).daylight[0]
    zones.timezone.cache_clear()
    return bool(part["dtstart"].dt != datetime(2027, 3, 28, 2))  # noqa: DTZ001 - by the clock as it stood before


def an_end_is_told_as_a_day(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    hours = Pattern(datetime(2027, 3, 21, 18), 90, "America/New_York", "FREQ=DAILY;UNTIL=20270323")  # noqa: DTZ001 - local
    event = make(cast.ada, when=hours)
    main = making.series(event, [], making.Place("https://example.org", "example.org"))[0]
    until = main["rrule"]["UNTIL"][0]
    return not isinstance(until, datetime) or until < datetime(2027, 3, 23, 22, tzinfo=UTC)


def what_was_cancelled_stays_in_the_calendar(cast: Cast, _patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada, when=pattern(rule="FREQ=WEEKLY;COUNT=3"))
    changing.cancel_one(first(event), by=cast.ada)
    text = cast.client("ada").get(f"{event.path}event.ics").content
    return "exdate" not in Calendar.from_ical(text).walk("VEVENT")[0]


def soon(patch: pytest.MonkeyPatch, row: Occurrence, **before: int) -> int:
    """How many are told, so long before the beginning."""
    row.refresh_from_db()
    patch.setattr(clock, "now", lambda: row.starts_at - timedelta(**before))
    due.remind_some("day")
    return Notification.objects.filter(kind=due.REMINDER).count()


def who_wishes_none_is_reminded(cast: Cast, patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    come(event, cast.bo)
    wishes.wish("none", by=cast.bo, event=event)
    return soon(patch, first(event), hours=23) > 0


def who_does_not_come_is_reminded(cast: Cast, patch: pytest.MonkeyPatch) -> bool:
    row = first(make(cast.ada))
    answering.wonder(row, by=cast.bo)
    return soon(patch, row, hours=23) > 0


def what_is_cancelled_is_reminded_of(cast: Cast, patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    come(event, cast.bo)
    changing.cancel(event, by=cast.ada)
    return soon(patch, first(event), hours=23) > 0


def a_change_is_followed_by_its_reminder(cast: Cast, patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    come(event, cast.bo)
    now = clock.now()
    Attendance.objects.update(since=now - timedelta(days=2))
    changing.move(first(event), now + timedelta(hours=5), now + timedelta(hours=6), by=cast.ada)
    return soon(patch, first(event), hours=5) > 0


def a_small_move_reminds_again(cast: Cast, patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    come(event, cast.bo)
    row = first(event)
    soon(patch, row, hours=24)
    Notification.objects.all().delete()
    later = {"starts_at": row.starts_at + timedelta(hours=2), "ends_at": row.ends_at + timedelta(hours=2)}
    Occurrence.objects.filter(pk=row.pk).update(**later)
    return soon(patch, row, hours=24) > 0


def who_gave_up_reads_her_reminder(cast: Cast, patch: pytest.MonkeyPatch) -> bool:
    event = make(cast.ada)
    come(event, cast.bo)
    row = first(event)
    soon(patch, row, hours=24)
    answering.decline(row, by=cast.bo)
    return row.pk in reminders._visible(cast.viewer("bo"), [row.pk])


def _always(*_args: object) -> bool:
    return True


def unmarked(patch: pytest.MonkeyPatch) -> None:
    """An old secret goes on being the secret."""
    patch.setattr(feeds, "new_secret", lambda: "x" * 43)


FAULTS: dict[str, tuple[Question, Plant]] = {
    "the door of a ticket is not asked": (
        a_stranger_opens_a_ticket,
        lambda patch: patch.setattr(views.rules, "may_keep_door", _always),
    ),
    "her own ticket is not judged": (
        a_ticket_outlives_sight,
        rewritten(views, "_opens", "events.may_answer(request.viewer.me, row.occurrence.event)", "True"),
    ),
    "the verb and its door are open": (
        anybody_lets_in,
        lambda patch: patch.setattr(rules, "may_keep_door", _always),
    ),
    "a helper is judged once": (
        a_parted_helper_keeps_the_door,
        rewritten(rules, "may_keep_door", "and not rules.is_parted(member, event)", ""),
    ),
    "it is not looked whether she is in": (
        the_second_door_says_let_in_too,
        rewritten(doors, "let_in", "row.checked_in_at is not None", "False"),
    ),
    "consent is not asked": (
        the_file_names_who_did_not_consent,
        rewritten(lists, "_line", "not row.listed", "False"),
    ),
    "the file is for every helper": (
        a_helper_takes_the_list_along,
        lambda patch: patch.setattr(events, "may_host", _always),
    ),
    "standing is not asked at the feed": (
        a_suspended_feed_goes_on,
        lambda patch: patch.setattr(Member, "is_active", True),
    ),
    "a new secret is the old one": (an_old_secret_opens, unmarked),
    "the link goes with everything": (
        the_link_is_told_to_who_is_only_interested,
        rewritten(calendars, "own", "if hosting or comes else", "if True else"),
    ),
    "sight is not asked in the feed": (
        the_feed_shows_what_is_out_of_sight,
        lambda patch: patch.setattr(calendars, "in_sight", lambda _viewer, rows: list(rows)),
    ),
    "blocks of second hosts are not asked": (
        a_second_host_who_blocks_tells_the_link,
        lambda patch: patch.setattr(calendars, "_parted", lambda *_args: set()),
    ),
    "who reads in a group is not asked": (
        a_private_group_has_a_feed,
        lambda patch: patch.setattr(files, "_open_group", lambda handle: Group.objects.get(handle=handle)),
    ),
    "changes are told by the clock after them": (
        the_clock_is_set_an_hour_late,
        rewritten(zones, "timezone", "(at + before)", "(at + _offset(after))"),
    ),
    "the last day is its own beginning": (
        an_end_is_told_as_a_day,
        rewritten(making, "_rule", "[pattern.until_at.astimezone(UTC)]", "[pattern.rule.until]"),
    ),
    "cancelled dates are passed over": (
        what_was_cancelled_stays_in_the_calendar,
        rewritten(making, "series", "elif row.cancelled_at:", "elif False:"),
    ),
    "wishes are not asked": (
        who_wishes_none_is_reminded,
        rewritten(due, "remind_some", "wished in (ahead, Ahead.BOTH)", "True"),
    ),
    "everybody is reminded": (
        who_does_not_come_is_reminded,
        rewritten(due, "_undecided", "Attendance.objects.going()", "Attendance.objects.all()"),
    ),
    "what is cancelled is due": (
        what_is_cancelled_is_reminded_of,
        rewritten(due, "due", "coming.filter(event__cancelled_at=None)", "coming"),
    ),
    "changes are not looked for": (
        a_change_is_followed_by_its_reminder,
        lambda patch: patch.setattr(due, "_changed", lambda *_args: set()),
    ),
    "every other hour is another day": (
        a_small_move_reminds_again,
        rewritten(due, "_undecided", " - AHEAD[Ahead(ahead)]", " - timedelta(seconds=1)"),
    ),
    "a reminder is read by whoever got it": (
        who_gave_up_reads_her_reminder,
        rewritten(reminders, "_visible", "Attendance.objects.going()", "Attendance.objects.all()"),
    ),
}


@pytest.mark.parametrize("planted", [False, True], ids=["whole", "planted"])
@pytest.mark.parametrize("fault", FAULTS)
def test_each_guard_is_needed(fault: str, planted: bool, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    happens, plant = FAULTS[fault]
    if planted:
        plant(monkeypatch)
    assert happens(cast, monkeypatch) == planted


def test_nothing_is_decided_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    event = make(cast.ada)
    come(event, cast.bo)
    assert soon(monkeypatch, first(event), hours=23) == soon(monkeypatch, first(event), hours=22) == 1
    assert Reminded.objects.count() == Event.objects.count()
