"""Endorsements grow old: what counts, what the list says of the rest, saying it again; and skills taken off."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from collegium.audience.viewer import Viewer
from collegium.career import actions as career
from collegium.career.models import Holding
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries, queries
from collegium.vouching import actions, endorsers, marks, reading
from collegium.vouching.marks import Mine
from collegium.vouching.models import Endorsement
from collegium.vouching.models.endorsements import COUNTED_FOR
from collegium.vouching.tests.scene import befriend_everybody, skill

NAMES = ("ada", "bo", "cy", "di", "hal", "nobody")
MINUTE = timedelta(minutes=1)


def told(cast: Cast, viewer: str, holding: Holding) -> marks.Endorsed:
    return reading.endorsed(cast.viewer(viewer), [holding])[holding.pk]


def age(row: Endorsement, by: timedelta) -> None:
    """As if it had been said so long ago."""
    Endorsement.objects.filter(pk=row.pk).update(said=ids.key_at(clock.now() - by))


def page(cast: Cast, viewer: str, holding: Holding, after: str = "") -> str:
    path = f"/vouching/skills/{holding.pk}/"
    return cast.client(viewer).get(path, {"after": after} if after else {}).content.decode()


@pytest.mark.parametrize(("since", "counts"), [(COUNTED_FOR - MINUTE, 1), (COUNTED_FOR + MINUTE, 0)])
def test_the_day_it_stops_to_count(cast: Cast, since: timedelta, counts: int) -> None:
    befriend_everybody(cast)
    holding = skill(cast.ada)
    age(actions.endorse(holding, by=cast.cy), since)
    for name in ("ada", "bo", "di"):
        said = told(cast, name, holding)
        assert (said.count, len(said.faces), said.earlier) == (counts, counts, not counts), name
    own = told(cast, "cy", holding)
    assert own.mine == (Mine.SAID if counts else Mine.EARLIER)
    listed = page(cast, "bo", holding)
    assert ("In the last five years" in listed, "Earlier</h2>" in listed) == (bool(counts), not counts)
    assert "Cy Tanaka" in listed


def test_what_no_longer_counts_is_said_in_the_list_alone(cast: Cast) -> None:
    befriend_everybody(cast)
    holding = skill(cast.ada)
    for giver, years in ((cast.bo, 6), (cast.cy, 9), (cast.di, 0), (cast.hal, 2)):
        age(actions.endorse(holding, by=giver), timedelta(days=366 * years))
    said = told(cast, "flo", holding)
    assert [face.name.split()[0] for face in said.faces] == ["Di", "Hal"]
    drawn = str(said.draw(holding.pk, False, ""))
    assert "2 endorsements" in drawn
    assert "arlier" not in drawn
    listed = page(cast, "flo", holding)
    places = ["five years</h2>", "Di Varga", "Hal Brandt", "Earlier</h2>", "2 endorsements are older", "Bo Ok", "Cy Ta"]
    found = [listed.index(words) for words in places]
    assert found == sorted(found)
    assert f"Endorsed in {Endorsement.objects.get(giver=cast.cy).year}" in listed
    assert listed.count("Endorsed in ") == 2


def test_the_way_to_the_list_stays_where_nothing_counts(cast: Cast) -> None:
    holding = skill(cast.ada)
    assert str(told(cast, "cy", holding).draw(holding.pk, False, "")) == ""
    age(actions.endorse(holding, by=cast.bo), 2 * COUNTED_FOR)
    drawn = str(told(cast, "cy", holding).draw(holding.pk, False, ""))
    assert f'href="/vouching/skills/{holding.pk}/"' in drawn
    assert "Earlier endorsements" in drawn
    actions.hide(Endorsement.objects.get(), by=cast.ada)
    assert str(told(cast, "cy", holding).draw(holding.pk, False, "")) == ""
    assert "Earlier endorsements" in str(told(cast, "ada", holding).draw(holding.pk, False, ""))
    assert "older than five years" not in page(cast, "ada", holding)


def test_saying_it_again_counts_anew_and_tells_nobody(cast: Cast, hear: Callable[[], None]) -> None:
    holding = skill(cast.ada)
    path, browser = f"/vouching/skills/{holding.pk}/endorsement/", cast.client("bo")
    row = actions.endorse(holding, by=cast.bo)
    hear()
    before = list(Notification.objects.values_list("pk", flat=True))
    assert Notification.objects.filter(kind="vouching.endorsed").count() == 1
    browser.post(path)
    assert Endorsement.objects.get().said == row.said or not row.said, "what counts is not moved"
    age(row, 2 * COUNTED_FOR)
    assert "Renew" in str(told(cast, "bo", holding).draw(holding.pk, True, ""))
    assert "Renew" in page(cast, "bo", holding)
    assert "Renew" not in page(cast, "cy", holding)
    assert cast.client("di").post(path).status_code == 403
    assert told(cast, "cy", holding).count == 0
    again = browser.post(path, headers={"HX-Request": "true"}).content.decode()
    assert ('aria-pressed="true"' in again, "1 endorsement" in again) == (True, True)
    assert told(cast, "cy", holding).count == 1
    hear()
    assert list(Notification.objects.values_list("pk", flat=True)) == before
    assert Entry.objects.filter(kind="vouching.renewed").count() == 1
    assert Endorsement.objects.get().pk == row.pk


def test_only_who_may_endorse_says_it_again(cast: Cast) -> None:
    holding = skill(cast.ada)
    age(actions.endorse(holding, by=cast.bo), 2 * COUNTED_FOR)
    network.disconnect(cast.ada, cast.bo)
    with pytest.raises(Refusal):
        actions.endorse(holding, by=cast.bo)
    connect(cast.ada, cast.bo)
    actions.endorse(holding, by=cast.bo)
    assert told(cast, "cy", holding).count == 1


def test_what_its_owner_hid_stays_hidden_and_its_giver_sees_no_difference(cast: Cast) -> None:
    holding = skill(cast.ada)
    row = actions.endorse(holding, by=cast.bo)
    age(row, 2 * COUNTED_FOR)
    seen = told(cast, "bo", holding), page(cast, "bo", holding).count("Bo Okafor")
    actions.hide(row, by=cast.ada)
    assert (told(cast, "bo", holding), page(cast, "bo", holding).count("Bo Okafor")) == seen
    actions.endorse(holding, by=cast.bo)
    assert (told(cast, "bo", holding).count, told(cast, "cy", holding).count) == (1, 0)
    assert (told(cast, "ada", holding).count, told(cast, "ada", holding).hidden) == (0, 1)


def test_pages_break_anywhere_and_say_each_heading_once(
    cast: Cast, make_member: Callable[..., Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    holding, browser = skill(cast.ada), cast.client("bo")
    for number in range(6):
        kim = make_member(f"Kim {number}")
        connect(kim, cast.ada)
        age(actions.endorse(holding, by=kim), timedelta(days=730 * number))
    for size in (1, 2, 3, 4, 6):
        monkeypatch.setattr("collegium.vouching.endorsers.PAGE", size)
        names, headings, after = list[str](), list[bool](), ""
        while True:
            stretch = endorsers.endorsers_of(Viewer(cast.bo), holding, after)
            headings += [part.recent for part in stretch.parts if part.headed]
            names += [line.endorsement.giver.name for part in stretch.parts for line in part.lines]
            if not (after := stretch.older):
                break
        assert names == [f"Kim {number}" for number in range(6)]
        assert headings == [True, False], size
    path = f"/vouching/skills/{holding.pk}/"
    assert browser.get(path, {"after": "nonsense"}).status_code == 404


def test_the_cost_does_not_grow_with_age(cast: Cast, make_member: Callable[..., Member]) -> None:
    holding, browser = skill(cast.ada), cast.client("bo")
    path, people = f"/vouching/skills/{holding.pk}/", [make_member(f"Kim {number}") for number in range(6)]

    def more(some: list[Member]) -> None:
        for number, each in enumerate(some):
            connect(each, cast.ada)
            age(actions.endorse(holding, by=each), timedelta(days=900 * number))

    more(people[:1])
    assert_same_queries(lambda: browser.get(path), lambda: more(people[1:]), lambda: browser.get(path))
    viewer = cast.viewer("bo")
    assert len(queries(lambda: reading.endorsed(viewer, [holding]))) == 1


# What a skill that was taken off still does: nothing, for anybody.
def test_endorsements_of_a_removed_skill_show_nowhere_and_come_back_with_it(
    cast: Cast, hear: Callable[[], None]
) -> None:
    befriend_everybody(cast)
    holding, other = career.add_skills(cast.ada, ["Python", "Sailing boats"])
    row = actions.endorse(holding, by=cast.bo)
    actions.endorse(holding, by=cast.cy)
    hear()
    path = f"/vouching/skills/{holding.pk}/"
    career.remove_skill(holding, by=cast.ada)
    for name in NAMES:
        viewer = cast.viewer(name)
        assert not Endorsement.objects.visible_to(viewer).exists(), name
        assert cast.client(name).get(path).status_code == 404, name
        assert b"Python" not in cast.client(name).get(cast.ada.path).content, name
    for giver in ("bo", "di"):
        assert cast.client(giver).post(f"{path}endorsement/").status_code == 404
        assert cast.client(giver).post(f"{path}endorsement/removal/").status_code == 404
    assert cast.client("ada").post(f"{path}hiding/").status_code == 404
    assert cast.client("ada").post(f"/vouching/endorsements/{row.pk}/hiding/").status_code == 404
    with pytest.raises(Conflict):
        actions.endorse(holding, by=cast.di)
    assert b"endorsed your" not in cast.client("ada").get("/notifications/").content
    career.restore_skill(holding, by=cast.ada)
    assert told(cast, "di", holding).count == 2
    assert told(cast, "di", other).count == 0
    assert b"endorsed your" in cast.client("ada").get("/notifications/").content
    assert cast.client("di").post(f"{path}endorsement/").status_code == 302
    assert told(cast, "di", holding).count == 3


def test_a_block_reaches_what_was_said_of_a_removed_skill(cast: Cast, hear: Callable[[], None]) -> None:
    holding = skill(cast.ada)
    actions.endorse(holding, by=cast.bo)
    career.remove_skill(holding, by=cast.ada)
    network.block(cast.ada, cast.bo)
    hear()
    career.restore_skill(holding, by=cast.ada)
    assert not Endorsement.objects.exists()
