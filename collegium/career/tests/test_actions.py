"""The verbs of a career: what they do, what they refuse, what comes after."""

from uuid import uuid4

import pytest

from collegium.audience.level import Level
from collegium.career import actions, order
from collegium.career.actions.contacts import MOST_CONTACTS
from collegium.career.actions.skills import MOST_SKILLS
from collegium.career.document import Draft, Reach
from collegium.career.models import Contact, Holding, Item, SkillUse
from collegium.career.sections import MOST_ITEMS, Section
from collegium.career.sweep import sweep
from collegium.feed.models import Post
from collegium.lib import ids
from collegium.lib.refusal import Conflict, Refusal
from collegium.organizations.models import Organization
from collegium.skills.models import Skill

pytestmark = pytest.mark.django_db


def add(member, title="Engineer", at="Acme", **more):
    return actions.add(member, Section.POSITIONS, title=title, organization_name=at, **more)


def titles(member, section=Section.POSITIONS):
    return [item.title for item in Item.objects.kept().filter(member=member, section=section).in_order()]


def test_an_item_is_linked_to_the_record_its_name_means(cast) -> None:
    acme = Organization.objects.create(handle="acme", name="Acmé GmbH")
    assert add(cast.ada, at="ACME gmbh").organization == acme
    assert add(cast.ada, at="Acme Ltd").organization != acme
    Organization.objects.create(handle="acme-2", name="Acme GmbH")
    assert add(cast.ada, at="Acme GmbH").organization is None  # two of that name: nobody guesses


def test_an_edit_links_anew(cast) -> None:
    acme = Organization.objects.create(handle="acme", name="Acme")
    item = add(cast.ada, at="Nowhere")
    assert actions.edit(item, by=cast.ada, organization_name="Acme").organization == acme
    assert actions.edit(item, by=cast.ada, organization_name="Elsewhere").organization != acme


def test_only_the_owner_changes_an_item(cast) -> None:
    item = add(cast.ada)
    for verb in (
        lambda by: actions.edit(item, by=by, title="Clown"),
        lambda by: actions.remove(item, by=by),
        lambda by: actions.restore(item, by=by),
        lambda by: actions.move(item, by=by, to=0),
        lambda by: actions.announce(item, by=by),
        lambda by: actions.put_item_text(item, "de", by=by, title="Clown"),
    ):
        with pytest.raises(Refusal):
            verb(cast.bo)
    assert titles(cast.ada) == ["Engineer"]


def test_the_suspended_write_nothing(cast) -> None:
    with pytest.raises(Refusal):
        add(cast.gus)
    with pytest.raises(Refusal):
        actions.add_skills(cast.gus, ["Python"])
    with pytest.raises(Refusal):
        actions.put_contact(cast.gus, kind="phone", value="1")
    with pytest.raises(Refusal):
        actions.take(cast.gus, [])
    with pytest.raises(Refusal):
        actions.put_profile_text(cast.gus, "de", headline="x")


def test_a_column_of_another_section_is_a_mistake(cast) -> None:
    with pytest.raises(TypeError):
        actions.add(cast.ada, Section.LANGUAGES, title="Dutch", started="2019")


def test_new_items_go_by_their_dates_and_keep_an_order_that_was_made(cast) -> None:
    for title, started, ended in (
        ("old", "2001", "2004"),
        ("now", "2019-03", ""),
        ("middle", "2010", "2012"),
        ("also now", "2020", ""),
    ):
        add(cast.ada, title, started=started, ended=ended)
    assert titles(cast.ada) == ["also now", "now", "middle", "old"]
    keys = {item.title: item.pk for item in Item.objects.filter(member=cast.ada)}
    actions.arrange(cast.ada, Section.POSITIONS, [keys["middle"], keys["now"]])
    assert titles(cast.ada) == ["middle", "now", "also now", "old"]
    actions.move(Item.objects.get(pk=keys["old"]), by=cast.ada, to=1)
    assert titles(cast.ada) == ["middle", "old", "now", "also now"]
    actions.move(Item.objects.get(pk=keys["old"]), by=cast.ada, to=-5)
    actions.move(Item.objects.get(pk=keys["middle"]), by=cast.ada, to=99)
    assert titles(cast.ada) == ["old", "now", "also now", "middle"]


