"""Skills, ways to reach somebody, and the page that lists who sees what."""

import re

import pytest

from collegium.audience.level import Level
from collegium.audience.reach import reach
from collegium.career import actions
from collegium.career.models import Contact, Holding, PartAudience, SkillUse
from collegium.career.sections import Section
from collegium.skills.models import Skill, Spelling
from collegium.testing.cast import Cast

HTMX = {"HX-Request": "true"}


def names(cast: Cast) -> list[str]:
    return list(Holding.objects.kept().filter(member=cast.ada).in_order().values_list("skill__name", flat=True))


@pytest.fixture
def javascript(db: None) -> Skill:
    skill = Spelling.objects.filter(folded="javascript").first()
    made = skill.skill if skill else Skill.objects.create(name="JavaScript")
    for folded in ("javascript", "js"):
        Spelling.objects.get_or_create(folded=folded, defaults={"skill": made})
    Spelling.objects.filter(folded="js").update(skill=made)
    return made


class TestSkills:
    def test_several_at_once_and_spellings_merge(self, cast: Cast, javascript: Skill) -> None:
        browser = cast.client("ada")
        page = browser.post("/career/skills/", {"skills": "Rowing on rivers, js, ROWING ON RIVERS"}, follow=True)
        assert names(cast) == ["Rowing on rivers", javascript.name]
        assert "js is written JavaScript here." in page.content.decode()
        again = browser.post("/career/skills/", {"skills": "JavaScript"}, headers=HTMX).content.decode()
        assert "You have listed this already." in again
        assert names(cast) == ["Rowing on rivers", javascript.name]

    def test_refused_with_what_was_typed(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        browser = cast.client("ada")
        assert browser.post("/career/skills/", {"skills": " , "}).status_code == 422
        long = browser.post("/career/skills/", {"skills": f"Welding, {'x' * 101}"})
        assert long.status_code == 422
        assert "Welding" in long.content.decode()
        monkeypatch.setattr("collegium.career.actions.skills.MOST_SKILLS", 1)
        full = browser.post("/career/skills/", {"skills": "Welding, Rowing"})
        assert full.status_code == 422
        assert "at most 1 skills" in full.content.decode()
        assert names(cast) == []

    def test_taken_off_and_put_back_with_its_place_and_uses(self, cast: Cast) -> None:
        browser = cast.client("ada")
        item = actions.add(cast.ada, Section.POSITIONS, title="Engineer", organization_name="Vattenfall")
        browser.post("/career/skills/", {"skills": "One thing, Another thing, Third thing"})
        middle = Holding.objects.get(member=cast.ada, skill__name="Another thing")
        browser.post(f"/career/skills/{middle.pk}/", {"items": [item.pk]})
        assert SkillUse.objects.filter(holding=middle, item=item).exists()
        answer = browser.post(f"/career/skills/{middle.pk}/removal/", headers=HTMX).content.decode()
        assert names(cast) == ["One thing", "Third thing"]
        undo = f"/career/skills/{middle.pk}/restoration/"
        assert f'action="{undo}"' in answer
        assert browser.post(f"/career/skills/{middle.pk}/removal/").status_code == 404
        assert cast.client("bo").post(undo).status_code == 404
        assert browser.post(undo).status_code == 302
        assert names(cast) == ["One thing", "Another thing", "Third thing"]
        assert SkillUse.objects.filter(item=item, holding__skill__name="Another thing").exists()

    def test_others_skills_and_items_do_not_exist(self, cast: Cast) -> None:
        theirs = actions.add(cast.bo, Section.POSITIONS, title="Boss", organization_name="Elsewhere")
        [mine] = actions.add_skills(cast.ada, ["Welding"])
        assert cast.client("bo").post(f"/career/skills/{mine.pk}/removal/").status_code == 404
        assert cast.client("ada").post(f"/career/skills/{mine.pk}/", {"items": [theirs.pk]}).status_code == 422
        for key in (0, 1, 2**70):
            assert cast.client("ada").post(f"/career/skills/{key}/restoration/").status_code == 404
        assert not SkillUse.objects.exists()

    def test_the_message_names_what_was_added(self, cast: Cast) -> None:
        browser = cast.client("ada")
        answer = browser.post("/career/skills/", {"skills": "Rowing on rivers, Knots of old"}, headers=HTMX)
        assert "Added at the end: Rowing on rivers, Knots of old." in answer.content.decode()
        many = ", ".join(f"Craft {number}" for number in range(7))
        answer = browser.post("/career/skills/", {"skills": many}, headers=HTMX)
        assert "7 skills are added at the end." in answer.content.decode()

    def test_no_room_to_put_it_back(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        browser = cast.client("ada")
        [row] = actions.add_skills(cast.ada, ["Welding"])
        monkeypatch.setattr("collegium.career.actions.skills.MOST_SKILLS", 1)
        browser.post(f"/career/skills/{row.pk}/removal/")
        browser.post("/career/skills/", {"skills": "Rowing"})
        assert names(cast) == ["Rowing"]
        answer = browser.post(f"/career/skills/{row.pk}/restoration/")
        assert answer.status_code == 409
        assert "at most 1 skills" in answer.content.decode()
        browser.post(f"/career/skills/{Holding.objects.kept().get(member=cast.ada).pk}/removal/")
        assert browser.post(f"/career/skills/{row.pk}/restoration/").status_code == 302
        assert names(cast) == ["Welding"]

    def test_an_item_is_not_shown_with_a_skill_that_was_taken_off(self, cast: Cast) -> None:
        browser = cast.client("ada")
        item = actions.add(
            cast.ada, Section.POSITIONS, title="Engineer", organization_name="Vattenfall", skills=["Welding", "Rowing"]
        )
        gone = Holding.objects.get(member=cast.ada, skill__name="Welding")
        actions.remove_skill(gone, by=cast.ada)
        form = browser.get(f"/career/items/{item.pk}/").content.decode()
        assert ("Rowing" in form, "Welding" in form) == (True, False)
        left = Holding.objects.get(member=cast.ada, skill__name="Rowing")
        browser.post(f"/career/skills/{left.pk}/", {"items": []})
        assert names(cast) == ["Rowing"], "changing another skill's uses brings nothing back"
        browser.post(f"/career/skills/{gone.pk}/restoration/")
        assert list(SkillUse.objects.filter(item=item).values_list("holding", flat=True)) == [gone.pk]


GOOD = {
    "email": ({"value": "ada@dams.example"}, "ada@dams.example"),
    "phone": ({"value": "  +46 (0)70-123 45 67 "}, "+46 (0)70-123 45 67"),
    "website": ({"value": "dams.example/ada"}, "https://dams.example/ada"),
    "network": ({"value": "https://social.example/@ada", "label": "Mastodon"}, "https://social.example/@ada"),
    "messenger": ({"value": "ada.dams", "label": "Signal"}, "ada.dams"),
    "address": ({"value": "Älvgatan 1,\n411 01 Göteborg"}, "Älvgatan 1, 411 01 Göteborg"),
    "birthday": ({"value_month": "5", "value_day": "17"}, "--05-17"),
}
WRONG = {
    "email": [{"value": "ada"}, {"value": "a@b@c"}, {"value": "x" * 100_000}],
    "phone": [{"value": "call me"}, {"value": "12"}, {"value": "1" * 41}],
    "website": [{"value": "javascript:alert(1)"}, {"value": "ftp://x.example"}, {"value": "ada@dams.example"}],
    "network": [{"value": "javascript://x/%0aalert(1)", "label": "X"}, {"value": "ada", "label": ""}],
    "messenger": [{"value": "ada", "label": ""}, {"value": "a" * 501, "label": "Signal"}],
    "address": [{"value": "  "}],
    "birthday": [
        {"value_month": "2", "value_day": "30"},
        {"value_day": "3"},
        {"value_year": "2999"},
        {"value_month": "5"},
        {"value_year": "1990", "value_day": "3"},
        {},
    ],
}


@pytest.mark.parametrize("kind", list(Contact.Kind))
def test_each_way_to_be_reached(cast: Cast, kind: str) -> None:
    browser, address = cast.client("ada"), f"/career/contacts/new/{kind}/"
    assert browser.get(address).status_code == 200
    for wrong in WRONG[kind]:
        answer = browser.post(address, wrong | {"audience": "3"})
        assert answer.status_code == 422, wrong
    typed, expected = GOOD[kind]
    assert browser.post(address, typed | {"audience": "7"}).status_code == 422
    assert not Contact.objects.exists()
    assert browser.post(address, typed | {"audience": "2"}).status_code == 302
    row = Contact.objects.get()
    assert (row.value, row.audience, row.kind) == (expected, Level.NETWORK, kind)
    assert browser.post(f"/career/contacts/{row.pk}/", typed | {"audience": "4"}).status_code == 302
    row.refresh_from_db()
    assert (row.value, row.audience) == (expected, Level.ONLY_ME)
    assert cast.client("bo").get(f"/career/contacts/{row.pk}/").status_code == 404


def test_a_contact_taken_off_comes_back_without_standing_in_an_address(cast: Cast) -> None:
    browser = cast.client("ada")
    actions.put_contact(cast.ada, kind="email", value="a@dams.example")
    row = actions.put_contact(cast.ada, kind="phone", value="+46 70 123", label="Work", audience=Level.ONLY_ME)
    answer = browser.post(f"/career/contacts/{row.pk}/removal/", headers=HTMX).content.decode()
    undo = re.search(r'action="([^"]+)" class="toast-undo"', answer)[1]  # type: ignore[index]
    assert undo == "/career/contacts/restoration/"
    assert browser.post(undo).status_code == 302
    back = Contact.objects.get(kind="phone")
    assert (back.value, back.label, back.audience) == ("+46 70 123", "Work", Level.ONLY_ME)
    assert browser.post(undo).status_code == 404


class TestVisibility:
    """V1: one page lists every setting with an audience, and what it comes to."""

    def test_it_lists_everything_with_its_effect(self, cast: Cast) -> None:
        actions.add(cast.ada, Section.POSITIONS, title="Engineer", organization_name="Vattenfall")
        actions.put_contact(cast.ada, kind="phone", value="+46 70 123", audience=Level.CONNECTIONS)
        actions.set_audience(cast.ada, Section.POSITIONS, Level.NETWORK)
        page = cast.client("ada").get("/settings/visibility/").content.decode()
        members, near = reach(cast.ada, Level.MEMBERS), reach(cast.ada, Level.NETWORK)
        assert f"{members} people can read this: everyone who is a member here." in page
        assert f"{near} people can read this: your connections and the people they are connected with." in page
        for words in (
            "Search engines",
            "The list of your connections",
            "Open to work",
            "When you look at pages",
            "+46 70 123",
        ):
            assert words in page
        assert set(re.findall(r'name="(part-\w+)"', page)) == {f"part-{part}" for part in page_parts()}

    def test_changed_there_and_others_left_alone(self, cast: Cast) -> None:
        row = actions.put_contact(cast.ada, kind="phone", value="+46 70 123", audience=Level.CONNECTIONS)
        browser = cast.client("ada")
        page = browser.get("/settings/visibility/").content.decode()
        shown = dict(re.findall(r'name="was-([\w-]+)" value="(\d+)"', page))
        # Meanwhile, in another window:
        actions.set_audience(cast.ada, Section.EDUCATION, Level.ONLY_ME)
        sent = shown | {f"was-{name}": value for name, value in shown.items()}
        sent |= {"part-skills": "3", f"contact-{row.pk}": "4", "profile": "0", "indexed": "0", "connections": "4"}
        assert browser.post("/settings/visibility/", sent).status_code == 302
        chosen = dict(PartAudience.objects.filter(member=cast.ada).values_list("part", "audience"))
        assert chosen == {"skills": 3, "education": 4}
        row.refresh_from_db()
        cast.ada.refresh_from_db()
        assert row.audience == Level.ONLY_ME
        assert (cast.ada.visibility, cast.ada.indexed, cast.ada.connections_audience) == (0, False, 4)

    def test_nonsense_changes_nothing(self, cast: Cast) -> None:
        theirs = actions.put_contact(cast.bo, kind="phone", value="+46 70 123", audience=Level.CONNECTIONS)
        sent = {
            "part-skills": "9",
            "part-x": "1",
            "profile": "2",
            "indexed": "x",
            f"contact-{theirs.pk}": "0",
            "connections": "0",
        }
        assert cast.client("ada").post("/settings/visibility/", sent).status_code == 302
        assert not PartAudience.objects.exists()
        theirs.refresh_from_db()
        assert theirs.audience == Level.CONNECTIONS

    def test_a_hidden_profile_counts_its_guests(self, cast: Cast) -> None:
        page = cast.client("flo").get("/settings/visibility/").content.decode()
        assert "have invited" not in page
        cast.flo.visibility = 3
        cast.flo.save(update_fields=["visibility"])
        assert (
            "So can 1 person you have invited, until they answer."
            in cast.client("flo").get("/settings/visibility/").content.decode()
        )


def page_parts() -> list[str]:
    from collegium.career.sections import Part

    return [str(part) for part in Part]


def test_the_guide_helps_and_goes(cast: Cast) -> None:
    browser = cast.client("ada")
    page = browser.get("/in/ada-lindqvist/").content.decode()
    assert page.count("<li><p>") <= 3
    assert "What would help next" in page
    assert "What would help next" not in cast.client("bo").get("/in/ada-lindqvist/").content.decode()
    assert browser.post("/career/guide/rest/").status_code == 302
    assert "What would help next" not in browser.get("/in/ada-lindqvist/").content.decode()
    assert browser.post("/career/guide/rest/", headers=HTMX).status_code == 200
    browser.post("/career/guide/return/")
    assert "What would help next" in browser.get("/in/ada-lindqvist/").content.decode()


def test_what_was_taken_off_is_not_kept_for_long(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = cast.client("ada")
    row = actions.put_contact(cast.ada, kind="email", value="a@dams.example")
    browser.post(f"/career/contacts/{row.pk}/removal/")
    monkeypatch.setattr("collegium.profiles.editing.contacts.KEPT_FOR", -1)
    assert browser.post("/career/contacts/restoration/").status_code == 404
    assert not Contact.objects.exists()


def test_a_birthday_that_came_in_as_no_date_can_be_written_anew(cast: Cast) -> None:
    row = actions.put_contact(cast.ada, kind="birthday", value="--05-17")
    Contact.objects.filter(pk=row.pk).update(value="--foo")
    assert cast.client("ada").get(f"/career/contacts/{row.pk}/").status_code == 200
