"""Who sees which part of Ada's career: a table over the cast, once through the querysets and once through a reading."""

import pytest

from collegium.audience.level import Level
from collegium.audience.viewer import NOBODY
from collegium.career import actions
from collegium.career.models import Contact, Holding, Item
from collegium.career.reading import document, read
from collegium.career.sections import Part, Section
from collegium.members.models import Member

pytestmark = pytest.mark.django_db

EVERYONE = {"ada", "bo", "cy", "di", "flo", "hal", "nobody"}
# Gus is suspended: a request of his is nobody's (`ViewerMiddleware`), so he has no eyes of his own here.
LOOKING = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")
SEES = {
    (Member.Visibility.PUBLIC, Level.EVERYONE): EVERYONE,
    (Member.Visibility.PUBLIC, Level.MEMBERS): EVERYONE - {"nobody"},
    (Member.Visibility.PUBLIC, Level.NETWORK): {"ada", "bo", "cy"},
    (Member.Visibility.PUBLIC, Level.CONNECTIONS): {"ada", "bo"},
    (Member.Visibility.PUBLIC, Level.ONLY_ME): {"ada"},
    (Member.Visibility.MEMBERS, Level.EVERYONE): EVERYONE - {"nobody"},
    (Member.Visibility.MEMBERS, Level.NETWORK): {"ada", "bo", "cy"},
    (Member.Visibility.HIDDEN, Level.EVERYONE): {"ada", "bo"},
    (Member.Visibility.HIDDEN, Level.MEMBERS): {"ada", "bo"},
    (Member.Visibility.HIDDEN, Level.ONLY_ME): {"ada"},
}


@pytest.fixture
def career(cast):
    """Ada, with something in three places, all of it public until a test says otherwise."""
    for section in (Section.POSITIONS, Section.HONOURS):
        actions.add(cast.ada, section, title=f"canary {section}", organization_name="Acme")
    actions.add_skills(cast.ada, ["Canary keeping"])
    actions.put_contact(cast.ada, kind=Contact.Kind.EMAIL, value="canary@example.org", audience=Level.EVERYONE)
    return cast


def set_visibility(member: Member, visibility: int) -> None:
    Member.objects.filter(pk=member.pk).update(visibility=visibility)
    member.visibility = visibility


@pytest.mark.parametrize(("visibility", "level"), SEES)
def test_who_sees_a_section(career, visibility, level) -> None:
    set_visibility(career.ada, visibility)
    actions.set_audience(career.ada, Part.POSITIONS, level)
    seen, read_by = set(), set()
    for name in LOOKING:
        viewer = career.viewer(name)
        if Item.objects.visible_to(viewer).filter(member=career.ada, section=Section.POSITIONS).exists():
            seen.add(name)
        if read(viewer, career.ada).items(Section.POSITIONS):
            read_by.add(name)
    assert seen == read_by == SEES[visibility, level]


@pytest.mark.parametrize(("visibility", "level"), SEES)
def test_who_sees_skills_and_contacts(career, visibility, level) -> None:
    set_visibility(career.ada, visibility)
    actions.set_audience(career.ada, Part.SKILLS, level)
    Contact.objects.update(audience=level)
    for name in LOOKING:
        viewer = career.viewer(name)
        sees = name in SEES[visibility, level]
        shown = read(viewer, career.ada)
        assert Holding.objects.visible_to(viewer).filter(member=career.ada).exists() == sees, name
        assert Contact.objects.visible_to(viewer).filter(member=career.ada).exists() == sees, name
        assert bool(shown.skills) == bool(shown.contacts) == sees, name


def test_one_section_closed_leaves_the_others(career) -> None:
    actions.set_audience(career.ada, Part.POSITIONS, Level.ONLY_ME)
    shown = read(career.viewer("di"), career.ada)
    assert [item.section for item in shown.all_items] == [Section.HONOURS]
    assert Part.POSITIONS not in shown.parts
    assert Part.HONOURS in shown.parts
    assert "canary positions" not in repr(document(shown))


