"""The line between the server and an open page."""

import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from collegium.lib import clock
from collegium.members import actions as members
from collegium.realtime.lines import TOPICS
from collegium.realtime.models import Line, Poke
from collegium.realtime.poke import hang_up, poke

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada(running, make_member):
    return make_member("Ada Lindqvist")


@pytest.fixture
def browser(ada, client_of):
    return client_of(ada)


@pytest.fixture
def page(running, browser):
    """Ada's page, past the "look at everything" of a line that begins."""
    opened = running.open(browser)
    opened.wait_for("reset")
    return opened


def test_a_poke_is_heard_within_a_second(ada, page):
    with transaction.atomic():
        poke([ada.pk], "notifications")
    assert page.wait_for("notifications") < 1


def test_nothing_is_heard_before_the_change_is_committed_or_when_it_is_not(ada, page):
    with transaction.atomic():
        poke([ada.pk], "post-1")
        assert page.hears_nothing()
    page.wait_for("post-1")
    with transaction.atomic():
        poke([ada.pk], "post-2")
        transaction.set_rollback(True)
    assert page.hears_nothing()


def test_only_the_poked_hear(running, ada, page, make_member, client_of):
    other = running.open(client_of(make_member("Bo Okafor")))
    other.wait_for("reset")
    poke([ada.pk], "notifications")
    page.wait_for("notifications")
    assert other.hears_nothing()


def test_every_page_of_a_member_hears(running, ada, page, browser):
    second = running.open(browser)
    poke([ada.pk], "feed")
    page.wait_for("feed")
    second.wait_for("feed")


def test_the_wire_carries_topics_and_keys_and_nothing_else(ada, page):
    poke([ada.pk], "notifications")
    page.wait_for("notifications")
    for line in page.text.splitlines():
        name, _, value = line.partition(": ")
        assert (name, value) in {("data:", ""), ("", "")} or name in {"id", "retry", "event", ""}, line
        assert name not in {"id", "retry"} or value.isdigit()


def test_topics_poked_in_one_transaction_come_in_one_notify(ada, page, running):
    heard = []
    running.in_loop(lambda: setattr(running.now.listener, "_hear", heard.append))
    with transaction.atomic():
        for number in range(5):
            with transaction.atomic():
                poke([ada.pk], f"post-{number}")
        poke([ada.pk], "post-0")
    until = time.monotonic() + 2
    while not heard and time.monotonic() < until:
        time.sleep(0.01)
    assert len(heard) == 1
    assert sorted(word.split(" ")[0] for word in heard[0].split(";")) == [f"post-{number}" for number in range(5)]


def test_many_members_fit_into_notifies(ada, page, make_member):
    """A NOTIFY carries at most 7,999 bytes; more members than that are still told, Ada among them."""
    now = clock.now()
    fillers = [Line(member_id=10**18 + number, since=now, seen_at=now) for number in range(2_000)]
    Line.objects.bulk_create(fillers)
    with transaction.atomic():
        poke([ada.pk, *(line.member_id for line in fillers)], "feed")
        poke([ada.pk, *(line.member_id for line in fillers)], "a-topic-of-exactly-forty-characters-here")
    page.wait_for("feed", "a-topic-of-exactly-forty-characters-here")


def test_pokes_are_kept_only_for_those_with_an_open_page(ada, page, make_member):
    poke([ada.pk, make_member("Bo Okafor").pk], "feed")
    assert set(Poke.objects.values_list("member_id", flat=True)) == {ada.pk}


def test_a_line_goes_on_after_a_break(running, ada, browser, page):
    poke([ada.pk], "post-1")
    page.wait_for("post-1")
    page.close()
    poke([ada.pk], "post-2")
    again = running.open(browser, Last_Event_ID=str(page.ids[-1]))
    again.wait_for("post-2")
    again.hears_nothing()
    assert set(again.events) <= {"post-1", "post-2"}, "duplicates are harmless, looking at everything is not needed"


def test_a_late_commit_is_found_after_a_break(running, ada, browser, page):
    """A row that is older than the last one heard, but was committed after it."""
    page.close()
    last = clock.now()
    Poke.objects.create(member=ada, topic="post-9", at=last - timedelta(seconds=3))
    running.open(browser, Last_Event_ID=str(int(last.timestamp() * 1000))).wait_for("post-9")


def test_beyond_what_is_kept_everything_is_looked_at(running, page, browser):
    for last in ("1", "9" * 23, "9" * 14, "abc", "-5", "１２"):
        again = running.open(browser, Last_Event_ID=last.encode().decode("latin-1"))
        assert again.wait_for("reset") < 1, last
        again.close()


