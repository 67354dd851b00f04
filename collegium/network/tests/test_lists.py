"""Lists of people: what stands in them, in which order, how they go on, and what they cost."""

from datetime import timedelta

import pytest
from django.test import Client

from collegium.lib import clock
from collegium.members.models import Member
from collegium.network import actions, lists
from collegium.network.tests.reading import made_ago, read
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Connection, Invitation

HX = {"HX-Request": "true"}


def names_on(client: Client, address: str, people: list[Member]) -> list[str]:
    """Which of these people stand on the page and those after it, in the order they are read."""
    found: list[str] = []
    while address:
        text = client.get(address).text
        main = text[text.index('<main id="main"') :]
        here = [(main.index(f">{person.name}<"), person.name) for person in people if f">{person.name}<" in main]
        found += [name for _place, name in sorted(here)]
        start = main.find('<p class="older"><a class="button button-plain" href="')
        address = main[start:].split('href="')[1].split('"')[0].replace("&amp;", "&") if start > 0 else ""
    return found


def test_my_connections(cast: Cast) -> None:
    ada = cast.client("ada")
    page = read(ada.get("/network/connections/"))
    assert "Bo Okafor" in page
    for name in ("Cy Tanaka", "Di Varga", "Ed Novak", "Eve Marchetti", "Flo Reyes", "Hal Brandt", "Gus Petrov"):
        assert name not in page
    assert "Connections 1" in page, "the suspended one is not counted"


def test_searching_and_sorting(cast: Cast) -> None:
    people = [make_member(name) for name in ("Zoë Ångström", "Ali Çelik", "Mo 100%", "Mo 100_", "Kay Ω")]
    for person in people:
        connect(person, cast.ada)
    ada = cast.client("ada")
    everybody = [*people, cast.bo]
    newest = names_on(ada, "/network/connections/", everybody)
    assert newest == [person.name for person in reversed(people)] + ["Bo Okafor"]
    by_name = names_on(ada, "/network/connections/?sort=name", everybody)
    assert by_name == sorted((person.name for person in everybody), key=str.casefold)
    assert names_on(ada, "/network/connections/?q=zoe ang", everybody) == ["Zoë Ångström"]
    assert names_on(ada, "/network/connections/?q=100%25", everybody) == ["Mo 100%"]
    assert names_on(ada, "/network/connections/?q=100_", everybody) == ["Mo 100_"]
    assert "None of your connections matches" in read(ada.get("/network/connections/?q=nobody+like+this"))


@pytest.mark.parametrize("sort", ["recent", "name"])
def test_a_long_list_goes_on_without_gap_or_double(cast: Cast, sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    people = [make_member(f"Person {n}") for n in range(5)]
    for person in people:
        connect(person, cast.ada)
    # The same moment for three of them, as a bundle that is loaded brings it.
    Connection.objects.filter(member=cast.ada, other__in=people[1:4]).update(since=clock.now() - timedelta(days=1))
    found = names_on(cast.client("ada"), f"/network/connections/?sort={sort}", [*people, cast.bo])
    assert len(found) == 6
    assert set(found) == {person.name for person in [*people, cast.bo]}


@pytest.mark.parametrize(
    "address",
    [
        "/network/?after=x",
        "/network/?after=%00",
        "/network/sent/?after=AAAA",
        "/network/connections/?after=f_________8AAAAAAAAAAQ",
        "/network/connections/?after=gAAAAAAAAAAAAAAAAAAAAQ",
        "/network/connections/?sort=name&after=AAAAAAAAAAE",
    ],
)
def test_a_cursor_of_somebody_elses_making(cast: Cast, address: str) -> None:
    assert cast.client("ada").get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/network/connections/?q=%00&sort=%FF",
        "/network/connections/?q=" + "a" * 4000,
        "/network/fresh/?since=99999999999999999999",
        "/network/fresh/?since=-1",
    ],
)
def test_nonsense_is_taken_as_nothing(cast: Cast, address: str) -> None:
    assert cast.client("ada").get(address, headers=HX).status_code == 200


