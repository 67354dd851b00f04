"""Who sees what of an event, as tables: a row for each person, a column for each surface."""

import pytest

from collegium.audience.level import Level
from collegium.events.actions import inviting
from collegium.events.after.there import there
from collegium.events.models import Event
from collegium.events.reading.page import show
from collegium.events.tests.around import KIM, LEA, Around, gather, stand
from collegium.events.tests.scene import LINK, come, first, make, over
from collegium.groups.actions import barring, keeping
from collegium.groups.models import Joining, Visibility
from collegium.groups.tests.scene import make_scene
from collegium.lib.refusal import Conflict, Refusal
from collegium.pages.tests.scene import proved
from collegium.testing.cast import Cast, make_member
from collegium.testing.fixtures import assert_same_queries

# page: the page opens · box: the fragment with the answer · rows: it stands among all events · link: the address for
# taking part online · list: the list of names opens · kim: the name of who let herself be shown, in it · lea: of who
# did not.
TABLE = """
            page box rows link list kim lea
host        1    1   0    1    1    1   1
cohost      1    1   1    1    1    1   1
helper      1    1   1    0    0    0   0
going       1    1   1    1    1    1   1
listed      1    1   1    1    1    1   0
waiting     1    1   1    0    0    0   0
asked       1    1   1    0    0    0   0
declined    1    1   1    0    0    0   0
refused     1    1   1    0    0    0   0
bystander   1    1   1    0    0    0   0
invited     1    1   1    0    0    0   0
second      0    0   0    0    0    0   0
stranger    0    0   0    0    0    0   0
removed     0    0   0    0    0    0   0
blocked     0    0   0    0    0    0   0
blocking    0    0   0    0    0    0   0
parted      1    1   1    0    0    0   0
suspended   0    0   0    0    0    0   0
nobody      0    0   0    0    0    0   0
"""


def row_of(at: Around, name: str) -> list[int]:
    """What one of them sees, cell by cell."""
    client = at.client(name)
    path = at.event.path
    page = client.get(path)
    box = client.get(f"{path}?part=answer", HTTP_HX_REQUEST="true")
    rows = client.get("/events/?shelf=open")
    people = client.get(f"{path}people/")
    listed = people.content.decode() if people.status_code == 200 else ""
    texts = [page.content.decode(), box.content.decode()] if page.status_code == 200 else [""]
    return [
        page.status_code == 200,
        box.status_code == 200,
        at.event.title in rows.content.decode(),
        any(LINK in text for text in texts),
        people.status_code == 200,
        KIM in listed,
        LEA in listed,
    ]


def drawn(cells: dict[str, list[int]]) -> str:
    """The table as it is."""
    return "\n".join(f"{name:<11} {' '.join(str(int(cell)) for cell in found)}" for name, found in cells.items())


def wanted(table: str) -> str:
    """The table as it should be, without its head and its gaps."""
    lines = [line.split() for line in table.strip().splitlines()[1:]]
    return "\n".join(f"{name:<11} {' '.join(cells)}" for name, *cells in lines)


def test_the_table(cast: Cast) -> None:
    at = gather(cast)
    assert drawn({name: row_of(at, name) for name in at.names}) == wanted(TABLE)


@pytest.mark.parametrize(
    ("list_for", "readers"),
    [
        ("attendees", {"host", "cohost", "going", "listed"}),
        (
            "all",
            {
                "host",
                "cohost",
                "helper",
                "going",
                "listed",
                "waiting",
                "asked",
                "declined",
                "refused",
                "bystander",
                "invited",
                "parted",
            },
        ),
        ("hosts", {"host", "cohost"}),
    ],
)
def test_to_whom_names_are_shown(cast: Cast, list_for: str, readers: set[str]) -> None:
    at = gather(cast, list_for=list_for)
    found = {name for name in at.names if row_of(at, name)[5]}
    assert found == readers


