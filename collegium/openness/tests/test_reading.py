"""What the owner learns of who knows: numbers and answers that are right, and that betray nobody."""

import pytest

from collegium.audience.viewer import NOBODY, Viewer
from collegium.career.models import PartAudience
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.openness import actions, reading
from collegium.openness.models import Audience
from collegium.openness.tests.scene import NAMES, eyes, open_up, proved, seen_by, set_scene, works
from collegium.profiles.preview import EYES
from collegium.testing.cast import Cast

OTHERS = [name for name in NAMES if name not in ("ada", "gus", "nobody", "ed", "eve")]


def everything(cast: Cast) -> list[object]:
    """All that Ada can find out: the effect, an answer for each person she sees, every preview, her page."""
    effect = reading.effect(cast.ada)
    found: list[object] = [effect.count]
    for name in OTHERS:
        other = getattr(cast, name)
        found += [reading.answer(cast.ada, other).sees, bool(reading.shown_in_preview(cast.ada, Viewer(other)))]
        page = cast.client("ada").get("/settings/open-to-work/knowing/", {"who": f"@{other.handle}"})
        found.append((page.status_code, "sees it" in page.content.decode()))
    found += [bool(reading.shown_in_preview(cast.ada, EYES["member"]))]
    return found


@pytest.mark.parametrize("audience", list(Audience), ids=str)
def test_a_domain_that_somebody_hides_changes_nothing_for_the_owner(cast: Cast, audience: Audience) -> None:
    """The differential test: a domain where some have an address, and one where nobody has, look the same."""
    set_scene(cast)
    open_up(cast.ada, audience)
    before = reading.effect(cast.ada).count
    exclusion = actions.exclude_domain(cast.ada, "nobody-at-all.example")
    nobody = everything(cast)
    actions.include(exclusion, by=cast.ada)
    actions.exclude_domain(cast.ada, "acme.example")
    assert everything(cast) == nobody
    assert reading.effect(cast.ada).count == before
    seen = seen_by(cast, cast.ada).split()
    assert seen[NAMES.index("hal")] == "0"


@pytest.mark.parametrize("audience", list(Audience), ids=str)
def test_an_organisation_that_somebody_hides_changes_nothing_for_the_owner(cast: Cast, audience: Audience) -> None:
    set_scene(cast)
    open_up(cast.ada, audience)
    exclusion = actions.exclude_organization(cast.ada, "Nobody Works Here")
    nobody = everything(cast)
    actions.include(exclusion, by=cast.ada)
    actions.exclude_organization(cast.ada, "Acme Works")
    assert everything(cast) == nobody
    assert seen_by(cast, cast.ada).split()[NAMES.index("bo")] == "0"


@pytest.mark.parametrize("audience", [each for each in Audience if each != Audience.HIDDEN], ids=str)
@pytest.mark.parametrize("visibility", list(Member.Visibility), ids=str)
def test_without_hidden_reasons_count_and_answers_are_exact(
    cast: Cast, audience: Audience, visibility: Member.Visibility
) -> None:
    set_scene(cast)
    Member.objects.filter(pk=cast.ada.pk).update(visibility=visibility)
    cast.ada.refresh_from_db()
    network.invite(cast.ada, cast.di, note="Hello.")
    open_up(cast.ada, audience)
    actions.exclude_person(cast.ada, cast.hal)
    seen = dict(zip(NAMES, seen_by(cast, cast.ada).split(), strict=True))
    members = [name for name in NAMES if name not in ("ada", "gus", "nobody")]
    assert reading.effect(cast.ada).count == sum(seen[name] == "1" for name in members)
    for name in OTHERS:
        assert reading.answer(cast.ada, getattr(cast, name)).sees == (seen[name] == "1"), name
        assert bool(reading.shown_in_preview(cast.ada, eyes(cast, name))) == (seen[name] == "1"), name
    assert bool(reading.shown_in_preview(cast.ada, NOBODY)) == (seen["nobody"] == "1")


def test_a_silent_no_does_not_show_in_the_number(cast: Cast) -> None:
    """Di opens a hidden profile because she was invited; that she declined in silence is hers."""
    set_scene(cast)
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.HIDDEN)
    cast.ada.refresh_from_db()
    open_up(cast.ada, Audience.MEMBERS)
    asked = network.invite(cast.ada, cast.di, note="Hello.")
    before = (reading.effect(cast.ada), reading.answer(cast.ada, cast.di))
    assert seen_by(cast, cast.ada).split()[NAMES.index("di")] == "1"
    network.decline(asked, by=cast.di)
    assert seen_by(cast, cast.ada).split()[NAMES.index("di")] == "0"
    assert (reading.effect(cast.ada), reading.answer(cast.ada, cast.di)) == before
    assert before[0].at_most


def test_what_she_can_see_herself_is_answered(cast: Cast) -> None:
    set_scene(cast)
    PartAudience.objects.filter(member=cast.bo).delete()
    open_up(cast.ada, Audience.MEMBERS)
    assert reading.answer(cast.ada, cast.bo).sees
    actions.exclude_organization(cast.ada, "Acme Works")
    answer = reading.answer(cast.ada, cast.bo)
    assert not answer.sees
    assert "Acme Works" in answer.words
    works(cast.hal, "Hal & Sons", hidden=False)
    proved(cast.hal, "shown.hal.example", "Hal & Sons", of_position=True)
    actions.exclude_domain(cast.ada, "hal.example")
    assert "hal.example" in reading.answer(cast.ada, cast.hal).words
    assert not reading.answer(cast.ada, cast.hal).sees


def test_words_for_the_owner(cast: Cast) -> None:
    set_scene(cast)
    assert "not open" in reading.effect(cast.ada).words
    open_up(cast.ada, Audience.EVERYONE)
    assert reading.effect(cast.ada).words == "Anyone on the internet can see it."
    actions.exclude_person(cast.ada, cast.bo)
    assert reading.effect(cast.ada).words == "4 members can see it."
    actions.exclude_domain(cast.ada, "acme.example")
    assert reading.effect(cast.ada).words == "At most 4 members can see it."
    open_up(cast.ada, Audience.HIDDEN)
    assert reading.effect(cast.ada).words == "Nobody sees it but you."


def test_a_person_who_blocked_her_is_still_left_out_and_no_longer_named(cast: Cast) -> None:
    open_up(cast.ada, Audience.MEMBERS)
    actions.exclude_person(cast.ada, cast.bo)
    count = reading.effect(cast.ada).count
    network.block(cast.bo, cast.ada)
    page = cast.client("ada").get("/settings/open-to-work/").content.decode()
    assert "Bo Okafor" not in page
    assert "Somebody you no longer see" in page
    assert reading.effect(cast.ada).count == count
