"""The made-up network has the shape of a real one and keeps every promise of the product's tables."""

import numpy as np
import pytest
from django.db import connection
from django.db.models import Count

from collegium.audience.viewer import Viewer
from collegium.career.models import Holding, Item
from collegium.events.models import Occurrence
from collegium.feed.models import Comment, Post
from collegium.groups.models import Group, Membership, Role
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.portability.report import BundleError
from collegium.portability.synth import synthesize
from collegium.portability.synth.graph import Network
from collegium.portability.tests.test_load import assert_counts_are_right
from collegium.ties.models import Connection, Follow, Invitation


def adjacency(network: Network) -> list[set[int]]:
    ties = network.ties(lambda _what, _done, _total: None)
    known = [set(mine.tolist()) for mine in np.split(ties.others, ties.starts[1:-1])]
    assert len(known) == network.members
    assert list(map(len, known)) == ties.degrees.tolist()  # nobody twice
    for member, others in enumerate(known):
        assert member not in others
        assert all(member in known[other] for other in others)
    return known


def test_shape() -> None:
    known = adjacency(Network(4_000, np.random.default_rng(3)))
    degrees = sorted(map(len, known))
    assert 78 < sum(degrees) / 4_000 < 95
    assert degrees[2_000] < 66  # the median lies well below the mean
    assert 300 < degrees[-1] <= 460  # a tenth of all, and chance
    sample = [friends for friends in known[::20] if len(friends) > 1]
    triangles = [
        sum(len(known[friend] & friends) for friend in friends) / (len(friends) * (len(friends) - 1))
        for friends in sample
    ]
    assert sum(triangles) / len(sample) > 4 * 90 / 4_000  # several times what pure chance would give


def test_the_same_seed_gives_the_same_network() -> None:
    assert adjacency(Network(300, np.random.default_rng(5))) == adjacency(Network(300, np.random.default_rng(5)))


@pytest.mark.parametrize("members", [2, 3, 91])
def test_small_ones(members: int) -> None:
    adjacency(Network(members, np.random.default_rng(1)))


def furniture() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
            " UNION ALL SELECT tgname, tgrelid::regclass::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
            " UNION ALL SELECT indexname, tablename::text, indexdef FROM pg_indexes WHERE schemaname = 'public'"
            " ORDER BY 1, 2, 3"
        )
        return cursor.fetchall()


def they_meet() -> None:
    """The largest group has a tenth of all, a house a twentieth; every count is right, and all is said by insiders."""
    sizes = [group.member_count for group in Group.objects.order_by("handle")]
    assert sizes == [group.memberships.count() for group in Group.objects.order_by("handle")]
    assert (max(sizes), sizes == sorted(sizes, reverse=True)) == (25, True)
    assert not Group.objects.exclude(memberships__role=Role.OWNER).exists()
    inside = Post.objects.filter(group__isnull=False).select_related("group", "author")
    assert inside.count() >= 20 * len(sizes)
    for post in inside[:40]:
        assert Membership.objects.filter(group=post.group, member=post.author).exists()
        assert Post.objects.visible_to(Viewer(post.author)).filter(pk=post.pk).exists()
    house = Organization.objects.get(handle="house-1")
    assert Item.objects.filter(organization=house, section="positions", ended="").count() >= 250 // 20
    for page in Organization.objects.filter(page_since__isnull=False):
        assert page.follower_count == page.followers.count() > 0
    for row in Occurrence.objects.all():
        assert row.seats_taken == row.attendances.count() > 0
    assert max(Occurrence.objects.values_list("seats_taken", flat=True)) == 50


@pytest.mark.django_db
def test_in_the_tables(monkeypatch) -> None:
    monkeypatch.setattr("collegium.portability.bulk.WORTHWHILE", 1)
    before = furniture()
    synthesize(250)
    assert furniture() == before
    assert Member.objects.count() == 250
    assert_counts_are_right()
    assert Post.objects.count() > 1_000
    assert Comment.objects.exists()
    assert Follow.objects.count() > 300
    assert Invitation.objects.count() > 50
    assert set(Item.objects.values_list("member").annotate(n=Count("id")).values_list("n", flat=True)) == {2, 3, 4}
    assert not Item.objects.filter(section="positions", organization=None).exists()
    assert set(Holding.objects.values_list("member").annotate(n=Count("id")).values_list("n", flat=True)) == {5}
    assert 2 < Organization.objects.count() < 250
    they_meet()
    assert not Comment.objects.filter(parent__parent__isnull=False).exists()
    for row in Comment.objects.select_related("post", "author")[:100]:
        assert Post.objects.visible_to(Viewer(row.author)).filter(pk=row.post_id).exists()
    pairs = set(Connection.objects.values_list("member", "other"))
    assert not pairs & set(Invitation.objects.values_list("sender", "recipient"))
    with pytest.raises(BundleError, match="has members already"):
        synthesize(10)
