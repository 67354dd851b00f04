"""An article from its first word to its readers: kept as it is typed, by keyboard, never lost between two tabs."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_written_by_keyboard_kept_and_published(people: Site, visitor: Callable[..., Visitor]) -> None:
    ada, bo = visitor(viewport={"width": 1280, "height": 900}), visitor()
    ada.sign_in("ada@example.org")
    page = ada.go("/articles/new/")
    page.fill("[name=title]", "What a weir is for")
    text = page.locator("textarea[name=source]")
    text.press_sequentially("## Water")
    text.press("Enter")
    text.press_sequentially("It waits.")
    expect(page.locator("[data-word]")).to_have_text("Saved")
    expect(page).to_have_url(re.compile(r"/edit/$"))
    # What is typed is drawn under it, and beside it stands how it will look.
    expect(page.locator(".overtype-preview h2")).to_contain_text("Water")
    expect(page.locator("[data-preview] .article-text h2")).to_have_text("Water")
    # One Tab stop, arrows within.
    text.press("Shift+Home")
    page.locator("[data-act=toggleH2]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-act=toggleBold]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(text).to_have_value("## Water\n**It waits.**")
    expect(page.locator("[data-preview] strong")).to_have_text("It waits.")
    page.reload()
    expect(page.locator("textarea[name=source]")).to_have_value("## Water\n**It waits.**")
    page.get_by_role("button", name="Publish …").click()
    expect(page.locator(".reach-count")).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("h1")).to_have_text("What a weir is for")
    bo.sign_in("bo@example.org")
    reader = bo.go("/")
    reader.get_by_role("link", name="What a weir is for").click()
    expect(reader.locator(".article-text strong")).to_have_text("It waits.")
    reader.fill("[name=body]", "So do the otters.")
    reader.get_by_role("button", name="Comment", exact=True).click()
    expect(reader.locator(".reply-body")).to_have_text("So do the otters.")


def test_two_tabs_lose_nothing(people: Site, visitor: Callable[..., Visitor]) -> None:
    # The refusal itself shows on the console, so these tabs are not watched for complaints.
    ada = visitor()
    ada.sign_in("ada@example.org")
    one = ada.go("/articles/new/")
    one.fill("[name=title]", "Twice open")
    expect(one.locator("[data-word]")).to_have_text("Saved")
    address = one.url
    other = ada.context.new_page()
    other.goto(address)
    one.locator("textarea[name=source]").press_sequentially("From the first tab.")
    expect(one.locator("[data-preview]")).to_contain_text("From the first tab.")
    other.locator("textarea[name=source]").press_sequentially("From the second tab.")
    expect(other.locator("[data-word]")).to_contain_text("Changed elsewhere")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_text("Two versions of this article")).to_be_visible()
    expect(other.locator("textarea[name=source]")).to_have_value("From the second tab.")
    other.get_by_text("Read the other version").click()
    expect(other.get_by_label("The other version")).to_have_value("From the first tab.")
    other.get_by_role("button", name="Keep mine as a new draft").click()
    expect(other.locator("textarea[name=source]")).to_have_value("From the second tab.")
    one.reload()
    expect(one.locator("textarea[name=source]")).to_have_value("From the first tab.")


def test_without_scripts_it_is_a_text_area_with_a_button(people: Site, visitor: Callable[..., Visitor]) -> None:
    ada = visitor(java_script_enabled=False)
    ada.sign_in("ada@example.org")
    page = ada.go("/articles/new/")
    page.fill("[name=title]", "Plain")
    page.fill("textarea[name=source]", "Words.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("textarea[name=source]")).to_have_value("Words.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".article-text")).to_have_text("Words.")
