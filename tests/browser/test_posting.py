"""Posting to chosen people; what they see, and when."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser


def test_an_audience_is_kept_and_news_arrives_live(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Ada posts to her connections: Bo's open page says so within moments, Di never sees it."""
    ada, bo, di = visitor(), visitor(), visitor()
    ada.sign_in("ada@example.org")
    bo.sign_in("bo@example.org")
    di.sign_in("di@example.org")
    expect(ada.page.locator(".reach-count")).to_have_text("1 person will see this")
    ada.page.locator("[data-compose]").fill("Seals fail at 4 °C. #dam-safety")
    ada.page.locator(".write").get_by_role("button", name="Post").click()
    expect(ada.page.locator(".post").first).to_contain_text("Seals fail at 4 °C.")
    expect(bo.page.locator(".fresh")).to_contain_text("1 new post")
    bo.page.locator(".fresh a").click()
    post = bo.page.locator(".post", has_text="Seals fail")
    expect(post).to_be_visible()
    expect(di.page.locator(".fresh")).to_have_count(0)
    address = post.locator(".time").first.get_attribute("href")
    assert address
    assert di.page.request.get(people.base + address).status == 404
    assert bo.page.request.get(people.base + address).status == 200

    post.get_by_role("button", name="Like").click()
    expect(post.get_by_role("button", name="Like")).to_have_attribute("aria-pressed", "true")
    post.get_by_text("Comment", exact=True).click()
    post.locator("textarea[name=body]").fill("Which one did you choose?")
    post.get_by_role("button", name="Comment").click()
    expect(post.locator(".reply")).to_contain_text("Which one did you choose?")
    mine = ada.page.locator(".post", has_text="Seals fail")
    expect(mine.locator(".post-acts")).to_contain_text("1 comment")
    expect(ada.page.locator("[data-badge=news] .badge")).to_have_text("2")


def test_without_javascript(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Everything that matters is a form and a link."""
    di, bo = visitor(java_script_enabled=False), visitor(java_script_enabled=False)
    di.sign_in("di@example.org")
    di.page.locator("[data-compose]").fill("A plain form went a long way.")
    di.page.locator("[name=audience]").select_option("1")
    di.page.locator(".write").get_by_role("button", name="Post").click()
    expect(di.page.locator(".post").first).to_contain_text("A plain form")
    di.go("/in/bo-okafor/")
    di.page.get_by_role("link", name="Connect or follow").click()
    di.page.get_by_role("link", name="Connect", exact=True).click()
    di.page.locator("textarea[name=note]").fill("We both like plain forms.")
    di.page.locator("main form:has(textarea) button").first.click()

    bo.sign_in("bo@example.org")
    bo.go("/network/")
    bo.page.locator(".letter", has_text="plain forms").get_by_role("button", name="Accept").click()
    bo.go("/")
    post = bo.page.locator(".post", has_text="A plain form")
    post.get_by_role("button", name="Like").first.click()
    expect(
        bo.page.locator(".post", has_text="A plain form").get_by_role("button", name="Like").first
    ).to_have_attribute("aria-pressed", "true")
    bo.page.locator("textarea[name=body]").last.fill("So did this comment.")
    bo.page.get_by_role("button", name="Comment", exact=True).click()
    expect(bo.page.locator(".reply")).to_contain_text("So did this comment.")
    bo.go("/search/?q=flo")
    expect(bo.page.locator("main")).to_contain_text("Flo Reyes")


def test_on_a_phone(people: Site, visitor: Callable[..., Visitor]) -> None:
    """The thumb reaches everything, and nothing is wider than the screen."""
    cy = visitor(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    cy.sign_in("cy@example.org")
    for path in ("/", "/network/", "/notifications/", "/in/bo-okafor/", "/search/?q=a", "/settings/"):
        cy.go(path)
        wide = cy.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"
    dock = cy.page.locator(".dock")
    dock.get_by_role("link", name="Post").tap()
    cy.page.locator("[data-compose]").fill("From the train.")
    cy.page.locator("label", has_text="Personal").first.tap()
    cy.page.locator(".write").get_by_role("button", name="Post").tap()
    expect(cy.page.locator(".post").first).to_have_attribute("data-facet", "personal")
    dock.get_by_role("link", name="Network").tap()
    expect(cy.page.get_by_role("heading", level=1)).to_be_visible()


def test_by_keyboard(people: Site, visitor: Callable[..., Visitor]) -> None:
    """`n` writes, `j` walks, `/` searches, `?` explains."""
    ada = visitor()
    ada.sign_in("ada@example.org")
    ada.page.keyboard.press("n")
    expect(ada.page.locator("[data-compose]")).to_be_focused()
    ada.page.keyboard.type("Written without a mouse.")
    ada.page.keyboard.press("Control+Enter")
    expect(ada.page.locator(".post").first).to_contain_text("Written without a mouse.")
    ada.page.keyboard.press("j")
    expect(ada.page.locator(".post").first).to_be_focused()
    ada.page.keyboard.press("/")
    expect(ada.page.locator("[data-search]")).to_be_focused()
    ada.page.keyboard.press("Escape")
    ada.page.locator("body").click(position={"x": 5, "y": 400})
    ada.page.keyboard.press("?")
    expect(ada.page.locator("dialog[open]")).to_be_visible()
