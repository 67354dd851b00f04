"""Telling: once, only whom it concerns, and not beyond its time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from collegium.lib import clock
from collegium.notifications.models import Notification
from collegium.notifications.tell import CAUSE_LIMIT, notify, retract
from collegium.realtime.models import Line, Poke

pytestmark = pytest.mark.usefixtures("subjects")


def tell(recipients, actor, cause="cause", **more):
    return notify([who.pk for who in recipients], kind="test.plain", actor=actor and actor.pk, cause=cause, **more)


def told(member):
    return Notification.objects.filter(recipient=member).count()


def test_a_cause_tells_each_recipient_once(cast):
    assert tell([cast.ada, cast.cy], cast.bo) == {cast.ada.pk, cast.cy.pk}
    assert tell([cast.ada, cast.di], cast.bo) == {cast.di.pk}
    assert [told(who) for who in (cast.ada, cast.cy, cast.di)] == [1, 1, 1]
    assert tell([cast.ada], cast.bo, "another cause") == {cast.ada.pk}


@pytest.mark.parametrize(
    ("actor", "hears"),
    [
        ("bo", True),
        ("cy", True),
        ("di", True),
        ("flo", True),
        ("hal", True),
        (None, True),
        ("ada", False),
        ("ed", False),
        ("eve", False),
        ("gus", False),
    ],
)
def test_who_is_told_by_whom(cast, actor, hears):
    """Not of one's own doing, nor of those blocked either way, nor of the suspended."""
    assert (tell([cast.ada], actor and getattr(cast, actor)) == {cast.ada.pk}) == hears


def test_the_suspended_are_told_nothing(cast):
    assert tell([cast.gus, cast.ada], cast.bo) == {cast.ada.pk}


def test_what_was_told_is_kept(cast):
    tell([cast.ada], cast.bo, subject=12, word="a “word”", number=3)
    row = Notification.objects.get()
    assert (row.kind, row.actor, row.subject, row.read_at) == ("test.plain", cast.bo, 12, None)
    assert row.data == {"word": "a “word”", "number": 3}
    assert abs((row.created_at - clock.now()).total_seconds()) < 60


def test_telling_many_costs_as_much_as_telling_one(cast, make_member):
    people = [make_member(f"Member {number}") for number in range(30)]
    with CaptureQueriesContext(connection) as one:
        tell(people[:1], cast.bo, "one")
    with CaptureQueriesContext(connection) as many:
        assert len(tell(people, cast.bo, "many")) == 30
    assert len(many) == len(one)


def test_open_pages_of_those_told_look_again_and_only_theirs(cast):
    now = clock.now()
    for who in (cast.ada, cast.cy, cast.gus):
        Line.objects.create(member=who, since=now, seen_at=now)
    tell([cast.ada, cast.di, cast.gus], cast.bo)
    assert list(Poke.objects.values_list("member_id", "topic")) == [(cast.ada.pk, "notifications")]
    tell([cast.ada], cast.bo)
    assert Poke.objects.count() == 1, "told before: nothing to look at"
    retract(cause="cause")
    assert Poke.objects.count() == 2


def test_taking_back(cast):
    for cause, subject in (("one", 1), ("two", 2), ("three", 2)):
        tell([cast.ada, cast.cy], cast.bo, cause, subject=subject)
    assert retract(cause="one") == 2
    assert retract(cause="one") == 0
    assert retract(kind="test.named", subject=2) == 0
    assert retract(kind="test.plain", subject=2) == 4
    assert not Notification.objects.exists()
    assert tell([cast.ada], cast.bo, "one") == {cast.ada.pk}, "what was taken back may be told again"


def test_what_makes_no_sense_is_refused(cast):
    for cause in ("", "x" * (CAUSE_LIMIT + 1)):
        with pytest.raises(ValueError, match="a cause has"):
            tell([cast.ada], cast.bo, cause)
    with pytest.raises(ImproperlyConfigured):
        notify([cast.ada.pk], kind="test.unheard", actor=None, cause="cause")
    with pytest.raises(ValueError, match="needs a cause or a subject"):
        retract(kind="test.plain")
    assert notify([], kind="test.plain", actor=None, cause="cause") == set()


def together(*calls):
    """Run the calls at the same moment, each in a connection and a transaction of its own; what they returned."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        try:
            with transaction.atomic():
                connection.ensure_connection()
                barrier.wait(10)
                return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(30) for future in [pool.submit(run, call) for call in calls]]


@pytest.mark.django_db(transaction=True)
def test_told_at_the_same_moment_is_told_once(make_member):
    """Real transactions, in opposite orders of recipients: exactly one row each, no deadlock, no error."""
    actor, *people = [make_member(f"Member {number}") for number in range(6)]
    try:
        for turn in range(10):
            orders = [people, people[::-1]] * 2
            answers = together(*[partial(tell, order, actor, f"turn {turn}") for order in orders])
            assert sorted(key for answer in answers for key in answer) == sorted(who.pk for who in people)
        assert Notification.objects.count() == 10 * len(people)
    finally:
        connection.close_pool()


@pytest.mark.django_db(transaction=True)
def test_taken_back_at_the_same_moment(make_member):
    """Telling and taking back, twice each: no error, no deadlock, never more than one row each."""
    actor, *people = [make_member(f"Member {number}") for number in range(6)]
    try:
        for _ in range(10):
            together(
                lambda: tell(people, actor),
                lambda: retract(cause="cause"),
                lambda: tell(people[::-1], actor),
                lambda: retract(cause="cause"),
            )
            assert all(told(who) <= 1 for who in people)
    finally:
        connection.close_pool()
