"""Removing and blocking: said before it is done, silent, and at once on every surface."""

import pytest

from collegium.members.models import Member
from collegium.network import actions
from collegium.network.tests.reading import read
from collegium.testing.cast import Cast, connect
from collegium.ties.models import Block, Connection, Follow, Invitation

HX = {"HX-Request": "true"}


def test_removing_says_what_changes_and_is_silent(cast: Cast, hear) -> None:
    connect(cast.cy, cast.ada)
    actions.follow(cast.ada, cast.bo)
    hear()
    ada, bo = cast.client("ada"), cast.client("bo")
    assert "accepted your invitation" in read(bo.get("/notifications/"))
    question = read(ada.get("/network/with/bo-okafor/removal/"))
    assert "You have 2 connections now, and 1 then." in question
    assert "You go on following Bo Okafor." in question
    assert "Bo Okafor does not follow you" in question
    assert "You both know Cy Tanaka. That stays." in question
    assert "Nobody is told" in question
    ada.post("/network/with/bo-okafor/removal/")
    hear()
    assert not Connection.objects.between(cast.ada, cast.bo).exists()
    assert Follow.objects.filter(follower=cast.ada, followee=cast.bo).exists()
    assert "Ada Lindqvist" not in read(bo.get("/notifications/")), (
        "what was told is taken back, and nothing new is said"
    )
    for person in (cast.ada, cast.bo):
        person.refresh_from_db()
        assert person.connection_count == Connection.objects.filter(member=person).count()
    assert "not connected" in read(ada.get("/network/with/bo-okafor/removal/"))


def test_blocking_says_what_changes(cast: Cast) -> None:
    actions.follow(cast.flo, cast.ada)
    actions.follow(cast.ada, cast.flo)
    question = read(cast.client("ada").get("/network/with/flo-reyes/block/"))
    for sentence in (
        "Nothing of Flo Reyes is shown to you any more",
        "You no longer follow Flo Reyes.",
        "to you is closed.",
        "Flo Reyes no longer follows you.",
        "Flo Reyes is not told",
    ):
        assert sentence in question
    assert "The connection ends" not in question
    mine = read(cast.client("flo").get("/network/with/ada-lindqvist/block/"))
    assert "Your invitation of" in mine
    assert "is withdrawn." in mine
    with_bo = read(cast.client("ada").get("/network/with/bo-okafor/block/"))
    assert "The connection ends: you have 1 now, and 0 then." in with_bo


@pytest.mark.parametrize("blocker", ["ada", "flo"])
def test_blocking_ends_everything_both_ways(cast: Cast, blocker: str, hear) -> None:
    actions.follow(cast.flo, cast.ada)
    actions.follow(cast.ada, cast.flo)
    hear()
    other = "flo" if blocker == "ada" else "ada"
    done = cast.client(blocker).post(f"/network/with/{getattr(cast, other).handle}/block/", follow=True)
    assert done.redirect_chain[0][0] == "/network/blocked/"
    assert f"{getattr(cast, other).name} is blocked." in done.text
    hear()
    for viewer, hidden in ((blocker, other), (other, blocker)):
        client, person = cast.client(viewer), getattr(cast, hidden)
        for path in ("/network/", "/network/sent/", "/network/people/", "/network/following/"):
            assert person.name not in read(client.get(path)), (viewer, path)
        assert person.name not in read(client.get("/network/followers/"))
        assert person.name not in read(client.get("/notifications/"))
        assert client.get(f"/network/with/{person.handle}/").status_code == 404
        assert client.get(person.path).status_code == 404
        person.refresh_from_db()
        assert person.follower_count == 0
    assert not Invitation.objects.filter(state__in=Invitation.OPEN).exists()


