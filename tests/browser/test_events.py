"""An event from the invitation to the ticket at the door, at two browsers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser


def test_an_invited_guest_is_let_in_by_the_ticket(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Ada makes an event for her connections and invites Bo; he comes with a guest, and she lets the two in once."""
    ada, bo = visitor(), visitor(viewport={"width": 390, "height": 844})
    host = ada.sign_in("ada@example.org")
    ada.go("/events/new/")
    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    host.locator("[name=title]").fill("Walk along the dykes")
    host.locator("[name=place]").fill("The old harbour")
    host.locator("[name=day]").fill(day)
    host.locator("[name=hour]").fill("17:00")
    host.locator("[name=end_hour]").fill("19:00")
    host.locator("[name=zone]").fill("Europe/Tallinn")
    host.locator("[name=capacity]").fill("10")
    host.locator("[name=guests_allowed]").select_option("1")
    host.get_by_role("button", name="Make the event").click()
    host.wait_for_url("**/events/*/**")
    expect(host.get_by_role("heading", level=1)).to_contain_text("Walk along the dykes")
    address = host.url.removeprefix(people.base).partition("?")[0]
    event = address if address.count("/") == 3 else address.rsplit("/", 2)[0] + "/"

    ada.go(f"{event}invite/")
    host.locator(".event-choice", has_text="Bo Okafor").locator("input").check()
    host.get_by_role("button", name="Invite", exact=True).click()
    host.wait_for_url(lambda address: "/invite/" not in address)
    ada.go(f"{event}invite/")
    expect(host.locator("main")).to_contain_text("You invited")

    guest = bo.sign_in("bo@example.org")
    bo.go("/notifications/")
    guest.get_by_role("link", name="Walk along the dykes").first.click()
    expect(guest.get_by_role("heading", level=1)).to_contain_text("Walk along the dykes")
    guest.get_by_label("You bring").select_option("1")
    guest.get_by_role("button", name="Come", exact=True).click()
    expect(guest.locator("#event-answer")).to_contain_text("You come")
    bo.go(f"{event}ticket/")
    expect(guest.locator(".ticket-figure svg")).to_be_visible()
    ticket = guest.locator("#ticket").get_attribute("hx-get")
    assert ticket

    ada.go(ticket)
    expect(host.locator(".ticket-who")).to_contain_text("Bo Okafor")
    expect(host.locator(".ticket-who")).to_contain_text("with 1 guest")
    host.get_by_role("button", name="Let in").click()
    expect(host.locator(".ticket-yes")).to_be_visible()
    expect(guest.locator(".ticket-yes")).to_contain_text("You are in.")
    ada.go(ticket)
    expect(host.get_by_role("button", name="Let in")).to_have_count(0)

    flo = visitor()
    stranger = flo.sign_in("flo@example.org")
    assert stranger.request.get(people.base + ticket).status == 404
    assert stranger.request.get(people.base + event).status == 404
