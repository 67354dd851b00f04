"""Asking for a recommendation: limits, the one reminder, the quiet no."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries
from collegium.vouching import actions
from collegium.vouching.models import RecommendationRequest
from collegium.vouching.models.requests import MOST_STANDING
from collegium.vouching.tests.scene import job, recommend

State = RecommendationRequest.State


def a_week_ago(wish: RecommendationRequest) -> RecommendationRequest:
    key = ids.key_at(clock.now() - timedelta(days=8))
    RecommendationRequest.objects.filter(pk=wish.pk).update(id=key)
    return RecommendationRequest.objects.with_people().get(pk=key)


@pytest.mark.parametrize("name", ["cy", "di", "ed", "eve", "flo", "hal", "gus", "ada"])
def test_only_connections_are_asked(cast: Cast, name: str) -> None:
    with pytest.raises(Refusal):
        actions.ask(cast.ada, getattr(cast, name))
    assert actions.ask(cast.ada, cast.bo).state == State.OPEN


def test_asked_once_at_a_time(cast: Cast) -> None:
    wish = actions.ask(cast.ada, cast.bo, note="About the launch?")
    assert actions.ask(cast.ada, cast.bo, note="About the launch?").pk == wish.pk
    with pytest.raises(Conflict):
        actions.ask(cast.ada, cast.bo, note="Please?")
    actions.withdraw(wish, by=cast.ada)
    assert actions.ask(cast.ada, cast.bo, note="Please?").pk != wish.pk


def test_only_so_many_wait(cast: Cast, make_member: Callable[..., Member]) -> None:
    for number in range(MOST_STANDING):
        each = make_member(f"Kim {number}")
        connect(each, cast.ada)
        actions.ask(cast.ada, each)
    with pytest.raises(Conflict):
        actions.ask(cast.ada, cast.bo)
    refused = cast.client("ada").post("/vouching/ask/bo-okafor/", {"note": "Kept words."})
    assert (refused.status_code, b"Kept words." in refused.content) == (409, True)
    network.disconnect(cast.ada, each)
    assert actions.ask(cast.ada, cast.bo), "what is over makes room"


def test_one_reminder_after_a_week(cast: Cast) -> None:
    wish = actions.ask(cast.ada, cast.bo)
    with pytest.raises(Conflict):
        actions.remind(wish, by=cast.ada)
    wish = a_week_ago(wish)
    with pytest.raises(Refusal):
        actions.remind(wish, by=cast.bo)
    actions.remind(wish, by=cast.ada)
    with pytest.raises(Conflict):
        actions.remind(wish, by=cast.ada)


def test_a_declined_request_looks_to_its_asker_as_before(cast: Cast) -> None:
    """The same page, the same limits, the same reminder, the same withdrawal."""
    wish = a_week_ago(actions.ask(cast.ada, cast.bo, note="About the launch?"))
    browser = cast.client("ada")
    before = listed(browser.get("/vouching/asked/").content)
    with pytest.raises(Refusal):
        actions.decline(wish, by=cast.ada)
    actions.decline(wish, by=cast.bo)
    assert listed(browser.get("/vouching/asked/").content) == before
    assert "About the launch?" not in cast.client("bo").get("/vouching/requests/").content.decode()
    with pytest.raises(Conflict):
        actions.ask(cast.ada, cast.bo, note="Please?")
    assert browser.post(f"{wish.path}reminder/").status_code == 302
    assert browser.post(f"{wish.path}withdrawal/").status_code == 302
    assert listed(browser.get("/vouching/asked/").content) == ""


def listed(page: bytes) -> str:
    """The list without its tokens."""
    body = page.decode()
    rows = body[body.index('<ul class="list">') + 17 : body.index("</main>")].split("</ul>")[0]
    return "".join(part.split('">', 1)[-1] for part in rows.split('name="csrfmiddlewaretoken" value="')).strip()


def test_a_decline_is_taken_back(cast: Cast) -> None:
    wish = actions.ask(cast.ada, cast.bo)
    browser = cast.client("bo")
    assert browser.post(f"{wish.path}decline/").status_code == 302
    assert browser.get(wish.path).status_code == 404
    assert browser.post(f"{wish.path}restoration/").status_code == 302
    assert browser.get(wish.path).status_code == 200


def test_writing_answers_it(cast: Cast) -> None:
    item = job(cast.ada)
    answer = cast.client("ada").post(
        "/vouching/ask/bo-okafor/", {"note": "About the launch?", "relationship": "manager", "item": item.pk}
    )
    assert answer.status_code == 302
    page = cast.client("bo").get("/vouching/write/ada-lindqvist/").content.decode()
    assert "About the launch?" in page
    assert 'value="manager" selected' in page
    assert f'value="{item.pk}" selected' in page
    recommend(cast.bo, cast.ada, item=item)
    wish = RecommendationRequest.objects.get()
    assert wish.state == State.WRITTEN
    assert cast.client("bo").post(f"{wish.path}decline/").status_code == 404
    with pytest.raises(Conflict):
        actions.decline(wish, by=cast.bo)


@pytest.mark.parametrize("part", [network.disconnect, network.block])
def test_it_ends_with_the_connection(cast: Cast, part: Callable[[Member, Member], object]) -> None:
    wish = actions.ask(cast.ada, cast.bo, note="About the launch?")
    assert cast.client("bo").get(wish.path).status_code == 200
    part(cast.ada, cast.bo)
    assert cast.client("bo").get(wish.path).status_code == 404
    assert "About the launch?" not in cast.client("ada").get("/vouching/asked/").content.decode()


def test_strangers_find_nothing(cast: Cast) -> None:
    wish = actions.ask(cast.ada, cast.bo)
    for name in ("cy", "di", "nobody"):
        for part in ("decline/", "restoration/", "withdrawal/", "reminder/"):
            assert cast.client(name).post(f"{wish.path}{part}").status_code in (404, 302)
        assert RecommendationRequest.objects.visible_to(cast.viewer(name)).count() == 0
    assert RecommendationRequest.objects.get().state == State.OPEN
    assert cast.client("ada").post(f"{wish.path}decline/").status_code == 404
    assert cast.client("bo").post(f"{wish.path}withdrawal/").status_code == 404
    assert cast.client("cy").get("/vouching/ask/ada-lindqvist/").status_code == 403


def test_lists_have_constant_cost(cast: Cast, make_member: Callable[..., Member]) -> None:
    def more(numbers: range) -> None:
        for number in numbers:
            each = make_member(f"Kim {number}")
            connect(each, cast.ada)
            actions.ask(cast.ada, each, note="Hello")
            actions.ask(each, cast.ada, note="Hello", item=job(each))

    more(range(1))
    browser = cast.client("ada")

    def read() -> None:
        assert b"Kim 0" in browser.get("/vouching/asked/").content
        assert b"Kim 0" in browser.get("/vouching/requests/").content

    assert_same_queries(read, lambda: more(range(1, 5)), read)
