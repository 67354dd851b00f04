"""What happens at the same moment ends as if it had happened one after the other, and the counters stay true."""

from uuid import uuid4

import pytest

from collegium.audience.level import Level
from collegium.feed import actions
from collegium.feed.models import Comment, Post, Reaction, State
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect, make_cast, make_member
from collegium.testing.racing import race

ROUNDS = 12
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair() -> tuple[Member, Member]:
    """Two who are connected."""
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    connect(ada, bo)
    return ada, bo


def counters_are_true() -> None:
    for post in Post.objects.all():
        assert post.comment_count == Comment.objects.filter(post=post, state=State.SHOWN).count()
        assert post.reaction_count == Reaction.objects.filter(post=post).count()
    for said in Comment.objects.all():
        assert said.reaction_count == Reaction.objects.filter(comment=said).count()


def test_double_reaction(pair: tuple[Member, Member]) -> None:
    ada, bo = pair
    for _ in range(ROUNDS):
        post = actions.post(bo, "words")
        kinds = ("like", "love", "funny")
        outcomes = race(*(lambda kind=kind: actions.react(post, kind, by=ada) for kind in kinds))
        assert outcomes == [None] * 3
        assert Reaction.objects.get(post=post, member=ada).kind in kinds
    counters_are_true()


def test_react_and_take_back(pair: tuple[Member, Member]) -> None:
    ada, bo = pair
    for _ in range(ROUNDS):
        post = actions.post(bo, "words")
        race(lambda: actions.react(post, "like", by=ada), lambda: actions.unreact(post, by=ada))
        assert Reaction.objects.filter(post=post).count() <= 1
    counters_are_true()


def test_double_submit(pair: tuple[Member, Member]) -> None:
    ada, bo = pair
    for _ in range(ROUNDS):
        key = uuid4()
        first, second = race(*[lambda: actions.post(bo, "words", form_key=key)] * 2)
        assert first.pk == second.pk
        said, again = race(*[lambda: actions.comment(first, "words", by=ada, form_key=key)] * 2)
        assert said.pk == again.pk
    counters_are_true()


def test_comment_while_the_post_is_deleted(pair: tuple[Member, Member]) -> None:
    ada, bo = pair
    for _ in range(ROUNDS):
        post = actions.post(bo, "words")
        said, gone = race(lambda: actions.comment(post, "words", by=ada), lambda: actions.delete_post(post, by=bo))
        assert gone is None
        assert isinstance(said, Comment | Conflict)
        assert not Comment.objects.filter(post=post.pk).exists()


def test_comment_and_reply_while_it_is_deleted(pair: tuple[Member, Member]) -> None:
    ada, bo = pair
    for _ in range(ROUNDS):
        post = actions.post(bo, "words")
        top = actions.comment(post, "words", by=ada)
        reply, gone = race(
            lambda: actions.comment(post, "words", by=bo, parent=top), lambda: actions.delete_comment(top, by=ada)
        )
        assert gone is None
        assert isinstance(reply, Comment | Conflict)
        counters_are_true()
        # Whoever was first: the reply stays under the place the comment left, or there was nothing to reply to.
        left = set(Comment.objects.filter(post=post).values_list("body", "state"))
        assert left == ({("…", State.GONE), ("words", State.SHOWN)} if isinstance(reply, Comment) else set())


def test_comment_while_being_removed() -> None:
    cast: Cast = make_cast()
    for _ in range(ROUNDS // 2):
        post = actions.post(cast.bo, "words", audience=Level.CONNECTIONS)
        said, _removed = race(
            lambda: actions.comment(post, "words", by=cast.ada), lambda: network.disconnect(cast.bo, cast.ada)
        )
        assert isinstance(said, Comment | Refusal)
        assert not Post.objects.visible_to(cast.viewer("ada")).contains(post)
        connect(cast.bo, cast.ada)
    counters_are_true()