def test_the_names_of_whom_one_blocked_are_gone_and_not_counted(cast: Cast) -> None:
    at = gather(cast, list_for="all")
    from collegium.network import actions as network

    before = show(at.viewer("bystander"), at.event).coming.count
    network.block(at.who("bystander"), at.who("listed"))
    shown = show(at.viewer("bystander"), at.event).coming
    assert shown.count == before - 1
    assert KIM not in at.client("bystander").get(f"{at.event.path}people/").content.decode()
    assert KIM in at.client("host").get(f"{at.event.path}people/").content.decode()


def test_whom_one_knows_comes_first(cast: Cast) -> None:
    from collegium.testing.cast import connect

    event = make(cast.ada, list_for="all")
    for number in range(8):
        come(event, make_member(f"Stranger {number}"))
    known = [make_member(f"Known {number}") for number in range(3)]
    for each in known:
        connect(each, cast.di)
    come(event, *known)
    coming = show(cast.viewer("di"), event).coming
    assert [member.pk for member in coming.known] == [each.pk for each in known]
    assert coming.known_count == 3
    assert coming.count == 11
    page = cast.client("di").get(event.path).content.decode()
    assert "Known 0 and 2 others you know come." in page


GROUP = """
            page link answer
owner       1    0    1
manager     1    0    1
moderator   1    0    1
member      1    1    1
gone        0    0    0
invited     0    0    0
asking      0    0    0
banned      0    0    0
stranger    0    0    0
blocked     0    0    0
nobody      0    0    0
"""
PUBLIC = """
            page link answer
owner       1    0    1
manager     1    0    1
moderator   1    0    1
member      1    1    1
gone        1    1    1
invited     1    0    1
asking      1    0    1
banned      1    0    0
stranger    1    0    1
blocked     0    0    0
nobody      0    0    0
"""


@pytest.mark.parametrize(("visibility", "table"), [(Visibility.PRIVATE, GROUP), (Visibility.PUBLIC, PUBLIC)])
def test_in_a_group(cast: Cast, visibility: str, table: str) -> None:
    at = make_scene(cast, visibility=visibility, joining=Joining.REQUEST)
    from collegium.groups.tests.scene import seat

    seat(at.group, at.gone)
    late = make_member("Late Banned")
    seat(at.group, late)
    event = make(at.who("member"), group=at.group)
    come(event, at.gone, late)
    keeping.leave(at.group, by=at.gone)
    barring.ban(at.group, late, by=at.owner, reason="Sold things.")
    cells = {}
    for name in (*at.names, "late"):
        client = at.client(name) if name != "late" else cast.client("ada").__class__()
        if name == "late":
            client.force_login(late.user)
        page = client.get(event.path)
        text = page.content.decode() if page.status_code == 200 else ""
        said = client.post(f"{first(event).here}answer/", {"say": "wonder"}).status_code if name != "nobody" else 302
        cells[name] = [page.status_code == 200, LINK in text, name != "nobody" and said == 302]
    banned = cells.pop("late")
    assert drawn(cells) == wanted(table)
    assert banned == [visibility == Visibility.PUBLIC, False, False]


def test_a_page_speaks_to_everybody(cast: Cast) -> None:
    page = proved(cast.ada)
    event = make(cast.ada, page=page)
    assert event.post.author is None
    for name in cast.names:
        seen = cast.client(name).get(event.path).status_code
        assert seen == 200, name
    assert cast.client("ada").get(f"{event.path}edit/").status_code == 200
    assert cast.client("bo").get(f"{event.path}edit/").status_code == 403
    assert page.name in cast.client("bo").get(event.path).content.decode()
    assert cast.ada.name not in cast.client("bo").get(event.path).content.decode()


