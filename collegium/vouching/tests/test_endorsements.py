"""Endorsing: who may, what it shows to whom, and that rights end at once."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages

from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.career.models import Holding
from collegium.career.sections import Part
from collegium.lib.refusal import Conflict, Refusal
from collegium.lib.statement import Statement
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network.partings.part import part as part_from
from collegium.network.partings.part import restore
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries, queries
from collegium.ties.models import Block
from collegium.vouching import actions, reading
from collegium.vouching.models import Endorsement
from collegium.vouching.tests.scene import befriend_everybody, job, skill

NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")


def count(cast: Cast, viewer: str, holding: Holding) -> int:
    return reading.endorsed(cast.viewer(viewer), [holding])[holding.pk].count


def faces(cast: Cast, viewer: str, holding: Holding) -> list[str]:
    return [face.name.split()[0].lower() for face in reading.endorsed(cast.viewer(viewer), [holding])[holding.pk].faces]


@pytest.mark.parametrize("name", ["ada", "cy", "di", "ed", "eve", "flo", "hal", "gus"])
def test_only_connections_endorse(cast: Cast, name: str) -> None:
    """Bo may; none of the others, whatever they once were to Ada, and not Ada herself."""
    holding = skill(cast.ada)
    with pytest.raises(Refusal):
        actions.endorse(holding, by=getattr(cast, name))
    actions.endorse(holding, by=cast.bo)
    assert list(Endorsement.objects.values_list("giver", flat=True)) == [cast.bo.pk]


def test_only_a_skill_one_sees(cast: Cast) -> None:
    holding = skill(cast.ada)
    career.set_audience(cast.ada, Part.SKILLS, Level.ONLY_ME)
    assert cast.client("bo").post(f"/vouching/skills/{holding.pk}/endorsement/").status_code == 404
    with pytest.raises(Refusal):
        actions.endorse(holding, by=cast.bo)
    career.set_audience(cast.ada, Part.SKILLS, Level.CONNECTIONS)
    assert cast.client("bo").post(f"/vouching/skills/{holding.pk}/endorsement/").status_code == 302
    assert cast.client("di").get(f"/vouching/skills/{holding.pk}/").status_code == 404


def test_the_press(cast: Cast) -> None:
    """One press says it, one takes it back; twice is once; a stranger sees the skill and is told why not."""
    holding = skill(cast.ada)
    path, browser = f"/vouching/skills/{holding.pk}/endorsement/", cast.client("bo")
    plain = browser.post(path)
    assert (plain.status_code, plain["Location"]) == (302, f"/in/ada-lindqvist/#skill-{holding.pk}")
    again = browser.post(path, headers={"HX-Request": "true"})
    assert b'aria-pressed="true"' in again.content
    assert b"1 endorsement" in again.content
    assert b"<html" not in again.content
    assert Endorsement.objects.count() == 1
    back = browser.post(f"{path}removal/", headers={"HX-Request": "true"})
    assert b'aria-pressed="false"' in back.content
    assert b"1 endorsement" not in back.content
    assert not Endorsement.objects.exists()
    assert cast.client("di").post(path).status_code == 403
    assert cast.client("ada").post(path).status_code == 403
    assert cast.client("nobody").post(path).status_code == 302


def test_a_skill_removed_meanwhile(cast: Cast) -> None:
    holding = skill(cast.ada)
    career.remove_skill(holding, by=cast.ada)
    with pytest.raises(Conflict):
        actions.endorse(holding, by=cast.bo)


# Who counts in whose eyes, when all of these have endorsed: rows are viewers, columns givers.
GIVERS = ("bo", "cy", "di", "hal", "kim")
COUNTS = {
    "ada": "1 1 1 1 1",
    "bo": "1 1 1 1 0",  # Kim's profile is open to connections only
    "cy": "1 1 0 1 0",
    "di": "1 0 1 1 0",  # Di and Cy: blocked
    "flo": "1 1 1 1 0",
    "nobody": "1 0 0 0 0",  # Bo alone has a public profile
}


def everybody_endorses(cast: Cast, make_member: Callable[..., Member]) -> Holding:
    befriend_everybody(cast)
    kim = make_member("Kim Lund", visibility=Member.Visibility.HIDDEN)
    connect(kim, cast.ada)
    network.block(cast.di, cast.cy)
    Member.objects.filter(pk__in=[cast.ada.pk, cast.bo.pk]).update(visibility=Member.Visibility.PUBLIC)
    holding = skill(cast.ada)
    for giver in (cast.bo, cast.cy, cast.di, cast.hal, kim):
        actions.endorse(holding, by=giver)
    return holding


def table(cast: Cast, holding: Holding) -> dict[str, str]:
    seen = {}
    for viewer in COUNTS:
        rows = Endorsement.objects.visible_to(cast.viewer(viewer)).filter(holding=holding)
        names = {name.split()[0].lower() for name in rows.values_list("giver__name", flat=True)}
        assert count(cast, viewer, holding) == len(names), viewer
        seen[viewer] = " ".join(str(int(name in names)) for name in GIVERS)
    return seen


def test_counts_are_reads_too(cast: Cast, make_member: Callable[..., Member]) -> None:
    holding = everybody_endorses(cast, make_member)
    assert table(cast, holding) == COUNTS
    page = cast.client("di").get(f"/vouching/skills/{holding.pk}/").content.decode()
    assert "Hal Brandt" in page
    assert "Cy Tanaka" not in page


def test_the_table_bites(cast: Cast, make_member: Callable[..., Member], monkeypatch: pytest.MonkeyPatch) -> None:
    """With closeness to the giver forgotten, cells are wrong."""
    holding = everybody_endorses(cast, make_member)
    monkeypatch.setattr(
        "collegium.vouching.models.endorsements.closeness",
        lambda *args, **more: Level.ONLY_ME.value + 0 * reading.F("id"),
    )
    seen = {
        viewer: Endorsement.objects.counted_for(cast.viewer(viewer)).filter(holding=holding).count()
        for viewer in COUNTS
    }
    assert seen != {viewer: row.count("1") for viewer, row in COUNTS.items()}


@pytest.mark.parametrize(
    "part",
    [
        lambda cast: network.disconnect(cast.ada, cast.bo),
        lambda cast: part_from(cast.bo, [cast.ada], withdraw_words=True),
        lambda cast: network.block(cast.bo, cast.ada),
        lambda cast: members.suspend(cast.bo, by=None),
    ],
    ids=["disconnected", "left", "blocked", "suspended"],
)
def test_rights_end_at_once(cast: Cast, part: Callable[[Cast], object]) -> None:
    holding = skill(cast.ada)
    actions.endorse(holding, by=cast.bo)
    assert count(cast, "ada", holding) == count(cast, "cy", holding) == 1
    part(cast)
    assert [count(cast, name, holding) for name in NAMES] == [0] * len(NAMES)


def test_a_block_ends_it_for_good_and_a_removal_until_they_meet_again(cast: Cast, hear: Callable[[], None]) -> None:
    holding = skill(cast.ada)
    actions.endorse(holding, by=cast.bo)
    network.disconnect(cast.ada, cast.bo)
    hear()
    connect(cast.ada, cast.bo)
    assert count(cast, "ada", holding) == 1
    network.block(cast.ada, cast.bo)
    hear()
    network.unblock(cast.ada, cast.bo)
    connect(cast.ada, cast.bo)
    assert count(cast, "ada", holding) == 0


def test_who_leaves_lets_it_stand_or_takes_it_back(cast: Cast) -> None:
    """Bo endorsed Ada and she him; Bo leaves. His goes on counting for everybody it did, unless he takes it back."""
    hers, his = skill(cast.ada), skill(cast.bo)
    for holding, giver in ((hers, cast.bo), (his, cast.ada)):
        actions.endorse(holding, by=giver)
    before, mine = ([count(cast, name, holding) for name in NAMES] for holding in (hers, his))
    for withdraw, kept in ((False, before), (True, [0] * len(NAMES))):
        parting = part_from(cast.bo, [cast.ada], withdraw_words=withdraw)
        assert [count(cast, name, hers) for name in NAMES] == kept
        assert [count(cast, name, his) for name in NAMES] == [0] * len(NAMES), "hers is hers, and she did not choose"
        assert parting is not None
        restore(parting, by=cast.bo)
        assert [count(cast, name, hers) for name in NAMES] == before
        assert [count(cast, name, his) for name in NAMES] == mine
    part_from(cast.bo, [cast.ada])
    Block.objects.create(blocker=cast.ada, blocked=cast.bo)
    assert count(cast, "cy", hers) == 0, "a block hides it before anything is swept"


def test_hidden_is_known_to_the_owner_and_looks_as_ever_to_the_giver(cast: Cast) -> None:
    befriend_everybody(cast)
    holding = skill(cast.ada)
    row = actions.endorse(holding, by=cast.bo)
    actions.endorse(holding, by=cast.di)
    before = {name: press(cast, name, holding) for name in ("bo", "cy")}
    listed = cast.client("bo").get(f"/vouching/skills/{holding.pk}/").content
    with pytest.raises(Refusal):
        actions.hide(row, by=cast.bo)
    actions.hide(row, by=cast.ada)
    assert press(cast, "bo", holding) == before["bo"], "the giver sees no difference"
    assert text(cast.client("bo").get(f"/vouching/skills/{holding.pk}/").content) == text(listed)
    assert (count(cast, "cy", holding), faces(cast, "cy", holding)) == (1, ["di"])
    assert b"Bo Okafor" not in cast.client("cy").get(f"/vouching/skills/{holding.pk}/").content
    mine = reading.endorsed(cast.viewer("ada"), [holding])[holding.pk]
    assert (mine.count, mine.hidden) == (1, 1)
    assert b"Bo Okafor" in cast.client("ada").get(f"/vouching/skills/{holding.pk}/").content
    actions.show(row, by=cast.ada)
    assert count(cast, "cy", holding) == 2


def press(cast: Cast, name: str, holding: Holding) -> str:
    return str(reading.endorsed(cast.viewer(name), [holding])[holding.pk].draw(holding.pk, True, ""))


def text(page: bytes) -> str:
    """The list alone: tokens and nonces differ every time."""
    body = page.decode()
    return body[body.index('<ul class="list">') : body.index("</main>")]


def test_the_owner_hides_all_and_one_over_http(cast: Cast) -> None:
    befriend_everybody(cast)
    holding, other = skill(cast.ada), skill(cast.bo)
    one = actions.endorse(holding, by=cast.bo)
    actions.endorse(holding, by=cast.cy)
    browser = cast.client("ada")
    assert browser.post(f"/vouching/skills/{holding.pk}/hiding/").status_code == 302
    assert count(cast, "di", holding) == 0
    assert browser.post(f"/vouching/endorsements/{one.pk}/showing/", headers={"HX-Request": "true"}).status_code == 200
    assert faces(cast, "di", holding) == ["bo"]
    assert browser.post(f"/vouching/endorsements/{one.pk}/hiding/").status_code == 302
    assert browser.post(f"/vouching/skills/{holding.pk}/showing/").status_code == 302
    assert count(cast, "di", holding) == 2
    for path in (f"skills/{other.pk}/hiding/", f"skills/{other.pk}/showing/", f"endorsements/{2**62}/hiding/"):
        assert browser.post(f"/vouching/{path}").status_code == 404
    assert cast.client("bo").post(f"/vouching/endorsements/{one.pk}/hiding/").status_code == 404


def test_undoing_a_sweep_shows_nothing_that_was_hidden_before(cast: Cast) -> None:
    befriend_everybody(cast)
    holding = skill(cast.ada)
    one = actions.endorse(holding, by=cast.bo)
    actions.endorse(holding, by=cast.cy)
    path = f"/vouching/skills/{holding.pk}"

    def offered() -> bool:
        told = get_messages(cast.client("ada").post(f"{path}/hiding/").wsgi_request)
        return any(f"{path}/showing/" in message.extra_tags for message in told)

    assert offered()
    actions.show_all(holding, by=cast.ada)
    actions.hide(one, by=cast.ada)
    assert not offered()


def test_each_with_the_relation_the_network_knows(cast: Cast) -> None:
    befriend_everybody(cast)
    holding = skill(cast.ada)
    for member in (cast.ada, cast.bo, cast.cy):
        job(member)
    actions.endorse(holding, by=cast.bo)
    actions.endorse(holding, by=cast.di)
    page = cast.client("cy").get(f"/vouching/skills/{holding.pk}/").content.decode()
    assert "worked together at Initech, 2019–21" in page
    assert page.count("no workplace or school in common that you can see") == 1
    career.set_audience(cast.bo, Part.POSITIONS, Level.ONLY_ME)
    page = cast.client("cy").get(f"/vouching/skills/{holding.pk}/").content.decode()
    assert "Initech" not in page
    assert page.count("no workplace or school in common that you can see") == 2
    assert "connected this year" in page


def test_a_profile_costs_one_statement_whatever_the_number(cast: Cast, make_member: Callable[..., Member]) -> None:
    holdings = career.add_skills(cast.ada, [f"Skill {number}" for number in range(12)])
    people = [make_member(f"Kim {number}") for number in range(5)]
    for each in people:
        connect(each, cast.ada)
    actions.endorse(holdings[0], by=people[0])
    viewer = cast.viewer("bo")
    reading.endorsed(viewer, holdings)
    assert len(queries(lambda: reading.endorsed(viewer, holdings[:1]))) == 1
    for holding in holdings:
        for each in people:
            actions.endorse(holding, by=each)
    found: dict[int, reading.Endorsed] = {}
    assert len(queries(lambda: found.update(reading.endorsed(viewer, holdings)))) == 1
    assert {(said.count, len(said.faces)) for said in found.values()} == {(5, reading.FACES)}
    assert found.keys() == {holding.pk for holding in holdings}
    assert reading.endorsed(viewer, []) == {}


def test_the_list_of_endorsers_has_constant_cost_and_pages(
    cast: Cast, make_member: Callable[..., Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collegium.vouching.endorsers.PAGE", 3)
    holding, browser = skill(cast.ada), cast.client("bo")
    job(cast.ada)
    people = [make_member(f"Kim {number}") for number in range(5)]

    def more(some: list[Member]) -> None:
        for each in some:
            job(each)
            connect(each, cast.ada)
            actions.endorse(holding, by=each)

    more(people[:1])
    path = f"/vouching/skills/{holding.pk}/"
    assert_same_queries(lambda: browser.get(path), lambda: more(people[1:3]), lambda: browser.get(path))
    more(people[3:])
    first = browser.get(path).content.decode()
    assert "Kim 4" in first
    assert "Kim 1" not in first
    after = first.split("?after=")[1].split('"')[0]
    rest = browser.get(path, {"after": after}, headers={"HX-Request": "true"}).content.decode()
    assert "Kim 1" in rest
    assert "Kim 0" in rest
    assert "Kim 4" not in rest
    assert browser.get(path, {"after": "nonsense"}).status_code == 404


def test_the_statement_is_right_for_the_signed_out(cast: Cast) -> None:
    assert isinstance(reading.COUNTED_BY_ALL, Statement)
    holding = skill(cast.ada)
    actions.endorse(holding, by=cast.bo)
    assert count(cast, "nobody", holding) == 0
    Member.objects.filter(pk=cast.bo.pk).update(visibility=Member.Visibility.PUBLIC)
    assert count(cast, "nobody", holding) == 1