def test_somebody_elses_keys_do_not_matter_to_an_order(cast) -> None:
    mine, theirs = add(cast.ada, "mine"), add(cast.bo, "theirs")
    second = add(cast.ada, "second", started="1990")
    actions.arrange(cast.ada, Section.POSITIONS, [theirs.pk, second.pk, second.pk, mine.pk])
    assert titles(cast.ada) == ["second", "mine"]
    assert titles(cast.bo) == ["theirs"]


def test_the_same_form_twice_is_one_item(cast) -> None:
    key = uuid4()
    assert add(cast.ada, form_key=key) == add(cast.ada, form_key=key)
    assert add(cast.bo, form_key=key).member == cast.bo
    assert titles(cast.ada) == ["Engineer"]


def test_removed_is_gone_and_comes_back_with_its_skills(cast) -> None:
    item = add(cast.ada, skills=["Python"])
    actions.remove(item, by=cast.ada)
    assert titles(cast.ada) == []
    with pytest.raises(Conflict):
        actions.edit(item, by=cast.ada, title="Clown")
    actions.restore(item, by=cast.ada)
    assert titles(cast.ada) == ["Engineer"]
    assert SkillUse.objects.filter(item=item).count() == 1


def test_what_was_removed_yesterday_is_deleted_by_the_clock(cast) -> None:
    kept, gone = add(cast.ada, "kept"), add(cast.ada, "gone")
    actions.remove(gone, by=cast.ada)
    assert sweep() == 0
    Item.objects.filter(pk=gone.pk).update(removed_at="2020-01-01T00:00:00Z")
    assert sweep() == 1
    assert list(Item.objects.filter(member=cast.ada)) == [kept]


def test_a_section_is_full_at_its_limit(cast) -> None:
    drafts = [Draft(Section.COURSES, title=f"Course {number}") for number in range(MOST_ITEMS + 20)]
    taken = actions.take(cast.ada, drafts)
    assert (taken["courses"], taken["left_out"]) == (MOST_ITEMS, 20)
    with pytest.raises(Conflict):
        actions.add(cast.ada, Section.COURSES, title="One more")
    first = Item.objects.filter(member=cast.ada).in_order().first()
    assert first is not None
    actions.remove(first, by=cast.ada)
    actions.add(cast.ada, Section.COURSES, title="One more")
    with pytest.raises(Conflict):
        actions.restore(first, by=cast.ada)


def test_spellings_are_one_skill(cast) -> None:
    first, again = actions.add_skills(cast.ada, ["Bread baking"]), actions.add_skills(cast.ada, ["BREAD BÁKING"])
    assert first == again
    assert Holding.objects.filter(member=cast.ada).count() == 1
    theirs = actions.add_skills(cast.bo, ["bread baking"])
    assert theirs[0].skill == first[0].skill


def test_skills_keep_their_owners_order(cast) -> None:
    made = actions.add_skills(cast.ada, ["One skill", "Two skill", "Three skill"])
    actions.arrange_skills(cast.ada, [made[2].pk])
    rows = Holding.objects.filter(member=cast.ada).in_order()
    assert [row.skill.name for row in rows] == ["Three skill", "One skill", "Two skill"]
    with pytest.raises(Refusal):
        actions.remove_skill(made[0], by=cast.bo)
    actions.remove_skill(made[0], by=cast.ada)
    assert Holding.objects.kept().filter(member=cast.ada).count() == 2


def test_skills_have_a_limit(cast) -> None:
    actions.add_skills(cast.ada, [f"Skill number {number}" for number in range(MOST_SKILLS)])
    with pytest.raises(Conflict):
        actions.add_skills(cast.ada, ["One too many"])
    actions.add_skills(cast.ada, ["skill number 7"])


def test_attaching_lists_and_detaches(cast) -> None:
    item = add(cast.ada, skills=["Python", "Sailing boats"])
    actions.edit(item, by=cast.ada, skills=["Sailing boats", "Knots"])
    used = {use.holding.skill.name for use in SkillUse.objects.filter(item=item).select_related("holding__skill")}
    assert used == {"Sailing boats", "Knots"}
    assert Holding.objects.filter(member=cast.ada).count() == 3