def test_a_database_that_forgot_says_look_at_everything(running, browser, page):
    """Unlogged tables are empty after a crash: a page that comes back learns that something may be missing."""
    page.close()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE realtime_poke, realtime_line")
    running.open(browser, Last_Event_ID=str(page.ids[-1])).wait_for("reset")


def test_too_many_topics_are_everything(running, ada, page):
    with transaction.atomic():
        for number in range(TOPICS + 5):
            poke([ada.pk], f"post-{number}")
    before = page.events.count("reset")
    until = time.monotonic() + 2
    while page.events.count("reset") == before and time.monotonic() < until:
        page.read(0.2)
    assert page.events.count("reset") == before + 1
    assert not any(topic.startswith("post-") for topic in page.events)


def test_suspension_ends_the_line_at_once(running, ada, page, browser):
    members.suspend(ada, by=None)
    hang_up([ada.pk])
    assert page.wait_for("bye") < 1
    page.wait_for_end(1)
    poke([ada.pk], "notifications")
    again = running.open(browser, ready=False)
    again.wait_for("bye")
    again.wait_for_end()
    assert again.events == ["bye"]


def test_only_the_session_that_ended_is_hung_up(running, ada, page, client_of):
    other_browser = client_of(ada)
    other = running.open(other_browser)
    other_browser.logout()
    hang_up([ada.pk])
    other.wait_for("bye")
    other.wait_for_end()
    assert page.hears_nothing()
    poke([ada.pk], "feed")
    page.wait_for("feed")


def test_a_session_that_ended_silently_is_found(running, page, browser, monkeypatch):
    """Nobody hung up (the worker was down): the judgement once a minute ends the line."""
    browser.logout()
    running.in_loop(lambda: running.now._start(running.now.judge(running.now._all())))
    page.wait_for("bye")


def test_when_listening_begins_again_all_look_at_everything(running, ada, page):
    before = page.events.count("reset")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE %s OR query = %s",
            ["LISTEN%", "SELECT clock_timestamp()"],
        )
    until = time.monotonic() + 5
    while page.events.count("reset") == before and time.monotonic() < until:
        page.read(0.2)
    assert page.events.count("reset") == before + 1
    running.listening()
    poke([ada.pk], "feed")
    page.wait_for("feed")


def test_nobody_gets_no_line(running):
    assert running.open(ready=False, Accept="text/html").status == 204
    told = running.open(ready=False)
    told.wait_for_end()
    assert told.events == ["bye"]


def test_pages_of_others_get_no_line(running, browser):
    """Nor does a request to another name; the same request from our own page, or from no page, does."""
    for foreign in (
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": None, "Origin": "https://evil.example"},
        {"Sec_Fetch_Site": None, "Origin": "null"},
        {"Host": "evil.example"},
    ):
        assert running.open(browser, ready=False, **foreign).status == 403, foreign
    for own in ({}, {"Sec_Fetch_Site": None}, {"Origin": f"http://127.0.0.1:{running.port}"}):
        assert running.open(browser, **own).status == 200, own


def test_at_most_ten_lines_a_member(running, browser, page, monkeypatch):
    pages = [page] + [running.open(browser) for _ in range(9)]
    refused = running.open(browser)
    refused.wait_for_end()
    assert refused.status == 200
    assert refused.events == []
    pages[0].close()
    until = time.monotonic() + 5
    while len(running.hub) == 10 and time.monotonic() < until:
        time.sleep(0.02)
    allowed = running.open(browser)
    assert not allowed.ended
    assert allowed.ids


def test_a_page_that_left_leaves_nothing_behind(running, page):
    assert len(running.hub) == 1
    page.close()
    until = time.monotonic() + 5
    while len(running.hub) and time.monotonic() < until:
        time.sleep(0.02)
    assert len(running.hub) == 0
    assert not running.hub._streams


def test_the_line_beats(running, page, monkeypatch):
    monkeypatch.setattr("collegium.realtime.hub.BEAT", 1)
    running.in_loop(lambda: [setattr(each, "turn", 0) for each in running.now._all()])
    assert page.read(3)
    assert page.text.rstrip().splitlines()[-2:][0].startswith(":")


def test_shutting_down_ends_all_lines_soon(running, page, browser):
    from collegium.realtime import stream

    began = time.monotonic()
    stream.shutdown()
    page.wait_for_end(1)
    assert time.monotonic() - began < 0.5
    again = running.open(browser)
    again.wait_for_end()
    assert "event:" not in again.text
