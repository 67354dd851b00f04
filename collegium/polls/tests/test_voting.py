"""Who may vote, when, and what counts: as tables over the cast. The author is Ada."""

from typing import Any

import pytest

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.journal.models import Entry
from collegium.lib.refusal import Conflict, Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.polls import actions, reading
from collegium.polls.models import Poll, Vote
from collegium.polls.tests.scene import ANSWERS, ask, end, typed
from collegium.testing.cast import Cast

NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody")
# v: the vote counts; a: it is the author's own; -: the post does not exist for them; i: sign in first.
VOTERS = {
    Level.EVERYONE: "   a v v v - - v v i i",
    Level.MEMBERS: "    a v v v - - v v i i",
    Level.NETWORK: "    a v v - - - - - i i",
    Level.CONNECTIONS: "a v - - - - - - i i",
    Level.ONLY_ME: "    a - - - - - - - i i",
}
CASES = [(level, name, how) for level, row in VOTERS.items() for name, how in zip(NAMES, row.split(), strict=True)]
STATUS = {"v": 302, "a": 403, "-": 404, "i": 302}


@pytest.mark.parametrize(("level", "name", "how"), CASES, ids=str)
def test_who_may_vote(cast: Cast, level: Level, name: str, how: str) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    post = ask(cast.ada, audience=level)
    answer = cast.client(name).post(f"/posts/polls/{post.pk}/vote/", {"place": "1"})
    assert answer.status_code == STATUS[how]
    assert Vote.objects.filter(poll=post.pk).count() == (how == "v")
    if how == "v":
        assert answer["Location"] == f"{post.path}#poll-{post.pk}"
    if name != "nobody" and how != "v":
        with pytest.raises(Refusal):
            actions.vote(post, 1, by=getattr(cast, name))


def test_a_vote_is_final_and_counts_once(cast: Cast) -> None:
    post, bo = ask(cast.ada), cast.client("bo")
    path = f"/posts/polls/{post.pk}/vote/"
    assert bo.post(path, {"place": "0"}).status_code == 302
    assert bo.post(path, {"place": "0"}).status_code == 302
    assert bo.post(path, {"place": "1"}).status_code == 409
    assert list(Vote.objects.values_list("poll", "member", "place")) == [(post.pk, cast.bo.pk, 0)]
    assert Entry.objects.filter(kind="polls.voted").count() == 1


def test_the_journal_does_not_say_what(cast: Cast) -> None:
    post = ask(cast.ada)
    actions.vote(post, 2, by=cast.bo)
    entry = Entry.objects.get(kind="polls.voted")
    assert (entry.actor, entry.subject, entry.data) == (cast.bo.pk, post.pk, {})


def test_after_the_end(cast: Cast) -> None:
    post = ask(cast.ada)
    end(post)
    assert cast.client("bo").post(f"/posts/polls/{post.pk}/vote/", {"place": "0"}).status_code == 409
    assert not Vote.objects.exists()


def test_votes_of_those_who_part_or_are_suspended_count(cast: Cast) -> None:
    post = ask(cast.ada, audience=Level.MEMBERS)
    actions.vote(post, 0, by=cast.di)
    actions.vote(post, 1, by=cast.bo)
    network.block(cast.ada, cast.bo)
    members.suspend(cast.di, by=None)
    shown = reading.load(cast.viewer("ada"), [post])[post.pk]
    assert [each.votes for each in shown.answers] == [1, 1, 0]
    with pytest.raises(Refusal):
        actions.vote(post, 0, by=Member.objects.get(pk=cast.bo.pk))


@pytest.mark.parametrize("place", ["", "-1", "3", "4", "1.5", "x", "9" * 40, "١", "0x1", "\x00", "' OR 1=1"])
def test_hostile_votes(cast: Cast, place: str) -> None:
    post = ask(cast.ada)
    for head in ({}, {"HX-Request": "true"}):
        answer = cast.client("bo").post(f"/posts/polls/{post.pk}/vote/", {"place": place}, headers=head)
        assert answer.status_code in (302, 200) if place == "١" else answer.status_code in (422, 409), place
        if place == "":
            assert "Choose one of the answers first." in answer.content.decode()
    assert Vote.objects.count() == (place == "١")


def test_a_post_without_a_poll_and_none(cast: Cast) -> None:
    post = feed.post(cast.ada, "words")
    bo = cast.client("bo")
    for key in (post.pk, 1, 1 << 63, (1 << 63) - 1):
        assert bo.post(f"/posts/polls/{key}/vote/", {"place": "0"}).status_code == 404
    with pytest.raises(Conflict):
        actions.vote(post, 0, by=cast.bo)
    assert bo.get(f"/posts/polls/{post.pk}/vote/").status_code == 405


POSTED: list[tuple[dict[str, Any], str]] = [
    (typed(), ""),
    (typed(("a", "b")), ""),
    (typed(("a", "", "b")), ""),
    (typed((" a ", "b", "c", "d")), ""),
    (typed(("a",)), "at least two answers"),
    (typed(("Tea", "tea")), "Two answers are the same"),
    (typed(("a", "b"), body="  "), "are the question"),
    (typed(("a" * 81, "b")), "80"),
    (typed(("a", "b"), days=2), "Select a valid choice"),
    (typed(("a", "b"), days="x"), "Select a valid choice"),
    (typed(("a\x00", "b")), ""),
    (typed(("<script>alert(1)</script>", "<b onload=x>", "{{ 7 * 7 }}")), ""),
]


@pytest.mark.parametrize(("sent", "wrong"), POSTED, ids=str)
def test_composing(cast: Cast, sent: dict[str, Any], wrong: str) -> None:
    answer = cast.client("ada").post("/posts/", sent)
    if wrong:
        assert answer.status_code == 422
        page = answer.content.decode()
        assert wrong in page
        assert str(sent["poll-answer_1"]) in page
        assert not Post.objects.exists()
        return
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        page = cast.client("bo").get(Post.objects.get().path).content.decode()
        assert Poll.objects.get().answers == [
            words for words in (sent.get(f"poll-answer_{place}", "").strip() for place in range(1, 5)) if words
        ]
        assert "<script>alert" not in page
        assert "<b onload" not in page


def test_a_poll_does_not_change(cast: Cast) -> None:
    post, ada = ask(cast.ada), cast.client("ada")
    page = ada.get(f"{post.path}edit/").content.decode()
    assert "poll-answer_1" not in page
    assert ada.post(f"{post.path}edit/", typed(("x", "y"), body="Other words?")).status_code == 302
    assert tuple(Poll.objects.get(pk=post.pk).answers) == ANSWERS


def test_words_changed_after_the_first_vote_are_said_to_be(cast: Cast) -> None:
    post, ada = ask(cast.ada), cast.client("ada")
    said = "changed after voting had begun"
    ada.post(f"{post.path}edit/", typed((), body="Other words?"))
    actions.vote(post, 0, by=cast.bo)
    assert said not in ada.get(post.path).content.decode()
    ada.post(f"{post.path}edit/", typed((), body="Still others?"))
    assert said in ada.get(post.path).content.decode()


def test_shares_add_up() -> None:
    assert reading.shares([0, 0]) == [0, 0]
    assert reading.shares([1, 1, 1]) == [34, 33, 33]
    assert reading.shares([2, 1]) == [67, 33]
    for votes in ([7, 11, 13, 17], [1, 999, 0, 3], [1, 1, 1, 1]):
        assert sum(reading.shares(votes)) == 100
