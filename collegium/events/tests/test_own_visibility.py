"""Who sees what of calendars, tickets and the door, as tables: a row for each person, a column for each address."""

from collegium.events.door import actions
from collegium.events.ical.actions import make_feed, widen
from collegium.events.models import Attendance, CalendarFeed
from collegium.events.tests.around import KIM, LEA, Around, gather
from collegium.events.tests.scene import LINK
from collegium.events.tests.test_visibility import drawn, wanted
from collegium.groups.models import Joining, Visibility
from collegium.groups.tests.scene import make_scene
from collegium.testing.cast import Cast, client_of
from collegium.testing.fixtures import assert_same_queries

# file: the calendar file opens · link: with the address for taking part · feed: the event is in her own feed, which is
# as wide as it goes · told: with that address · own: a ticket with a code to show · kim: what Kim's code leads to is
# shown · door: the list opens · csv: the file of the list · in: she lets Kim in · month: it is in her calendar.
TABLE = """
            file link feed told own kim door csv in month
host        1    1    1    1    0   1   1    1   1  1
cohost      1    1    1    1    0   1   1    1   1  1
helper      1    0    0    0    0   0   0    0   0  0
going       1    1    1    1    1   0   0    0   0  1
listed      1    1    1    1    1   1   0    0   0  1
waiting     1    0    1    0    0   0   0    0   0  1
asked       1    0    1    0    0   0   0    0   0  1
declined    1    0    0    0    0   0   0    0   0  0
refused     1    0    0    0    0   0   0    0   0  0
bystander   1    0    0    0    0   1   1    0   1  0
invited     1    0    1    0    0   0   0    0   0  0
second      0    0    0    0    0   0   0    0   0  0
stranger    0    0    0    0    0   0   0    0   0  0
removed     0    0    0    0    0   0   0    0   0  0
blocked     0    0    0    0    0   0   0    0   0  0
blocking    0    0    0    0    0   0   0    0   0  0
parted      1    0    1    0    0   0   0    0   0  1
suspended   0    0    0    0    0   0   0    0   0  0
nobody      0    0    0    0    0   0   0    0   0  0
"""


def row_of(at: Around, name: str) -> list[bool]:
    """What one of them sees, cell by cell. The bystander helps at the door here."""
    client, path, on = at.client(name), at.event.path, at.row.pk
    file = client.get(f"{path}event.ics?on={on}")
    member = at.who(name)
    feed, opened = b"", False
    if member is not None and member.is_active:
        make_feed(member)
        widen(member, wider=True)
        feed = client_of(None).get(f"/events/feed/{CalendarFeed.objects.get(member=member).secret}.ics").content
    kim = Attendance.objects.get(member__name=KIM)
    mine = client.get(f"{path}ticket/?on={on}")
    if mine.status_code == 302 and "/events/door/" in mine["Location"]:
        opened = b"ticket-code" in client.get(mine["Location"]).content
    client.post(f"{path}door/{on}/{kim.pk}/entry/")
    entered = Attendance.objects.filter(pk=kim.pk, checked_in_at__isnull=False).exists()
    Attendance.objects.filter(pk=kim.pk).update(checked_in_at=None, checked_in_by=None)
    month = f"{at.row.starts_at.astimezone(at.event.tz):%Y-%m}"
    calendar = client.get(f"/events/calendar/?month={month}")
    return [
        file.status_code == 200,
        LINK.encode() in _whole(file.content),
        b"Weirs by night" in feed,
        LINK.encode() in _whole(feed),
        opened,
        client.get(f"/events/door/{kim.code}/").status_code == 200,
        client.get(f"{path}door/{on}/").status_code == 200,
        client.get(f"{path}door/{on}/list.csv").status_code == 200,
        entered,
        calendar.status_code == 200 and b"Weirs by night" in calendar.content,
    ]


def _whole(text: bytes) -> bytes:
    """Without the folds of long lines."""
    return text.replace(b"\r\n ", b"")


def test_the_table(cast: Cast) -> None:
    at = gather(cast)
    actions.ask_to_help(at.event, at.bystander, by=at.host)
    assert drawn({name: row_of(at, name) for name in at.names}) == wanted(TABLE)


def test_the_door_reads_all_names_and_the_file_those_who_agreed(cast: Cast) -> None:
    at = gather(cast)
    actions.ask_to_help(at.event, at.bystander, by=at.host)
    door = at.client("bystander").get(f"{at.event.path}door/{at.row.pk}/").content.decode()
    assert KIM in door
    assert LEA in door
    assert "Par Ted" in door
    assert "Par Ted" not in at.client("cohost").get(f"{at.event.path}door/{at.row.pk}/").content.decode()
    file = at.client("host").get(f"{at.event.path}door/{at.row.pk}/list.csv").content.decode()
    assert KIM in file
    assert LEA not in file


def test_a_ticket_ends_with_what_it_was_for(cast: Cast) -> None:
    at = gather(cast)
    codes = dict(Attendance.objects.values_list("member__name", "code"))
    parted = at.client("parted").get(f"/events/door/{codes['Par Ted']}/")
    assert parted.status_code == 404
    for name, person in (
        ("waiting", "Wes Wait"),
        ("asked", "Asa Ask"),
        ("declined", "Dec Line"),
        ("refused", "Ref Use"),
    ):
        page = at.client(name).get(f"/events/door/{codes[person]}/")
        assert page.status_code == 200, name
        assert b"ticket-code" not in page.content


GROUP = """
            public private
owner       200    200
manager     200    200
moderator   200    200
member      200    200
gone        200    302
invited     200    302
asking      200    302
banned      200    302
stranger    200    302
blocked     200    200
nobody      200    404
"""


def test_the_tab_of_a_group(cast: Cast) -> None:
    cells: dict[str, list[int]] = {}
    for visibility in (Visibility.PUBLIC, Visibility.PRIVATE):
        at = make_scene(cast, visibility=visibility, joining=Joining.OPEN)
        for name in at.names:
            cells.setdefault(name, []).append(at.client(name).get(f"{at.group.path}events/").status_code)
    assert drawn_words(cells) == wanted(GROUP)


def drawn_words(cells: dict[str, list[int]]) -> str:
    return "\n".join(f"{name:<11} {' '.join(map(str, found))}" for name, found in cells.items())


def test_the_page_of_an_event_costs_the_same_with_all_that(cast: Cast) -> None:
    at = gather(cast)
    client = at.client("listed")

    def grow() -> None:
        for each in Attendance.objects.going()[:2]:
            actions.let_in(each, by=at.host)

    assert_same_queries(lambda: client.get(at.event.path), grow, lambda: client.get(at.event.path))
