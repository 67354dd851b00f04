"""The table of what was asked for bites: with a fault planted into one of its places, at least one cell is wrong.

So does the cap: a fold that forgets one of its two halves lets a window through that is too personal.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Q

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed import actions, featuring, notices, timeline
from collegium.feed.models import Facet, Mix, Post, Side
from collegium.feed.reading import fold
from collegium.feed.sides import actions as sides
from collegium.feed.sides import asked
from collegium.feed.tests.test_mix import fullest, nearest
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.network.distance import Rung, set_rung
from collegium.realtime.models import Line, Poke
from collegium.reposts import originals
from collegium.testing.cast import Cast
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("anew")

# What Ada asked for of Bo, and for each of his posts (professional, personal, from his choir) whether it comes:
# home | what the condition says | whose open home looks again | his profile | home through a plain repost
TABLE = {
    "nothing": "100 100 100 100 100",
    "personal": "111 111 111 111 111",
    "personal without the choir": "110 110 110 110 110",
    "his choir alone": "001 001 001 001 001",
    "everybody's": "111 111 111 111 111",
    "everybody's, not his": "100 100 100 100 100",
    "personal, at work only": "100 100 100 100 100",
}


def fill(cast: Cast) -> dict[str, str]:
    """The table as the rooms fill it in."""
    choir = sides.found(cast.bo, "Choir", Facet.PERSONAL)
    spoken: list[dict[str, Any]] = [{}, {"facet": Facet.PERSONAL}, {"side": choir}]
    posts = [actions.post(cast.bo, "words", audience=Level.MEMBERS, **how) for how in spoken]
    now = clock.now()
    Line.objects.get_or_create(member=cast.ada, defaults={"since": now, "seen_at": now})
    return {choice: " ".join(_row(cast, choir, posts, choice)) for choice in TABLE}


def _row(cast: Cast, choir: Side, posts: list[Post], choice: str) -> list[str]:
    _choose(cast, choir, choice)
    people, mix = timeline.people_of(cast.ada), timeline.mix_of(cast.ada)
    home = {key for key, _facet in timeline.stream(people, mix, limit=20)}
    said = set(Post.objects.filter(asked.AskedFor(Viewer(cast.ada))).values_list("pk", flat=True))
    shown = featuring.cards(Viewer(cast.ada), [post.pk for post in posts])
    through = set(_through(cast, posts))
    cells = [home, said, {post.pk for post in posts if _looks(cast, post)}, shown, through]
    return ["".join(str(int(post.pk in cell)) for post in posts) for cell in cells]


def _choose(cast: Cast, choir: Side, choice: str) -> None:
    sides.choose_nothing(cast.ada, cast.bo)
    set_rung(cast.ada, cast.bo, Rung.WORK_ONLY if "work" in choice else None)
    both = Mix.Sides.BOTH if "everybody" in choice else Mix.Sides.PROFESSIONAL
    Mix.objects.update_or_create(member=cast.ada, defaults={"sides": both})
    own = {choir: "without" not in choice} if "choir" in choice else {}
    if choice not in ("nothing", "everybody's"):
        work = choice != "his choir alone"
        sides.choose(cast.ada, cast.bo, professional=work, personal=choice.startswith("personal"), own=own)


def _looks(cast: Cast, post: Post) -> bool:
    Poke.objects.all().delete()
    notices.posted(Entry(pk=1, kind="feed.posted", subject=post.pk, data={"mentioned": []}))
    return Poke.objects.filter(member=cast.ada, topic="feed").exists()


def _through(cast: Cast, posts: list[Post]) -> list[int]:
    """Which of them a plain repost by somebody else would bring."""
    from collegium.reposts import actions as reposts

    rows = {reposts.repost(post, by=cast.cy, audience=Level.MEMBERS).pk: post.pk for post in posts}
    silent = originals.silent(Viewer(cast.ada), list(rows))
    return [of for row, of in rows.items() if row not in silent]


def test_the_table_is_right(cast: Cast) -> None:
    assert fill(cast) == TABLE


def words(right: str, planted: str) -> Callable[[pytest.MonkeyPatch], None]:
    """The condition with another piece in it."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        assert right in asked.WORDS, "the fault has no place to be planted in any more"
        patch.setattr(asked, "WORDS", asked.WORDS.replace(right, planted))

    return plant


def stream(right: str, planted: str) -> Callable[[pytest.MonkeyPatch], None]:
    """The statement of home with another piece in it."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        assert right in timeline.STREAM, "the fault has no place to be planted in any more"
        patch.setattr(timeline, "STREAM", timeline.STREAM.replace(right, planted))

    return plant


def forgets(module: Any, name: str) -> Callable[[pytest.MonkeyPatch], None]:
    """A room that does not ask."""
    return lambda patch: patch.setattr(module, name, lambda *_args: Q(pk__gt=0))


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "one's own choice of a facet is forgotten": words("w.side_id = {side}", "w.side_id = 0"),
    "a facet of anybody's will do": words("w.side_id = {side}", "w.side_id <> 0"),
    "the choice of a person is forgotten": words("w.author_id = {author}", "w.author_id = 0"),
    "the choice of a person is another's": words(
        "w.reader_id = {me} AND w.author_id", "w.reader_id <> {me} AND w.author_id"
    ),
    "the two sides are mixed up": words("THEN w.personal ELSE w.professional", "THEN w.professional ELSE w.personal"),
    "everybody begins with both": words("{facet} <> 'personal'", "true"),
    "the mix is forgotten": words("m.sides = 'both'", "m.sides = ''"),
    "whom she keeps to work is forgotten": words("k.rung = ", "k.rung = 10 + "),
    "home forgets facets": stream("array_position(%(sides)s::bigint[], side_id)", "NULL::int"),
    "home forgets sides": stream("THEN author.personal ELSE", "THEN author.near ELSE"),
    "home forgets what was chosen": lambda patch: patch.setattr(
        timeline.asked, "of", lambda me, of=timeline.asked.of: of(me).of_everybody()
    ),
    "open pages look whether or not she asked": forgets(notices, "AsksFor"),
    "the profile shows everything": forgets(featuring, "AskedFor"),
    "reposts bring everything": forgets(originals, "AskedFor"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    FAULTS[fault](monkeypatch)
    assert fill(cast) != TABLE


def _home_of(facets: list[Facet], one_in: int) -> list[bool]:
    made = fold.Fold(one_in)
    return [facet == Facet.PERSONAL for facet in facets if made.keeps(facet)]


@pytest.mark.parametrize("one_in", [3, 4])
@pytest.mark.parametrize(("name", "value"), [("WINDOW", 10_000), ("MEMORY", 1)])
def test_a_fold_that_forgets_shows(monkeypatch: pytest.MonkeyPatch, one_in: int, name: str, value: int) -> None:
    facets = [Facet.PERSONAL, Facet.PROFESSIONAL] * 100
    shown = _home_of(facets, one_in)
    assert fullest(shown) <= 50 // one_in
    assert nearest(shown) >= one_in
    monkeypatch.setattr(fold, name, value)
    shown = _home_of(facets, one_in)
    assert fullest(shown) > 50 // one_in or nearest(shown) < one_in
