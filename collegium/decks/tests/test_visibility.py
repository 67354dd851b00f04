"""Who sees slides: those who see their post now. Everybody else learns nothing."""

import pytest

from collegium.audience.level import Level
from collegium.decks.models import Deck
from collegium.decks.tests.helping import drawn, waiting
from collegium.feed import actions as feed
from collegium.feed.tests.test_visibility import CASES
from collegium.media.slides import SIDES
from collegium.members.models import Member
from collegium.testing.cast import Cast


@pytest.mark.parametrize(("level", "name", "sees"), CASES, ids=str)
def test_slides_on_a_post(cast: Cast, level: Level, name: str, sees: bool) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    deck = drawn(cast.ada, audience=level).deck
    slide = deck.slides.get(number=1)
    browser = cast.client(name)
    addresses = [deck.path, f"{deck.path}card/", slide.path, f"{slide.path}text/", *map(slide.url, SIDES)]
    for address in addresses:
        assert browser.get(address).status_code == (200 if sees else 404), address
    for address in (deck.path, slide.path, f"{slide.path}text/"):
        assert ("canary-d17 1" in browser.get(address).content.decode()) == sees
    rest = browser.get(f"{deck.path}?after=1", headers={"HX-Request": "true"})
    assert ("canary-d17 2" in rest.content.decode()) == sees
    listed = browser.get(f"/in/{cast.ada.handle}/posts/").content.decode()
    assert (slide.key in listed) == sees
    assert ("Canary title" in listed) == sees


@pytest.mark.parametrize("change", ["narrowed", "blocked", "removed", "deleted", "suspended", "taken off"])
def test_sight_ends_at_once_also_for_what_a_browser_has_kept(cast: Cast, change: str) -> None:
    from collegium.decks import actions
    from collegium.network import actions as network

    post = drawn(cast.ada, audience=Level.CONNECTIONS)
    slide = post.deck.slides.get(number=2)
    browser = cast.client("bo")
    first = browser.get(slide.small)
    assert (first.status_code, first["Cache-Control"]) == (200, "private, no-cache")
    assert browser.get(slide.small, headers={"If-None-Match": first["ETag"]}).status_code == 304
    if change == "narrowed":
        feed.edit_post(post, by=cast.ada, audience=Level.ONLY_ME)
    elif change == "blocked":
        network.block(cast.ada, cast.bo)
    elif change == "removed":
        network.disconnect(cast.ada, cast.bo)
    elif change == "deleted":
        feed.delete_post(post, by=cast.ada)
    elif change == "suspended":
        Member.objects.filter(pk=cast.ada.pk).update(standing=Member.Standing.SUSPENDED)
    else:
        actions.take_off(post, by=cast.ada)
    for headers in ({}, {"If-None-Match": first["ETag"]}, {"If-None-Match": "*"}, {"Range": "bytes=0-3"}):
        assert browser.get(slide.small, headers=headers).status_code == 404
    for address in (slide.path, f"{slide.path}text/", post.deck.path):
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("state", [Deck.State.DRAWING, Deck.State.REFUSED])
def test_half_drawn_slides_are_nobodys(cast: Cast, state: Deck.State) -> None:
    post = drawn(cast.ada)
    slide = post.deck.slides.get(number=1)
    Deck.objects.filter(pk=post.deck.pk).update(state=state)
    for name in ("ada", "bo"):
        for address in (slide.small, slide.path, f"{slide.path}text/", post.deck.path):
            assert cast.client(name).get(address).status_code == 404


def test_how_far_it_is_is_told_to_its_author_and_why_it_failed_too(cast: Cast) -> None:
    post = waiting(cast.ada)
    own, other = (cast.client(name).get(post.path).content.decode() for name in ("ada", "bo"))
    assert "<progress" in own
    assert "every 4s" in own
    assert "The slides are being prepared." in other
    assert "every 4s" not in other
    Deck.objects.filter(pk=post.deck.pk).update(state=Deck.State.REFUSED, reason="Page 2 cannot be drawn.")
    own, other = (cast.client(name).get(post.path).content.decode() for name in ("ada", "bo"))
    assert "Page 2 cannot be drawn." in own
    assert "Canary title" not in other


def test_the_answer_can_only_be_a_picture_or_plain_text(cast: Cast) -> None:
    slide = drawn(cast.ada, text="<script>alert(1)</script>").deck.slides.get(number=1)
    picture, text = cast.client("ada").get(slide.large), cast.client("ada").get(f"{slide.path}text/")
    assert picture["Content-Type"] == "image/webp"
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    for response in (picture, text):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
    for address in (slide.deck.path, slide.path, slide.deck.post.path):
        assert "<script>alert(1)" not in cast.client("ada").get(address).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace("-800", "-801"),
        lambda url: url.replace("-800", "-0800"),
        lambda url: url.replace("-800", ""),
        lambda url: url.replace("-800", "-480"),
        lambda url: url + "%0A",
        lambda url: url.replace(".webp", ".pdf"),
        lambda url: url.replace("/slides/", "/slides/9"),
        lambda url: url.replace("/1/", "/2/"),
        lambda url: url.replace("/1/", "/999/"),
        lambda url: "/posts/slides/" + "9" * 19 + "/1/" + url.rpartition("/")[2],
    ],
)
def test_other_spellings_are_nothing(cast: Cast, change) -> None:
    slide = drawn(cast.ada).deck.slides.get(number=1)
    assert cast.client("ada").get(change(slide.small)).status_code == 404


@pytest.mark.parametrize("number", ["0", "3", "301", "99999999999999999999"])
def test_pages_that_are_not_there(cast: Cast, number: str) -> None:
    deck = drawn(cast.ada).deck
    assert cast.client("ada").get(f"{deck.path}{number}/").status_code == 404
    assert cast.client("ada").get(f"{deck.path}{number}/text/").status_code == 404


@pytest.mark.parametrize("after", ["-1", "x", "99999", "1e9", "٣", "0"])
def test_the_rest_bears_any_beginning(cast: Cast, after: str) -> None:
    deck = drawn(cast.ada).deck
    assert cast.client("ada").get(deck.path, {"after": after}, headers={"HX-Request": "true"}).status_code == 200
