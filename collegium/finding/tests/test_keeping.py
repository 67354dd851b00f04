"""Searches for work that one keeps: whose they are, what is new, and what is typed about them."""

from datetime import timedelta

import pytest

from collegium.finding.keeping import actions
from collegium.finding.models.saved import Rhythm, Saved
from collegium.lib import clock
from collegium.openings.models import Opening
from collegium.openings.tests.scene import opening
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db

NEW = "/jobs/searches/new/?q=keeper"
LIST = "/jobs/searches/"


@pytest.fixture
def openings(cast):
    opening(cast.bo, title="Keeper of weirs")
    opening(cast.di, title="Keeper of seals")
    opening(cast.di, title="Baker")
    return cast


def saved(browser, name="Keepers", rhythm="weekly"):
    answer = browser.post(NEW, {"name": name, "rhythm": rhythm})
    assert answer.status_code == 302, answer.content.decode()
    return Saved.objects.order_by("-pk").first()


def shown(browser):
    return browser.get(LIST).content.decode().split("<main")[1].split("</main")[0]


def test_new_since_one_looked(openings):
    ada = openings.client("ada")
    kept = saved(ada)
    assert "2 openings" in shown(ada)
    assert "saved-new" not in shown(ada)
    opening(openings.bo, title="Keeper of keys")
    assert "1 new" in shown(ada)
    assert ada.get(kept.path)["Location"] == "/jobs/?q=keeper"
    assert "1 new" in shown(ada)  # whoever only follows an address has changed nothing
    assert ada.get(f"{kept.path}look/").status_code == 405
    assert ada.post(f"{kept.path}look/")["Location"] == "/jobs/?q=keeper"
    assert "saved-new" not in shown(ada)
    opening(openings.ed, title="Keeper of what Ada does not see")
    assert "3 openings" in shown(ada)
    assert "saved-new" not in shown(ada)


def test_change_remove_and_put_back(openings):
    ada = openings.client("ada")
    kept = saved(ada)
    saved(ada, "Others")
    assert ada.get(f"{kept.path}change/").status_code == 200
    assert ada.post(f"{kept.path}change/", {"name": " Wardens  of things ", "rhythm": "daily"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.name, kept.rhythm) == ("Wardens of things", Rhythm.DAILY)
    assert kept.due_at - clock.now() <= timedelta(days=1)
    answer = ada.post(f"{kept.path}change/", {"name": "others", "rhythm": "never"})
    assert answer.status_code == 422
    assert "You keep another search called" in answer.content.decode()
    assert ada.post(f"{kept.path}change/", {"name": "", "rhythm": "daily"}).status_code == 422
    assert ada.post(f"{kept.path}change/", {"name": "X", "rhythm": "hourly"}).status_code == 422
    assert ada.post(f"{kept.path}removal/").status_code == 302
    assert "Wardens" not in shown(ada)
    assert ada.get(kept.path).status_code == 404
    assert ada.post(f"{kept.path}restoration/").status_code == 302
    assert "Wardens" in shown(ada)
    assert ada.post(f"{kept.path}restoration/").status_code == 404


def test_no_mails_until_they_are_wanted_again(openings):
    kept = saved(openings.client("ada"), rhythm="never")
    assert kept.due_at is None
    Saved.objects.filter(pk=kept.pk).update(since=clock.now() - timedelta(days=30))
    kept.refresh_from_db()
    actions.change(kept, kept.name, "weekly", by=openings.ada)
    kept.refresh_from_db()
    assert clock.now() - kept.since < timedelta(minutes=1)
    assert kept.due_at > clock.now()


def test_they_are_ones_own(openings, client_of):
    ada, bo = openings.client("ada"), openings.client("bo")
    kept = saved(ada)
    assert "Keepers" not in shown(bo)
    assert bo.get(kept.path).status_code == 404
    for act in ("look", "change", "removal", "restoration"):
        assert bo.post(f"{kept.path}{act}/", {"name": "Mine", "rhythm": "daily"}).status_code == 404
    kept.refresh_from_db()
    assert (kept.name, kept.removed_at) == ("Keepers", None)
    assert client_of(None).get(LIST).status_code == 302


def test_nothing_to_save_and_too_many(openings, monkeypatch):
    ada = openings.client("ada")
    for address in ("/jobs/searches/new/", "/jobs/searches/new/?q=%21", "/jobs/searches/new/?after=x"):
        assert ada.post(address, {"name": "x", "rhythm": "daily"}).status_code == 404
    assert ada.get(NEW).status_code == 200
    saved(ada)
    monkeypatch.setattr(actions, "MOST", 1)
    answer = ada.post(NEW, {"name": "One more", "rhythm": "daily"})
    assert answer.status_code == 422
    assert "You keep 1 searches already" in answer.content.decode()


def test_the_list_costs_the_same_however_long(openings):
    ada = openings.client("ada")
    saved(ada)

    def more():
        for n in range(6):
            saved(ada, f"Keepers {n}")
        Opening.objects.update(title="Keeper")
        shown(ada)  # which also says what is waiting to be said

    assert_same_queries(lambda: ada.get(LIST), more, lambda: ada.get(LIST))
