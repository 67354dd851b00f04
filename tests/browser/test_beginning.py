"""From nothing to the first connection."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Site, Visitor

pytestmark = pytest.mark.browser


def test_first_owner_then_sign_up_then_connected_live(site: Site, visitor: Callable[..., Visitor]) -> None:
    """The first person names the network, the second joins by a mailed code; they connect, and both see it happen."""
    ada = visitor()
    ada.page.goto(site.welcome)
    ada.page.fill("[name=network]", "Water Guild")
    ada.page.fill("[name=name]", "Ada Lindqvist")
    ada.page.fill("[name=email]", "ada@example.org")
    ada.page.fill("[name=password1]", PASSWORD)
    ada.page.get_by_role("button", name="Open the network").click()
    expect(ada.page).to_have_title("Home · Water Guild")

    flo = visitor()
    flo.go("/")
    flo.page.get_by_role("link", name="Join").first.click()
    flo.page.fill("[name=name]", "Flo Reyes")
    flo.page.fill("[name=email]", "flo@example.org")
    flo.page.fill("[name=password1]", PASSWORD)
    flo.page.get_by_role("button", name="Continue").click()
    mails = ada.context.new_page()
    mails.goto(f"{site.base}/_mail/")
    mails.locator("main a[href^='/_mail/']").first.click()
    code = re.search(r"\b[0-9]{4}-[0-9]{4}\b", mails.locator("main").inner_text())
    assert code, mails.locator("main").inner_text()
    mails.close()
    flo.page.fill("[name=code]", code[0])
    flo.page.press("[name=code]", "Enter")
    expect(flo.page).to_have_title("Home · Water Guild")

    ada.go("/")
    flo.page.keyboard.press("/")
    flo.page.keyboard.type("lindq")
    flo.page.get_by_role("option", name=re.compile("Ada Lindqvist")).click()
    expect(flo.page.get_by_role("heading", level=1)).to_contain_text("Ada Lindqvist")
    flo.page.get_by_role("link", name="Connect", exact=True).click()
    flo.page.get_by_role("dialog").get_by_label("note", exact=False).fill(
        "We sat next to each other at the Delft workshop."
    )
    flo.page.get_by_role("button", name=re.compile("Send|Invite")).click()

    letter = ada.page.locator(".letter", has_text="Delft workshop")
    expect(letter).to_be_visible()
    flo.go("/")
    letter.get_by_role("button", name="Accept").click()
    expect(flo.page.locator("[data-badge=news] .badge")).to_have_text("1")
    flo.go("/notifications/")
    expect(flo.page.locator("main")).to_contain_text("Ada Lindqvist accepted your invitation")