def test_following_is_independent_of_being_connected(cast: Cast) -> None:
    ada, cy = cast.client("ada"), cast.client("cy")
    assert ada.post("/network/with/cy-tanaka/follow/", follow=True).redirect_chain[0][0] == "/in/cy-tanaka/"
    assert "Cy Tanaka" in read(ada.get("/network/following/"))
    assert "Ada Lindqvist" in read(cy.get("/network/followers/"))
    assert not Connection.objects.between(cast.ada, cast.cy).exists()
    actions.follow(cast.ada, cast.bo)
    actions.disconnect(cast.ada, cast.bo)
    assert "Bo Okafor" in read(ada.get("/network/following/"))
    ada.post("/network/with/cy-tanaka/unfollow/", follow=True)
    assert "Cy Tanaka" not in read(ada.get("/network/following/"))
    cast.cy.refresh_from_db()
    assert cast.cy.follower_count == 0


def test_the_badge_and_what_other_pages_borrow(cast: Cast) -> None:
    ada = cast.client("ada")
    assert "1 invitation waits for you" in ada.get("/network/badge/", headers=HX).text
    waiting = ada.get("/network/waiting/", headers=HX).text
    assert "Delft workshop" in waiting
    assert "acceptance/" in waiting
    newest = Invitation.objects.get(recipient=cast.ada)
    assert "new invitation" not in ada.get(f"/network/fresh/?since={newest.pk}", headers=HX).text
    assert "1 new invitation" in ada.get(f"/network/fresh/?since={newest.pk - 1}", headers=HX).text
    assert ada.get("/network/badge/").headers["Location"] == "/network/"
    assert cast.client("bo").get("/network/waiting/", headers=HX).text.strip() == ""


@pytest.mark.parametrize("path", ["", "sent/", "connections/", "following/", "followers/", "blocked/"])
def test_an_empty_page_says_what_would_be_here(db: None, client_of, path: str) -> None:
    page = client_of(make_member("Jo Berg")).get(f"/network/{path}").text
    assert 'class="empty"' in page


@pytest.mark.parametrize("path", ["", "sent/", "connections/", "connections/?sort=name", "following/", "followers/"])
def test_a_page_costs_the_same_however_long(cast: Cast, path: str) -> None:
    ada = cast.client("ada")
    me = cast.ada

    def grow() -> None:
        for n in range(4):
            extra = make_member(f"Extra {path} {n}")
            connect(extra, cast.bo)
            actions.follow(me, extra)
            actions.follow(extra, me)
            asked = make_member(f"Asked {path} {n}")
            actions.invite(me, asked)
            asking = make_member(f"Asking {path} {n}")
            connect(asking, cast.bo)
            actions.invite(asking, me)
            connect(make_member(f"Friend {path} {n}"), me)

    grow()
    address = f"/network/{path}"
    grown = iter([None])

    def more() -> None:
        next(grown)
        for n in range(4):
            person = make_member(f"More {path} {n}")
            actions.follow(me, person)
            actions.follow(person, me)
            connect(make_member(f"Tied {path} {n}"), me)
            actions.invite(me, make_member(f"Invited {path} {n}"))
            asking = make_member(f"Curious {path} {n}")
            connect(asking, cast.bo)
            actions.invite(asking, me)

    assert_same_queries(lambda: ada.get(address), more, lambda: ada.get(address))


def test_old_invitations_stay_in_order(cast: Cast) -> None:
    younger = actions.invite(cast.di, cast.ada, note="Younger.")
    made_ago(Invitation.objects.get(sender=cast.flo), timedelta(days=3))
    page = read(cast.client("ada").get("/network/"))
    assert page.index("Younger.") < page.index("Delft workshop")
    assert younger.pk
