"""Asking: of whom, for whom, how often, and what one cannot find out by it."""

from datetime import timedelta

import pytest

from collegium.introductions import actions, rules
from collegium.introductions.models import Introduction
from collegium.introductions.tests import scene
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network.tests.reading import bare, read
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, client_of, connect, make_member
from collegium.testing.fixtures import assert_same_queries

ROOT = "/network/introductions/"
ASK = f"{ROOT}ask/cy-tanaka/"
LETTER = {"through": "bo-okafor", "to_target": scene.TO_CY, "to_introducer": scene.TO_BO}


def test_the_whole_way(cast: Cast, hear) -> None:
    ada, bo, cy = (cast.client(name) for name in ("ada", "bo", "cy"))
    assert "Ask for an introduction" in read(ada.get("/in/cy-tanaka/"))
    assert "Bo Okafor" in read(ada.get(ASK))
    row_path = ada.post(ASK, LETTER)["Location"]
    hear()
    assert "Ada Lindqvist asks you for an introduction to Cy Tanaka" in read(bo.get("/notifications/"))
    assert "Ada Lindqvist" not in read(cy.get("/notifications/"))
    words = read(bo.get(f"{row_path}forward/"))
    assert scene.TO_BO in words
    bo.post(f"{row_path}forward/", {"words": scene.EDITED, "cover": scene.COVER})
    hear()
    assert "asks you for an introduction" not in read(bo.get("/notifications/"))
    assert "Bo Okafor introduces Ada Lindqvist to you" in read(cy.get("/notifications/"))
    words = read(cy.get(row_path))
    assert "shortened or changed by Bo Okafor" in words
    assert "You both know Bo Okafor" in words
    assert cy.post(f"{row_path}acceptance/")["Location"] == row_path
    hear()
    talk = cy.get(row_path)["Location"]
    assert "Cy Tanaka would like to meet you, introduced by Bo Okafor" in read(ada.get("/notifications/"))
    told = Notification.objects.get(recipient=cast.ada, kind="introductions.accepted")
    assert ada.get(f"/notifications/{told.pk}/")["Location"] == talk
    for name, client in (("ada", ada), ("bo", bo), ("cy", cy)):
        assert client.get(row_path)["Location"] == talk
        assert client.post(f"{talk}messages/", {"text": f"Hello from {name}."}).status_code == 302
    for client in (ada, bo, cy):
        words = read(client.get(talk))
        assert all(f"Hello from {name}." in words for name in ("ada", "bo", "cy"))
    assert "stay in touch with Cy Tanaka" in read(ada.get(talk))
    assert "stay in touch with Ada Lindqvist" in read(cy.get(talk))
    assert "stay in touch" not in read(bo.get(talk))


def test_words_that_were_not_changed_are_said_to_be_hers(cast: Cast) -> None:
    row = scene.forwarded(cast, words=scene.TO_CY, cover="")
    assert "Ada Lindqvist wrote this for you" in read(cast.client("cy").get(row.path))


@pytest.mark.parametrize("name", ["di", "flo", "hal", "bo"])
def test_only_somebody_at_two_steps(cast: Cast, name: str) -> None:
    other = getattr(cast, name)
    words = read(cast.client("ada").get(f"{ROOT}ask/{other.handle}/"))
    assert "Send the letter" not in words
    with pytest.raises(Refusal):
        actions.ask(cast.ada, cast.bo, other, to_target="Hello.")


@pytest.mark.parametrize("name", ["ed", "eve", "gus"])
def test_nobody_one_does_not_see(cast: Cast, name: str) -> None:
    assert cast.client("ada").get(f"{ROOT}ask/{getattr(cast, name).handle}/").status_code == 404


def test_a_hidden_edge_is_no_way(cast: Cast) -> None:
    """The same answers whether Bo and Di know each other or not, as neither shows it."""
    Member.objects.filter(pk__in=[cast.bo.pk, cast.di.pk]).update(connections_audience=4)
    ada, asked = cast.client("ada"), {**LETTER, "through": "bo-okafor"}

    def answers() -> list[tuple[int, bytes]]:
        made = []
        for path in ("/network/with/di-varga/ways/", f"{ROOT}ask/di-varga/", f"{ROOT}ask/di-varga/?through=bo-okafor"):
            response = ada.get(path)
            made.append((response.status_code, bare(response)))
        response = ada.post(f"{ROOT}ask/di-varga/", asked)
        made.append((response.status_code, bare(response)))
        with pytest.raises(Refusal):
            actions.ask(cast.ada, cast.bo, cast.di, to_target="Hello.")
        return made

    apart = answers()
    connect(cast.bo, cast.di)
    assert answers() == apart
    assert not Introduction.objects.exists()