def test_the_invited_reads_a_hidden_profile_as_far_as_she_is_close(career) -> None:
    set_visibility(career.flo, Member.Visibility.HIDDEN)
    actions.add(career.flo, Section.HONOURS, title="canary")
    assert Item.objects.visible_to(career.viewer("ada")).filter(member=career.flo).exists()
    assert read(career.viewer("ada"), career.flo).items(Section.HONOURS)
    assert not read(career.viewer("di"), career.flo).items(Section.HONOURS)
    actions.set_audience(career.flo, Part.HONOURS, Level.CONNECTIONS)
    assert not Item.objects.visible_to(career.viewer("ada")).filter(member=career.flo).exists()
    assert not read(career.viewer("ada"), career.flo).items(Section.HONOURS)


def test_about_has_an_audience_too(career) -> None:
    career.ada.about = "canary"
    actions.set_audience(career.ada, Part.ABOUT, Level.CONNECTIONS)
    assert read(career.viewer("bo"), career.ada).head.about == "canary"
    assert read(career.viewer("di"), career.ada).head.about == ""
    assert read(career.viewer("ed"), career.ada).head.name == ""


def test_removed_items_are_seen_by_nobody(career) -> None:
    item = Item.objects.get(section=Section.HONOURS)
    actions.remove(item, by=career.ada)
    assert not read(career.viewer("ada"), career.ada).items(Section.HONOURS)
    assert not Item.objects.visible_to(career.viewer("ada")).filter(pk=item.pk).exists()


def test_a_removed_skill_is_seen_by_nobody_and_comes_back(career) -> None:
    [row] = Holding.objects.filter(member=career.ada)
    actions.edit(Item.objects.get(section=Section.POSITIONS), by=career.ada, skills=["Canary keeping"])

    def seen(name: str) -> tuple[bool, ...]:
        viewer = career.viewer(name)
        shown = read(viewer, career.ada)
        by_query = Holding.objects.visible_to(viewer).filter(pk=row.pk).exists()
        return by_query, bool(shown.skills), bool(shown.used_in), "Canary keeping" in repr(document(shown))

    before = {name: seen(name) for name in LOOKING}
    assert {name for name, told in before.items() if all(told)} == EVERYONE - {"nobody"}
    actions.remove_skill(row, by=career.ada)
    assert {seen(name) for name in LOOKING} == {(False,) * 4}
    actions.restore_skill(row, by=career.ada)
    assert {name: seen(name) for name in LOOKING} == before


def test_another_language_says_what_it_says_and_leaves_the_rest(career) -> None:
    item = Item.objects.get(section=Section.POSITIONS)
    actions.put_profile_text(career.ada, "de", headline="Ingenieurin")
    actions.put_item_text(item, "de", by=career.ada, title="Kanarienvogel")
    shown = read(career.viewer("di"), career.ada, language="de")
    assert shown.language == "de"
    assert shown.languages == ("en", "de")
    assert shown.head.headline == "Ingenieurin"
    assert shown.items(Section.POSITIONS)[0].title == "Kanarienvogel"
    assert shown.items(Section.POSITIONS)[0].organization_name == "Acme"
    assert read(career.viewer("di"), career.ada, language="fr").language == "en"
    actions.drop_language(career.ada, "de")
    assert read(career.viewer("di"), career.ada, language="de").head.headline == career.ada.headline


def test_the_number_of_statements_does_not_grow(career, django_assert_num_queries) -> None:
    for viewer in (career.viewer("bo"), NOBODY):
        set_visibility(career.ada, Member.Visibility.PUBLIC)
        read(viewer, career.ada)
        with django_assert_num_queries(4):
            read(viewer, career.ada)
    for number in range(20):
        actions.add(
            career.ada, Section.POSITIONS, title=f"{number}", organization_name="Acme", skills=[f"Art {number}"]
        )
    bo = career.viewer("bo")
    with django_assert_num_queries(4):
        shown = read(bo, career.ada)
        assert len(document(shown).items) == 22
