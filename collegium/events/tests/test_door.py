"""Tickets and the door: who opens what, letting in once, and what may be taken along."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from collegium.events.actions import answering, changing, hosting
from collegium.events.door import actions
from collegium.events.models import Attendance, Event, Helper, Occurrence, Question, State
from collegium.events.tests.scene import come, first, make, pattern
from collegium.groups.actions.doors import join
from collegium.groups.actions.founding import Charter, found
from collegium.groups.models import Membership
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications import kinds
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries
from collegium.testing.racing import race


def door_of(row: Occurrence) -> str:
    return f"/events/{row.event_id}/door/{row.pk}/"


def stand(cast: Cast) -> tuple[Event, Occurrence, dict[str, Attendance]]:
    """Ada hosts with Bo; Flo helps; Cy comes with a guest, Di waits, Hal was refused nothing and only looks on."""
    event = make(cast.ada, capacity=3, guests_allowed=2)
    row = first(event)
    hosting.ask(event, cast.bo, by=cast.ada)
    hosting.accept(event, by=cast.bo)
    come(row, cast.cy, guests=1)
    come(row, cast.flo)
    come(row, cast.di)
    actions.ask_to_help(event, cast.flo, by=cast.ada)
    return (
        event,
        row,
        {each.member.name.split()[0].lower(): each for each in Attendance.objects.select_related("member")},
    )


# ticket: opened by its code, of Cy, who comes · line: of Di, who waits · list: the door · file: the table · in: lets in
TABLE = """
         ticket line list file in
