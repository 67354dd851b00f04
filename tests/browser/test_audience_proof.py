"""The proof of an audience, at three browsers: what the composer says is what happens, and a change ends it at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser


def check(page: Page, handle: str) -> None:
    """Ask the composer whether somebody will see it."""
    page.locator("#aim-check").fill(f"@{handle}")
    page.locator("#aim-check").dispatch_event("keyup")


def status(visitor: Visitor, address: str) -> int:
    """What this person gets of an address."""
    return visitor.page.request.get(visitor.site.base + address).status


def choose(ada: Visitor, address: str, level: str, says: str) -> None:
    """Give the post another audience, reading what the composer says of it first."""
    page = ada.go(f"{address}edit/")
    page.locator("#compose [name=audience]").select_option(level)
    expect(page.locator(".reach-count")).to_have_text(says)
    page.locator(".write").get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**{address}")


def test_the_composer_says_who_and_a_change_ends_it_at_once(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Bo and Cy see it, Di does not; narrowed to connections Cy loses it, kept to herself Bo does too."""
    ada, bo, cy, di = visitor(), visitor(), visitor(), visitor()
    author = ada.sign_in("ada@example.org")
    for each, email in ((bo, "bo@example.org"), (cy, "cy@example.org"), (di, "di@example.org")):
        each.sign_in(email)
    author.locator("[data-compose]").fill("The valley floods in May.")
    author.locator("#compose [name=audience]").select_option("2")
    expect(author.locator(".reach-count")).to_have_text("2 people will see this")
    expect(author.locator(".reach-some")).to_contain_text("Bo Okafor")
    expect(author.locator(".reach-some")).to_contain_text("Cy Tanaka")
    author.locator(".aim-open").first.click()
    check(author, "cy-tanaka")
    expect(author.locator(".reach-check")).to_have_text("@cy-tanaka will see it.")
    check(author, "di-varga")
    expect(author.locator(".reach-check")).to_have_text("@di-varga will not see it.")
    # The list of people to choose from may stand over the button.
    author.locator("#aim-check").press("Escape")
    author.locator(".write").get_by_role("button", name="Post", exact=True).click()
    post = author.locator(".post", has_text="The valley floods in May.")
    address = post.locator(".time").first.get_attribute("href")
    assert address
    expect(bo.page.locator(".fresh")).to_contain_text("1 new post")
    expect(di.page.locator(".fresh")).to_have_count(0)
    pages = (address, f"{address}?part=thread", f"{address}reactions/", f"{address}history/")
    for way in pages:
        assert (status(bo, way), status(cy, way), status(di, way)) == (200, 200, 404), way
    expect(cy.go(address).locator(".post")).to_contain_text("The valley floods in May.")

    choose(ada, address, "3", "1 person will see this")
    for way in pages:
        assert (status(bo, way), status(cy, way), status(di, way)) == (200, 404, 404), way
    expect(bo.go("/").locator(".post", has_text="The valley floods in May.")).to_have_count(1)

    choose(ada, address, "4", "Only you will see this")
    for way in pages:
        assert (status(bo, way), status(cy, way), status(di, way)) == (404, 404, 404), way
    expect(bo.go("/").locator(".write")).to_be_visible()
    expect(bo.page.locator(".post", has_text="The valley floods in May.")).to_have_count(0)
    assert status(ada, address) == 200
