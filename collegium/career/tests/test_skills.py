"""Skills taken off a profile: gone for everybody, and put back as they were."""

import pytest

from collegium.career import actions
from collegium.career.models import Holding, SkillUse
from collegium.career.sweep import sweep
from collegium.career.tests.test_actions import add
from collegium.journal.models import Entry
from collegium.lib.refusal import Conflict, Refusal

pytestmark = pytest.mark.django_db


def listed(member):
    return [row.skill.name for row in Holding.objects.kept().filter(member=member).in_order().select_related("skill")]


def test_a_skill_comes_back_as_it_was_to_its_owner_alone(cast) -> None:
    item = add(cast.ada, skills=["Two skill"])
    made = actions.add_skills(cast.ada, ["One skill", "Two skill", "Three skill"])
    actions.arrange_skills(cast.ada, [row.pk for row in made])
    actions.remove_skill(made[1], by=cast.ada)
    assert listed(cast.ada) == ["One skill", "Three skill"]
    actions.arrange_skills(cast.ada, [made[2].pk])
    actions.edit(item, by=cast.ada, skills=["One skill"])
    with pytest.raises(Refusal):
        actions.restore_skill(made[1], by=cast.bo)
    assert listed(cast.ada) == ["Three skill", "One skill"]
    actions.arrange_skills(cast.ada, [made[0].pk])
    actions.restore_skill(made[1], by=cast.ada)
    actions.restore_skill(made[1], by=cast.ada)
    assert sorted(listed(cast.ada)) == ["One skill", "Three skill", "Two skill"]
    assert set(SkillUse.objects.filter(item=item).values_list("holding", flat=True)) == {made[0].pk, made[1].pk}
    ranks = list(Holding.objects.kept().filter(member=cast.ada).in_order().values_list("rank", flat=True))
    assert ranks == [1, 2, 3]
    assert Entry.objects.filter(kind="career.skill_restored").count() == 1


@pytest.mark.parametrize("way", ["named", "shown with an item", "imported"])
def test_a_skill_that_was_taken_off_is_listed_again_at_the_end(cast, way) -> None:
    gone, *_others = actions.add_skills(cast.ada, ["One skill", "Two skill", "Three skill"])
    actions.remove_skill(gone, by=cast.ada)
    if way == "named":
        assert actions.add_skills(cast.ada, ["ONE SKILL", "Four skill"])[0] == gone
    elif way == "imported":
        assert actions.take(cast.ada, skills=["one skill", "Three skill", "Four skill"])["skills"] == 2
    else:
        add(cast.ada, skills=["one skill", "Four skill"])
    assert listed(cast.ada) == ["Two skill", "Three skill", "One skill", "Four skill"]


def test_only_skills_that_are_listed_fill_the_list(cast, monkeypatch) -> None:
    for module in ("skills", "taking"):
        monkeypatch.setattr(f"collegium.career.actions.{module}.MOST_SKILLS", 2)
    gone, _other = actions.add_skills(cast.ada, ["One skill", "Two skill"])
    with pytest.raises(Conflict):
        actions.add_skills(cast.ada, ["Three skill"])
    actions.remove_skill(gone, by=cast.ada)
    actions.add_skills(cast.ada, ["Three skill"])
    with pytest.raises(Conflict):
        actions.restore_skill(gone, by=cast.ada)
    with pytest.raises(Conflict):
        actions.add_skills(cast.ada, ["One skill"])
    assert actions.take(cast.ada, skills=["One skill"])["left_out"] == 1
    assert listed(cast.ada) == ["Two skill", "Three skill"]


def test_a_skill_can_be_put_back_for_a_day(cast) -> None:
    gone, fresh = actions.add_skills(cast.ada, ["One skill", "Two skill"])
    for row in (gone, fresh):
        actions.remove_skill(row, by=cast.ada)
    assert sweep() == 0
    Holding.objects.filter(pk=gone.pk).update(removed_at="2020-01-01T00:00:00Z")
    assert sweep() == 1
    assert sweep() == 0
    with pytest.raises(Conflict):
        actions.restore_skill(gone, by=cast.ada)
    actions.restore_skill(fresh, by=cast.ada)
    assert listed(cast.ada) == ["Two skill"]