ada      door   door 200  200  302
bo       door   door 200  200  302
flo      door   door 200  403  302
cy       own    404  403  403  403
di       404    own  403  403  403
hal      404    404  403  403  403
ed       404    404  404  404  404
eve      404    404  404  404  404
gus      302    302  302  302  302
nobody   302    302  302  302  302
"""


def test_who_opens_what(cast: Cast) -> None:
    _event, row, mine = stand(cast)
    _head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    for name, *cells in lines:
        client = cast.client(name)
        told = []
        for who in ("cy", "di"):
            page = client.get(f"/events/door/{mine[who].code}/")
            text = page.content.decode()
            kind = "door" if "The list at the door" in text else "own"
            told.append(kind if page.status_code == 200 else str(page.status_code))
        told += [str(client.get(door_of(row) + path).status_code) for path in ("", "list.csv")]
        told.append(str(client.post(f"{door_of(row)}{mine['cy'].pk}/entry/").status_code))
        assert told == cells, name


def test_a_ticket_shows_its_code_to_its_owner_alone(cast: Cast) -> None:
    event, row, mine = stand(cast)
    code = mine["cy"].code
    page = cast.client("cy").get(f"/events/door/{code}/")
    text = page.content.decode()
    assert "<svg" in text
    assert 'class="ticket-code"' in text
    assert "style=" not in text[text.index("<svg") : text.index("</svg>")]
    assert re.sub(r"\s", "", text[text.index("ticket-spoken") :]).startswith(f'ticket-spoken"dir="ltr">{code}')
    assert "no-store" in page["Cache-Control"]
    assert "ticket-code" not in cast.client("di").get(f"/events/door/{mine['di'].code}/").content.decode()
    assert "ticket-code" not in cast.client("flo").get(f"/events/door/{code}/").content.decode()
    answer = cast.client("cy").get(f"{event.path}ticket/?on={row.pk}")
    assert answer["Location"] == f"/events/door/{code}/"
    assert cast.client("di").get(f"{event.path}ticket/?on={row.pk}").status_code == 404
    assert f"{event.path}ticket/" in cast.client("cy").get(event.path).content.decode()


@pytest.mark.parametrize("code", ["x", "x" * 500, "%00", "..", "%2e%2e", "\u202e", "1", "a" * 22])
def test_no_such_ticket(cast: Cast, code: str) -> None:
    stand(cast)
    assert cast.client("ada").get(f"/events/door/{code}/").status_code == 404


def test_whose_sight_ended_has_no_ticket(cast: Cast) -> None:
    event = make(cast.ada, 3)
    (row,) = come(event, cast.bo)
    assert cast.client("bo").get(f"/events/door/{row.code}/").status_code == 200
    network.disconnect(cast.ada, cast.bo)
    assert cast.client("bo").get(f"/events/door/{row.code}/").status_code == 404


def test_a_helper_whom_a_block_parts_stands_at_no_door(cast: Cast) -> None:
    _event, row, mine = stand(cast)
    client = cast.client("flo")
    network.block(cast.bo, cast.flo)
    assert client.get(door_of(row)).status_code in (403, 404)
    assert client.get(f"/events/door/{mine['cy'].code}/").status_code == 404
    with pytest.raises(Refusal):
        actions.let_in(mine["cy"], by=cast.flo)
    other = make(cast.ada)
    come(other, cast.flo, cast.cy)
    actions.ask_to_help(other, cast.flo, by=cast.ada)
    network.block(cast.cy, cast.flo)
    code = Attendance.objects.get(occurrence__event=other, member=cast.cy).code
    assert client.get(f"/events/door/{code}/").status_code == 404
    assert "Cy Tanaka" not in client.get(door_of(first(other))).content.decode()


def test_letting_in_is_done_once_and_taken_back(cast: Cast) -> None:
    _event, row, mine = stand(cast)
    cy = mine["cy"]
    answer, fresh = actions.let_in(cy, by=cast.flo)
    assert fresh
    assert answer.checked_in_by == cast.flo
    again, fresh = actions.let_in(cy, by=cast.ada)
    assert not fresh
    assert again.checked_in_by == cast.flo
    client = cast.client("ada")
    page = client.post(f"{door_of(row)}{cy.pk}/entry/", {"back": "ticket"}, follow=True).content.decode()
    assert "let in by Flo Reyes" in page
    assert "<b>2</b> in of 3 expected" in client.get(door_of(row)).content.decode()
    assert client.post(f"{door_of(row)}{cy.pk}/entry/undo/").status_code == 302
    assert Attendance.objects.get(pk=cy.pk).checked_in_at is None
    assert "<b>0</b> in of 3 expected" in client.get(door_of(row)).content.decode()


@pytest.mark.parametrize("state", ["waiting", "asked", "interested", "declined", "refused"])
def test_nobody_without_a_seat_is_let_in(cast: Cast, state: str) -> None:
    _event, row, mine = stand(cast)
    Attendance.objects.filter(pk=mine["di"].pk).update(state=state)
    with pytest.raises(Conflict):
        actions.let_in(mine["di"], by=cast.ada)
    page = cast.client("ada").post(f"{door_of(row)}{mine['di'].pk}/entry/", follow=True)
    assert "has no seat" in page.content.decode()
    assert '/entry/"' not in cast.client("ada").get(f"/events/door/{mine['di'].code}/").content.decode()


def test_nobody_is_let_into_what_was_cancelled(cast: Cast) -> None:
    event, row, mine = stand(cast)
    changing.cancel_one(row, by=cast.ada)
    with pytest.raises(Conflict):
        actions.let_in(mine["cy"], by=cast.ada)
    other = make(cast.ada)
    (cy,) = come(other, cast.cy)
    changing.cancel(other, by=cast.ada)
    with pytest.raises(Conflict):
        actions.let_in(cy, by=cast.ada)
    assert event.pk != other.pk


def test_an_answer_belongs_to_its_own_event_and_date(cast: Cast) -> None:
    event, row, mine = stand(cast)
    other = make(cast.bo, when=pattern(rule="FREQ=WEEKLY;COUNT=2"))
    wrong = [door_of(first(other)), f"/events/{other.pk}/door/{row.pk}/", f"/events/{event.pk}/door/{first(other).pk}/"]
    for path in wrong:
        assert cast.client("bo").post(f"{path}{mine['cy'].pk}/entry/").status_code == 404
    assert Attendance.objects.get(pk=mine["cy"].pk).checked_in_at is None


def test_the_list_is_looked_through(cast: Cast) -> None:
    _event, row, mine = stand(cast)
    client = cast.client("flo")

    def names(**asked: str) -> set[str]:
        text = client.get(door_of(row), asked).content.decode()
        part = text[text.index("door-list") :]
        return {name for name in ("Cy Tanaka", "Flo Reyes", "Di Varga") if f"<bdi>{name}</bdi>" in part}

    assert names() == {"Cy Tanaka", "Flo Reyes"}
    assert names(q="tán") == {"Cy Tanaka"}
    assert names(q=f"@{cast.flo.handle}") == {"Flo Reyes"}
    code = mine["cy"].code
    assert names(q=f"{code[:4]} {code[4:8]} {code[8:]}") == {"Cy Tanaka"}
    assert names(q=code[:8]) == set()
    assert names(q="%") == set()
    actions.let_in(mine["cy"], by=cast.ada)
    assert names(only="in") == {"Cy Tanaka"}
    assert names(only="expected") == {"Flo Reyes"}
    for odd in (
        "\0",
        "'\"<script>",
        "x" * 5000,
        "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ):
        assert client.get(door_of(row), {"q": odd, "only": odd}).status_code == 200
    piece = client.post(f"{door_of(row)}{mine['flo'].pk}/entry/", {"q": "flo"}, HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in piece
    assert "Flo Reyes" in piece
    assert "Cy Tanaka" not in piece


def test_the_file_names_by_consent(cast: Cast) -> None:
    event = make(cast.ada, guests_allowed=2)
    row = first(event)
    question = Question.objects.create(event=event, place=0, words="Meat?")
    answering.come(row, by=cast.cy, guests=1, listed=True, answers={str(question.pk): "=1+1"})
    answering.come(row, by=cast.di, listed=False, answers={str(question.pk): "canary-answer"})
    actions.let_in(Attendance.objects.get(member=cast.cy), by=cast.ada)
    answer = cast.client("ada").get(f"{door_of(row)}list.csv")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/csv")
    assert "Di Varga" not in text
    assert cast.di.handle not in text
    assert "canary-answer" not in text
    heads, cy, di = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert heads[-1] == "Meat?"
    assert (cy[0], cy[2], cy[4]) == ("Cy Tanaka", "1", "'=1+1")
    assert cy[3]
    assert (di[1], di[2], di[3], di[4]) == ("", "0", "", "")


def test_two_doors_at_once(transactional_db: None, make_member: Any) -> None:
    host, other, guest = make_member("Ada Lindqvist"), make_member("Bo Okafor"), make_member("Cy Tanaka")
    connect(host, other)
    for _ in range(5):
        event = make(host)
        hosting.ask(event, other, by=host)
        hosting.accept(event, by=other)
        (row,) = come(event, guest)
        outcome = race(*(lambda row=row, by=by: actions.let_in(row, by=by) for by in (host, other)))
        assert sorted(fresh for _row, fresh in outcome) == [False, True]
        known = {each.checked_in_by_id for each, _fresh in outcome}
        assert len(known) == 1


def _give_up(event: Event, guest: Member) -> Attendance:
    return answering.decline(first(event), by=guest)


def test_letting_in_while_she_gives_up(transactional_db: None, make_member: Any) -> None:
    host, guest = make_member("Ada Lindqvist"), make_member("Cy Tanaka")
    for _ in range(5):
        event = make(host)
        (row,) = come(event, guest)
        came, gone = race(lambda row=row: actions.let_in(row, by=host), lambda event=event: _give_up(event, guest))
        assert not isinstance(gone, Exception)
        assert isinstance(came, tuple | Conflict)
        now = Attendance.objects.get(pk=row.pk)
        assert (now.state, now.checked_in_at) == (State.DECLINED, None)


def test_who_is_asked_to_help(cast: Cast, hear: Callable[[], None]) -> None:
    event = make(cast.ada)
    with pytest.raises(Refusal):
        actions.ask_to_help(event, cast.di, by=cast.ada)
    come(event, cast.di)
    for wrong in (cast.bo, cast.di):
        with pytest.raises(Refusal):
            actions.ask_to_help(event, cast.cy, by=wrong)
    client = cast.client("ada")
    assert client.get(f"{event.path}helpers/").status_code == 200
    assert client.post(f"{event.path}helpers/", {"handle": "nobody-at-all"}).status_code == 422
    assert client.post(f"{event.path}helpers/", {"handle": f"@{cast.di.handle}"}).status_code == 302
    hear()
    assert Notification.objects.filter(recipient=cast.di, kind="events.help").count() == 1
    assert b"asks you to help at the door" in cast.client("di").get("/notifications/").content
    assert cast.client("di").get(f"{event.path}helpers/").status_code == 403
    assert b"You help at the door." in cast.client("di").get(event.path).content
    assert cast.client("bo").post(f"{event.path}helpers/{cast.di.handle}/removal/").status_code == 403
    assert cast.client("di").post(f"{event.path}helpers/{cast.di.handle}/removal/").status_code == 302
    hear()
    assert not Helper.objects.exists()
    assert not Notification.objects.filter(kind="events.help").exists()


def test_a_helper_who_leaves_the_group_helps_no_more(cast: Cast) -> None:
    group = found(cast.ada, Charter(name="Weirs", visibility="private"))
    for member in (cast.bo, cast.cy):
        join(group, by=member, agreed=True)
    event = make(cast.ada, group=group)
    come(event, cast.bo, cast.cy)
    actions.ask_to_help(event, cast.bo, by=cast.ada)
    row = first(event)
    assert cast.client("bo").get(door_of(row)).status_code == 200
    Membership.objects.filter(group=group, member=cast.bo).delete()
    assert cast.client("bo").get(door_of(row)).status_code == 404


def test_the_door_costs_the_same_however_many_come(cast: Cast, make_member: Any) -> None:
    _event, row, _mine = stand(cast)
    Event.objects.update(capacity=None)
    client = cast.client("ada")

    def grow() -> None:
        come(Occurrence.objects.get(pk=row.pk), *(make_member(f"Person {name}") for name in "ABCDEF"))
        for each in Attendance.objects.going()[:3]:
            actions.let_in(each, by=cast.ada)

    assert_same_queries(lambda: client.get(door_of(row)), grow, lambda: client.get(door_of(row)))


def test_a_ticket_for_another_day_says_so(cast: Cast) -> None:
    _event, row, mine = stand(cast)
    assert "another day" in cast.client("ada").get(f"/events/door/{mine['cy'].code}/").content.decode()
    Occurrence.objects.filter(pk=row.pk).update(
        starts_at=row.starts_at - timedelta(days=7), ends_at=row.ends_at - timedelta(days=7)
    )
    assert "another day" not in cast.client("ada").get(f"/events/door/{mine['cy'].code}/").content.decode()


def test_a_seat_that_came_free_leads_to_the_ticket(cast: Cast, hear: Callable[[], None]) -> None:
    event = make(cast.ada, capacity=1)
    come(event, cast.bo, cast.cy)
    answering.decline(first(event), by=cast.bo)
    hear()
    told = Notification.objects.get(recipient=cast.cy, kind="events.moved_up")
    path = kinds.of(told.kind).path(told)
    assert path == f"{event.path}ticket/?on={first(event).pk}"
    assert "/events/door/" in cast.client("cy").get(path)["Location"]
