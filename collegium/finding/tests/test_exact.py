"""Every answer of a search is what looking at every opening gives, for whoever asks; what is hidden changes nothing."""

from collections.abc import Callable

import pytest

from collegium.audience.viewer import NOBODY, Viewer
from collegium.finding import asked as asking
from collegium.finding import memory
from collegium.finding.eyes import Eyes
from collegium.finding.facets import DAYS, PAY, SINCE, STEPS
from collegium.finding.searching import Search, matching
from collegium.finding.tests.generated import LongWay, World
from collegium.openings.models import Hidden, Opening, Seat, State
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db


def viewers(world: World) -> list[Viewer]:
    return [NOBODY, *(world.cast.viewer(name) for name in world.cast.names[:-1])]


@pytest.mark.parametrize("seed", range(6))
def test_searches(cast: Cast, seed: int) -> None:
    world = World(cast, seed)
    eyes, long_way = viewers(world), LongWay()
    for given in (world.query() for _ in range(40)):
        asked, viewer = asking.read(given), world.dice.choice(eyes)
        search, wanted = Search(asked, viewer), long_way.keys(asked, viewer)
        assert search.keys() == wanted, (given, viewer)
        for facet in ("way", "kind", "level", "company", "skill", "country"):
            assert search.counts(facet) == long_way.counts(facet, asked, viewer), (facet, given)
        for facet, steps in ((SINCE, DAYS), (PAY, STEPS)):
            assert search.steps(facet, steps) == long_way.steps(facet, steps, asked, viewer), (facet, given)
        every = set(matching(asked, Opening.objects.filter(state=State.LIVE), viewer).values_list("pk", flat=True))
        assert set(wanted) <= every


@pytest.mark.parametrize("seed", range(20, 26))
def test_who_sees_what_as_the_rule_says(cast: Cast, seed: int) -> None:
    world = World(cast, seed, 120)
    seen = 0
    for viewer in viewers(world):
        table = memory.now()
        wanted = set(Opening.objects.standing().visible_to(viewer).values_list("pk", flat=True))
        assert set(table.columns.key[Eyes(viewer, table).sees].tolist()) == wanted, viewer
        seen += len(wanted)
    assert seen > 200
    assert Hidden.objects.count() > 20
    assert Seat.objects.count() > 20


def test_pages_follow_each_other(cast: Cast) -> None:
    world = World(cast, 7)
    search, found, after = Search(asking.read(world.query().copy().__class__("")), NOBODY), [], ""
    assert search.total > 7
    while True:
        page = search.page(after, 3)
        found += page.keys
        after = page.after
        if not after:
            break
    assert found == search.keys()


@pytest.mark.parametrize(
    "change",
    [
        lambda world: Opening.objects.filter(pk=world.rows[0].pk).update(title="Zookeeper"),
        lambda world: (
            world.rows[0].organization.__class__.objects.filter(pk=world.rows[0].organization_id).update(name="Zoo")
        ),
        lambda world: Hidden.objects.all().delete(),
        lambda world: Opening.objects.filter(pk__in=[row.pk for row in world.rows[:20]]).delete(),
        lambda world: [world._opening() for _ in range(10)],
    ],
    ids=["title", "organisation", "hidden", "gone", "new"],
)
def test_changes_count_at_once(cast: Cast, change: Callable[[World], object]) -> None:
    world = World(cast, 3)
    eyes = viewers(world)
    for viewer in eyes:
        Search(asking.Asked(), viewer)
    change(world)
    long_way = LongWay()
    for given in (world.query() for _ in range(30)):
        given["q"] = world.dice.choice(("zoo", "data", "zookeeper OR nurse", ""))
        asked, viewer = asking.read(given), world.dice.choice(eyes)
        assert Search(asked, viewer).keys() == long_way.keys(asked, viewer), given
