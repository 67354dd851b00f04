"""What a person sees at home."""

from collections.abc import Callable

import pytest
from django.test import Client

from collegium.audience.level import Level
from collegium.feed import actions, timeline
from collegium.feed.models import Facet, Mix
from collegium.members.models import Member
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries


def test_home_shows_connections_and_followed_newest_first(cast: Cast) -> None:
    actions.post(cast.bo, "First words of Bo", audience=Level.CONNECTIONS)
    actions.post(cast.ada, "Second words, of Ada", audience=Level.ONLY_ME)
    actions.post(cast.di, "Words of a stranger", audience=Level.EVERYONE)
    page = cast.client("ada").get("/").content.decode()
    assert page.index("Second words") < page.index("First words")
    assert "Words of a stranger" not in page


def test_signed_out_people_see_what_this_is(client: Client, db: None) -> None:
    assert client.get("/").status_code == 200


def test_a_post_comes_from_the_composer_and_stands_at_home(cast: Cast) -> None:
    browser = cast.client("ada")
    sent = {
        "body": "What I learned\n\nSeals fail at 4 °C.",
        "facet": "professional",
        "audience": 3,
        "commenting": "anyone",
    }
    answer = browser.post("/posts/", sent, follow=True)
    assert "Seals fail at 4 °C." in answer.content.decode()
    assert "Seals fail" in cast.client("bo").get("/").content.decode()
    assert "Seals fail" not in cast.client("cy").get("/").content.decode()


def test_an_empty_post_is_refused_and_keeps_what_was_chosen(cast: Cast) -> None:
    answer = cast.client("ada").post(
        "/posts/", {"body": "  ", "facet": "personal", "audience": 1, "commenting": "nobody"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is nothing to post yet" in page
    assert 'value="personal" checked' in page


def test_the_mix_caps_the_personal_side(cast: Cast) -> None:
    for number in range(12):
        actions.post(cast.bo, f"personal {number:02}", facet=Facet.PERSONAL)
        actions.post(cast.bo, f"professional {number:02}")
    assert ">personal " not in cast.client("ada").get("/").content.decode(), "until she asks, nothing personal comes"
    Mix.objects.update(sides=Mix.Sides.BOTH)
    everything = cast.client("ada").get("/").content.decode()
    assert everything.count(">personal ") == 10, "until she sets a share, nothing is left out"
    Mix.objects.filter(member=cast.ada).update(one_in=5)
    page = cast.client("ada").get("/").content.decode()
    assert page.count(">professional ") == 12
    assert page.count(">personal ") == 3
    assert "9 personal posts are left out" in page
    Mix.objects.update(sides=Mix.Sides.PROFESSIONAL)
    assert ">personal " not in cast.client("ada").get("/").content.decode()


def test_pages_follow_each_other_without_gap_or_repetition(cast: Cast) -> None:
    for number in range(50):
        actions.post(cast.bo, f"number {number:02}", facet=Facet.PERSONAL if number % 3 == 0 else Facet.PROFESSIONAL)
    Mix.objects.create(member=cast.ada, sides=Mix.Sides.BOTH, one_in=1)
    browser, seen, address = cast.client("ada"), [], "/"
    while address:
        page = browser.get(address).content.decode()
        seen += [part[:2] for part in page.split(">number ")[1:]]
        address = (
            page.split('class="older"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
            if 'class="older"' in page
            else ""
        )
    assert seen == [f"{number:02}" for number in reversed(range(50))]


@pytest.mark.parametrize("plenty", [0.01, 1.5, 1_000])
def test_a_reader_of_very_many_sees_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch, plenty: float) -> None:
    """The newest of everybody are looked through for hers; where they are too few, her authors are asked one by one."""
    for number in range(60):
        author = (cast.ada, cast.bo, cast.cy, cast.di)[number % 4]
        facet = Facet.PERSONAL if number % 3 else Facet.PROFESSIONAL
        actions.post(author, f"Number {number}", audience=Level(number % 3), facet=facet)
    people, mix = timeline.people_of(cast.ada), Mix(member=cast.ada, sides=Mix.Sides.BOTH)
    plain = timeline.stream(people, mix, limit=40)
    middle = plain[15][0]
    later, earlier = (
        timeline.stream(people, mix, after=middle, limit=40),
        timeline.stream(people, mix, before=middle, limit=5),
    )
    assert len(later) == 15
    monkeypatch.setattr(timeline, "MANY", 0)
    monkeypatch.setattr(timeline, "PLENTY", plenty)
    assert timeline.stream(people, mix, limit=40) == plain
    assert timeline.stream(people, mix, after=middle, limit=40) == later
    assert timeline.stream(people, mix, before=middle, limit=5) == earlier


def test_caught_up_stands_between_new_and_seen(cast: Cast) -> None:
    actions.post(cast.bo, "old words")
    browser = cast.client("ada")
    browser.get("/")
    actions.post(cast.bo, "new words")
    page = browser.get("/").content.decode()
    assert page.index("new words") < page.index("You’re caught up") < page.index("old words")


def test_the_number_of_statements_does_not_grow(cast: Cast, make_member: Callable[..., Member]) -> None:
    actions.post(cast.bo, "one")
    browser = cast.client("ada")

    def grow() -> None:
        for name in ("Kim Lund", "Noor Haddad", "Ola Berg"):
            friend = make_member(name)
            connect(friend, cast.ada)
            for _ in range(4):
                row = actions.post(friend, "many #words")
                actions.comment(row, "indeed", by=cast.ada)
                actions.react(row, "love", by=cast.ada)
        browser.get("/")

    assert_same_queries(lambda: browser.get("/"), grow, lambda: browser.get("/"))


def test_new_posts_are_counted_and_wait(cast: Cast) -> None:
    first = actions.post(cast.bo, "first")
    browser, fragment = cast.client("ada"), {"HX-Request": "true"}
    assert "new post" not in browser.get(f"/posts/fresh/?since={first.pk}", headers=fragment).content.decode()
    actions.post(cast.bo, "second")
    actions.post(cast.di, "of a stranger")
    answer = browser.get(f"/posts/fresh/?since={first.pk}", headers=fragment).content.decode()
    assert "1 new post" in answer
    assert f"since={first.pk}" in answer


def test_a_reply_names_whom_it_answers(cast: Cast) -> None:
    post = actions.post(cast.bo, "words")
    said = actions.comment(post, "top", by=cast.bo)
    page = cast.client("ada").get(f"{post.path}?reply={said.pk}").content.decode()
    assert f'name="parent" value="{said.pk}"' in page
    assert ">@bo-okafor " in page


def test_the_reach_promises_the_internet_only_where_it_is_true(cast: Cast) -> None:
    browser, fragment = cast.client("ada"), {"HX-Request": "true"}
    for visibility, words in ((0, "anyone on the internet"), (1, "nobody signed out"), (3, "nobody signed out")):
        Member.objects.filter(pk=cast.ada.pk).update(visibility=visibility)
        answer = browser.get("/posts/reach/?audience=0", headers=fragment).content.decode()
        post = actions.post(cast.ada, "words", audience=Level.EVERYONE)
        assert words in answer
        assert (cast.client("nobody").get(post.path).status_code == 200) == (words == "anyone on the internet")
