"""Who is told of a repost; and what happens at the same moment ends as if it had happened in turn."""

from collections.abc import Callable
from functools import partial

import pytest

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network import distance
from collegium.notifications.models import Notification
from collegium.reposts import actions
from collegium.reposts.models import Repost
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.racing import race

ROUNDS = 6


def told(member: Member) -> int:
    """How many notices of reposts she has."""
    return Notification.objects.filter(kind="reposts.reposted", recipient=member).count()


@pytest.mark.parametrize(("audience", "hears"), [(Level.CONNECTIONS, 1), (Level.ONLY_ME, 0)])
def test_the_author_hears_only_of_what_she_sees(
    cast: Cast, hear: Callable[[], None], audience: Level, hears: int
) -> None:
    original = feed.post(cast.ada, "words")
    actions.repost(original, by=cast.bo, audience=audience)
    hear()
    assert told(cast.ada) == hears
    page = cast.client("ada").get("/notifications/").content.decode()
    assert ("reposted a post of yours" in page) == bool(hears)
    actions.take_back(original.pk, by=cast.bo)
    hear()
    assert told(cast.ada) == 0


def test_she_hears_nothing_of_whom_she_muted_nor_of_herself(cast: Cast, hear: Callable[[], None]) -> None:
    distance.set_rung(cast.ada, cast.bo, distance.Rung.MUTED)
    original = feed.post(cast.ada, "words")
    actions.repost(original, by=cast.bo)
    actions.repost(original, by=cast.ada)
    hear()
    assert told(cast.ada) == 0


@pytest.mark.django_db(transaction=True)
def test_twice_is_once() -> None:
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    connect(ada, bo)
    for _ in range(ROUNDS):
        original = feed.post(ada, "words")
        outcomes = race(*[partial(actions.repost, original, by=bo)] * 3)
        assert len({post.pk for post in outcomes}) == 1
        assert Repost.objects.filter(of=original).count() == 1


@pytest.mark.django_db(transaction=True)
def test_reposting_while_it_is_forbidden_or_deleted() -> None:
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    connect(ada, bo)
    for step in (actions.forbid, feed.delete_post):
        for _ in range(ROUNDS):
            original = feed.post(ada, "words")
            made, done = race(partial(actions.repost, original, by=bo), partial(step, original, by=ada))
            assert done is None
            assert isinstance(made, Post | Conflict)
            assert Post.objects.filter(author=bo).count() == int(isinstance(made, Post))
            Post.objects.filter(author=bo).delete()


HOSTILE = ["0", "-1", "x", "9" * 19, "9" * 40, "\x00", "1e3", "", "١", "<b>"]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_input(cast: Cast, value: str) -> None:
    post = feed.post(cast.ada, "words")
    browser = cast.client("bo")
    sent = {"body": "x", "facet": "professional", "audience": "3", "commenting": "anyone", "reposts-of": value}
    assert browser.post("/posts/", sent).status_code in (302, 422)
    assert browser.post(f"/posts/reposts/{post.pk}/", {"audience": value}).status_code in (302, 422)
    assert not Repost.objects.filter(post__audience__lt=0).exists()
    for verb in ("", "new/", "removal/", "forbidding/", "permission/"):
        for key in ("0", "9" * 18, "9" * 30):
            assert browser.post(f"/posts/reposts/{key}/{verb}").status_code in (302, 404, 405)
            assert browser.get(f"/posts/reposts/{key}/{verb}").status_code in (404, 405)
            assert cast.client("nobody").get(f"/posts/reposts/{key}/{verb}").status_code in (302, 404, 405)
