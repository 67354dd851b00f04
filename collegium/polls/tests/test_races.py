"""Votes at the same moment count as if they had come one after the other."""

import pytest

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.lib.refusal import Conflict
from collegium.notifications.models import Notification
from collegium.polls import actions
from collegium.polls.models import Poll, Vote
from collegium.polls.tasks import sweep
from collegium.polls.tests.scene import ask, end
from collegium.testing.cast import make_member
from collegium.testing.racing import race

ROUNDS = 6
pytestmark = pytest.mark.django_db(transaction=True)


def test_double_submit_and_two_minds() -> None:
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    for _ in range(ROUNDS):
        post = ask(ada, audience=Level.MEMBERS)
        assert race(*[lambda: actions.vote(post, 1, by=bo)] * 3) == [None] * 3
        assert Vote.objects.filter(poll=post.pk).count() == 1
        other = ask(ada, audience=Level.MEMBERS)
        outcomes = race(*(lambda place=place: actions.vote(other, place, by=bo) for place in range(3)))
        assert sorted(type(each).__name__ for each in outcomes) == ["Conflict", "Conflict", "NoneType"]
        assert Vote.objects.get(poll=other.pk).place == outcomes.index(None)


def test_vote_while_the_post_is_deleted() -> None:
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    for _ in range(ROUNDS):
        post = ask(ada, audience=Level.MEMBERS)
        voted, gone = race(lambda: actions.vote(post, 0, by=bo), lambda: feed.delete_post(post, by=ada))
        assert gone is None
        assert voted is None or isinstance(voted, Conflict)
        assert not Vote.objects.exists()


def test_two_sweeps_tell_once() -> None:
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    posts = [ask(ada, audience=Level.MEMBERS) for _ in range(5)]
    for post in posts:
        actions.vote(post, 0, by=bo)
        end(post)
    assert race(sweep, sweep) == [None, None]
    assert Notification.objects.filter(kind__startswith="polls.").count() == 10
    assert not Poll.objects.to_tell().exists()
