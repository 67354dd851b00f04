"""Seats: who gets one, who waits, who moves up, and that the counter is what it counts."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from collegium.events.actions import answering, changing, deciding, laying, making
from collegium.events.details import Asked, Details
from collegium.events.models import Attendance, Occurrence, Question, State
from collegium.events.tasks import extend, seat, settle
from collegium.events.tests.scene import come, first, make, over, pattern, seats, tomorrow
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, make_member


def state(row: Occurrence, member: Member) -> str:
    return Attendance.objects.filter(occurrence=row, member=member).values_list("state", flat=True).first() or ""


def test_guests_take_seats_and_the_rest_wait(cast: Cast) -> None:
    event = make(cast.ada, capacity=3, guests_allowed=2)
    row = first(event)
    come(event, cast.bo, guests=1)
    come(event, cast.cy, guests=1)
    assert (state(row, cast.bo), state(row, cast.cy)) == (State.GOING, State.WAITING)
    assert seats(row) == (2, 2)
    with pytest.raises(Conflict):
        come(event, cast.di, guests=3)


def test_nobody_overtakes_a_larger_party(cast: Cast, hear) -> None:
    event = make(cast.ada, capacity=3, guests_allowed=2)
    row = first(event)
    come(event, cast.bo, guests=2)
    come(event, cast.cy, guests=2)
    come(event, cast.di)
    answering.come(row, by=cast.bo, guests=1)
    hear()
    # One seat came free: Cy needs three and stays first, Di does not pass her, and Cy is told.
    assert (state(row, cast.cy), state(row, cast.di)) == (State.WAITING, State.WAITING)
    assert Notification.objects.filter(recipient=cast.cy, kind="events.fewer").count() == 1
    come(event, cast.flo)
    assert state(row, cast.flo) == State.WAITING
    answering.come(row, by=cast.cy, guests=0)
    assert state(row, cast.cy) == State.GOING
    assert state(row, cast.di) == State.WAITING
    answering.decline(row, by=cast.bo)
    assert [state(row, each) for each in (cast.di, cast.flo)] == [State.GOING, State.GOING]
    assert seats(row) == (3, 3)
    hear()
    assert Notification.objects.filter(recipient=cast.di, kind="events.moved_up").count() == 1


def test_moving_up_gives_time_to_think(cast: Cast) -> None:
    event = make(cast.ada, capacity=1)
    row = first(event)
    come(event, cast.bo, cast.cy)
    answering.decline(row, by=cast.bo)
    mine = Attendance.objects.get(member=cast.cy)
    assert mine.state == State.GOING
    assert mine.give_back_by is not None
    assert clock.now() < mine.give_back_by <= clock.now() + timedelta(hours=24)
    Occurrence.objects.filter(pk=row.pk).update(starts_at=clock.now() + timedelta(hours=2))
    row.refresh_from_db()
    come(row, cast.bo)
    answering.decline(row, by=cast.cy)
    assert Attendance.objects.get(member=cast.bo).give_back_by < clock.now() + timedelta(hours=1, minutes=1)


def test_without_a_waiting_list_it_says_so(cast: Cast) -> None:
    event = make(cast.ada, capacity=1, waiting_list=False)
    come(event, cast.bo)
    with pytest.raises(Conflict, match="All seats are taken"):
        come(event, cast.cy)
    assert not Attendance.objects.filter(member=cast.cy).exists()


def test_whoever_waits_and_wants_more_begins_anew(cast: Cast) -> None:
    event = make(cast.ada, capacity=1, guests_allowed=2)
    row = first(event)
    come(event, cast.bo, cast.cy, cast.di)
    come(event, cast.cy, guests=1)
    answering.decline(row, by=cast.bo)
    assert (state(row, cast.di), state(row, cast.cy)) == (State.GOING, State.WAITING)


def test_more_seats_let_those_up_who_wait_and_fewer_send_nobody_away(cast: Cast) -> None:
    event = make(cast.ada, capacity=1)
    row = first(event)
    come(event, cast.bo, cast.cy, cast.di)
    said = {"title": "Weirs", "form": "both", "place": "Lock 4", "link": "https://meet.example.org/canary-9f2"}
    changing.edit(event, Details(**said, capacity=2), by=cast.ada)
    assert state(row, cast.cy) == State.GOING
    changing.edit(event, Details(**said, capacity=1), by=cast.ada)
    assert seats(row) == (2, 2)
    changing.edit(event, Details(**said, capacity=None), by=cast.ada)
    assert state(row, cast.di) == State.GOING


def test_time_for_answers(cast: Cast) -> None:
    event = make(cast.ada, answer_until=10080 * 2)
    row = first(event)
    with pytest.raises(Conflict, match="time for answers"):
        come(event, cast.bo)
    event = make(cast.ada)
    come(event, cast.bo)
    row = over(event)
    with pytest.raises(Conflict):
        come(row, cast.cy)
    with pytest.raises(Conflict):
        answering.decline(row, by=cast.bo)
    assert seats(row) == (1, 1)


def test_questions_must_be_answered(cast: Cast) -> None:
    event = make(cast.ada, questions=(Asked("Do you eat meat?", required=True), Asked("Anything else?")))
    row, question = first(event), Question.objects.get(place=0)
    with pytest.raises(Conflict):
        come(event, cast.bo)
    answering.come(row, by=cast.bo, answers={str(question.pk): "canary-no"})
    said = {"title": "Weirs", "form": "online", "link": "https://meet.example.org/x"}
    changing.edit(event, Details(**said, questions=(Asked("Anything else?"), Asked("Do you eat meat?"))), by=cast.ada)
    assert Question.objects.get(words="Do you eat meat?").pk == question.pk
    assert Question.objects.get(words="Do you eat meat?").place == 1


def test_approval(cast: Cast) -> None:
    event = make(cast.ada, approving=True, capacity=1)
    row = first(event)
    bo, cy = come(event, cast.bo, cast.cy)
    assert (bo.state, cy.state, seats(row)) == (State.ASKED, State.ASKED, (0, 0))
    assert deciding.accept(bo, by=cast.ada).state == State.GOING
    assert deciding.accept(cy, by=cast.ada).state == State.WAITING
    with pytest.raises(Conflict, match="not enough seats"):
        deciding.accept(Attendance.objects.get(pk=cy.pk), by=cast.ada)
    deciding.refuse(Attendance.objects.get(pk=bo.pk), "Next time.", by=cast.ada)
    assert state(row, cast.cy) == State.GOING
    with pytest.raises(Conflict):
        come(event, cast.bo)
    with pytest.raises(Refusal):
        deciding.accept(bo, by=cast.di)
    assert come(event, cast.ada)[0].state == State.WAITING, "a host needs nobody's yes, but a seat"
    with pytest.raises(Refusal):
        deciding.refuse(Attendance.objects.get(member=cast.ada), by=cast.ada)


def test_undo_gives_back_what_was_there(cast: Cast) -> None:
    event = make(cast.ada, capacity=1)
    row = first(event)
    come(event, cast.bo)
    answering.decline(row, by=cast.bo)
    assert answering.take_back(row, by=cast.bo).state == State.GOING
    come(event, cast.cy)
    answering.decline(row, by=cast.bo)
    assert state(row, cast.cy) == State.GOING
    # The seat has gone on meanwhile, so it is a place in the line.
    assert answering.take_back(row, by=cast.bo).state == State.WAITING
    answering.wonder(row, by=cast.di)
    assert answering.take_back(row, by=cast.di) is None
    assert seats(row) == (1, 1)


def test_a_block_ends_it_both_ways_and_frees_the_seat(cast: Cast, hear) -> None:
    event = make(cast.ada, capacity=2, guests_allowed=1)
    row = first(event)
    come(event, cast.bo, guests=1)
    come(event, cast.cy)
    network.block(cast.bo, cast.ada)
    hear()
    assert state(row, cast.bo) == ""
    assert state(row, cast.cy) == State.GOING
    assert seats(row) == (1, 1)


def test_who_leaves_the_community_gives_her_seat_back(cast: Cast) -> None:
    event = make(cast.ada, capacity=1)
    row = first(event)
    come(event, cast.bo, cast.cy)
    cast.bo.user.delete()
    assert seats(row) == (0, 0)
    seat()
    assert state(row, cast.cy) == State.GOING


def test_who_sees_it_no_more_gives_her_seat_back(cast: Cast) -> None:
    event = make(cast.ada, 3)
    row = first(event)
    come(event, cast.bo)
    network.disconnect(cast.ada, cast.bo)
    assert state(row, cast.bo) == State.GOING, "a parting can be taken back for a while"
    settle(one=cast.bo.pk, others=[cast.ada.pk])
    assert state(row, cast.bo) == ""
    assert seats(row) == (0, 0)


def test_laying_ahead(cast: Cast) -> None:
    event = make(cast.ada, when=pattern(rule="FREQ=DAILY"))
    assert event.occurrences.count() == laying.MOST
    assert laying.lay(event) == []
    Occurrence.objects.filter(event=event).update(starts_at=clock.now() - timedelta(days=3), ends_at=clock.now())
    extend()
    numbers = list(event.occurrences.values_list("number", flat=True).order_by("number"))
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > laying.MOST
    weekly = make(cast.ada, when=pattern(rule="FREQ=WEEKLY"))
    last = weekly.occurrences.order_by("-starts_at")[0]
    assert weekly.occurrences.count() in (52, 53)
    assert last.starts_at <= clock.now() + laying.AHEAD
    assert make(cast.ada).occurrences.count() == 1


def test_this_and_later(cast: Cast, hear) -> None:
    event = make(cast.ada, when=pattern(rule="FREQ=WEEKLY;COUNT=5"))
    rows = list(event.occurrences.order_by("number"))
    for row in rows:
        row.event = event
    come(rows[0], cast.bo)
    come(rows[3], cast.bo)
    start = (tomorrow() + timedelta(days=16)).replace(hour=20)
    changing.rearrange(event, pattern(start, rule="FREQ=WEEKLY;COUNT=3"), by=cast.ada, since=rows[2])
    fresh = list(event.occurrences.order_by("number"))
    assert [row.starts_at for row in fresh[:2]] == [row.starts_at for row in rows[:2]]
    assert len(fresh) == 5
    assert fresh[3].pk == rows[3].pk
    assert state(fresh[3], cast.bo) == State.GOING
    changing.rearrange(event, pattern(start, rule="FREQ=WEEKLY;COUNT=1"), by=cast.ada, since=fresh[2])
    left = list(event.occurrences.order_by("number"))
    assert [row.number for row in left] == [0, 1, 2, 3]
    assert left[3].cancelled_at is not None
    changing.end_before(left[1], by=cast.ada)
    assert event.occurrences.filter(cancelled_at=None).count() == 1
    event.refresh_from_db()
    assert "UNTIL" in event.rule
    laying.lay(event)
    assert event.occurrences.filter(cancelled_at=None).count() == 1


def test_one_form_is_one_event(cast: Cast) -> None:
    from uuid import uuid4

    key = uuid4()
    details = Details("Once", place="Here")
    made = [making.make(details, pattern(), by=cast.ada, form_key=key) for _ in range(2)]
    assert made[0].pk == made[1].pk


class Counting(TestCase):
    """However people answer, in whatever order, seats are what is counted and nobody sits who would not fit."""

    @settings(max_examples=12, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 4), st.sampled_from("cdwau"), st.integers(0, 3)), max_size=22),
        st.integers(1, 5),
    )
    def test_counter(self, steps: list[tuple[int, str, int]], capacity: int) -> None:
        host = make_member("Hosta Host")
        people = [make_member(f"Guest {name}") for name in "ABCDE"]
        row = first(make(host, capacity=capacity, guests_allowed=3))
        for who, what, guests in steps:
            try:
                match what:
                    case "c":
                        answering.come(row, by=people[who], guests=guests)
                    case "d":
                        answering.decline(row, by=people[who])
                    case "w":
                        answering.wonder(row, by=people[who])
                    case "u":
                        answering.take_back(row, by=people[who])
                    case _:
                        waiting = Attendance.objects.filter(occurrence=row, member=people[who]).first()
                        if waiting is not None:
                            deciding.accept(waiting, by=host)
            except Conflict:
                pass
            counted, so = seats(row)
            assert counted == so <= capacity
            line = list(Attendance.objects.in_line().filter(occurrence=row))
            if line:
                assert counted + line[0].seats > capacity, "a seat is free for the first in line"
