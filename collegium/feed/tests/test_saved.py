"""Posts somebody keeps for later."""

import pytest
from django.test import Client

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed import actions
from collegium.feed.models import Post, Saved
from collegium.feed.reading import actions as reading
from collegium.feed.reading import saved
from collegium.lib.refusal import Conflict, Refusal
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries

HTMX = {"HX-Request": "true"}


def test_one_press_keeps_and_one_lets_go(cast: Cast) -> None:
    post = actions.post(cast.bo, "Seals fail at four degrees")
    browser = cast.client("ada")
    answer = browser.post(f"{post.path}saving/", headers=HTMX).content.decode()
    assert f"{post.path}saving/removal/" in answer
    assert ">Saved<" in answer
    assert "Seals fail" in browser.get("/posts/saved/").content.decode()
    again = browser.post(f"{post.path}saving/")
    assert (again.status_code, again["Location"]) == (302, post.path)
    assert Saved.objects.count() == 1
    answer = browser.post(f"{post.path}saving/removal/", headers=HTMX).content.decode()
    assert ">Save<" in answer
    assert "You keep nothing yet" in browser.get("/posts/saved/").content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [("ada", 302), ("bo", 302), ("cy", 404), ("di", 404), ("ed", 404), ("eve", 404), ("flo", 404), ("hal", 404)],
)
def test_who_sees_it_may_keep_it(cast: Cast, name: str, status: int) -> None:
    post = actions.post(cast.ada, "words", audience=Level.CONNECTIONS)
    assert cast.client(name).post(f"{post.path}saving/").status_code == status
    assert Saved.objects.count() == (status == 302)


def test_the_verb_asks_for_itself(cast: Cast) -> None:
    post = actions.post(cast.ada, "words", audience=Level.CONNECTIONS)
    with pytest.raises(Refusal):
        reading.save(post, by=cast.di)
    gone = actions.post(cast.bo, "words")
    copy = Post(pk=gone.pk, author=cast.bo)
    actions.delete_post(gone, by=cast.bo)
    with pytest.raises(Conflict):
        reading.save(copy, by=cast.ada)


def test_what_one_no_longer_sees_is_neither_there_nor_counted(cast: Cast) -> None:
    for number in range(3):
        reading.save(actions.post(cast.bo, f"Number {number}"), by=cast.ada)
    mine = actions.post(cast.ada, "Of my own")
    reading.save(mine, by=cast.ada)
    browser = cast.client("ada")
    assert "4 posts" in browser.get("/posts/saved/").content.decode()
    network.disconnect(cast.bo, cast.ada)
    page = browser.get("/posts/saved/").content.decode()
    assert "1 post<" in page
    assert "Number" not in page
    assert list(saved.of(Viewer(cast.ada))) == [mine]


def test_nobody_else_learns_of_it(cast: Cast) -> None:
    post = actions.post(cast.bo, "Seals fail")
    before = Notification.objects.count()
    reading.save(post, by=cast.ada)
    assert Notification.objects.count() == before
    page = cast.client("bo").get(post.path).content.decode()
    assert f"{post.path}saving/removal/" not in page
    assert "Seals fail" not in cast.client("bo").get("/posts/saved/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("uber", ["Über Dichtungen"]),
        ("ÜBER dicht", ["Über Dichtungen"]),
        ("okafor", ["100 % sure", "Über Dichtungen"]),
        ("okafor dichtungen", ["Über Dichtungen"]),
        ("100 %", ["100 % sure"]),
        ("_", []),
        ("nothing", []),
        ("水", ["水が冷たい"]),
    ],
)
def test_words_find_what_is_kept(cast: Cast, query: str, found: list[str]) -> None:
    for author, body in ((cast.bo, "Über Dichtungen"), (cast.bo, "100 % sure"), (cast.ada, "水が冷たい")):
        reading.save(actions.post(author, body), by=cast.ada)
    actions.post(cast.bo, "über and not kept")
    assert [post.body for post in saved.of(Viewer(cast.ada), query)] == found


def test_the_newest_kept_stands_first_and_pages_join(cast: Cast) -> None:
    posts = [actions.post(cast.bo, f"number {number:02}") for number in range(45)]
    for post in posts:
        reading.save(post, by=cast.ada)
    reading.unsave(posts[0], by=cast.ada)
    reading.save(posts[0], by=cast.ada)
    browser, seen, address = cast.client("ada"), [], "/posts/saved/?q=number"
    while address:
        page = browser.get(address).content.decode()
        seen += [int(part[:2]) for part in page.split(">number ")[1:]]
        rest = page.split('class="older"')[1:]
        address = rest[0].split('href="')[1].split('"')[0].replace("&amp;", "&") if rest else ""
    assert seen == [0, *reversed(range(1, 45))]


def test_the_page_costs_the_same_however_much_is_kept(cast: Cast) -> None:
    reading.save(actions.post(cast.bo, "one"), by=cast.ada)
    browser = cast.client("ada")

    def grow() -> None:
        for number in range(8):
            reading.save(actions.post(cast.bo, f"number {number}"), by=cast.ada)

    def call() -> object:
        return browser.get("/posts/saved/")

    assert_same_queries(call, grow, call)


@pytest.mark.parametrize("query", ["\x00", "%", "a" * 5_000, "'; --", "\u202e", "🧑\u200d🚀" * 60])
def test_hostile_words(cast: Cast, query: str) -> None:
    assert cast.client("ada").get("/posts/saved/", {"q": query}).status_code == 200
    assert cast.client("ada").get("/posts/saved/", {"before": query}).status_code == 404


def test_signed_out_people_are_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/posts/saved/").status_code == 302
    assert client.post("/posts/7/saving/").status_code == 302
