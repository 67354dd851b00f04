"""Facets by keyboard: results and counts change in place, and the finger stays where it is."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAKE = """
from collegium.accounts.models import User
from collegium.career.models import Item
from collegium.members import actions
from collegium.members.models import Member
from collegium.ties.models import Connection
made = [Member.objects.get(name="Ada Lindqvist")]
for n in range(14):
    person = actions.join(User.objects.create_user(f"hydro{n}@example.org"), f"Robin Number{n}")
    Member.objects.filter(pk=person.pk).update(headline="Hydrologist", place="Delft" if n % 2 else "Utrecht")
    body = "Water house" if n < 5 else "Dry house"
    Item.objects.create(member=person, section="positions", title="Hydrologist", organization_name=body)
    made.append(person)
for other in made[1:4]:
    Connection.tie(made[0], other)
"""


def test_facets_by_keyboard(people, visitor):
    people.run(MAKE)
    ada = visitor()
    page = ada.sign_in("ada@example.org")
    ada.go("/search/?q=hydrologist")
    count = page.locator("#search-count")
    expect(count).to_have_text("14 people")

    page.locator("#degree-1").focus()
    page.keyboard.press("Space")
    expect(count).to_have_text("3 people")
    expect(page.locator("#degree-1")).to_be_focused()
    expect(page.locator("#degree-1")).to_be_checked()
    expect(page).to_have_url(f"{people.base}/search/?q=hydrologist&degree=1")
    # What is chosen of a facet narrows the others, not the facet itself.
    expect(page.locator("label:has(#degree-3) .facet-count")).to_contain_text("11")

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(count).to_have_text("14 people")
    expect(page).to_have_url(f"{people.base}/search/?q=hydrologist&degree=1,3")

    page.get_by_role("checkbox", name="Utrecht").focus()
    page.keyboard.press("Space")
    expect(count).to_have_text("7 people")
    expect(page.get_by_role("checkbox", name="Utrecht")).to_be_focused()

    page.go_back()
    expect(count).to_have_text("14 people")
    ada.go("/search/?q=hydrologist&degree=1&place=Utrecht")
    expect(count).to_have_text("2 people")
    page.get_by_role("link", name="Remove filter Utrecht").press("Enter")
    expect(count).to_have_text("3 people")
