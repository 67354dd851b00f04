"""Who sees a post, what is said under it, and what is counted: the rule of sight as tables over the cast.

The owner is Ada. Every surface is asked: page, home, the list on her profile, a topic, the thread, reactions.
"""

import pytest

from collegium.audience.level import Level
from collegium.audience.rule import readers
from collegium.feed import actions, cards
from collegium.feed.models import Comment, Post
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, make_member

# Gus is suspended: his session shows him what someone signed out sees.
#                  ada bo cy di ed eve flo hal gus nobody     (1 sees it, 0: it does not exist)
POSTS = {
    Level.EVERYONE: "1  1  1  1  0  0   1   1   1   1",
    Level.MEMBERS: " 1  1  1  1  0  0   1   1   0   0",
    Level.NETWORK: " 1  1  1  0  0  0   0   0   0   0",
    Level.CONNECTIONS: "1 1 0  0  0  0   0   0   0   0",
    Level.ONLY_ME: " 1  0  0  0  0  0   0   0   0   0",
}
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody")
CASES = [
    (level, name, sees == "1") for level, row in POSTS.items() for name, sees in zip(NAMES, row.split(), strict=True)
]


@pytest.mark.parametrize(("level", "name", "sees"), CASES, ids=str)
def test_a_post(cast: Cast, level: Level, name: str, sees: bool) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    post = actions.post(cast.ada, "canary-7f3a #canarytopic", audience=level)
    said = actions.comment(post, "canary-c0mm", by=cast.ada)
    actions.react(post, "love", by=cast.ada)
    browser = cast.client(name)
    expected = 200 if sees else 404
    page = browser.get(post.path)
    assert page.status_code == expected
    assert ("canary-7f3a" in page.content.decode()) == sees
    assert ("canary-c0mm" in page.content.decode()) == sees
    for part in ("acts", "thread", "replies"):
        assert browser.get(f"{post.path}?part={part}", headers={"HX-Request": "true"}).status_code == expected
    assert browser.get(said.path).status_code == (302 if sees else 404)
    assert ("canary-7f3a" in browser.get("/").content.decode()) == (sees and name in ("ada", "bo"))
    listed = browser.get(f"/in/{cast.ada.handle}/posts/")
    assert ("canary-7f3a" in listed.content.decode()) == sees
    if name not in ("nobody", "gus"):
        assert ("canary-7f3a" in browser.get("/topics/canarytopic/").content.decode()) == sees
        assert browser.get(f"{post.path}reactions/").status_code == expected
        for verb in ("comments/", "reaction/", "reaction/removal/"):
            answer = browser.post(post.path + verb, {"body": "words", "kind": "like"})
            assert answer.status_code == (302 if sees else 404), verb
        for verb in ("edit/", "removal/"):
            answer = browser.get(post.path + verb)
            assert answer.status_code == (404 if not sees else 200 if name == "ada" else 403), verb


@pytest.mark.parametrize("level", list(Level))
def test_readers_are_those_who_see(cast: Cast, level: Level) -> None:
    post = actions.post(cast.ada, "words", audience=level)
    counted = {member.pk for member in readers(cast.ada, level)}
    seeing = {
        getattr(cast, name).pk
        for name in NAMES
        if name not in ("nobody", "gus") and Post.objects.visible_to(cast.viewer(name)).contains(post)
    }
    assert counted == seeing


def test_absent_and_unseen_answer_alike(cast: Cast) -> None:
    post = actions.post(cast.ada, "words", audience=Level.ONLY_ME)
    browser = cast.client("bo")
    unseen, absent = browser.get(post.path), browser.get(f"/posts/{post.pk + 1}/")
    assert unseen.status_code == absent.status_code == 404
    assert len(unseen.content) == len(absent.content)


def test_a_members_only_person_posts_to_no_one_signed_out(cast: Cast) -> None:
    post = actions.post(cast.ada, "words", audience=Level.EVERYONE)
    assert cast.client("nobody").get(post.path).status_code == 404


# Comments by each of them under a post of Bo that everybody sees, as Ada sees them, and whether they count for her.
COMMENTS = {"bo": 1, "cy": 1, "di": 1, "flo": 1, "hal": 1, "ed": 0, "eve": 0, "gus": 0}


@pytest.mark.parametrize(("name", "sees"), COMMENTS.items())
def test_a_comment_by_someone(cast: Cast, name: str, sees: int) -> None:
    post = actions.post(cast.bo, "words", audience=Level.MEMBERS)
    author = getattr(cast, name)
    Member.objects.filter(pk=author.pk).update(standing="active")
    author.refresh_from_db()
    said = actions.comment(post, "canary-c0mm", by=author)
    reply = actions.comment(post, "canary-rep1", by=cast.bo, parent=said)
    actions.react(post, "love", by=author)
    if name == "gus":
        Member.objects.filter(pk=author.pk).update(standing="suspended")
    post.refresh_from_db()
    page = cast.client("ada").get(post.path).content.decode()
    assert ("canary-c0mm" in page) == bool(sees)
    assert ("canary-rep1" in page) == bool(sees), "a reply stands and falls with what it replies to"
    assert (cast.client("ada").get(said.path).status_code == 302) == bool(sees)
    assert Comment.objects.visible_to(cast.viewer("ada")).contains(reply) == bool(sees)
    laid = cards.lay_out(cast.viewer("ada"), [post])
    assert laid.comments(post) == 2 * sees
    assert laid.reactions(post) == sees
    mine = actions.comment(post, "words", by=cast.ada)
    Member.objects.filter(pk=author.pk).update(standing="active")
    actions.react(mine, "love", by=author)
    Member.objects.filter(pk=author.pk).update(standing="suspended" if name == "gus" else "active")
    row = cast.client("ada").get(post.path).content.decode().split(f'id="comment-{mine.pk}"')[1]
    assert ("1 reaction" in row) == bool(sees)
    assert (author.name in cast.client("ada").get(f"{post.path}reactions/").content.decode()) == bool(sees)


def test_rights_end_at_once(cast: Cast) -> None:
    post = actions.post(cast.ada, "canary-7f3a", audience=Level.CONNECTIONS)
    browser = cast.client("bo")
    assert browser.get(post.path).status_code == 200
    network.disconnect(cast.bo, cast.ada)
    assert browser.get(post.path).status_code == 404
    assert "canary-7f3a" not in browser.get("/").content.decode()


def test_pending_is_not_accepted(cast: Cast) -> None:
    post = actions.post(cast.flo, "words", audience=Level.CONNECTIONS)
    assert cast.client("ada").get(post.path).status_code == 404
    kim = make_member("Kim Lund")
    network.invite(cast.ada, kim, note="Hello")
    other = actions.post(kim, "words", audience=Level.NETWORK)
    assert cast.client("ada").get(other.path).status_code == 404
