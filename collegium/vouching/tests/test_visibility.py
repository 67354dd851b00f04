"""Who reads whose recommendations, as tables over the cast; and that rights end at once."""

from collections.abc import Callable

import pytest

from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.career.sections import Part
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect
from collegium.ties.models import Block
from collegium.vouching import actions, reading
from collegium.vouching.models import Recommendation
from collegium.vouching.tests.scene import befriend_everybody, job, recommend, shown

NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")


def cards(cast: Cast, viewer: str) -> list[reading.Card]:
    return reading.recommendations(cast.viewer(viewer), cast.ada)


def test_the_position_is_named_to_whom_it_is_open(cast: Cast) -> None:
    shown(cast.bo, cast.ada, item=job(cast.ada))
    career.set_audience(cast.ada, Part.POSITIONS, Level.NETWORK)
    assert [card.position for card in cards(cast, "cy")] == ["Engineer · Initech"]
    assert [card.position for card in cards(cast, "di")] == [""]


# Who reads Bo's, Cy's, Di's and Kim's words on Ada's profile; Kim's own profile is open to connections only.
AUTHORS = ("bo", "cy", "di", "kim")
SEEN = {
    Level.EVERYONE: {
        "ada": "1 1 1 1",
        "bo": "1 1 1 0",
        "cy": "1 1 0 0",
        "di": "1 0 1 0",
        "flo": "1 1 1 0",
        "nobody": "1 0 0 0",
    },
    Level.CONNECTIONS: {"ada": "1 1 1 1", "bo": "1 1 1 0", "cy": "1 1 0 0", "flo": "0 0 0 0", "nobody": "0 0 0 0"},
    Level.ONLY_ME: {"ada": "1 1 1 1", "bo": "0 0 0 0", "nobody": "0 0 0 0"},
}


def everybody_writes(cast: Cast, make_member: Callable[..., Member]) -> Member:
    befriend_everybody(cast)
    network.disconnect(cast.ada, cast.flo)
    kim = make_member("Kim Lund", visibility=Member.Visibility.HIDDEN)
    connect(kim, cast.ada)
    network.block(cast.di, cast.cy)
    Member.objects.filter(pk__in=[cast.ada.pk, cast.bo.pk]).update(visibility=Member.Visibility.PUBLIC)
    for author in (cast.bo, cast.cy, cast.di, kim):
        shown(author, cast.ada)
    return kim


def table(cast: Cast, level: Level) -> dict[str, str]:
    seen = {}
    for viewer in SEEN[level]:
        rows = Recommendation.objects.shown_to(cast.viewer(viewer))
        names = {row.author.name.split()[0].lower() for row in rows.select_related("author")}
        assert {card.name.split()[0].lower() for card in cards(cast, viewer)} == names, viewer
        seen[viewer] = " ".join(str(int(name in names)) for name in AUTHORS)
    return seen


def test_who_reads_whose_words(cast: Cast, make_member: Callable[..., Member]) -> None:
    everybody_writes(cast, make_member)
    for level, expected in SEEN.items():
        career.set_audience(cast.ada, Part.RECOMMENDATIONS, level)
        assert table(cast, level) == expected, level


@pytest.mark.parametrize("name", ["closeness", "blocks_between", "level_of"])
def test_the_table_bites(
    cast: Cast, make_member: Callable[..., Member], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """With one question of the rule forgotten, somebody reads what she may not."""
    from collegium.vouching.models import recommendations as home

    everybody_writes(cast, make_member)
    network.block(cast.ada, cast.bo)
    career.set_audience(cast.ada, Part.RECOMMENDATIONS, Level.CONNECTIONS)
    before = {viewer: rows_of(cast, viewer) for viewer in ("cy", "flo", "nobody")}
    faults = {
        "closeness": lambda *args, **more: home.F("recipient__id") * 0 + Level.ONLY_ME.value,
        "blocks_between": lambda one, other: Block.objects.none(),
        "level_of": lambda *args, **more: home.F("near"),
    }
    monkeypatch.setattr(home, name, faults[name])
    assert {viewer: rows_of(cast, viewer) for viewer in before} != before


def rows_of(cast: Cast, viewer: str) -> set[int]:
    return set(Recommendation.objects.on_profile(cast.viewer(viewer)).values_list("author", flat=True))


ENDS: dict[str, tuple[Callable[[Cast], object], str]] = {
    # What happens; who still reads Bo's words on Ada's profile.
    "disconnected": (lambda cast: network.disconnect(cast.ada, cast.bo), "ada bo cy di flo hal"),
    "blocked": (lambda cast: network.block(cast.ada, cast.bo), ""),
    "blocked by the author": (lambda cast: network.block(cast.bo, cast.ada), ""),
    "the author suspended": (lambda cast: members.suspend(cast.bo, by=None), ""),
    "a reader blocked the author": (lambda cast: network.block(cast.di, cast.bo), "ada bo cy flo hal"),
}


@pytest.mark.parametrize("name", ENDS)
def test_rights_end_at_once(cast: Cast, name: str) -> None:
    happens, left = ENDS[name]
    shown(cast.bo, cast.ada)
    happens(cast)
    there = [viewer for viewer in NAMES if viewer == "nobody" or cast.viewer(viewer).me.is_active]
    readers = [viewer for viewer in there if Recommendation.objects.visible_to(cast.viewer(viewer)).exists()]
    assert " ".join(sorted(readers)) == left
    assert " ".join(sorted(viewer for viewer in there if cards(cast, viewer))) == left


def test_each_with_what_the_network_knows(cast: Cast) -> None:
    for member in (cast.ada, cast.bo):
        job(member)
    shown(cast.bo, cast.ada)
    (card,) = cards(cast, "di")
    assert card.relation == "Bo Okafor managed Ada Lindqvist directly"
    assert (card.bond.words, card.bond.confirmed) == ("worked together at Initech, 2019–21", False)
    career.set_audience(cast.bo, Part.POSITIONS, Level.CONNECTIONS)
    assert cards(cast, "di")[0].bond.words == ""


def test_a_position_closed_since_is_not_named_to_author_and_writer(cast: Cast) -> None:
    item = job(cast.ada)
    recommend(cast.bo, cast.ada, item=item)
    wish = actions.ask(cast.ada, cast.bo, item=item)
    career.edit(item, by=cast.ada, title="Night watch")
    paths = ("/vouching/given/", "/vouching/requests/", wish.path)
    bo = cast.client("bo")
    assert all("Night watch" in bo.get(path).text for path in paths)
    career.set_audience(cast.ada, Part.POSITIONS, Level.ONLY_ME)
    assert not any("Night watch" in bo.get(path).text for path in paths)
    ada = cast.client("ada")
    assert all("Night watch" in ada.get(path).text for path in ("/vouching/", "/vouching/asked/"))