def test_an_invitation_opens_the_event_and_nothing_else_does(cast: Cast) -> None:
    event = make(cast.ada, Level.ONLY_ME)
    assert not Event.objects.visible_to(cast.viewer("bo")).exists()
    (asked,) = inviting.invite(event, [cast.bo.pk, cast.cy.pk, cast.di.pk], by=cast.ada)
    assert Event.objects.visible_to(cast.viewer("bo")).exists()
    assert not Event.objects.visible_to(cast.viewer("cy")).exists()
    inviting.decline(event, by=cast.bo)
    assert Event.objects.visible_to(cast.viewer("bo")).exists(), "what was declined stays in sight"
    inviting.uninvite(asked, by=cast.ada)
    assert not Event.objects.visible_to(cast.viewer("bo")).exists()


def test_whom_the_host_left_out_nobody_invites(cast: Cast) -> None:
    from collegium.feed.selecting import Choice
    from collegium.testing.cast import connect

    event = make(cast.ada, choice=Choice(Level.CONNECTIONS, left_out=(cast.cy.pk,)), attendees_invite=True)
    come(event, cast.bo)
    connect(cast.ed, cast.bo)
    assert not inviting.askable(cast.bo, event).filter(pk__in=[cast.cy.pk, cast.ed.pk]).exists()
    assert inviting.invite(event, [cast.cy.pk, cast.ed.pk], by=cast.bo) == []
    with pytest.raises(Refusal):
        inviting.invite(event, [cast.di.pk], by=cast.cy)


def test_a_block_takes_the_invitation_back(cast: Cast, hear) -> None:
    from collegium.network import actions as network

    event = make(cast.ada, Level.ONLY_ME)
    inviting.invite(event, [cast.bo.pk], by=cast.ada)
    network.block(cast.bo, cast.ada)
    hear()
    assert not event.invitations.exists()
    network.unblock(cast.bo, cast.ada)
    assert not Event.objects.visible_to(cast.viewer("bo")).exists()


def test_who_was_there(cast: Cast) -> None:
    event = make(cast.ada, list_for="hosts")
    come(event, cast.bo, cast.cy)
    come(event, cast.di, listed=False)
    row = over(event)
    stand(row, cast.flo, "waiting", listed=True)
    texts = {
        name: cast.client(name).get(f"{event.path}met/") for name in ("ada", "bo", "cy", "di", "flo", "hal", "nobody")
    }
    assert {name for name, page in texts.items() if page.status_code == 200} == {"ada", "bo", "cy", "di"}
    assert "Cy Tanaka" in texts["bo"].content.decode()
    assert "Di Varga" not in texts["bo"].content.decode()
    assert "/network/with/cy-tanaka/invitation/" in texts["ada"].content.decode()
    from collegium.events.models import Attendance
    from collegium.lib import clock

    Attendance.objects.filter(member=cast.cy).update(checked_in_at=clock.now())
    assert set(there().filter(occurrence=row).values_list("member_id", flat=True)) == {cast.cy.pk}
    assert cast.client("bo").get(f"{event.path}met/").status_code == 403


def test_statements_stay_the_same(cast: Cast) -> None:
    event = make(cast.ada, list_for="all")
    come(event, cast.bo, cast.di)
    client = cast.client("di")

    def grow() -> None:
        for number in range(6):
            come(event, make_member(f"More {number}"))

    assert_same_queries(lambda: client.get(event.path), grow, lambda: client.get(event.path))
    assert_same_queries(lambda: client.get(f"{event.path}people/"), grow, lambda: client.get(f"{event.path}people/"))

    def more() -> None:
        for number in range(5):
            come(make(cast.ada, title=f"Another {number}"), cast.di)

    for path in ("/events/?shelf=mine", "/events/?shelf=open", "/"):
        assert_same_queries(lambda path=path: client.get(path), more, lambda path=path: client.get(path))


def test_what_cannot_be_answered_says_so(cast: Cast) -> None:
    at = gather(cast)
    from collegium.events.actions import answering

    with pytest.raises(Refusal):
        answering.come(at.row, by=at.who("parted"))
    with pytest.raises(Conflict):
        answering.come(at.row, by=at.who("refused"))
    with pytest.raises(Refusal):
        answering.come(at.row, by=at.who("second"))
