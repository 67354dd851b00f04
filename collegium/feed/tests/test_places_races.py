"""What happens at the same moment in a group ends as if it had happened one after the other."""

from datetime import timedelta

import pytest

from collegium.feed import actions
from collegium.feed.models import Comment, GroupMark, Held, PlaceState, Post, State
from collegium.feed.places import banning, keeping, queue
from collegium.feed.selecting import Choice
from collegium.groups.actions import barring
from collegium.groups.banning import sweepers
from collegium.groups.models import Group, Role
from collegium.groups.tests.scene import group_of, seat
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.testing.cast import make_member
from collegium.testing.racing import race

ROUNDS = 6
pytestmark = pytest.mark.django_db(transaction=True)
People = tuple[Group, Member, Member, Member]


@pytest.fixture
def people() -> People:
    """A group, its owner, a moderator, and a member."""
    bo, di, moa = (make_member(name) for name in ("Bo Okafor", "Di Varga", "Moa Berg"))
    group = group_of(bo)
    seat(group, di, Role.MODERATOR)
    seat(group, moa)
    assert banning.sweep in sweepers
    return group, bo, di, moa


def waits(group: Group, author: Member) -> Post:
    """A post of hers that waits."""
    Group.objects.update(approving=True)
    return actions.post(author, "words", choice=Choice(group=Group.objects.get(pk=group.pk)))


def test_let_in_while_its_time_runs_out(people: People) -> None:
    group, bo, _di, moa = people
    ends: set[int] = set()
    for _ in range(ROUNDS):
        row = waits(group, moa)
        Held.objects.filter(post=row).update(since=clock.now() - queue.PATIENCE - timedelta(hours=1))
        let_in, gone = race(lambda row=row: queue.let_in(row, by=bo), lambda row=row: queue.expire(row.pk))
        left = Post.objects.get()
        assert (left.place_state == PlaceState.SHOWN) == isinstance(let_in, Post) == (gone is False)
        assert (left.place_state == PlaceState.RETURNED) == isinstance(let_in, Conflict) == (gone is True)
        assert Held.objects.filter(post=left).exists() == (left.place_state != PlaceState.SHOWN)
        ends.add(left.place_state)
        left.delete()
    assert ends <= {PlaceState.SHOWN, PlaceState.RETURNED}


def test_let_in_and_sent_back_at_once(people: People) -> None:
    group, bo, di, moa = people
    for _ in range(ROUNDS):
        row = waits(group, moa)
        outcomes = race(lambda row=row: queue.let_in(row, by=bo), lambda row=row: queue.refuse(row, by=di))
        assert sum(isinstance(each, Conflict) for each in outcomes) == 1, outcomes
        Post.objects.all().delete()


def test_let_in_twice_at_once_stands_there_once(people: People) -> None:
    group, bo, di, moa = people
    for _ in range(ROUNDS):
        row = waits(group, moa)
        race(lambda row=row: queue.let_in(row, by=bo), lambda row=row: queue.let_in(row, by=di))
        assert Post.objects.get().place_state == PlaceState.SHOWN
        Post.objects.all().delete()


def test_at_most_three_stand_first(people: People) -> None:
    group, bo, di, _moa = people
    rows = [actions.post(bo, f"words {n}", choice=Choice(group=group)) for n in range(4)]
    for _ in range(ROUNDS):
        keeping.pin(rows[0], by=bo)
        keeping.pin(rows[1], by=bo)
        race(lambda: keeping.pin(rows[2], by=bo), lambda: keeping.pin(rows[3], by=di))
        assert GroupMark.objects.count() == 3
        GroupMark.objects.all().delete()


def test_what_is_said_while_its_author_is_banned_is_hidden_or_refused(people: People) -> None:
    group, bo, _di, moa = people
    for _ in range(ROUNDS):
        theirs = actions.post(bo, "words", choice=Choice(group=group))
        outcomes = race(
            lambda: barring.ban(group, moa, by=bo, with_content=True),
            lambda: actions.post(moa, "words", choice=Choice(group=group)),
            lambda theirs=theirs: actions.comment(theirs, "words", by=moa),
        )
        assert all(isinstance(each, Refusal) or not isinstance(each, Exception) for each in outcomes), outcomes
        assert not Post.objects.filter(author=moa, place_state=PlaceState.SHOWN).exists()
        assert not Comment.objects.filter(author=moa, state=State.SHOWN).exists()
        theirs.refresh_from_db()
        assert theirs.comment_count == 0
        barring.lift(outcomes[0], by=bo)
        Post.objects.all().delete()
        seat(group, moa)
