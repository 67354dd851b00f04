"""Searches one keeps: whose they are, what is new, and what is typed about them."""

import pytest

from collegium.members.models import Member
from collegium.search import actions
from collegium.search.models import MOST, Saved
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db

NEW = "/search/saved/new/?q=keeper"
LIST = "/search/saved/"


@pytest.fixture
def keepers(cast):
    Member.objects.filter(pk__in=[cast.bo.pk, cast.di.pk]).update(headline="Keeper")
    return cast


def saved(browser, name="Keepers"):
    answer = browser.post(NEW, {"name": name})
    assert answer.status_code == 302, answer.content.decode()
    return Saved.objects.order_by("-pk").first()


def test_new_since_one_looked(keepers):
    ada = keepers.client("ada")
    kept = saved(ada)
    page = ada.get(LIST).content.decode()
    assert "Keepers" in page
    assert "2 people" in page
    assert "saved-new" not in page
    Member.objects.filter(pk=keepers.cy.pk).update(headline="Keeper too")
    assert "1 new" in ada.get(LIST).content.decode()
    assert "1 new" in ada.get(LIST).content.decode()
    assert ada.get(kept.path)["Location"] == "/search/?q=keeper"
    assert "1 new" in ada.get(LIST).content.decode()  # whoever only follows an address has changed nothing
    assert ada.get(f"{kept.path}look/").status_code == 405
    answer = ada.post(f"{kept.path}look/")
    assert answer["Location"] == "/search/?q=keeper"
    assert "saved-new" not in ada.get(LIST).content.decode()
    Member.objects.filter(pk=keepers.cy.pk).update(headline="")
    page = ada.get(LIST).content.decode()
    assert "2 people" in page
    assert "saved-new" not in page


def test_rename_remove_and_put_back(keepers):
    ada = keepers.client("ada")
    kept = saved(ada)
    saved(ada, "Others")
    assert ada.post(f"{kept.path}name/", {"name": " Wardens  of things "}).status_code == 302
    kept.refresh_from_db()
    assert kept.name == "Wardens of things"
    answer = ada.post(f"{kept.path}name/", {"name": "others"})
    assert answer.status_code == 422
    assert "You keep another search called" in answer.content.decode()
    assert ada.post(f"{kept.path}name/", {"name": ""}).status_code == 422
    assert ada.post(f"{kept.path}removal/").status_code == 302
    assert "Wardens" not in ada.get(LIST).content.decode().split("<main")[1].split("</main")[0]
    assert ada.get(kept.path).status_code == 404
    assert ada.post(f"{kept.path}restoration/").status_code == 302
    assert "Wardens" in ada.get(LIST).content.decode()
    assert ada.post(f"{kept.path}restoration/").status_code == 404


def test_they_are_ones_own(keepers):
    ada, bo = keepers.client("ada"), keepers.client("bo")
    kept = saved(ada)
    assert "Keepers" not in bo.get(LIST).content.decode()
    assert bo.get(kept.path).status_code == 404
    for act in ("look", "name", "removal", "restoration"):
        assert bo.post(f"{kept.path}{act}/", {"name": "Mine"}).status_code == 404
    kept.refresh_from_db()
    assert (kept.name, kept.removed_at) == ("Keepers", None)


def test_nothing_to_save_and_too_many(keepers, monkeypatch):
    ada = keepers.client("ada")
    for address in ("/search/saved/new/", "/search/saved/new/?q=%21", "/search/saved/new/?after=x"):
        assert ada.post(address, {"name": "x"}).status_code == 404
    saved(ada)
    monkeypatch.setattr(actions, "MOST", 1)
    answer = ada.post(NEW, {"name": "One more"})
    assert answer.status_code == 422
    assert "You keep 1 searches already" in answer.content.decode()
    assert MOST > 1


def test_a_wide_search_is_kept_without_its_people(keepers, monkeypatch):
    monkeypatch.setattr("collegium.search.keeping.MOST_KNOWN", 1)
    ada = keepers.client("ada")
    assert saved(ada).known is None
    page = ada.get(LIST).content.decode()
    assert "too many to tell" in page
    assert "2 people" in page


def test_too_wide_words_are_said_and_nothing_is_lost(keepers, monkeypatch):
    """The words that cost most are named; the others, the form and the list stay as they are."""
    ada = keepers.client("ada")
    kept = saved(ada)
    monkeypatch.setattr("collegium.search.searching.MOST_ENTRIES", 1)
    page = ada.get("/search/", {"q": "glassblower OR ke OR NOT ad"}).content.decode()
    assert "Type more letters of “ke”" in page
    assert "glassblower”" not in page
    assert 'value="glassblower OR ke OR NOT ad"' in page
    assert "Save this search" not in page
    assert "Type more letters of “keeper”" in ada.get(LIST).content.decode()
    answer = ada.post(NEW, {"name": "Wide"})
    assert answer.status_code == 422
    assert "Type more letters" in answer.content.decode()
    looked = Saved.objects.get(pk=kept.pk).looked_at
    assert ada.post(f"{kept.path}look/").status_code == 302
    assert Saved.objects.get(pk=kept.pk).looked_at == looked
    assert "glassblower" in ada.get("/search/?q=glassblower").content.decode()


def test_the_list_costs_the_same_however_long(keepers):
    ada = keepers.client("ada")
    saved(ada)

    def more():
        for n in range(6):
            saved(ada, f"Keepers {n}")
        ada.get(LIST)  # which also says what is waiting to be said

    assert_same_queries(lambda: ada.get(LIST), more, lambda: ada.get(LIST))