def test_unblocking_brings_back_sight_and_nothing_else(cast: Cast) -> None:
    actions.block(cast.ada, cast.bo)
    ada, bo = cast.client("ada"), cast.client("bo")
    assert "Bo Okafor" in read(ada.get("/network/blocked/"))
    assert "Ada Lindqvist" not in read(bo.get("/network/blocked/"))
    assert bo.post("/network/with/ada-lindqvist/unblock/").status_code == 404, "nobody lifts another's block"
    ada.post("/network/with/bo-okafor/unblock/")
    assert not Block.objects.filter(blocked=cast.bo).exists()
    assert ada.get("/network/with/bo-okafor/").status_code == 200
    assert not Connection.objects.between(cast.ada, cast.bo).exists()


def test_blocking_is_no_way_around_the_pause(cast: Cast) -> None:
    actions.block(cast.flo, cast.ada)
    actions.unblock(cast.flo, cast.ada)
    flo = cast.client("flo")
    assert flo.post("/network/with/ada-lindqvist/invitation/", {"note": "We met in Delft."}).status_code == 409
    actions.block(cast.ada, cast.flo)
    actions.unblock(cast.ada, cast.flo)
    assert (
        cast.client("ada").post("/network/with/flo-reyes/invitation/", {"note": "We met in Delft."}).status_code == 302
    )


def test_the_blocked_list_holds_the_suspended_too(cast: Cast) -> None:
    Member.objects.filter(pk=cast.ed.pk).update(standing=Member.Standing.SUSPENDED)
    ada = cast.client("ada")
    assert "Ed Novak" in read(ada.get("/network/blocked/"))
    assert ada.post("/network/with/ed-novak/unblock/").status_code == 302


def test_in_place_with_htmx(cast: Cast) -> None:
    """The same forms in the dialog: the answer finds its own place, and the dialog closes."""
    ada = cast.client("ada")
    question = ada.get("/network/with/di-varga/invitation/", headers=HX)
    assert "<html" not in question.text
    assert 'name="in" value="dialog"' in question.text
    wrong = ada.post("/network/with/di-varga/invitation/", {"note": "x" * 301, "in": "dialog"}, headers=HX)
    assert wrong.status_code == 422
    assert "x" * 301 in wrong.text
    assert "HX-Trigger" not in wrong.headers
    right = ada.post("/network/with/di-varga/invitation/", {"note": "Hello", "in": "dialog"}, headers=HX)
    assert right.status_code == 200
    assert f"<hx-partial hx-target=\"[data-tie='{cast.di.pk}']\"" in right.text
    assert "Pending" in right.text
    assert (right.headers["HX-Reswap"], right.headers["HX-Trigger"]) == ("none", "dialog:close")
    again = ada.post("/network/with/di-varga/invitation/", {"note": "Other", "in": "dialog"}, headers=HX)
    assert again.status_code == 409
    assert again.text.startswith("You asked Di Varga on")
    followed = ada.post("/network/with/cy-tanaka/follow/", headers=HX)
    assert "<html" not in followed.text
    assert "Unfollow" in followed.text
    assert "hx-partial" in followed.text


def test_a_letter_that_was_ended_meanwhile_says_so_in_its_place(cast: Cast) -> None:
    invitation = Invitation.objects.with_people().get(sender=cast.flo)
    actions.withdraw(invitation, by=cast.flo)
    ada = cast.client("ada")
    plain = ada.post(f"{invitation.path}acceptance/")
    assert plain.status_code == 409
    assert "no longer open" in read(plain)
    fragment = ada.post(f"{invitation.path}acceptance/", headers=HX)
    assert fragment.status_code == 422
    assert "no longer open" in fragment.text
    assert "<html" not in fragment.text


def test_a_block_that_came_with_a_bundle_hides_too(cast: Cast) -> None:
    """The rows are enough: nothing relies on the verb having closed the invitation."""
    Block.objects.create(blocker=cast.flo, blocked=cast.ada)
    ada = cast.client("ada")
    assert "Flo Reyes" not in read(ada.get("/network/"))
    assert "waits for you" not in ada.get("/network/badge/", headers=HX).text
    assert ada.post(f"{Invitation.objects.get(sender=cast.flo).path}acceptance/").status_code == 404
