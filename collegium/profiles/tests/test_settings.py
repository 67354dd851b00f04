"""Saying who one is."""

import threading

import pytest
from django.db import connections as databases

from collegium.journal.models import Entry
from collegium.members.models import Member
from collegium.testing import cast as people
from collegium.testing.cast import client_of

WORDS = {
    "name": "Ada Lindqvist",
    "pronouns": "she/her",
    "headline": "Rivers, dams, and the people between them",
    "about": "One.\n\nTwo.",
    "place": "Uppsala",
    "handle": "ada-lindqvist",
    "visibility": "1",
    "connections_audience": "3",
}


@pytest.mark.django_db
def test_saved_and_shown(cast):
    ada = cast.client("ada")
    answer = ada.post("/settings/profile/", WORDS | {"visibility": "0"})
    assert answer.status_code == 302
    assert answer.url == "/in/ada-lindqvist/"
    cast.ada.refresh_from_db()
    assert (cast.ada.headline, cast.ada.about, cast.ada.visibility) == (WORDS["headline"], "One.\n\nTwo.", 0)
    assert Entry.objects.filter(kind="members.edited", actor=cast.ada.pk).count() == 1
    # The same once more changes nothing, so nothing happened.
    ada.post("/settings/profile/", WORDS | {"visibility": "0"})
    assert Entry.objects.filter(kind="members.edited").count() == 1


WRONG = {
    "no name": {"name": "  "},
    "long headline": {"headline": "x" * 221},
    "long about": {"about": "x" * 2601},
    "NUL": {"name": "Ada\0"},
    "control": {"headline": "a\x07b"},
    "override only": {"name": "\u202e\u202e"},
    "short handle": {"handle": "a"},
    "handle of the house": {"handle": "settings"},
    "handle with space": {"handle": "ada l"},
    "somebody's handle": {"handle": "bo-okafor"},
    "no such visibility": {"visibility": "2"},
    "no number": {"visibility": "x"},
    "no such audience": {"connections_audience": "0"},
    "nothing": dict.fromkeys(WORDS, ""),
}


@pytest.mark.django_db
def test_refused_with_what_was_typed_kept(make_member):
    make_member("Bo Okafor")
    ada = make_member("Ada Lindqvist")
    browser, before = client_of(ada), Member.objects.filter(pk=ada.pk).values().get()
    for case, change in WRONG.items():
        answer = browser.post("/settings/profile/", WORDS | {"place": "A place I typed"} | change)
        assert answer.status_code == 422, case
        page = answer.content.decode()
        assert "field-error" in page, case
        assert "A place I typed" in page or case == "nothing"
        assert Member.objects.filter(pk=ada.pk).values().get() == before, case


@pytest.mark.django_db
def test_fields_that_are_not_asked_for_are_ignored(cast):
    mean = {
        "standing": "suspended",
        "user": "1",
        "id": "1",
        "connection_count": "999",
        "follower_count": "9",
        "photo": "x",
    }
    assert cast.client("ada").post("/settings/profile/", WORDS | mean).status_code == 302
    cast.ada.refresh_from_db()
    assert (cast.ada.standing, cast.ada.follower_count, cast.ada.photo) == ("active", 0, "")


@pytest.mark.django_db
def test_one_edits_only_oneself_and_signed_in(cast):
    for name in ("nobody", "gus"):
        assert cast.client(name).get("/settings/profile/").status_code == 302
        assert cast.client(name).post("/settings/profile/", WORDS | {"name": "Mean"}).status_code == 302
    assert not Member.objects.filter(name="Mean").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_want_one_handle_at_once():
    both = [people.make_member("Kim Lund"), people.make_member("Lee Berg")]
    answers, gate = [], threading.Barrier(2)

    def want(member):
        browser = client_of(member)
        gate.wait()
        answers.append(browser.post("/settings/profile/", WORDS | {"name": member.name, "handle": "the-one"}))
        databases.close_all()

    threads = [threading.Thread(target=want, args=[member]) for member in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert "is taken" in next(a for a in answers if a.status_code == 422).content.decode()
    assert Member.objects.filter(handle="the-one").count() == 1
