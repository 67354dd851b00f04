"""Three people at three browsers: one asks, one passes on, one says yes, and they talk where everybody talks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser
LETTER = "Your tide tables saved my summer. May I ask how you make them?"


def test_an_introduction_among_three(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Ada asks Bo to introduce her to Cy; everybody's open page follows, and shows no more than its own part."""
    ada, bo, cy = visitor(), visitor(viewport={"width": 390, "height": 844}), visitor()
    for each, address in ((ada, "ada@example.org"), (bo, "bo@example.org"), (cy, "cy@example.org")):
        each.sign_in(address)
    bo.go("/network/introductions/")
    cy.go("/network/introductions/about/")

    ada.go("/in/cy-tanaka/")
    ada.page.get_by_role("link", name="How you are connected").click()
    expect(ada.page.locator(".ways-sum")).to_have_text("Two steps: 1 person you know knows Cy Tanaka.")
    expect(ada.page.locator(".ways-lines path").first).to_be_attached()
    ada.page.get_by_role("link", name=re.compile("Ask Bo Okafor for an introduction")).click()
    ada.page.get_by_label("Your letter").fill(LETTER)
    ada.page.get_by_label("A word beside it").fill("Bo, would you?")
    ada.page.get_by_role("button", name="Send the letter").click()
    expect(ada.page.locator("main")).to_contain_text("You hear of it when Cy Tanaka would like to meet you.")

    asked = bo.page.locator(".letter", has_text="Bo, would you?")
    expect(asked).to_be_visible()
    asked.get_by_role("link", name="Read over and pass on").click()
    bo.page.get_by_label("Your words").fill("Cy, Ada builds dams. You two should talk.")
    bo.page.get_by_label("The letter you pass on").fill(LETTER.split(" May", maxsplit=1)[0])
    bo.page.get_by_role("button", name="Pass on to Cy Tanaka").click()
    expect(bo.page.locator("main")).to_contain_text("What you passed on")

    got = cy.page.locator(".letter", has_text="You two should talk.")
    expect(got).to_be_visible()
    expect(got).to_contain_text("shortened or changed by Bo Okafor")
    expect(got).not_to_contain_text("would you?")
    got.get_by_role("button", name="Decline").click()
    settled = cy.page.locator(".settled")
    expect(settled).to_contain_text("Nobody is told")
    settled.get_by_role("button", name="Undo").click()
    cy.page.get_by_role("button", name="Yes, let us talk").click()
    expect(cy.page.locator(".chat-head")).to_contain_text("Ada Lindqvist, Bo Okafor")
    expect(cy.page.locator(".chat-begin")).to_contain_text("You two should talk.")

    expect(ada.page.locator("[data-badge=news] .badge")).to_be_visible()
    ada.go("/notifications/")
    ada.page.get_by_text("would like to meet you").first.click()
    expect(ada.page.locator(".chat-begin")).to_contain_text("Your letter, as it was passed on")
    expect(ada.page.locator(".chat-begin")).not_to_contain_text("You two should talk")
    expect(ada.page.locator("#talk-list")).to_contain_text("Bo Okafor introduced you and Cy Tanaka to each other.")
    write = ada.page.locator("#talk-text")
    write.fill("Thank you, both.")
    write.press("Enter")
    expect(write).to_have_value("")
    expect(cy.page.locator("#talk-list")).to_contain_text("Thank you, both.")
    bo.go("/messages/")
    row = bo.page.locator(".inbox-unread", has_text="Ada Lindqvist, Cy Tanaka")
    expect(row).to_contain_text("Thank you, both.")
    row.locator("a[data-open]").click()
    expect(bo.page.locator("#talk-list")).to_contain_text("You introduced Ada Lindqvist and Cy Tanaka to each other.")
    cy.page.locator(".chat-met").get_by_role("link", name="Connect", exact=True).click()
    expect(cy.page.locator("#dialog")).to_contain_text("introduced you to each other")


def test_the_same_without_javascript(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Di meets Bo through Ada; forms and links alone."""
    people.run(
        "from collegium.members.models import Member as M\n"
        "from collegium.network import actions as n\n"
        "ada, di = M.objects.get(handle='ada-lindqvist'), M.objects.get(handle='di-varga')\n"
        "n.accept(n.invite(di, ada, note='Hello'), by=ada)"
    )
    di, ada, bo = (visitor(java_script_enabled=False) for _ in range(3))
    for each, address in ((di, "di@example.org"), (ada, "ada@example.org"), (bo, "bo@example.org")):
        each.sign_in(address)
    di.go("/in/bo-okafor/")
    di.page.get_by_role("link", name="Ask for an introduction").click()
    di.page.get_by_label("Your letter").fill("I repair organs, and you own one.")
    di.page.get_by_role("button", name="Send the letter").click()
    ada.go("/network/introductions/")
    ada.page.get_by_role("link", name="Read over and pass on").click()
    ada.page.get_by_role("button", name="Pass on to Bo Okafor").click()
    bo.go("/network/introductions/about/")
    bo.page.get_by_role("button", name="Yes, let us talk").click()
    bo.page.locator("#talk-text").fill("It wheezes.")
    bo.page.get_by_role("button", name="Send").click()
    expect(bo.page.locator("#talk-list")).to_contain_text("It wheezes.")
    di.go("/messages/")
    di.page.get_by_role("link", name=re.compile("Ada Lindqvist, Bo Okafor")).first.click()
    expect(di.page.locator("#talk-list")).to_contain_text("It wheezes.")
