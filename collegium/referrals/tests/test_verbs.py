"""Asking, giving, declining, thinking better of it: limits, doing it twice, and what is no longer so."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from collegium.applications import actions as applications
from collegium.applications.tests.scene import application
from collegium.conduct import actions as conduct
from collegium.conduct.models import Restriction
from collegium.conduct.rules import Wait
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.notifications.models import Notification
from collegium.openings.models import Opening
from collegium.openings.tests.scene import led, works_at
from collegium.referrals import actions, reading, rules, tasks
from collegium.referrals.models import Referral, State
from collegium.referrals.tests.scene import NOTE, WORDS, asked, given, long_ago, scene
from collegium.testing.cast import Cast, connect

pytestmark = pytest.mark.django_db


def test_asking_twice_asks_once(cast: Cast) -> None:
    made = asked(cast)
    assert actions.ask(cast.ada, cast.bo, made.opening, note=NOTE).pk == made.row.pk
    with pytest.raises(Conflict, match="once for an opening"):
        actions.ask(cast.ada, cast.bo, made.opening, note="Again.")


def test_three_open_for_an_opening(cast: Cast, make_member: Callable[..., Member]) -> None:
    made = asked(cast)
    others = [make_member(f"Friend {n}") for n in range(4)]
    for other in others:
        connect(other, cast.ada)
        works_at(other, made.opening.organization)
    actions.ask(cast.ada, others[0], made.opening)
    second = actions.ask(cast.ada, others[1], made.opening)
    with pytest.raises(Conflict, match="the most there can be"):
        actions.ask(cast.ada, others[2], made.opening)
    # Declined in silence it still counts; withdrawn it does not.
    actions.decline(second, by=others[1])
    with pytest.raises(Conflict, match="the most there can be"):
        actions.ask(cast.ada, others[2], made.opening)
    actions.withdraw(second, by=cast.ada)
    assert actions.ask(cast.ada, others[2], made.opening)
    with pytest.raises(Conflict):
        actions.ask_again(second, by=cast.ada)


def test_ten_a_week(cast: Cast) -> None:
    made = scene(cast)
    for number in range(rules.WEEKLY):
        row = actions.ask(cast.ada, cast.bo, led(made.recruiter, title=f"Work {number}"))
        actions.withdraw(row, by=cast.ada)
    # Forgotten rows count all the same.
    Referral.objects.all().delete()
    with pytest.raises(Wait) as caught:
        actions.ask(cast.ada, cast.bo, made.opening)
    assert caught.value.until > clock.now() + timedelta(days=6)
    week_ago = ids.floor_at(clock.now() - timedelta(days=7, minutes=1))
    first = Entry.objects.filter(kind="referrals.asked").order_by("pk").first()
    Entry.objects.filter(pk=first.pk).update(id=week_ago)
    assert actions.ask(cast.ada, cast.bo, made.opening)


def test_whoever_is_restricted_asks_nobody(cast: Cast) -> None:
    made = scene(cast)
    until = clock.now() + timedelta(days=7)
    conduct.restrict(cast.ada, by=None, reason=Restriction.Reason.values[0], until=until, words="A week.")
    with pytest.raises(Wait):
        actions.ask(cast.ada, cast.bo, made.opening)


def test_each_verb_is_one_s_own(cast: Cast) -> None:
    made = asked(cast)
    for verb, others in (
        (actions.withdraw, (cast.bo, cast.cy, made.recruiter)),
        (actions.ask_again, (cast.bo,)),
        (actions.decline, (cast.ada, cast.cy, made.recruiter)),
        (actions.reopen, (cast.ada,)),
        (actions.take_back, (cast.ada, made.recruiter)),
        (actions.put_back, (cast.ada,)),
    ):
        for other in others:
            with pytest.raises(Refusal):
                verb(made.row, by=other)
    with pytest.raises(Refusal):
        actions.give(made.row, by=cast.ada, knows="together", words="Hers.")
    with pytest.raises(Refusal):
        actions.give(made.row, by=cast.bo, knows="nonsense", words=WORDS)
    with pytest.raises(Refusal):
        actions.give(made.row, by=cast.bo, knows="together", words="")


def test_late_is_late(cast: Cast) -> None:
    made = asked(cast)
    actions.withdraw(made.row, by=cast.ada)
    for verb in (actions.decline, actions.reopen):
        with pytest.raises(Conflict):
            verb(made.row, by=cast.bo)
    actions.ask_again(made.row, by=cast.ada)
    assert actions.give(made.row, by=cast.bo, knows="led", words=WORDS).state == State.GIVEN
    with pytest.raises(Conflict):
        actions.withdraw(made.row, by=cast.ada)
    with pytest.raises(Conflict):
        actions.decline(made.row, by=cast.bo)
    Opening.objects.filter(pk=made.opening.pk).update(expires_at=clock.now())
    with pytest.raises(Conflict, match="over"):
        actions.take_back(made.row, by=cast.bo)


def test_what_ran_out_cannot_be_undone(cast: Cast) -> None:
    made = asked(cast)
    actions.withdraw(made.row, by=cast.ada)
    long_ago(made.row)
    with pytest.raises(Conflict):
        actions.ask_again(made.row, by=cast.ada)


def test_who_hears(cast: Cast, hear: Callable[[], None]) -> None:
    made = asked(cast)
    hear()

    def told() -> list[tuple[int, str]]:
        rows = Notification.objects.filter(kind__startswith="referrals.").order_by("pk")
        return list(rows.values_list("recipient_id", "kind"))

    assert told() == [(cast.bo.pk, "referrals.asked")]
    assert "for a referral" in cast.client("bo").get("/notifications/").content.decode()
    actions.decline(made.row, by=cast.bo)
    hear()
    assert told() == []
    actions.reopen(made.row, by=cast.bo)
    hear()
    assert told() == [(cast.bo.pk, "referrals.asked")]
    actions.give(made.row, by=cast.bo, knows="together", words=WORDS)
    hear()
    assert told() == [(cast.ada.pk, "referrals.given")]
    assert "put in a word for you" in cast.client("ada").get("/notifications/").content.decode()
    actions.take_back(made.row, by=cast.bo)
    hear()
    assert told() == []


def test_nobody_who_hires_hears(cast: Cast, hear: Callable[[], None]) -> None:
    made = given(cast)
    hear()
    assert not Notification.objects.filter(recipient=made.recruiter).exists()


def test_before_and_after_the_application(cast: Cast) -> None:
    made = given(cast)
    row = application(made.opening, cast.ada)
    assert reading.given_for(made.opening, [cast.ada])
    # With what was sent goes what was said.
    applications.withdraw(row, by=cast.ada)
    applications.erase(row, by=cast.ada)
    assert not Referral.objects.exists()


def test_what_nobody_applied_with_is_forgotten(cast: Cast) -> None:
    made = given(cast)
    old = led(made.recruiter, title="Another")
    actions.ask(cast.ada, cast.bo, old)
    tasks.sweep()
    assert Referral.objects.count() == 2
    Referral.objects.filter(opening=old).update(asked_at=clock.now() - timedelta(days=184))
    ended = clock.now() - timedelta(days=180 + 14, minutes=1)
    Opening.objects.filter(pk=made.opening.pk).update(
        state=2, ended="filled", posted_at=ended - timedelta(days=1), expires_at=ended, closed_at=ended
    )
    tasks.sweep()
    assert not Referral.objects.exists()


def test_pages_without_a_script(cast: Cast) -> None:
    made = scene(cast)
    ada, bo = cast.client("ada"), cast.client("bo")
    form = f"{made.opening.path}referral/?of={cast.bo.handle}"
    assert NOTE not in ada.get(form).content.decode()
    assert ada.post(form, {"note": "x" * 601}).status_code == 422
    page = ada.post(form, {"note": NOTE})
    row = Referral.objects.get()
    assert page.headers["Location"] == row.path
    assert ada.post(form, {"note": "Again."}).status_code == 409
    assert NOTE in bo.get("/referrals/").content.decode()
    assert NOTE in bo.get(row.path).content.decode()
    assert bo.post(f"{row.path}words/", {"knows": "together", "words": ""}).status_code == 422
    assert bo.post(f"{row.path}decline/").status_code == 302
    assert bo.post(f"{row.path}reopening/").status_code == 302
    assert bo.post(f"{row.path}words/", {"knows": "together", "words": WORDS}).status_code == 302
    assert "Put in a word for you" in ada.get(f"{made.opening.path}people/").content.decode()
    assert bo.post(f"{row.path}taking-back/").status_code == 302
    assert "took it back" in ada.get(row.path).content.decode()
    assert bo.post(f"{row.path}putting-back/").status_code == 302
    assert ada.get(f"{row.path}withdrawal/").status_code == 404
    for verb in ("words", "decline", "reopening", "taking-back", "putting-back"):
        assert ada.post(f"{row.path}{verb}/", {"knows": "together", "words": "Hers."}).status_code == 404
        assert cast.client("cy").post(f"{row.path}{verb}/").status_code == 404


def test_undo_of_a_withdrawal(cast: Cast) -> None:
    made = asked(cast)
    ada = cast.client("ada")
    assert ada.get(f"{made.row.path}withdrawal/").status_code == 200
    assert ada.post(f"{made.row.path}withdrawal/").status_code == 302
    assert cast.client("bo").get(made.row.path).status_code == 404
    assert ada.post(f"{made.row.path}asking-again/").status_code == 302
    assert cast.client("bo").get(made.row.path).status_code == 200
