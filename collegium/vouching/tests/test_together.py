"""“We worked together”: proposed, confirmed, ended, and for whose eyes."""

from collections.abc import Callable

import pytest

from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.career.models import Item
from collegium.career.sections import Part
from collegium.lib.refusal import Conflict, Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries
from collegium.vouching import actions, reading
from collegium.vouching.bonds import bonds
from collegium.vouching.models import Confirmation
from collegium.vouching.tests.scene import job, shown, skill
from collegium.vouching.together import Place, places

SAID = "Both say they worked together at Initech, 2019–20"
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")


def place(cast: Cast) -> Place:
    job(cast.ada)
    job(cast.bo, started="")
    (found,) = places(cast.viewer("ada"), cast.bo.pk)
    return found


def confirmed(cast: Cast) -> Confirmation:
    row = actions.propose(cast.ada, cast.bo, place(cast), since="2019", until="2020")
    return actions.confirm(row, by=cast.bo)


def told(cast: Cast, viewer: str) -> str:
    found = bonds(cast.viewer(viewer), cast.ada.pk, [cast.bo.pk], tied=False)
    return found[cast.bo.pk].words if cast.bo.pk in found else ""


@pytest.mark.parametrize("name", ["cy", "di", "ed", "eve", "flo", "hal", "gus", "ada"])
def test_only_connections_are_asked(cast: Cast, name: str) -> None:
    where = place(cast)
    with pytest.raises(Refusal):
        actions.propose(cast.ada, getattr(cast, name), where, since="2019", until="")
    assert actions.propose(cast.ada, cast.bo, where, since="2019", until="")


def test_it_takes_both(cast: Cast) -> None:
    row = actions.propose(cast.ada, cast.bo, place(cast), since="2019", until="2020")
    assert told(cast, "cy") == ""
    for name in ("ada", "cy", "di"):
        with pytest.raises(Refusal):
            actions.confirm(row, by=getattr(cast, name))
    actions.confirm(row, by=cast.bo)
    assert told(cast, "cy") == SAID


def test_both_ask_the_same_and_it_is_confirmed(cast: Cast) -> None:
    where = place(cast)
    first = actions.propose(cast.ada, cast.bo, where, since="2019", until="2020")
    assert actions.propose(cast.ada, cast.bo, where, since="2019", until="2020").confirmed_at is None
    with pytest.raises(Conflict):
        actions.propose(cast.bo, cast.ada, where, since="2018", until="2020")
    again = actions.propose(cast.bo, cast.ada, where, since="2019", until="2020")
    assert (again.pk, again.confirmed_at is None) == (first.pk, False)


@pytest.mark.parametrize("name", ["ada", "bo"])
def test_either_ends_it_at_once(cast: Cast, name: str) -> None:
    row = confirmed(cast)
    for stranger in (cast.cy, cast.di):
        with pytest.raises(Refusal):
            actions.end(row, by=stranger)
    actions.end(row, by=getattr(cast, name))
    assert told(cast, "cy") == ""
    with pytest.raises(Conflict):
        actions.confirm(row, by=cast.bo)


