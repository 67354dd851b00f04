"""The numbers over the lists are those of the lists, for everybody, whatever stands between them."""

from collections.abc import Callable

import pytest

from collegium.graph import near
from collegium.graph.degrees import standings
from collegium.members.models import Member
from collegium.network import actions, lists
from collegium.network.counts import LISTS, counts
from collegium.network.mutuals import mutuals
from collegium.testing.cast import Cast, connect, make_member
from collegium.ties.models import Block, Distance, Follow, Invitation


def lengths(owner: Member) -> dict[str, int]:
    """What the lists themselves hold."""
    viewer = lists.Viewer(owner)
    rows = (
        Invitation.objects.to(owner),
        lists.connections(owner, viewer),
        lists.sent(owner),
        lists.followed(owner),
        lists.followers(owner),
    )
    return dict(zip(LISTS, (each.count() for each in rows), strict=True))


@pytest.fixture
def tangle(cast: Cast) -> Cast:
    """The cast with everything at once: hidden people, blocks from a bundle, follows across them."""
    connect(cast.cy, cast.ada)
    connect(cast.flo, cast.bo)
    for one in (cast.ada, cast.bo, cast.di):
        for other in (cast.cy, cast.flo, cast.hal):
            if one != other:
                actions.follow(one, other)
                actions.follow(other, one)
    for person in (cast.di, cast.hal):
        actions.invite(cast.ada, person, note="Hello.")
    actions.decline(Invitation.objects.with_people().get(recipient=cast.di), by=cast.di)
    hidden = make_member("Hidden Person", visibility=Member.Visibility.HIDDEN)
    actions.invite(hidden, cast.ada, note="Hello.")
    actions.follow(hidden, cast.ada)
    Follow.objects.create(follower=cast.ada, followee=hidden)
    Follow.objects.create(follower=cast.ada, followee=cast.gus)
    Member.objects.filter(pk=cast.hal.pk).update(visibility=Member.Visibility.HIDDEN)
    Block.objects.create(blocker=cast.flo, blocked=cast.hal)
    return cast


def test_counts_are_those_of_the_lists(tangle: Cast) -> None:
    found = {member.handle: counts(member) for member in Member.objects.all()}
    assert found == {member.handle: lengths(member) for member in Member.objects.all()}
    assert found["ada-lindqvist"] == {"overview": 2, "connections": 2, "sent": 1, "following": 2, "followers": 2}


def test_a_block_and_a_suspension_count_at_once(tangle: Cast) -> None:
    steps: list[Callable[[], object]] = [
        lambda: Block.objects.create(blocker=tangle.ada, blocked=tangle.cy),
        lambda: Block.objects.create(blocker=tangle.flo, blocked=tangle.ada),
        lambda: Member.objects.filter(pk=tangle.bo.pk).update(standing=Member.Standing.SUSPENDED),
        lambda: Member.objects.filter(pk=tangle.di.pk).update(visibility=Member.Visibility.HIDDEN),
    ]
    before = counts(tangle.ada)
    kept = Distance.objects.create(member=tangle.cy, other=tangle.ada, rung=Distance.Rung.RESTRICTED)
    assert counts(tangle.ada) == lengths(tangle.ada) == before, "she shows him no less than any member"
    Member.objects.filter(pk=tangle.cy.pk).update(visibility=Member.Visibility.HIDDEN)
    assert counts(tangle.ada) == lengths(tangle.ada) != before
    kept.delete()
    assert counts(tangle.ada) == lengths(tangle.ada) == before
    for step in steps:
        step()
        now = counts(tangle.ada)
        assert now == lengths(tangle.ada)
        assert now != before
        before = now


def test_the_graph_counts_the_same_connections(tangle: Cast) -> None:
    """Home asks the graph, the list asks the tables; a member reads one number."""
    Member.objects.filter(pk=tangle.cy.pk).update(visibility=Member.Visibility.HIDDEN)
    Distance.objects.create(member=tangle.cy, other=tangle.ada, rung=Distance.Rung.RESTRICTED)
    assert any(member.connection_count != counts(member)["connections"] for member in Member.objects.all())
    for member in Member.objects.all():
        assert len(near.first(lists.Viewer(member))) == counts(member)["connections"], member


def test_mutual_names_are_as_many_as_are_counted(tangle: Cast) -> None:
    """Names and number come from two statements; both know the hidden lists."""
    everybody = list(Member.objects.all())
    audiences = Member.ListAudience
    for mine in audiences:
        for theirs in audiences:
            Member.objects.filter(pk=tangle.bo.pk).update(connections_audience=mine)
            Member.objects.exclude(pk=tangle.bo.pk).update(connections_audience=theirs)
            for name in ("ada", "bo", "cy", "flo"):
                viewer = tangle.viewer(name)
                assert viewer.member is not None
                counted = standings(viewer.member, [person.pk for person in everybody])
                named = mutuals(viewer, [person for person in everybody if person != viewer.member])
                assert {key: each.mutual for key, each in counted.items() if each.mutual} == {
                    key: each.total for key, each in named.items()
                }
                assert all(len(each.people) == min(3, each.total) for each in named.values())