def test_a_way_to_be_reached_is_listed_once(cast) -> None:
    one = actions.put_contact(cast.ada, kind=Contact.Kind.EMAIL, value="ada@example.org")
    two = actions.put_contact(
        cast.ada, kind=Contact.Kind.EMAIL, value="ada@example.org", label="Work", audience=Level.ONLY_ME
    )
    assert one == two
    assert Contact.objects.get(pk=one.pk).audience == Level.ONLY_ME
    other = actions.put_contact(cast.ada, kind=Contact.Kind.PHONE, value="+31 1")
    with pytest.raises(Conflict):
        actions.edit_contact(other, by=cast.ada, kind=Contact.Kind.EMAIL, value="ada@example.org")
    with pytest.raises(Refusal):
        actions.edit_contact(Contact.objects.get(pk=other.pk), by=cast.bo, label="x")
    with pytest.raises(Refusal):
        actions.remove_contact(Contact.objects.get(pk=other.pk), by=cast.bo)
    for number in range(MOST_CONTACTS - 2):
        actions.put_contact(cast.ada, kind=Contact.Kind.WEBSITE, value=f"https://example.org/{number}")
    with pytest.raises(Conflict):
        actions.put_contact(cast.ada, kind=Contact.Kind.WEBSITE, value="https://example.org/more")


def test_a_change_is_told_only_when_its_owner_says_so_and_once(cast, hear) -> None:
    item = add(cast.ada, "Lead engineer", "Acme", started="2026-03")
    actions.edit(item, by=cast.ada, title="Chief engineer")
    hear()
    assert not Post.objects.filter(author=cast.ada).exists()
    actions.announce(item, by=cast.ada)
    hear()
    hear()
    told = Post.objects.get(author=cast.ada)
    assert told.body == "I now work as Chief engineer at Acme (March 2026)"
    assert told.audience == Level.CONNECTIONS


def test_what_nobody_may_read_is_told_to_nobody(cast, hear) -> None:
    item = add(cast.ada)
    actions.set_audience(cast.ada, Section.POSITIONS, Level.ONLY_ME)
    with pytest.raises(Conflict):
        actions.announce(item, by=cast.ada)
    hear()
    assert not Post.objects.filter(author=cast.ada).exists()


def test_taking_keeps_the_order_of_an_empty_section_and_sorts_into_a_full_one(cast) -> None:
    drafts = [
        Draft(Section.POSITIONS, title=t, organization_name="Acme", started=s)
        for t, s in (("a", "2001"), ("b", "2020"))
    ]
    actions.take(cast.ada, drafts, skills=["Rowing boats"], contacts=[Reach("website", "https://example.org")])
    assert titles(cast.ada) == ["a", "b"]
    drafts = [
        Draft(Section.POSITIONS, title=t, organization_name="Acme", started=s, skills=("Rowing boats",))
        for t, s in (("c", "2010"), ("d", "2021"))
    ]
    actions.take(cast.ada, drafts)
    assert titles(cast.ada) == ["d", "c", "a", "b"]  # above the first that is older: her order stays
    assert SkillUse.objects.filter(item__title="c").count() == 1
    assert Holding.objects.filter(member=cast.ada).count() == 1


def test_where_a_new_item_goes() -> None:
    def at(started, ended=""):
        return Item(section=Section.POSITIONS, started=started, ended=ended)

    others = [at("2020"), at("2010", "2015"), at("2000", "2005")]
    assert order.place_for(at("2021"), others) == 0
    assert order.place_for(at("2016", "2018"), others) == 1
    assert order.place_for(at("1990", "1995"), others) == 3


def test_many_fresh_keys_differ() -> None:
    keys = ids.fresh(5000)
    assert len(set(keys)) == 5000
    assert keys == sorted(keys)


def test_words_that_do_not_fit_do_not_become_skills_of_everybody(cast) -> None:
    before = Skill.objects.count()
    drafts = [
        Draft(Section.POSITIONS, title="T", skills=tuple(f"My own word {number} {item}" for item in range(50)))
        for number in range(20)
    ]
    taken = actions.take(cast.ada, drafts)
    assert (taken["skills"], taken["left_out"]) == (MOST_SKILLS, 20 * 50 - MOST_SKILLS)
    assert Skill.objects.count() == before + MOST_SKILLS
