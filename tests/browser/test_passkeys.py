"""Passkeys, made and used by a virtual device in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, Site

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page whose device keeps passkeys; errors of its scripts fail the test."""
    context = chromium.new_context()
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    device = context.new_cdp_session(opened)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield opened
    context.close()
    assert not errors


def by_name(address: str) -> str:
    """Passkeys belong to a name, not to a number: localhost instead of 127.0.0.1."""
    return address.replace("127.0.0.1", "localhost")


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def code_of(site: Site) -> str:
    """The code in the newest kept mail."""
    newest = max((site.data / "mail").glob("*.eml"))
    found = re.search(r"\b\d{4}-\d{4}\b", newest.read_text())
    assert found
    return found[0]


def test_owner_adds_one_and_signs_in_with_it(site: Site, page: Page) -> None:
    """Added in the settings, then a way in by itself, a second step after the password, and removed again."""
    base = by_name(site.base)
    page.goto(by_name(site.welcome))
    for name, value in {"network": "Water Guild", "name": "Ada Lindqvist", "email": "ada@example.org"}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=password1]", PASSWORD)
    press(page, "Open the network")
    page.wait_for_url(f"{base}/")

    page.goto(f"{base}/settings/")
    page.get_by_role("listitem").filter(has_text="Passkeys").get_by_role("link", name="Add").click()
    page.fill("[name=name]", "This laptop")
    press(page, "Make the passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto(f"{base}/accounts/logout/")
    press(page, "Sign out")
    page.wait_for_url(f"{base}/")

    page.goto(f"{base}/accounts/login/?next=/settings/")
    press(page, "Sign in with a passkey")
    page.wait_for_url(f"{base}/settings/")
    page.goto(f"{base}/accounts/logout/")
    press(page, "Sign out")

    page.goto(f"{base}/accounts/login/")
    page.fill("[name=login]", "ada@example.org")
    page.fill("[name=password]", PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    press(page, "Use a passkey")
    page.wait_for_url(f"{base}/")

    page.goto(f"{base}/accounts/2fa/webauthn/")
    expect(page.get_by_role("main")).to_contain_text("This laptop")
    page.get_by_role("link", name="Remove").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.fill("[name=password]", PASSWORD)
    press(page, "Continue")
    press(page, "Remove")
    expect(page.get_by_role("main")).to_contain_text("No passkey yet")


def test_joining_with_a_passkey_and_no_password(site: Site, page: Page) -> None:
    """Name and address, the code from the mail, the passkey: in."""
    base = by_name(site.base)
    page.goto(f"{base}/accounts/signup/")
    page.get_by_role("link", name="Join with a passkey").click()
    page.fill("[name=name]", "Flo Reyes")
    page.fill("[name=email]", "flo@example.org")
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    page.fill("[name=code]", code_of(site))
    press(page, "Confirm")
    expect(page.get_by_role("heading", level=1)).to_have_text("Make your passkey")
    press(page, "Make the passkey")
    page.wait_for_url(f"{base}/")
    page.goto(f"{base}/settings/")
    expect(page.get_by_role("main")).to_contain_text("You have none; your passkey lets you in")
