"""Closeness has a direction: tables of what each rung closes, and both expressions held equal over every pair."""

import itertools
import random

import pytest
from django.db.models import F

from collegium.audience.level import Level
from collegium.audience.reach import reach
from collegium.audience.rule import PERSONAL, closeness, nearness_of_readers, readers
from collegium.audience.viewer import Viewer
from collegium.feed.models import Facet, Post
from collegium.members.models import Member
from collegium.testing.cast import Cast, connect
from collegium.ties.models import Distance

Rung = Distance.Rung


def near(viewer: Member, owner: Member, *, facet: str = Facet.PROFESSIONAL) -> int:
    """How near the viewer is to what the owner says from this side."""
    post = Post(author=owner, body="words", html="words", facet=facet)
    post.save()
    return Post.objects.annotate(near=closeness(Viewer(viewer), "author", facet="facet")).get(pk=post.pk).near


def test_the_name_of_the_personal_side_is_that_of_the_feed() -> None:
    assert Facet.PERSONAL == PERSONAL


# How near Bo, connected, and Cy, of the second degree, are to Ada, who keeps them at a rung; and she to them.
#                    her work  her person  their work  their person
BO = {
    None: (3, 3, 3, 3),
    Rung.MUTED: (3, 3, 3, 3),
    Rung.WORK_ONLY: (3, 1, 3, 3),
    Rung.RESTRICTED: (1, 1, 3, 3),
}
CY = {None: (2, 2, 2, 2), Rung.MUTED: (2, 2, 2, 2), Rung.WORK_ONLY: (2, 1, 2, 2), Rung.RESTRICTED: (1, 1, 2, 2)}


@pytest.mark.parametrize("rung", list(BO), ids=str)
@pytest.mark.parametrize("name", ["bo", "cy"])
def test_each_rung_in_its_direction(cast: Cast, name: str, rung: Rung | None) -> None:
    other: Member = getattr(cast, name)
    if rung:
        Distance.objects.create(member=cast.ada, other=other, rung=rung)
    sides = (Facet.PROFESSIONAL, Facet.PERSONAL)
    found = [near(*pair, facet=side) for pair in ((other, cast.ada), (cast.ada, other)) for side in sides]
    assert tuple(found) == (BO if name == "bo" else CY)[rung]


def test_a_block_goes_before_a_rung(cast: Cast) -> None:
    Distance.objects.create(member=cast.ada, other=cast.ed, rung=Rung.RESTRICTED)
    Distance.objects.create(member=cast.gus, other=cast.ada, rung=Rung.RESTRICTED)
    assert near(cast.ed, cast.ada) == -1
    assert near(cast.ada, cast.gus) == -1


@pytest.mark.parametrize(
    ("standing", "audience", "expected"),
    [("active", 1, 2), ("active", 3, 2), ("active", 4, 1), ("suspended", 1, 1)],
)
def test_the_network_goes_through_people_who_show_their_list(
    cast: Cast, standing: str, audience: int, expected: int
) -> None:
    Member.objects.filter(pk=cast.bo.pk).update(standing=standing, connections_audience=audience)
    assert near(cast.ada, cast.cy) == near(cast.cy, cast.ada) == expected
    counted = Member.objects.filter(pk=cast.cy.pk).annotate(near=nearness_of_readers(cast.ada)).get()
    assert counted.near == expected
    assert reach(cast.ada, Level.NETWORK) == readers(cast.ada, Level.NETWORK).exclude(pk=cast.ada.pk).count()


@pytest.mark.parametrize("seed", range(6))
def test_who_sees_this_is_may_she_see_this(cast: Cast, seed: int) -> None:
    """Over every ordered pair of the cast, with rungs, more connections and hidden lists thrown in."""
    chance = random.Random(seed)
    everybody = list(Member.objects.order_by("pk"))
    for one, other in itertools.permutations(everybody, 2):
        if chance.random() < 0.4:
            Distance.objects.create(member=one, other=other, rung=chance.choice(list(Rung)))
    connect(cast.di, cast.cy)
    connect(cast.hal, cast.di)
    hidden = [each.pk for each in everybody if chance.random() < 0.3]
    Member.objects.filter(pk__in=hidden).update(connections_audience=Member.ListAudience.ONLY_ME)
    for owner in Member.objects.active():
        for facet in Facet:
            personal = facet == Facet.PERSONAL
            people = Member.objects.active().annotate(near=nearness_of_readers(owner, personal=personal))
            for reader in people:
                assert reader.near == near(reader, owner, facet=facet), (owner.name, reader.name, facet)
            for level in Level:
                told = 0 if level == Level.ONLY_ME else readers(owner, level, personal=personal).count() - 1
                assert reach(owner, level, personal=personal) == told, (owner.name, level, facet)


def test_restriction_is_asked_where_a_row_has_no_side(cast: Cast) -> None:
    Distance.objects.create(member=cast.ada, other=cast.bo, rung=Rung.WORK_ONLY)
    rows = Member.objects.annotate(near=closeness(Viewer(cast.bo)))
    assert rows.get(pk=cast.ada.pk).near == 3
    Distance.objects.update(rung=Rung.RESTRICTED)
    assert rows.get(pk=cast.ada.pk).near == 1
    assert rows.filter(near__gte=F("visibility")).filter(pk=cast.ada.pk).exists()
