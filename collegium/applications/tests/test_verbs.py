"""Applying, moving, ending: what is kept, what is refused."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from collegium.applications import actions, consenting, settling, snapshot
from collegium.applications.models import Application, GoneCv, Sent, Standing, Step
from collegium.applications.tests import scene
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.openings.models import Ended, Hidden, Opening, Part, State
from collegium.openings.tests import scene as openings
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db


def test_applying_keeps_a_copy_of_everything(cast: Cast) -> None:
    cast.di.headline = "Builds dams"
    cast.di.save()
    row = scene.application(openings.led(cast.ada), cast.di, cv=scene.cv(cast.di))
    sent = row.sent
    assert (row.standing, sent.name, sent.headline, sent.email) == (0, "Di Varga", "Builds dams", cast.di.user.email)
    cast.di.cvs.all().delete()
    settling.clear()
    assert default_storage.open(sent.cv_stored).read() == b"%PDF-1.7 of hers"
    assert [step.standing for step in row.steps.all()] == [Standing.SENT]


def test_the_same_form_twice_is_one_application_and_another_is_refused(cast: Cast) -> None:
    opening, key = openings.led(cast.ada), uuid.uuid4()
    first = scene.application(opening, cast.di, form_key=key)
    assert scene.application(opening, cast.di, form_key=key) == first
    with pytest.raises(Conflict):
        scene.application(opening, cast.di, form_key=uuid.uuid4())
    assert Application.objects.count() == 1


def test_who_cannot_apply(cast: Cast) -> None:
    opening = openings.led(cast.ada, members_only=True)
    openings.seated(opening, cast.bo, Part.OBSERVER)
    Hidden.objects.create(opening=opening, what="person", person=cast.cy)
    for name, wanted in (("ada", Conflict), ("bo", Conflict), ("cy", Refusal), ("ed", Refusal), ("gus", Refusal)):
        with pytest.raises(wanted):
            scene.application(opening, getattr(cast, name))
    Opening.objects.filter(pk=opening.pk).update(state=State.CLOSED, closed_at=clock.now(), ended=Ended.FILLED)
    with pytest.raises(Conflict):
        scene.application(opening, cast.di)
    assert not Application.objects.exists()


def test_other_days_than_were_read_are_refused(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    read = consenting.of(opening)
    Opening.objects.filter(pk=opening.pk).update(kept_days=700)
    with pytest.raises(Conflict):
        scene.application(opening, cast.di, consent=read)


def test_a_must_that_is_not_passed_ends_it_at_once_with_the_question(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    asked = scene.question(opening)
    row = scene.application(opening, cast.di, answers={asked.pk: "no"})
    row.refresh_from_db()
    assert row.standing == Standing.UNFIT
    assert row.answered_at is None
    assert row.erase_at is not None
    assert [(step.standing, step.words) for step in row.steps.order_by("pk")] == [(0, ""), (12, asked.words)]
    with pytest.raises(Conflict):
        scene.application(opening, cast.hal, answers={})


def test_answers_are_judged_by_their_rules(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    least = scene.question(opening, "How many years?", answer="number", least=3, passing=[], must=True)
    wish = scene.question(opening, "Which?", answer="choice", choices=["Go", "C"], passing=["Go"], must=False)
    for years, which, standing in (("3", "C", 0), ("2.9", "Go", 12), ("3,5", "Go", 0)):
        Application.objects.all().delete()
        row = scene.application(opening, cast.di, answers={least.pk: years, wish.pk: which})
        assert Application.objects.get(pk=row.pk).standing == standing
    for years, which in (("many", "Go"), ("3", "Rust"), ("NaN", "Go"), ("1e99", "Go"), ("", "Go")):
        with pytest.raises(Conflict):
            scene.application(opening, cast.hal, answers={least.pk: years, wish.pk: which})


def test_moving_counts_as_an_answer_and_reading_does_not(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    row = scene.application(opening, cast.di)
    Opening.objects.update(reviewed_at=clock.now() - timedelta(days=5))
    row = actions.seen(row, by=cast.ada)
    assert (row.standing, row.answered_at) == (Standing.SEEN, None)
    opening.refresh_from_db()
    assert opening.reviewed_at is not None
    assert opening.reviewed_at > clock.now() - timedelta(minutes=1)
    row = actions.move(row, Standing.INTERVIEW, by=cast.ada, words="On Monday?")
    assert row.answered_at is not None
    with pytest.raises(Refusal):
        actions.move(row, Standing.OFFER, by=cast.bo)
    with pytest.raises(Conflict):
        actions.move(row, Standing.WITHDRAWN, by=cast.ada)


def test_what_is_sent_twice_reaches_her_once(cast: Cast) -> None:
    row = scene.application(openings.led(cast.ada), cast.di)
    known = row.steps.latest("pk").pk
    actions.answer(row, "Thank you.", by=cast.ada, since=known)
    with pytest.raises(Conflict):
        actions.answer(row, "Thank you.", by=cast.ada, since=known)
    assert row.steps.filter(words="Thank you.").count() == 1


def test_withdrawn_is_withdrawn_and_declined_may_be_taken_up_again(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    row = actions.withdraw(scene.application(opening, cast.di), by=cast.di)
    with pytest.raises(Conflict):
        actions.move(row, Standing.OFFER, by=cast.ada)
    other = actions.move(scene.application(opening, cast.hal), Standing.DECLINED, by=cast.ada)
    with pytest.raises(Conflict):
        actions.withdraw(other, by=cast.hal)
    assert other.erase_at is not None
    again = actions.move(other, Standing.OFFER, by=cast.ada)
    assert (again.ended_at, again.erase_at) == (None, None)


def test_a_suspended_applicant_can_be_declined_and_not_taken_further(cast: Cast) -> None:
    row = scene.application(openings.led(cast.ada), cast.di)
    type(cast.di).objects.filter(pk=cast.di.pk).update(standing="suspended")
    with pytest.raises(Conflict):
        actions.move(row, Standing.INTERVIEW, by=cast.ada)
    assert actions.move(row, Standing.DECLINED, by=cast.ada).has_ended


def test_after_fourteen_days_it_ends_unanswered(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    row, spoken = scene.application(opening, cast.di), scene.application(opening, cast.hal)
    closed = clock.now() - timedelta(days=14, minutes=1)
    Opening.objects.update(state=State.CLOSED, closed_at=closed, ended=Ended.EXPIRED)
    # Of somebody who was spoken to since, the days begin with that.
    actions.answer(spoken, "We shall know on Friday.", by=cast.ada)
    settling.settle()
    row.refresh_from_db()
    spoken.refresh_from_db()
    assert (row.standing, spoken.standing) == (Standing.UNANSWERED, Standing.SENT)
    assert row.answered_at is None


def test_when_its_days_are_over_everything_goes_and_the_row_stays(cast: Cast) -> None:
    opening = openings.led(cast.ada, kept_days=30)
    row = scene.application(opening, cast.di, cv=scene.cv(cast.di))
    asked = scene.question(opening, must=False, required=False)
    other = scene.application(opening, cast.hal, answers={asked.pk: "yes"})
    for each in (row, other):
        actions.move(each, Standing.DECLINED, by=cast.ada, words="Dear Di")
    stored = row.sent.cv_stored
    Application.objects.filter(pk=row.pk).update(erase_at=clock.now())
    settling.settle()
    row.refresh_from_db()
    assert (row.applicant, row.standing) == (None, Standing.DECLINED)
    assert not Sent.objects.filter(application=row).exists()
    assert not Step.objects.filter(application=row).exclude(words="").exists()
    assert not default_storage.exists(stored)
    assert not GoneCv.objects.exists()
    assert other.answers.count() == 1
    with pytest.raises(Conflict):
        actions.move(row, Standing.OFFER, by=cast.ada)


def test_erasing_early_is_hers_alone_and_after_the_end(cast: Cast) -> None:
    row = scene.application(openings.led(cast.ada), cast.di)
    with pytest.raises(Conflict):
        actions.erase(row, by=cast.di)
    row = actions.withdraw(row, by=cast.di)
    with pytest.raises(Refusal):
        actions.erase(row, by=cast.ada)
    actions.erase(row, by=cast.di)
    row.refresh_from_db()
    assert row.applicant is None
    assert row.form_key is None


def test_when_the_account_goes_everything_goes(cast: Cast) -> None:
    row = scene.application(openings.led(cast.ada), cast.di, cv=scene.cv(cast.di))
    files = [row.sent.cv_stored, cast.di.cvs.get().stored]
    cast.di.user.delete()
    settling.settle()
    row.refresh_from_db()
    assert (row.standing, row.erased_at is not None) == (Standing.WITHDRAWN, True)
    assert not any(map(default_storage.exists, files))


def test_a_photo_goes_along_as_a_copy_only_where_she_sends_it(cast: Cast) -> None:
    from collegium.media.storage import discard, store

    cast.di.photo = store({96: b"small", 192: b"face", 512: b"large"})
    cast.di.save()
    opening = openings.led(cast.ada)
    assert scene.application(opening, cast.di).sent.photo == ""
    Application.objects.all().delete()
    row = scene.application(opening, cast.di, snapshot=snapshot.of(cast.di, (), photo=True))
    discard(cast.di.photo)
    assert default_storage.open(row.sent.photo).read() == b"face"
