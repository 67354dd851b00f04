"""Lists of people: what stands in them, in which order, how they go on, and what they cost."""

from datetime import timedelta

import pytest

from collegium.network import actions
from collegium.network.tests.reading import made_ago, read
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Connection, Invitation

HX = {"HX-Request": "true"}


def test_my_connections_are_my_people(cast: Cast) -> None:
    """The list itself stands in `contacts`; the old address leads there, with what was asked for."""
    ada = cast.client("ada")
    assert ada.get("/network/connections/?q=bo&x=1").headers["Location"] == "/network/people/?q=bo"
    assert "Connections 1" in read(ada.get("/network/")), "the suspended one is not counted"


@pytest.mark.parametrize(
    "address",
    [
        "/network/?after=x",
        "/network/?after=%00",
        "/network/sent/?after=AAAA",
        "/network/following/?after=f_________8AAAAAAAAAAQ",
        "/network/following/?after=gAAAAAAAAAAAAAAAAAAAAQ",
    ],
)
def test_a_cursor_of_somebody_elses_making(cast: Cast, address: str) -> None:
    assert cast.client("ada").get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
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


@pytest.mark.parametrize("path", ["", "sent/", "people/", "following/", "followers/", "blocked/"])
def test_an_empty_page_says_what_would_be_here(db: None, client_of, path: str) -> None:
    page = client_of(make_member("Jo Berg")).get(f"/network/{path}").text
    assert 'class="empty"' in page


@pytest.mark.parametrize("path", ["", "sent/", "following/", "followers/"])
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
            actions.invite(me, asked, note="Hello.")
            asking = make_member(f"Asking {path} {n}")
            connect(asking, cast.bo)
            actions.invite(asking, me, note="Hello.")
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
            actions.invite(me, make_member(f"Invited {path} {n}"), note="Hello.")
            asking = make_member(f"Curious {path} {n}")
            connect(asking, cast.bo)
            actions.invite(asking, me, note="Hello.")

    assert_same_queries(lambda: ada.get(address), more, lambda: ada.get(address))


def test_old_invitations_stay_in_order(cast: Cast) -> None:
    younger = actions.invite(cast.di, cast.ada, note="Younger.")
    made_ago(Invitation.objects.get(sender=cast.flo), timedelta(days=3))
    page = read(cast.client("ada").get("/network/"))
    assert page.index("Younger.") < page.index("Delft workshop")
    assert younger.pk
