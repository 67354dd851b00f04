"""The tables of distance bite: with a fault planted where closeness has its direction, at least one cell is wrong.

Posts as they are found, home as it is read, readers as they are counted, and the way into somebody's network.
"""

from typing import Any

import pytest

from collegium.audience import rule
from collegium.audience.level import Level
from collegium.feed import actions, notices, timeline
from collegium.feed.models import Facet, Mix, Post
from collegium.graph import near
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.network.distance import Rung, set_rung
from collegium.testing.cast import Cast
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("anew")

RUNGS = (None, Rung.MUTED, Rung.WORK_ONLY, Rung.RESTRICTED)
# For connections only, professional and personal, by the rung at which Ada keeps Bo.
# Bo finds hers | she finds his | his home | her home | counted as readers of hers
TABLE = {
    None: "11 11 11 11 11",
    Rung.MUTED: "11 11 11 00 11",
    Rung.WORK_ONLY: "10 11 10 10 10",
    Rung.RESTRICTED: "00 11 00 00 00",
}
# Ada and Cy through Bo: whether she finds what Cy has for her network, and counts among those it reaches.
WAYS = {"open": "11", "connections": "11", "hidden": "00", "suspended": "00"}


def pair(cast: Cast) -> dict[Rung | None, str]:
    """The table as the rule fills it in."""
    posts = {
        (who, facet): actions.post(getattr(cast, who), "words", facet=facet, audience=Level.CONNECTIONS)
        for who in ("ada", "bo")
        for facet in Facet
    }
    filled = {}
    for rung in RUNGS:
        set_rung(cast.ada, cast.bo, rung)
        cells = [
            "".join(str(int(found(cast, looks, posts[who, facet]))) for facet in Facet)
            for looks, who in (("bo", "ada"), ("ada", "bo"))
        ]
        cells += [
            "".join(str(int(comes(cast, reads, posts[who, facet]))) for facet in Facet)
            for reads, who in (("bo", "ada"), ("ada", "bo"))
        ]
        cells.append("".join(str(int(counted(cast, posts["ada", facet]))) for facet in Facet))
        filled[rung] = " ".join(cells)
    return filled


def found(cast: Cast, name: str, post: Post) -> bool:
    return Post.objects.visible_to(cast.viewer(name)).contains(post)


def comes(cast: Cast, name: str, post: Post) -> bool:
    """Whether it stands in the stream, before anything is loaded through the rule once more."""
    me: Member = getattr(cast, name)
    keys = timeline.stream(timeline.people_of(me), Mix(member=me, sides=Mix.Sides.BOTH), limit=20)
    return post.pk in {key for key, _facet in keys}


def counted(cast: Cast, post: Post) -> bool:
    """Whether Bo is among the readers, whom notices and open pages are told by."""
    readers = notices._readers(post)
    return readers.filter(pk=cast.bo.pk).exists()


def ways(cast: Cast) -> dict[str, str]:
    """The second table."""
    post = actions.post(cast.cy, "words", audience=Level.NETWORK)
    filled = {}
    for how, changes in {
        "open": {"connections_audience": 1},
        "connections": {"connections_audience": 3},
        "hidden": {"connections_audience": 4},
        "suspended": {"connections_audience": 1, "standing": "suspended"},
    }.items():
        Member.objects.filter(pk=cast.bo.pk).update(**changes)
        reached = notices._readers(post).filter(pk=cast.ada.pk).exists()
        filled[how] = f"{int(found(cast, 'ada', post))}{int(reached)}"
    Member.objects.filter(pk=cast.bo.pk).update(standing="active")
    return filled


def wrong(cast: Cast) -> bool:
    return ways(cast) != WAYS or pair(cast) != TABLE


def test_the_tables_are_right(cast: Cast) -> None:
    assert pair(cast) == TABLE
    assert ways(cast) == WAYS


CLOSENESS, READERS = rule.Closeness, rule.NearnessOfReaders
TURNED = ("k.member_id", "k.other_id")
FAULTS: dict[str, tuple[type, str, tuple[str, str] | None]] = {
    "restriction is forgotten": (CLOSENESS, "KEPT_AWAY", None),
    "restriction works the wrong way": (CLOSENESS, "KEPT_AWAY", TURNED),
    "every rung restricts": (CLOSENESS, "KEPT_AWAY", (f"k.rung = {rule.RESTRICTED}", "k.rung > 0")),
    "work only is forgotten": (CLOSENESS, "TO_WORK", None),
    "work only works the wrong way": (CLOSENESS, "TO_WORK", TURNED),
    "work only closes work too": (CLOSENESS, "TO_WORK", ("{facet} = 'personal' AND", "{facet} <> '' AND")),
    "readers: distance is forgotten": (READERS, "OF_READERS", None),
    "readers: distance works the wrong way": (READERS, "OF_READERS", TURNED),
    "readers: muting closes": (READERS, "OF_READERS", ("k.rung >= {least}", "k.rung >= {least} - 2")),
    "the network leads through hidden lists": (
        CLOSENESS,
        "IN_SECOND",
        (f"AND via.connections_audience <= {rule.CONNECTED}", ""),
    ),
    "the network leads through the suspended": (CLOSENESS, "IN_SECOND", ("via.standing = 'active'", "true")),
    "the network leads through open lists alone": (
        CLOSENESS,
        "IN_SECOND",
        (f"via.connections_audience <= {rule.CONNECTED}", "via.connections_audience <= 1"),
    ),
}


def turn(words: str, swap: tuple[str, str]) -> str:
    """Replace; or, for the direction, swap the two columns."""
    if swap is not TURNED:
        return words.replace(*swap)
    one, other = swap
    return words.replace(one, "\0").replace(other, one).replace("\0", other)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_rule_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    where, name, swap = FAULTS[fault]
    right = getattr(where, name)
    planted = "" if swap is None else turn(right, swap)
    assert planted != right, "the fault has no place to be planted in any more"
    monkeypatch.setattr(where, name, planted)
    assert wrong(cast)


class Deaf:
    """A statement that leaves out one sort of line."""

    def __init__(self, right: Statement[Any], what: int) -> None:
        self.right, self.what = right, what

    def tuples(self, **values: Any) -> list[tuple[Any, ...]]:
        return [line for line in self.right.tuples(**values) if line[2] != self.what]


@pytest.mark.parametrize("what", ["KEPT", "KEEPS"])
def test_a_home_that_forgets_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """The home page works the sides out by itself, an author at a time."""
    monkeypatch.setattr(timeline, "BESIDE", Deaf(timeline.BESIDE, getattr(timeline, what)))
    assert wrong(cast)


def test_a_graph_that_forgets_restriction_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = near.closeness
    monkeypatch.setattr(near, "closeness", lambda viewer, view: dict.fromkeys(asked(viewer, view), rule.CONNECTED))
    assert wrong(cast)


def test_readers_that_forget_the_side_show(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = notices.readers
    monkeypatch.setattr(notices, "readers", lambda owner, level, **side: asked(owner, level))
    assert wrong(cast)
