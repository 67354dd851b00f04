"""The list, its number, and reading."""

import re
from datetime import timedelta

import pytest

from collegium.audience.viewer import Viewer
from collegium.lib import clock, ids
from collegium.notifications import keep, reading
from collegium.notifications.models import Notification
from collegium.realtime.models import Line, Poke
from collegium.testing.fixtures import assert_same_queries

HX = {"HX-Request": "true"}


@pytest.fixture
def ada(make_member):
    return make_member("Ada Lindqvist")


@pytest.fixture
def bo(make_member):
    return make_member("Bo Okafor")


@pytest.fixture
def client(ada, client_of, subjects):
    return client_of(ada)


def tell(ada, bo, count=1, *, ago=timedelta(0), read=False, start=0, kind="test.named"):
    """Rows told one after the other, the newest last."""
    first = clock.now() - ago
    rows = [
        Notification(
            id=ids.key_at(first + timedelta(milliseconds=number - count)),
            recipient=ada,
            actor=bo,
            kind=kind,
            cause=f"{kind} {start + number} {ago}",
            subject=start + number,
            read_at=first if read else None,
        )
        for number in range(count)
    ]
    return Notification.objects.bulk_create(rows)


def shown(answer):
    return [int(key) for key in re.findall(r'href="/notifications/(\d+)/"', answer.content.decode())]


def test_newest_first_by_day(client, ada, bo):
    old = tell(ada, bo, ago=timedelta(days=2), read=True)
    new = tell(ada, bo)
    answer = client.get("/notifications/")
    text = answer.content.decode()
    assert shown(answer) == [new[0].pk, old[0].pk]
    assert text.index("Today") < text.index(new[0].path) < text.index("Earlier") < text.index(old[0].path)
    assert text.count("told-unread") == 1
    assert "1 unread" in text


def test_nothing_told_yet(client):
    text = client.get("/notifications/").content.decode()
    assert "No news yet" in text
    assert "Mark all as read" not in text


def test_pages_follow_each_other_without_gap_or_overlap(client, ada, bo):
    rows = tell(ada, bo, 2 * reading.PAGE + 5)
    seen, address = [], "/notifications/"
    for _ in range(3):
        answer = client.get(address)
        seen += shown(answer)
        older = re.search(r'href="(/notifications/\?before=[^"]+)"', answer.content.decode())
        address = older and older[1]
    assert address is None
    assert seen == [row.pk for row in reversed(rows)]


def test_a_page_is_full_although_many_rows_are_hidden(client, ada, bo, subjects):
    tell(ada, bo, 250)
    subjects.hidden |= set(range(30, 250))
    first = client.get("/notifications/")
    assert len(shown(first)) == reading.PAGE
    assert "?before=" in first.content.decode()


@pytest.mark.parametrize("query", ["before=xyz", "before=%00", "until=!!", "before=" + "A" * 5000])
def test_what_is_no_cursor_is_not_found(client, query):
    assert client.get(f"/notifications/?{query}").status_code == 404


def test_opening_marks_as_read_and_leads_on(client, ada, bo):
    row = tell(ada, bo)[0]
    answer = client.get(row.path)
    assert (answer.status_code, answer.url) == (302, "/posts/0/")
    row.refresh_from_db()
    first = row.read_at
    assert first is not None
    client.get(row.path)
    row.refresh_from_db()
    assert row.read_at == first
    assert client.head(row.path).status_code == 405, "what only looks whether it is there does not read it"


def test_marking_all_as_read_leaves_what_came_later(client, ada, bo):
    tell(ada, bo, 3, ago=timedelta(minutes=1))
    text = client.get("/notifications/").content.decode()
    until = re.search(r'name="until" value="([^"]+)"', text)[1]
    later = tell(ada, bo, start=100)[0]
    answer = client.post("/notifications/reading/", {"until": until})
    assert (answer.status_code, answer.url) == (302, "/notifications/")
    assert list(Notification.objects.unread()) == [later]


