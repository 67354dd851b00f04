"""Before one has voted, nothing that is sent depends on how others voted."""

import re

import pytest

from collegium.audience.level import Level
from collegium.feed.models import Post
from collegium.members.models import Member
from collegium.polls import actions, reading
from collegium.polls.models import Vote
from collegium.polls.tests.scene import ask, end
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import assert_same_queries

CHANGING = re.compile(r'nonce[-=]"?[\w+/=-]+|value="[\w-]{30,}"|CSRFToken": "\w+|data-session="\w+"|\d+ (?:min|h|ms)\b')


def everything(cast: Cast, name: str, post: Post) -> list[str]:
    """All surfaces of a post, as one reader gets them."""
    browser = cast.client(name)
    paths = ["/", post.path, f"/in/{cast.ada.handle}/posts/"]
    parts = [f"{post.path}?part={part}" for part in ("main", "acts", "thread", "replies")]
    got = [browser.get(path) for path in paths]
    got += [browser.get(path, headers={"HX-Request": "true"}) for path in [*paths, *parts]]
    got.append(browser.post(f"/posts/polls/{post.pk}/vote/", {"place": ""}, headers={"HX-Request": "true"}))
    return [CHANGING.sub("", each.content.decode()) for each in got]


@pytest.mark.parametrize("name", ["bo", "cy", "gus", "nobody"])
def test_results_do_not_leak(cast: Cast, name: str) -> None:
    """The very same pages whatever the others chose."""
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    post = ask(cast.ada, audience=Level.EVERYONE)
    voters = [make_member(f"Voter {number}") for number in range(5)]
    for voter in voters:
        actions.vote(post, 0, by=voter)
    everything(cast, name, post)  # the first visit remembers what was seen
    one = everything(cast, name, post)
    Vote.objects.filter(poll=post.pk).update(place=2)
    other = everything(cast, name, post)
    for before, after in zip(one, other, strict=True):
        assert before.splitlines() == after.splitlines()
    assert any("canary-tea" in page for page in one)
    assert not any("poll-bar" in page or "100 %" in page for page in one)
    ballot = reading.load(cast.viewer(name), [post])[post.pk]
    assert [(each.votes, each.share, each.leads, each.mine) for each in ballot.answers] == [(0, 0, False, False)] * 3
    assert ballot.total == 5


def test_they_are_seen_after_voting_by_the_author_and_when_it_is_over(cast: Cast) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    post = ask(cast.ada, audience=Level.EVERYONE)
    actions.vote(post, 1, by=cast.cy)
    seen = {name: "poll-bar" in cast.client(name).get(post.path).content.decode() for name in ("ada", "bo", "cy")}
    assert seen == {"ada": True, "bo": False, "cy": True}
    fragment = (
        cast.client("bo")
        .post(f"/posts/polls/{post.pk}/vote/", {"place": "1"}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert "poll-bar" in fragment
    assert "your vote" in fragment
    assert "<html" not in fragment
    assert "your vote" not in cast.client("ada").get(post.path).content.decode()
    end(post)
    for name in ("ada", "bo", "cy", "di", "nobody"):
        assert "poll-bar" in cast.client(name).get(post.path).content.decode(), name


def test_bars_need_no_styles(cast: Cast) -> None:
    post = ask(cast.ada)
    actions.vote(post, 1, by=cast.bo)
    page = cast.client("bo").get(post.path).content.decode()
    assert 'width="100%"' in page
    assert " style=" not in page


def test_constant_statements(cast: Cast) -> None:
    ask(cast.bo)
    ada = cast.client("ada")

    def grow() -> None:
        for number in range(6):
            post = ask(cast.bo)
            for other in range(2):
                voter = make_member(f"Voter {number} {other}")
                connect(voter, cast.bo)
                actions.vote(post, other, by=voter)
        ada.get("/")

    assert_same_queries(lambda: ada.get("/"), grow, lambda: ada.get("/"))
