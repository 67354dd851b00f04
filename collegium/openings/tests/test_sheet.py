"""The sheet: what is typed is never lost, what is wrong is told beside its field, hostile words do no harm."""

import pytest

from collegium.career.actions import add_skills
from collegium.openings.details import keep_skills
from collegium.openings.models import Opening, State
from collegium.openings.tests import scene
from collegium.openings.tests.test_matrix import SHEET
from collegium.testing.cast import client_of

pytestmark = pytest.mark.django_db
NEW = "/jobs/new/?organization=acme"


@pytest.fixture
def browser(cast):
    scene.works_at(cast.ada, scene.acme())
    return client_of(cast.ada)


def test_from_the_sheet_to_readers(browser, cast):
    asked = {"q1-words": "Which shift?", "q1-answer": "choice", "q1-choices": "* Day\nNight", "q1-must": "on"}
    sent = SHEET | asked | {"required": "Python, Welding", "nice": "Swedish", "then": "preview"}
    response = browser.post(NEW, sent)
    row = Opening.objects.get()
    assert response["Location"] == f"{row.path}preview/"
    seen = browser.get(f"{row.path}preview/").content.decode()
    assert "€50,000–60,000 a year" in seen
    assert "You must answer: Day. Any other answer ends the application at once." in seen
    assert cast.client("bo").get(row.path).status_code == 404
    assert browser.post(f"{row.path}posting/")["Location"] == row.path
    assert cast.client("nobody").get(row.path).status_code == 200
    assert row.path in cast.client("di").get("/organizations/acme/jobs/").content.decode()


def test_what_hinders_stands_beside_its_field_and_the_words_stay(browser):
    sent = SHEET | {"pay_low": "", "vacancy": "", "source": "Words worth keeping.", "then": "post"}
    response = browser.post(NEW, sent)
    seen = response.content.decode()
    assert response.status_code == 422
    assert "Words worth keeping." in seen
    assert "write the least" in seen
    assert "Say whether this post is free now." in seen
    row = Opening.objects.get()
    assert (row.state, row.text) == (State.DRAFT, "Words worth keeping.")
    # The same from the preview, where nothing is sent along.
    again = browser.post(f"{row.path}posting/")
    assert again.status_code == 422
    assert "write the least" in again.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"pay_low": "lots"},
        {"pay_high": "9" * 20},
        {"pay_high": "90000"},
        {"currency": "XXX"},
        {"country": "ZZ"},
        {"way": "remote", "countries": "Atlantis"},
        {"way": "by foot"},
        {"days": "61"},
        {"days": "0"},
        {"kept_days": "1"},
        {"domains": "not a domain"},
        {"people": "@nobody-at-all"},
        {"required": ", ".join(f"skill {n}" for n in range(31))},
        {"title": "x" * 121},
        {"title": "\0"},
        {"q1-words": "How many?", "q1-answer": "number", "q1-must": "on"},
        {"q1-words": "How many?", "q1-answer": "number", "q1-least": "9" * 15},
        {"q1-words": "Which?", "q1-answer": "choice", "q1-choices": "one"},
        {"q1-words": "Which?", "q1-answer": "choice", "q1-choices": "one\ntwo", "q1-must": "on"},
        {"q1-words": "Why?", "q1-answer": "text", "q1-must": "on"},
        {"q1-words": "May you?", "q1-answer": "yes-no", "q1-must": "on"},
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(browser, wrong):
    response = browser.post(NEW, SHEET | {"source": "Words worth keeping."} | wrong)
    seen = response.content.decode()
    assert response.status_code == 422
    assert "Words worth keeping." in seen
    assert "field-error" in seen
    assert not Opening.objects.exists()


def test_whom_one_hides_it_from(browser, cast):
    sent = SHEET | {"people": f"@{cast.bo.handle}", "organizations": "Rivals", "domains": "Rivals.Example"}
    browser.post(NEW, sent)
    row = Opening.objects.get()
    assert row.members_only
    shown = browser.get(f"{row.path}edit/").content.decode()
    assert f"@{cast.bo.handle}" in shown
    assert "rivals.example" in shown
    # Somebody whom this recruiter does not see stays hidden from when she saves.
    row.hidden.create(what="person", person=cast.eve)
    browser.post(f"{row.path}edit/", sent)
    assert row.hidden.filter(person=cast.eve).exists()


def test_hostile_words(browser, cast):
    script = "<script>alert(1)</script>"
    sent = SHEET | {"title": script, "source": f"{script} [x](javascript:alert(1))", "place": script, "then": "post"}
    browser.post(NEW, sent | {"required": script, "q1-words": script, "q1-answer": "text"})
    row = Opening.objects.get()
    seen = cast.client("nobody").get(row.path).content.decode()
    assert "<script>alert" not in seen
    assert 'href="javascript' not in seen


@pytest.mark.parametrize("handle", ["", "nowhere", "\0", "x" * 300, "acme%00"])
def test_organizations_that_are_not_there(browser, handle):
    assert browser.get("/jobs/new/", {"organization": handle}).status_code in {200, 302, 404}


def test_a_page_of_one_that_is_over_says_so(browser, cast):
    row = scene.led(cast.ada)
    browser.post(f"{row.path}closing/", {"why": "filled"})
    gone = cast.client("nobody").get(row.path)
    assert gone.status_code == 410
    assert "This opening is over" in gone.content.decode()
    assert "Engineer" in gone.content.decode()
    assert cast.client("eve").get(row.path).status_code == 404
    assert browser.get(row.path).status_code == 200


def test_which_skills_are_hers(browser, cast):
    row = scene.led(cast.ada)
    keep_skills(row, ["Python", "Welding"], [])
    add_skills(cast.di, ["python"])
    assert "You list 1 of the 2 that are needed." in cast.client("di").get(row.path).content.decode()


def test_who_posted_is_named_to_those_who_may_see_her(browser, cast):
    row = scene.led(cast.ada)
    type(cast.ada).objects.filter(pk=cast.ada.pk).update(visibility=3)
    assert "Posted by" in cast.client("bo").get(row.path).content.decode()
    assert "Posted by" not in cast.client("di").get(row.path).content.decode()