def test_marking_all_as_read_in_place(client, ada, bo):
    tell(ada, bo, 3)
    until = re.search(r'name="until" value="([^"]+)"', client.get("/notifications/").content.decode())[1]
    answer = client.post("/notifications/reading/", {"until": until}, headers=HX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert "All read" in text
    assert "told-unread" not in text


def test_marking_marks_only_ones_own(client, ada, bo, client_of):
    mine, theirs = tell(ada, bo)[0], tell(bo, ada, start=9)[0]
    client_of(bo).post("/notifications/reading/", {"until": "f_____________"[:11]})
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.read_at is None
    assert client.get("/notifications/reading/").status_code == 405
    assert client.post("/notifications/reading/", {"until": "rubbish"}).status_code == 404
    assert client.post("/notifications/reading/").status_code == 302


def test_ones_other_pages_look_again_after_reading(client, ada, bo):
    now = clock.now()
    Line.objects.create(member=ada, since=now, seen_at=now)
    row = tell(ada, bo)[0]
    client.get(row.path)
    assert Poke.objects.filter(member=ada, topic="notifications").count() == 1
    client.get(row.path)
    assert Poke.objects.count() == 1, "nothing changed the second time"


def test_new_ones_wait_behind_a_pill(client, ada, bo):
    old = tell(ada, bo, 2, ago=timedelta(minutes=1))
    text = client.get("/notifications/").content.decode()
    living = re.search(r'hx-get="(/notifications/\?until=[^"]+)"', text)[1]
    tell(ada, bo, 3, start=100)
    answer = client.get(living, headers=HX)
    assert shown(answer) == [row.pk for row in reversed(old)]
    assert "3 new notifications" in answer.content.decode()
    assert f'hx-get="{living}"' in answer.content.decode()
    assert len(shown(client.get("/notifications/"))) == 5


def test_what_is_taken_back_leaves_the_open_page(client, ada, bo):
    gone, stays = tell(ada, bo, 2)
    living = re.search(r'hx-get="(/notifications/\?until=[^"]+)"', client.get("/notifications/").content.decode())[1]
    gone.delete()
    assert shown(client.get(living, headers=HX)) == [stays.pk]
    stays.delete()
    assert "No news yet" in client.get(living, headers=HX).content.decode()


def test_the_number_stops_counting_at_ninety_nine(client, ada, bo):
    rows = tell(ada, bo, 99)
    assert "99 unread notifications" in client.get("/notifications/badge/", headers=HX).content.decode()
    tell(ada, bo, 60, start=200)
    text = client.get("/notifications/badge/", headers=HX).content.decode()
    assert "99+" in text
    assert "More than 99 unread notifications" in text
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(read_at=clock.now())
    assert "60 unread notifications" in client.get("/notifications/badge/", headers=HX).content.decode()


def test_the_number_is_a_page_without_javascript(client, ada, bo):
    tell(ada, bo)
    assert "1 unread notification" in client.get("/notifications/badge/").content.decode()


def test_statements_do_not_grow_with_rows(client, ada, bo, make_member):
    actors = [make_member(f"Member {number}") for number in range(10)]
    tell(ada, bo, 2)
    tell(ada, bo, 2, start=50, kind="test.plain")

    def grow():
        for number, actor in enumerate(actors):
            tell(ada, actor, 8, start=1000 + 10 * number)

    assert_same_queries(lambda: client.get("/notifications/"), grow, lambda: client.get("/notifications/"))


def test_statements_of_the_number_do_not_grow_with_rows(client, ada, bo):
    tell(ada, bo, 2)
    badge = lambda: client.get("/notifications/badge/", headers=HX)  # noqa: E731 - a name for what is asked twice
    assert_same_queries(badge, lambda: tell(ada, bo, 90, start=100), badge)


def test_each_member_keeps_the_newest(ada, bo, subjects, monkeypatch):
    monkeypatch.setattr(keep, "KEPT", 10)
    rows = tell(ada, bo, 25)
    others = tell(bo, ada, 10, start=500)
    assert keep.sweep() == 15
    assert keep.sweep() == 0
    kept = set(Notification.objects.values_list("pk", flat=True))
    assert kept == {row.pk for row in rows[15:]} | {row.pk for row in others}
    assert reading.unread(Viewer(ada)) == 10