def test_no_more_than_five_wait_and_ten_a_week(cast: Cast) -> None:
    others = [make_member(f"Person {n}") for n in range(11)]
    for other in others:
        connect(other, cast.bo)
    rows = [actions.ask(cast.ada, cast.bo, other, to_target="Hello.") for other in others[:5]]
    with pytest.raises(Conflict, match="5 letters of yours wait"):
        actions.ask(cast.ada, cast.bo, others[5], to_target="Hello.")
    response = cast.client("ada").get(f"{ROOT}ask/{others[5].handle}/")
    assert "5 letters of yours wait" in read(response)
    actions.decline(rows[0], by=cast.bo)
    with pytest.raises(Conflict, match="5 letters of yours wait"):
        actions.ask(cast.ada, cast.bo, others[5], to_target="Hello.")
    for row in rows:
        actions.withdraw(row, by=cast.ada)
    for other in others[5:10]:
        actions.withdraw(actions.ask(cast.ada, cast.bo, other, to_target="Hello."), by=cast.ada)
    response = cast.client("ada").post(f"{ROOT}ask/{others[10].handle}/", LETTER)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "One can ask for 10 introductions a week" in read(response)
    assert scene.TO_CY in response.text


def test_the_same_two_are_left_in_peace_for_three_weeks(cast: Cast) -> None:
    row = scene.stage(cast, "withdrawn")
    with pytest.raises(Conflict, match="You can ask again on"):
        actions.ask(cast.ada, cast.bo, cast.cy, to_target="Once more.")
    Introduction.objects.filter(pk=row.pk).update(ended_at=row.created_at - timedelta(days=22))
    late = scene.made_ago(actions.ask(cast.ada, cast.bo, cast.cy, to_target="Once more."), timedelta(days=40))
    with pytest.raises(Conflict, match="You can ask again on"):
        actions.ask(cast.ada, cast.bo, cast.cy, to_target="Once more.")
    scene.made_ago(late, timedelta(days=52))
    assert actions.ask(cast.ada, cast.bo, cast.cy, to_target="Once more.").state == Introduction.State.ASKED


def test_sent_twice_is_sent_once(cast: Cast) -> None:
    ada = cast.client("ada")
    assert ada.post(ASK, LETTER)["Location"] == ada.post(ASK, LETTER)["Location"]
    assert Introduction.objects.count() == 1
    response = ada.post(ASK, {**LETTER, "to_target": "Other words."})
    assert response.status_code == 409
    assert "Your letter waits until" in read(response)
    assert "Other words." in response.text


def test_another_connection_can_be_asked_meanwhile_and_one_yes_settles_both(cast: Cast, hear) -> None:
    kim = make_member("Kim Lund")
    connect(kim, cast.ada)
    connect(kim, cast.cy)
    first = scene.forwarded(cast)
    second = actions.ask(cast.ada, kim, cast.cy, to_target="Hello.")
    hear()
    assert "asks you for an introduction" in read(client_of(kim).get("/notifications/"))
    actions.accept(first, by=cast.cy)
    hear()
    assert client_of(kim).get(second.path).status_code == 404
    assert "asks you for an introduction" not in read(client_of(kim).get("/notifications/"))


def test_forms_without_words_are_kept(cast: Cast) -> None:
    ada = cast.client("ada")
    response = ada.post(ASK, {**LETTER, "to_target": " "})
    assert response.status_code == 422
    assert "Say in a line or two" in read(response)
    assert scene.TO_BO in response.text
    assert ada.post(ASK, {**LETTER, "through": "di-varga"}).status_code == 422
    row = scene.asked(cast)
    response = cast.client("bo").post(f"{row.path}forward/", {"words": "", "cover": scene.COVER})
    assert response.status_code == 422
    assert scene.COVER in response.text


def test_who_knows_both_best_comes_first(cast: Cast) -> None:
    from collegium.career import actions as career
    from collegium.career.sections import Section
    from collegium.network.ways.between import between

    kim = make_member("Kim Lund")
    connect(kim, cast.ada)
    connect(kim, cast.cy)
    viewer = cast.viewer("ada")
    assert [each.person.name for each in between(viewer, cast.cy)] == ["Kim Lund", "Bo Okafor"]
    for person in (cast.ada, cast.bo):
        given = {"title": "Engineer", "organization_name": "Tide Institute", "started": "2019", "ended": "2021"}
        career.add(person, Section.POSITIONS, **given)
    assert [each.person.name for each in between(viewer, cast.cy)] == ["Bo Okafor", "Kim Lund"]
    assert "You worked together at Tide Institute" in read(cast.client("ada").get(ASK))


def test_lists_cost_the_same_with_many(cast: Cast) -> None:
    others = [make_member(f"Person {n}") for n in range(4)]
    for other in others:
        connect(other, cast.bo)
    scene.asked(cast)

    def more() -> None:
        for other in others:
            actions.ask(cast.ada, cast.bo, other, to_target="Hello.")

    bo = cast.client("bo")
    assert_same_queries(lambda: bo.get(ROOT), more, lambda: bo.get(ROOT))
    ada = cast.client("ada")
    assert len(read(ada.get(f"{ROOT}mine/")).split("You asked")) == 6
    assert rules.MOST_WAITING == 5


def test_an_introduction_passes_the_door(cast: Cast) -> None:
    from collegium.network.context import shared_by_both

    scene.accepted(cast)
    assert shared_by_both(cast.ada, cast.cy).opens
    assert "Bo Okafor introduced you to each other." in shared_by_both(cast.ada, cast.cy).words
    network.invite(cast.ada, cast.cy, note="")
