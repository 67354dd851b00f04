"""Events of a bundle: as a hand would write them, with what is wrong told line by line, and hostile cells harmless."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from collegium.audience.viewer import Viewer
from collegium.events.models import Attendance, Event, Occurrence
from collegium.feed.models import Post
from collegium.lib import clock
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.portability.load import load_bundle
from collegium.portability.models import LoadedKey
from collegium.portability.tests import bundles
from collegium.testing.cast import client_of
from collegium.ties.models import Block

pytestmark = pytest.mark.django_db

HEAD = "key,author,group,title,zone,starts,ends,recurrence,capacity,guests_allowed,link,form,created_at\n"
WALK = "w,a,,Weir walk,Europe/Berlin,2025-03-16T02:30,2025-03-16T04:30,FREQ=WEEKLY;COUNT=4,3,1,,,2025-01-01T00:00:00Z\n"
TALK = "t,b,g,Talk,America/New_York,2025-05-01T19:00,2025-05-01T21:00,,,,https://meet.example.org/x,online,\n"
DATES = "event,date,starts,ends,cancelled_at,added\n"
CHANGED = (
    "w,2025-03-23T02:30,2025-03-24T10:00,2025-03-24T11:00,,\n"
    "w,2025-04-06T02:30,,,2025-04-01T00:00:00Z,\n"
    "w,2025-04-20T12:00,,,,yes\n"
)
GUESTS = "event,date,member,state,guests,listed,answered_at,checked_in_at\n"
ANSWERS = (
    "w,2025-03-16,b,going,1,yes,,2025-03-16T01:31:00Z\n"
    "w,2025-03-16T02:30,c,going,,,,\n"
    "w,2025-03-16T01:30:00Z,a,waiting,1,,,\n"
    "t,,a,interested,,,,\n"
)
GOOD = {"events": HEAD + WALK + TALK, "event_dates": DATES + CHANGED, "event_guests": GUESTS + ANSWERS}


def test_events_are_as_the_bundle_says(tmp_path: Path) -> None:
    report = load_bundle(bundles.write(tmp_path, **GOOD))
    assert report.loaded, report.lines()
    assert [report.added[f"{file}.csv"] for file in GOOD] == [2, 3, 4]
    walk, talk = Event.objects.get(title="Weir walk"), Event.objects.get(title="Talk")
    times = Occurrence.objects.filter(event=walk).order_by("number")
    said = [
        (f"{row.starts_at:%m-%d %H:%M}", f"{row.ends_at:%H:%M}", row.moved, row.cancelled_at is not None)
        for row in times
    ]
    # On 30 March the clock jumps over the hour, so it is read by the offset before.
    assert said == [
        ("03-16 01:30", "03:30", False, False),
        ("03-24 09:00", "10:00", True, False),
        ("03-30 01:30", "03:30", False, False),
        ("04-06 00:30", "02:30", False, True),
        ("04-20 10:00", "12:00", False, False),
    ]
    assert [row.seats_taken for row in times] == [3, 0, 0, 0, 0]
    assert walk.post.created_at.isoformat() == "2025-01-01T00:00:00+00:00"
    ada, bo, third = Member.objects.order_by("id")
    seen = [Event.objects.visible_to(Viewer(who)).filter(pk=talk.pk).exists() for who in (ada, bo, third, None)]
    assert seen == [True, True, False, False]
    assert (talk.form, talk.link, talk.post.group.name) == ("online", "https://meet.example.org/x", "Quiet rivers")
    assert len(set(Attendance.objects.values_list("code", flat=True))) == 4
    for member in (ada, bo, third):
        for each in (walk, talk):
            assert client_of(member).get(each.path).status_code in (200, 404)
    assert client_of(ada).get(walk.path).status_code == 200


def test_twice_is_once_and_what_was_changed_here_stays(tmp_path: Path) -> None:
    bundle = bundles.write(tmp_path, **GOOD)
    load_bundle(bundle)
    Event.objects.filter(title="Weir walk").update(capacity=1, title="Renamed")
    Attendance.objects.filter(state="interested").delete()
    Post.objects.filter(event__title="Talk").delete()
    again = load_bundle(bundle)
    assert again.loaded, again.lines()
    assert not sum(again.added.values())
    assert (again.already["events.csv"], again.gone["events.csv"]) == (1, 1)
    assert (again.already["event_guests.csv"], again.gone["event_guests.csv"]) == (3, 1)
    assert list(Event.objects.values_list("title", "capacity")) == [("Renamed", 1)]
    assert LoadedKey.objects.filter(kind="events").count() == 2


def test_of_what_recurs_without_end_as_much_is_laid_as_is_made_ahead(tmp_path: Path) -> None:
    now = clock.now()
    start = (now - timedelta(days=700)).strftime("%Y-%m-%dT12:00")
    row = f"d,a,,Daily,UTC,{start},{start[:-5]}13:00,RRULE:FREQ=DAILY,,,,,\n"
    assert load_bundle(bundles.write(tmp_path, events=HEAD + row)).loaded
    assert Occurrence.objects.filter(ends_at__lte=now).count() in (700, 701)
    assert Occurrence.objects.to_come(now).count() == 200


def test_whom_a_block_parts_from_the_author_does_not_come(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path, {"members.csv": bundles.GOOD["members.csv"]}))
    ada, bo, _third = Member.objects.order_by("id")
    Block.objects.create(blocker=bo, blocked=ada)
    assert load_bundle(bundles.write(tmp_path / "more", **GOOD)).loaded
    assert not Attendance.objects.filter(occurrence__event__title="Weir walk", member=bo).exists()
    assert Occurrence.objects.order_by("starts_at")[0].seats_taken == 1


def test_a_page_speaks_where_it_is_proved(tmp_path: Path) -> None:
    load_bundle(bundles.write(tmp_path))
    row = "key,author,page,title,zone,starts,ends\np,a,o,Open day,UTC,2025-05-01T10:00,2025-05-01T12:00\n"
    bundle = bundles.write(tmp_path / "more", events=row)
    assert "events.csv:2: page is no proved page here" in map(str, load_bundle(bundle).problems)
    Organization.objects.filter(name="Bridge Works").update(page_since=clock.now())
    assert load_bundle(bundle).loaded
    post = Event.objects.get().post
    assert (post.author, post.page.name, post.written_by.handle) == (None, "Bridge Works", "ada-test")


def event(**changes: str) -> dict[str, str]:
    """A file with one event, some cells of which are others."""
    cells = dict(zip(HEAD.strip().split(","), WALK.strip().split(","), strict=True)) | changes
    return {"events": f"{','.join(cells)}\n{','.join(cells.values())}\n", "event_dates": DATES, "event_guests": GUESTS}


def dates(text: str) -> dict[str, str]:
    return {"event_dates": DATES + text}


def guests(text: str) -> dict[str, str]:
    return {"event_guests": GUESTS + text}


BAD = [
    (event(zone="Europe/Nowhere"), "events.csv:2: zone is 'Europe/Nowhere'; a time zone has a name like"),
    (event(zone="../../etc/passwd"), "events.csv:2: zone is '../../etc/passwd'"),
    (event(zone=""), "events.csv:2: zone is missing"),
    (event(author="zz"), "events.csv:2: author refers to 'zz', which is not there in members.csv"),
    (event(group="zz"), "events.csv:2: group refers to 'zz', which is not there in groups.csv"),
    (event(page="zz"), "events.csv:2: page refers to 'zz', which is not there in organizations.csv"),
    (event(page="o"), "events.csv:2: page is no proved page here"),
    (event(page="o", group="g"), "stands in a group and speaks for a page"),
    (event(title=""), "events.csv:2: title is missing"),
    (event(title="x" * 151), "title has 151 characters; at most 150 fit"),
    (event(starts=""), "events.csv:2: starts is missing"),
    (event(starts="soon"), "starts is 'soon'; an hour looks like"),
    (event(starts="2025-02-30T10:00"), "starts is '2025-02-30T10:00'; an hour looks like"),
    (event(starts="0001-01-01T00:00"), "starts is '0001-01-01T00:00'; an hour looks like"),
    (event(starts="2025-03-16T02:30:00Z"), "starts is '2025-03-16T02:30:00Z'; an hour looks like"),
    (event(ends="2025-03-16T02:30"), "events.csv:2: ends is not after starts"),
    (event(ends="2025-05-16T02:30"), "events.csv:2: lasts longer than 31 days"),
    (event(ends="9999-12-31T23:59"), "ends is '9999-12-31T23:59'; an hour looks like"),
    (event(starts="2199-03-16T02:30", ends="2199-03-16T03:30", recurrence=""), "starts is more than three years ahead"),
    (event(ends="2025-03-16T04:30:30"), "names a second"),
    (event(recurrence="FREQ=HOURLY"), "recurrence is 'FREQ=HOURLY', which is no rule"),
    (event(recurrence="FREQ=DAILY;COUNT=9999999"), "which is no rule events recur by"),
    (event(recurrence="FREQ=DAILY;UNTIL=20250301"), "recurrence does not name the day on which it starts"),
    (event(recurrence="FREQ=DAILY;COUNT=0"), "which is no rule events recur by"),
    (event(recurrence="FREQ=WEEKLY;BYDAY=TU"), "recurrence does not name the day on which it starts"),
    (event(recurrence="FREQ=DAILY;UNTIL=00010101"), "no event ends in the year 1"),
    (event(recurrence="FREQ=DAILY;UNTIL=99991231"), "no event ends in the year 9999"),
    (event(capacity="0"), "capacity is '0'; it is a whole number from 1 to 100,000"),
    (event(guests_allowed="6"), "guests_allowed is '6'; it is a whole number from 0 to 5"),
    (event(link="javascript:alert(1)"), "link is 'javascript:alert(1)'; an address begins with"),
    (event(form="moon"), "form is 'moon'; it can be person, online, both"),
    (event(audience="mars"), "audience is 'mars'; it can be everyone"),
    (event(list_for="mars"), "list_for is 'mars'; it can be attendees"),
    (event(created_at="9999-01-01T00:00:00Z"), "created_at is '9999-01-01T00:00:00Z', which lies in the future"),
    ({"events": HEAD + WALK + WALK}, "events.csv:3: key 'w' is there twice"),
    ({"events": "key,author,title,zone\n"}, "events.csv:1: the header has no column starts, ends"),
    (dates("w,2025-03-17T02:30,,,,\n"), "event_dates.csv:2: date is none of the event’s"),
    (dates("w,2025-03-16T02:30,2025-03-16T05:00,2025-03-16T04:00,,\n"), "event_dates.csv:2: ends is not after starts"),
    (dates("w,2025-03-16T02:30,,2026-03-16T04:00,,\n"), "event_dates.csv:2: lasts longer than 31 days"),
    (dates("w,2025-03-16T02:30,,,,\nw,2025-03-16T01:30:00Z,,,,\n"), "is about the same time as line 2"),
    (dates("z,2025-03-16T02:30,,,,\n"), "event refers to 'z', which is not there in events.csv"),
    (dates("w,,,,,\n"), "event_dates.csv:2: date is missing"),
    (guests("w,2025-03-17,b,going,,,,\n"), "event_guests.csv:2: date is none of the event’s"),
    (guests("w,2025-13-17,b,going,,,,\n"), "date is '2025-13-17', which is no day"),
    (guests("w,,b,going,,,,\n"), "event_guests.csv:2: date is missing, and the event happens more than once"),
    (guests("w,2025-03-16,zz,going,,,,\n"), "member refers to 'zz', which is not there in members.csv"),
    (guests("w,2025-03-16,b,perhaps,,,,\n"), "state is 'perhaps'; it can be going, waiting"),
    (guests("w,2025-03-16,b,,,,,\n"), "state is missing"),
    (guests("w,2025-03-16,b,going,2,,,\n"), "event_guests.csv:2: guests is 2; each may bring 1"),
    (guests("w,2025-03-16,b,going,6,,,\n"), "guests is '6'; it is a whole number from 0 to 5"),
    (guests("w,2025-03-16,b,waiting,,,,2025-03-16T01:31:00Z\n"), "checked_in_at is of somebody who comes"),
    (guests("w,2025-03-16,b,going,,,,\nw,2025-03-16T02:30,b,waiting,,,,\n"), "the same time as line 2"),
    (
        guests("w,2025-03-16,a,going,1,,,\nw,2025-03-16,b,waiting,1,,,\nw,2025-03-16,c,going,1,,,\n"),
        "event_guests.csv:4: takes more than the 3 seats there are",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), BAD, ids=[said for _changes, said in BAD])
def test_problem(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    files = {"events": HEAD + WALK + TALK, "event_dates": DATES, "event_guests": GUESTS} | changes
    report = load_bundle(bundles.write(tmp_path, **files))
    assert [said in str(problem) for problem in report.problems] == [True], list(map(str, report.problems))
    assert not report.loaded
    assert not Event.objects.exists()


def test_a_host_has_let_in_more_than_the_event_says(tmp_path: Path) -> None:
    changed = "event,date,beyond\nw,2025-03-16T02:30,yes\n"
    answers = GUESTS + "".join(f"w,2025-03-16,{who},going,3,,,\n" for who in "abc")
    assert load_bundle(bundles.write(tmp_path, events=HEAD + WALK, event_dates=changed, event_guests=answers)).loaded
    assert Occurrence.objects.order_by("number")[0].seats_taken == 12


def test_skip_bad_leaves_out_what_hangs_on_a_bad_event(tmp_path: Path) -> None:
    files = GOOD | {"events": HEAD + WALK.replace("Europe/Berlin", "Berlin") + TALK}
    report = load_bundle(bundles.write(tmp_path, **files), skip_bad=True)
    assert report.loaded
    assert [event.title for event in Event.objects.all()] == ["Talk"]
    assert Attendance.objects.count() == 1
    assert "event_guests.csv:2: event refers to 'w', which was left out in events.csv" in map(str, report.problems)


NASTY = [
    "", "-1", "0", "99999999999999999999", "yes", "no", "NaN", "=1+1", "' OR 1=1 --", "%s", "%(x)s", "{}", "\\", "\\N",
    "\u202e",
    "a", "w", "g", "o", "2025-03-30T02:30", "2025-10-26T02:30:00+01:00", "2025-03-16", "1971-01-01T00:00:00+23:59",
    "2200-12-31T23:59", "1971-01-01T00:00", "2025-03-16T25:00", "FREQ=DAILY", "FREQ=YEARLY;INTERVAL=99", "FREQ=;;==",
    "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=WEEKLY;BYDAY=" + "MO," * 50, "Asia/Kathmandu", "x" * 6000, "going", "both",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_hostile_lines_are_told_or_taken_and_never_more(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    columns = "key,author,group,page,audience,facet,own_facet,title,body,words,form,place,address,link,zone,starts,ends"
    columns += ",recurrence,capacity,guests_allowed,answers_until,list_for,cancelled_at,cancelled_words,created_at"
    plain = dict(zip(HEAD.strip().split(","), WALK.strip().split(","), strict=True))
    rows = [plain]
    for number in range(150):
        row = plain | {"key": f"k{number}"}
        rows.append(row | {name: chance.choice(NASTY) for name in chance.sample(columns.split(","), 2)})
    names = columns.split(",")
    events = "".join(",".join(f'"{row.get(name, "")}"' for name in names) + "\n" for row in rows)
    others = {}
    for file, head in (("event_dates", DATES), ("event_guests", GUESTS)):
        width = head.count(",")
        lines = (["w", *(chance.choice(NASTY) for _cell in range(width))] for _line in range(150))
        others[file] = head + "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)
    report = load_bundle(bundles.write(tmp_path, events=f"{columns}\n{events}", **others), skip_bad=True)
    assert report.loaded, report.lines()
    ada = client_of(Member.objects.get(handle="ada-test"))
    for each in Event.objects.all():
        for tail in ("", "event.ics"):
            assert ada.get(each.path + tail).status_code < 500