ENDS: dict[str, Callable[[Cast], object]] = {
    "disconnected": lambda cast: network.disconnect(cast.bo, cast.ada),
    "blocked": lambda cast: network.block(cast.bo, cast.ada),
    "suspended": lambda cast: members.suspend(cast.bo, by=None),
    "her position removed": lambda cast: career.remove(Item.objects.get(member=cast.ada), by=cast.ada),
    "his position removed": lambda cast: career.remove(Item.objects.get(member=cast.bo), by=cast.bo),
    "her employer renamed": lambda cast: career.edit(
        Item.objects.get(member=cast.ada), by=cast.ada, organization_name="Hooli"
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_it_ends_with_what_it_stands_on(cast: Cast, name: str) -> None:
    row = confirmed(cast)
    assert told(cast, "cy") == SAID
    ENDS[name](cast)
    assert [told(cast, viewer) for viewer in NAMES if viewer != "bo"] == [""] * 8
    assert not Confirmation.objects.visible_to(cast.viewer("cy")).filter(pk=row.pk).exists()


SEEN = {
    (Level.EVERYONE, Level.EVERYONE): "ada bo cy di flo hal",
    (Level.CONNECTIONS, Level.EVERYONE): "ada bo",
    (Level.EVERYONE, Level.CONNECTIONS): "ada bo cy",
    (Level.ONLY_ME, Level.EVERYONE): "ada",
}


@pytest.mark.parametrize("levels", SEEN)
def test_only_who_may_read_the_place_on_both_learns_of_it(cast: Cast, levels: tuple[Level, Level]) -> None:
    row = confirmed(cast)
    for member, level in zip((cast.ada, cast.bo), levels, strict=True):
        career.set_audience(member, Part.POSITIONS, level)
    assert " ".join(sorted(name for name in NAMES if told(cast, name) == SAID)) == SEEN[levels]
    rule = {name for name in NAMES if Confirmation.objects.visible_to(cast.viewer(name)).filter(pk=row.pk).exists()}
    assert rule == set(SEEN[levels].split()) | {"ada", "bo"}, "the two themselves always may end it"


def test_it_stands_on_recommendations_and_endorsements(cast: Cast) -> None:
    confirmed(cast)
    shown(cast.bo, cast.ada)
    holding = skill(cast.ada)
    actions.endorse(holding, by=cast.bo)
    assert reading.recommendations(cast.viewer("cy"), cast.ada)[0].bond.confirmed
    assert SAID in cast.client("cy").get(f"/vouching/skills/{holding.pk}/").content.decode()


def test_over_http(cast: Cast) -> None:
    ada, bo = cast.client("ada"), cast.client("bo")
    assert b"no employer, school or volunteer work in common" in ada.get("/vouching/with/bo-okafor/").content
    where = place(cast)
    path = "/vouching/with/bo-okafor/"
    form = {"place": where.key, "since": "2019", "until": "2020"}
    assert b"Initech" in ada.get(path).content
    for wrong in (
        {"place": "o1"},
        {"since": ""},
        {"since": "19"},
        {"since": "2999"},
        {"until": "2018"},
        {"since": "x"},
    ):
        assert ada.post(path, form | wrong).status_code == 422, wrong
    assert ada.post(path, form).status_code == 302
    row = Confirmation.objects.get()
    assert ada.post(path, form | {"since": "2018"}).status_code == 409
    assert b"asks you to confirm it" in bo.get("/vouching/together/").content
    assert ada.post(f"{row.path}confirmation/").status_code == 403
    assert cast.client("di").post(f"{row.path}confirmation/").status_code == 404
    assert bo.post(f"{row.path}confirmation/").status_code == 302
    assert b"You both say so" in ada.get(row.path).content
    assert cast.client("cy").post(f"{row.path}end/").status_code == 403
    assert bo.post(f"{row.path}end/").status_code == 302
    assert not Confirmation.objects.exists()
    for key in (row.pk, 2**62, 2**70):
        assert bo.post(f"/vouching/confirmations/{key}/end/").status_code == 404
    assert cast.client("cy").get("/vouching/with/ada-lindqvist/").status_code == 403
    assert cast.client("ed").get("/vouching/with/ada-lindqvist/").status_code == 404


def test_the_list_has_constant_cost(cast: Cast, make_member: Callable[..., Member]) -> None:
    job(cast.ada)

    def more(numbers: range) -> None:
        for number in numbers:
            each = make_member(f"Kim {number}")
            connect(each, cast.ada)
            job(each)
            (where,) = places(cast.viewer("ada"), each.pk)
            actions.propose(cast.ada, each, where, since="2019", until="")

    more(range(1))
    browser = cast.client("ada")

    def read() -> None:
        assert b"Kim 0" in browser.get("/vouching/together/").content

    assert_same_queries(read, lambda: more(range(1, 4)), read)
