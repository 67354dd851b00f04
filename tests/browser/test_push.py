"""The application on a device: allowed, told while it is closed, and a page of its own while there is no line."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from collegium.push.tests.services import HOST, Browser
from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser

# A browser asks the service of whoever made it; this one says what such a service would have answered.
SUBSCRIBE = "PushManager.prototype.subscribe = async () => ({ toJSON: () => (%s) });"
LIST = "navigator.serviceWorker.getRegistration().then((each) => each.getNotifications())"
SHOWN = f"() => {LIST}.then((list) => list.map(({{ title, body, tag }}) => ({{ title, body, tag }})))"
TURNS, A_TURN = 100, 100


def allowing(visitor: Callable[..., Visitor]) -> Visitor:
    """Somebody whose browser may show notifications, and has a service to be told by."""
    person = visitor(permissions=["notifications"])
    made = {"endpoint": f"https://{HOST}/send/journey", "keys": Browser().keys}
    person.context.add_init_script(SUBSCRIBE % json.dumps(made))
    return person


def led(page: Page) -> bool:
    """Whether the service worker answers for the page, once it does."""
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)", polling=A_TURN)
    return True


def worker(page: Page) -> tuple[CDPSession, str]:
    """A line to the service worker of a page, and the name that the browser has for it."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    for _turn in range(TURNS):
        if found:
            break
        page.wait_for_timeout(A_TURN)
    return session, found[0]


def test_a_device_is_allowed_and_told(people: Site, visitor: Callable[..., Visitor]) -> None:
    """The device stands in the settings, and what comes from its service is shown with its words."""
    ada = allowing(visitor)
    ada.sign_in("ada@example.org")
    ada.go("/settings/devices/")
    devices = ada.page.locator("#devices")
    ada.page.get_by_role("button", name="Tell me on this device").click()
    expect(devices.locator("[data-here]")).to_contain_text("this one")
    expect(ada.page.get_by_role("button", name="Tell me on this device")).to_be_hidden()

    session, registration = worker(ada.page)
    told = {"title": "Bo Okafor wrote to you", "body": "It holds.", "url": "/messages/", "tag": "talk-1"}
    sent = {"origin": people.base, "registrationId": registration, "data": json.dumps(told)}
    session.send("ServiceWorker.deliverPushMessage", sent)
    ada.page.wait_for_function(f"() => {LIST}.then((list) => list.length > 0)", polling=A_TURN)
    shown = ada.page.evaluate(SHOWN)
    assert shown == [{"title": told["title"], "body": told["body"], "tag": told["tag"]}]

    ada.page.reload()
    expect(devices.locator("[data-here]")).to_be_visible()
    devices.get_by_role("button", name="Stop").click()
    expect(devices).to_contain_text("Nowhere yet.")


def test_a_page_without_a_line(people: Site, visitor: Callable[..., Visitor]) -> None:
    """It says so, holds nothing of anybody, and leads on once the line is back."""
    ada = visitor()
    ada.sign_in("ada@example.org")
    assert led(ada.page)
    ada.page.reload()
    ada.context.set_offline(True)
    ada.go("/network/")
    expect(ada.page.get_by_role("heading")).to_have_text("There is no connection")
    expect(ada.page.locator("body")).not_to_contain_text("Ada")
    ada.context.set_offline(False)
    ada.page.get_by_role("link", name="Try again").click()
    expect(ada.page).to_have_title(re.compile("Invitations"))
    ada.forgive()
