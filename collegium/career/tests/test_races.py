"""What happens at the same moment ends as if one had been first: a clear answer to each, never a fault."""

from typing import Any

import pytest

from collegium.career import actions
from collegium.career.actions.languages import MOST_LANGUAGES
from collegium.career.models import Contact, Holding, Item, ProfileText
from collegium.career.sections import MOST_ITEMS, Section
from collegium.journal.models import Entry
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.testing.cast import make_member
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture
def ada() -> Member:
    return make_member("Ada Lindqvist")


def settled(outcomes: list[Any]) -> None:
    """Each was done, or answered with a sentence."""
    for each in outcomes:
        assert not isinstance(each, Exception) or isinstance(each, Conflict), repr(each)


def add(member: Member, title: str = "Engineer", **more: Any) -> Item:
    return actions.add(member, Section.POSITIONS, title=title, **more)


def test_one_new_skill_shown_with_two_items_at_once(ada: Member) -> None:
    one, other = add(ada), add(ada, "Chair")
    for number in range(ROUNDS):
        name = f"Skill {number}"
        settled(race(*[lambda item=item: actions.edit(item, by=ada, skills=[name]) for item in (one, other)]))
    assert Holding.objects.filter(member=ada).count() == ROUNDS


def test_a_skill_goes_while_an_item_is_shown_with_it(ada: Member) -> None:
    for _round in range(ROUNDS):
        [holding] = actions.add_skills(ada, ["Rust"])
        settled(race(lambda: add(ada, skills=["Rust"]), lambda: actions.remove_skill(holding, by=ada)))


def test_two_skills_come_back_into_one_place(ada: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegium.career.actions.skills.MOST_SKILLS", 2)
    gone = actions.add_skills(ada, ["Rust", "Ada"])
    for holding in gone:
        actions.remove_skill(holding, by=ada)
    actions.add_skills(ada, ["Zig"])
    settled(race(*[lambda holding=holding: actions.restore_skill(holding, by=ada) for holding in gone]))
    assert Holding.objects.kept().filter(member=ada).count() == 2


def test_a_contact_goes_while_it_is_changed(ada: Member) -> None:
    for number in range(ROUNDS):
        row = actions.put_contact(ada, kind="email", value=f"ada{number}@example.org")
        settled(
            race(
                lambda: actions.edit_contact(row, by=ada, value=f"a{number}@example.org"),
                lambda: actions.remove_contact(row, by=ada),
            )
        )


def test_a_contact_that_is_gone_is_no_fault(ada: Member) -> None:
    row = actions.put_contact(ada, kind="email", value="ada@example.org")
    Contact.objects.all().delete()
    with pytest.raises(Conflict):
        actions.edit_contact(row, by=ada, label="Work")


def test_two_come_back_into_one_place(ada: Member) -> None:
    gone = [add(ada), add(ada, "Chair")]
    for item in gone:
        actions.remove(item, by=ada)
    for _each in range(MOST_ITEMS - 1):
        add(ada)
    settled(race(*[lambda item=item: actions.restore(item, by=ada) for item in gone]))
    assert Item.objects.kept().filter(member=ada).count() == MOST_ITEMS


def test_two_last_languages(ada: Member) -> None:
    for number in range(MOST_LANGUAGES - 1):
        actions.put_profile_text(ada, f"de-{number}", headline="x")
    settled(race(*[lambda tag=tag: actions.put_profile_text(ada, tag, headline="x") for tag in ("fr", "it")]))
    assert ProfileText.objects.filter(member=ada).count() == MOST_LANGUAGES


def test_a_change_sent_twice_is_told_once(ada: Member) -> None:
    item = add(ada, organization_name="Acme")
    settled(race(*[lambda: actions.announce(item, by=ada)] * 3))
    assert Entry.objects.filter(kind="career.announced").count() == 1
    actions.edit(item, by=ada, title="Lead engineer")
    actions.announce(item, by=ada)
    assert Entry.objects.filter(kind="career.announced").count() == 2
    actions.remove(item, by=ada)
    with pytest.raises(Conflict):
        actions.announce(item, by=ada)
