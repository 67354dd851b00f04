"""How many would read a post is said before it is posted: the very number of accounts that get it."""

from random import Random

import pytest

from collegium.audience.viewer import Viewer
from collegium.feed import actions, selecting
from collegium.feed.models import Facet, Post
from collegium.feed.selecting import Choice
from collegium.groups.models import Group, Membership, Visibility
from collegium.groups.tests.scene import group_of, seat
from collegium.members.models import Member
from collegium.testing.cast import make_member
from collegium.ties.models import Block

pytestmark = pytest.mark.django_db


def generated(rng: Random, people: list[Member], visibility: str) -> Group:
    """A group of some of them, whoever is out of standing among them too."""
    joining = "invitation" if visibility == Visibility.UNLISTED else "open"
    owner = rng.choice([each for each in people if each.is_active])
    group = group_of(owner, f"Group {rng.random()}", visibility=visibility, joining=joining)
    for each in rng.sample(people, rng.randint(1, len(people) - 2)):
        if each.pk != owner.pk:
            seat(group, each)
    group.refresh_from_db()
    assert group.member_count == Membership.objects.filter(group=group).count()
    return group


def parted(rng: Random, people: list[Member]) -> None:
    """Two more of whom one blocks the other."""
    one, other = rng.sample(people, 2)
    Block.objects.get_or_create(blocker=one, blocked=other)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("visibility", list(Visibility))
def test_the_number_stated_is_the_number_of_accounts(visibility: str, seed: int) -> None:
    rng = Random(seed)
    people = [make_member(f"Person {number}") for number in range(12)]
    for each in rng.sample(people, 3):
        each.standing = Member.Standing.SUSPENDED
        each.save(update_fields=["standing"])
    for _ in range(3):
        parted(rng, people)
        group = generated(rng, people, visibility)
        authors = Membership.objects.filter(group=group, member__standing=Member.Standing.ACTIVE)
        for author in Member.objects.filter(pk__in=authors.values("member")):
            stated = selecting.proof(author, Choice(group=group), Facet.PROFESSIONAL)
            row = actions.post(author, "words", choice=Choice(group=group))
            everybody = Member.objects.active().exclude(pk=author.pk)
            got = {each.pk for each in everybody if Post.objects.visible_to(Viewer(each)).contains(row)}
            assert stated.count == len(got)
            assert {each.pk for each in stated.some} <= got
            named = selecting.seen_by(author, Choice(group=group), Facet.PROFESSIONAL)
            assert set(named.values_list("pk", flat=True)) == got
