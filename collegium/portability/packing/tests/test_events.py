"""Events packed, loaded into an empty community and packed again are the same; and nobody else's name goes along."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from collegium.events.actions import laying
from collegium.events.actions.making import pattern_columns
from collegium.events.models import Attendance, Cohost, Event, Form, ListFor, Occurrence, State
from collegium.events.recurring.pattern import Pattern
from collegium.events.tests import scene
from collegium.feed.models import Facet, Post
from collegium.groups.actions import founding
from collegium.groups.actions.founding import Charter
from collegium.groups.models import Membership
from collegium.lib import clock
from collegium.members.models import Member
from collegium.portability.load import load_bundle
from collegium.portability.packing.packed import packed
from collegium.portability.packing.tables import tables
from collegium.portability.packing.tests.test_packing import archive_of, forget_everybody, read
from collegium.testing.cast import Cast
from collegium.ties.models import Block

pytestmark = pytest.mark.django_db

FILES = ("events", "event_dates", "event_guests")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
RULES = ("", "", "FREQ=DAILY;COUNT=30", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;COUNT=9", "FREQ=MONTHLY", "FREQ=YEARLY")
# Hours that clocks jump over or show twice stand among them.
HOURS = ((1, 30), (2, 0), (2, 30), (3, 0), (19, 0), (23, 45))


def canonical(data: bytes) -> dict[str, list[Any]]:
    """The three files, with what keys mean in their place."""
    found = read(data)
    names = {row["key"]: row["handle"] for row in found["members"]}
    groups = {row["key"]: row["handle"] for row in found.get("groups", [])}
    sides = {row["key"]: row["name"] for row in found.get("facets", [])}
    titles = {row["key"]: row["title"] for row in found.get("events", [])}
    called = {"key": titles, "event": titles, "author": names, "member": names, "group": groups, "own_facet": sides}
    return {
        file: sorted(tuple((name, called.get(name, {}).get(cell, cell)) for name, cell in row.items()) for row in rows)
        for file, rows in found.items()
        if file in FILES
    }


def pack() -> bytes:
    return packed("a test", tables(Member.objects.all()))


def carry(tmp_path: Path, data: bytes) -> None:
    """Pack, forget everybody, load."""
    (tmp_path / "all.zip").write_bytes(data)
    forget_everybody()
    assert not Event.objects.exists()
    report = load_bundle(tmp_path / "all.zip")
    assert report.loaded, report.lines()
    assert not report.unknown


def event(author: Member, pattern: Pattern, title: str, **more: Any) -> Event:
    """One whose hours may be over, with the times it would have by now."""
    post = {name: more.pop(name) for name in ("words", "facet") if name in more}
    made = scene.make(author, title=title, **more)
    Event.objects.filter(pk=made.pk).update(**pattern_columns(pattern))
    Post.objects.filter(pk=made.post_id).update(body=post.get("words", ""), facet=post.get("facet", "professional"))
    Occurrence.objects.filter(event=made).delete()
    made.refresh_from_db()
    laying.lay(made)
    return made


def some_pattern(chance: random.Random) -> Pattern:
    hour, minute = chance.choice(HOURS)
    now = clock.now()
    # A year around now: every zone with summer and winter time changes its clock in it, twice.
    day = now + timedelta(days=chance.randrange(-300, 60))
    start = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - by the clock there
    rule = chance.choice(RULES)
    return Pattern(start, chance.choice([30, 90, 1440, 4000]), chance.choice(ZONES), rule)


def disturb(made: Event, chance: random.Random) -> None:
    """Move some of its times, cancel some, leave some that no rule names any more."""
    for row in list(made.occurrences.order_by("number")):
        lot = chance.random()
        if lot < 0.1:
            row.starts_at += timedelta(minutes=chance.choice([-60, 30, 2000]))
            row.ends_at = row.starts_at + timedelta(minutes=chance.choice([made.minutes, 45]))
            row.moved = True
        elif lot < 0.2:
            row.cancelled_at = clock.now().replace(microsecond=5_000)
        elif lot < 0.25:
            row.original_at += timedelta(hours=5)
            row.starts_at, row.ends_at = row.original_at, row.original_at + timedelta(minutes=50)
        row.save()


def answer(made: Event, people: list[Member], chance: random.Random) -> None:
    for row in made.occurrences.all()[:40]:
        for member in people:
            if chance.random() < 0.3:
                state = chance.choice(State.values)
                came = clock.now() if state == State.GOING and chance.random() < 0.5 else None
                Attendance.objects.create(
                    occurrence=row, member=member, state=state, guests=chance.randrange(made.guests_allowed + 1),
                    listed=chance.random() < 0.5, since=clock.now() - timedelta(days=chance.randrange(9)),
                    checked_in_at=came,
                )  # fmt: skip


def fill(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    people = [cast.ada, cast.bo, cast.cy, cast.di, cast.flo]
    group = founding.found(cast.ada, Charter(name="Weirs", visibility="public", joining="open"))
    for number in range(8):
        in_group = chance.random() < 0.25
        where = {"group": group} if in_group else {"level": chance.randrange(5)}
        author = cast.ada if in_group else chance.choice(people)
        made = event(
            author, some_pattern(chance), f'No. {number}, "é"', about="=1+1\nhttps://example.org",
            form=chance.choice(Form.values), capacity=chance.choice([None, 3, 40]), approving=chance.random() < 0.5,
            waiting_list=chance.random() < 0.5, guests_allowed=chance.randrange(4), answer_until=chance.choice([0, 60]),
            list_for=chance.choice(ListFor.values), attendees_invite=chance.random() < 0.5,
            words=chance.choice(["", "Do come"]), facet=Facet.PROFESSIONAL if in_group else chance.choice(Facet.values),
            **where,
        )  # fmt: skip
        disturb(made, chance)
        answer(made, people, chance)
        if chance.random() < 0.3:
            # Fewer seats and guests than there are: a host has let them in.
            Event.objects.filter(pk=made.pk).update(
                capacity=1, guests_allowed=0, cancelled_at=clock.now(), cancelled_words="It rains,\na lot"
            )


def facts() -> Counter[tuple[Any, ...]]:
    """What of times and answers is there, whatever stands in files."""
    rows = Attendance.objects.values_list(
        "occurrence__event__title", "occurrence__starts_at", "occurrence__ends_at", "occurrence__moved",
        "occurrence__cancelled_at", "member__handle", "state", "guests",
    )  # fmt: skip
    return Counter(rows)


@pytest.mark.parametrize("seed", range(8))
def test_round_trip_is_equal(cast: Cast, tmp_path: Path, seed: int) -> None:
    fill(cast, seed)
    first, before = pack(), facts()
    assert set(canonical(first)) == set(FILES)
    carry(tmp_path, first)
    assert canonical(pack()) == canonical(first)
    assert facts() == before
    for row in Occurrence.objects.all():
        assert scene.seats(row)[0] == scene.seats(row)[1]
    assert set(Post.objects.filter(event__isnull=False).values_list("has_parts", flat=True)) == {True}
    rows = Occurrence.objects.count(), Attendance.objects.count(), Event.objects.count()
    again = load_bundle(tmp_path / "all.zip")
    assert again.loaded, again.lines()
    assert not sum(again.added.values())
    assert (Occurrence.objects.count(), Attendance.objects.count(), Event.objects.count()) == rows
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


NIGHT = datetime(2025, 10, 26, 2, 30)  # noqa: DTZ001 - by the clock in Berlin, which shows it twice


def test_the_second_of_two_hours_comes_back_as_the_second(cast: Cast, tmp_path: Path) -> None:
    made = event(cast.ada, Pattern(NIGHT, 60, scene.BERLIN), "Night")
    second = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    added = Occurrence.objects.create(
        event=made, number=7, original_at=second, starts_at=second, ends_at=second + timedelta(hours=1)
    )
    scene_rows = [Attendance(occurrence=row, member=cast.bo, state="going") for row in (scene.first(made), added)]
    Attendance.objects.bulk_create(scene_rows)
    data = pack()
    found = read(data)
    assert found["events"][0]["ends"] == "2025-10-26T01:30:00.000Z"
    assert [row["date"] for row in found["event_guests"]] == ["2025-10-26T02:30", "2025-10-26T01:30:00.000Z"]
    carry(tmp_path, data)
    times = Occurrence.objects.order_by("starts_at").values_list("starts_at", "ends_at", "seats_taken")
    assert list(times) == [
        (second - timedelta(hours=1), second, 1),
        (second, second + timedelta(hours=1), 1),
    ]


def test_what_recurs_keeps_its_hour_across_the_change_of_the_clock(cast: Cast, tmp_path: Path) -> None:
    start = datetime(2025, 3, 23, 2, 30)  # noqa: DTZ001 - by the clock there, which jumps over it a week later
    event(cast.ada, Pattern(start, 60, scene.BERLIN, "FREQ=WEEKLY;COUNT=3"), "Dawn")
    carry(tmp_path, pack())
    found = [
        at.strftime("%d %H:%M") for at in Occurrence.objects.order_by("number").values_list("starts_at", flat=True)
    ]
    assert found == ["23 01:30", "30 01:30", "06 00:30"]


def test_who_waits_keeps_her_place(cast: Cast, tmp_path: Path) -> None:
    made = scene.make(cast.ada, capacity=1)
    moment = clock.now().replace(microsecond=4_000)
    order = [cast.flo, cast.bo, cast.di, cast.cy]
    for place, member in enumerate(order):
        since = moment + timedelta(microseconds=place)
        Attendance.objects.create(occurrence=scene.first(made), member=member, state="waiting", since=since)
    carry(tmp_path, pack())
    line = Attendance.objects.in_line().values_list("member__handle", flat=True)
    assert list(line) == [member.handle for member in order]


def test_of_two_times_with_one_hour_the_one_that_stands_goes_along(cast: Cast, tmp_path: Path) -> None:
    made = event(cast.ada, scene.pattern(rule="FREQ=WEEKLY;COUNT=2"), "Evening")
    row = scene.first(made)
    Occurrence.objects.filter(pk=row.pk).update(cancelled_at=clock.now())
    again = Occurrence.objects.create(
        event=made, number=9, original_at=row.original_at, starts_at=row.starts_at, ends_at=row.ends_at
    )
    for one in (row, again):
        Attendance.objects.create(occurrence=one, member=cast.bo, state="going")
    carry(tmp_path, pack())
    times = Occurrence.objects.order_by("starts_at").values_list("cancelled_at", "seats_taken")
    assert list(times) == [(None, 1), (None, 0)]


def test_one_members_archive_holds_the_names_of_nobody_else(cast: Cast, tmp_path: Path) -> None:
    mine = scene.make(cast.ada, title="Mine", capacity=1)
    scene.come(mine, cast.bo, cast.cy)
    theirs = scene.make(cast.bo, title="Theirs")
    scene.come(theirs, cast.ada, cast.cy)
    data = archive_of(cast.ada)
    found = read(data)
    assert [row["title"] for row in found["events"]] == ["Mine"]
    assert "event_guests" not in found
    assert [(row["title"], row["state"]) for row in found["other_events"]] == [("Theirs", "going")]
    words = str({name: rows for name, rows in found.items() if "event" in name})
    assert not [one for one in (cast.bo, cast.cy) if one.name in words or one.handle in words or str(one.pk) in words]
    assert scene.LINK not in str(found["other_events"])
    before = canonical(data)
    (tmp_path / "mine.zip").write_bytes(data)
    forget_everybody()
    report = load_bundle(tmp_path / "mine.zip")
    assert report.loaded, report.lines()
    assert canonical(pack()) == before


def _blocks(cast: Cast, theirs: Event) -> None:
    Block.objects.create(blocker=cast.di, blocked=cast.ada)


def _narrows(cast: Cast, theirs: Event) -> None:
    Post.objects.filter(pk=theirs.post_id).update(audience=4)


def _leaves(cast: Cast, theirs: Event) -> None:
    Member.objects.filter(pk=cast.di.pk).update(standing="suspended")


@pytest.mark.parametrize("change", [_blocks, _narrows, _leaves])
def test_of_events_she_sees_no_more_nothing_goes_along(cast: Cast, change: Callable[[Cast, Event], None]) -> None:
    theirs = scene.make(cast.di, title="Theirs", level=0)
    scene.come(theirs, cast.ada)
    assert "other_events" in read(archive_of(cast.ada))
    change(cast, theirs)
    assert "other_events" not in read(archive_of(cast.ada))


def test_a_cohost_whom_a_block_parts_from_her_takes_the_answer_away(cast: Cast) -> None:
    theirs = scene.make(cast.di, title="Theirs", level=0)
    scene.come(theirs, cast.ada)
    Cohost.objects.create(event=theirs, member=cast.flo, accepted_at=clock.now())
    Block.objects.create(blocker=cast.flo, blocked=cast.ada)
    assert "other_events" not in read(archive_of(cast.ada))


def test_events_in_groups_of_others_are_told_with_their_words(cast: Cast) -> None:
    group = founding.found(cast.ada, Charter(name="Weirs", visibility="public", joining="open"))
    Membership.objects.create(member=cast.bo, group=group)
    scene.make(cast.bo, group=group, title="Lamps")
    found = read(archive_of(cast.bo))
    assert "events" not in found
    assert [row["body"] for row in found["group_posts"]] == ["Lamps\n\nBring a lamp."]
