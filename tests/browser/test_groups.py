"""From founding a group to a post that was let in, at three browsers: who founds, who asks and posts, who looks on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser


def test_a_group_is_founded_and_a_post_is_let_in(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Ada keeps a private group; Bo asks to join, and his post waits until she lets it in. Cy reads nothing of it."""
    ada, bo, cy = visitor(), visitor(), visitor()
    owner = ada.sign_in("ada@example.org")
    ada.go("/groups/")
    owner.get_by_role("link", name="Found a group").first.click()
    owner.locator("main [name=name]").fill("Keepers of Gates")
    owner.locator("[name=visibility][value=private]").check()
    owner.locator("[name=joining][value=request]").check()
    owner.get_by_text("Purpose, rules, questions, address: now or later").click()
    owner.locator("[name=rules]").fill("Say where a figure comes from.")
    owner.locator("[name=question_1]").fill("Which gates do you keep?")
    owner.get_by_role("button", name="Found it").click()
    owner.wait_for_url("**/groups/keepers-of-gates/**")
    ada.go("/groups/keepers-of-gates/settings/")
    owner.locator("[name=approving]").check()
    owner.get_by_role("button", name="Save", exact=True).click()
    expect(owner.locator("[name=approving]")).to_be_checked()

    guest = bo.sign_in("bo@example.org")
    bo.go("/groups/keepers-of-gates/")
    expect(guest.locator("main")).to_contain_text("Private group")
    guest.get_by_role("link", name="Ask to join").click()
    sheet = guest.get_by_role("dialog")
    sheet.get_by_label("Which gates do you keep?").fill("Those of the old harbour.")
    sheet.get_by_role("checkbox").check()
    sheet.get_by_role("button", name="Ask", exact=True).click()
    expect(guest.locator("main")).to_contain_text("You asked to join.")

    ada.go("/groups/keepers-of-gates/requests/")
    expect(owner.locator("main")).to_contain_text("Those of the old harbour.")
    owner.get_by_role("button", name="Let in").click()
    expect(owner.locator("main")).to_contain_text("Nobody waits")
    bo.go("/notifications/")
    expect(guest.locator("main")).to_contain_text("Keepers of Gates")

    bo.go("/groups/keepers-of-gates/")
    guest.locator("#compose textarea[name=body]").fill("The harbour gates leak again.")
    guest.locator(".write").get_by_role("button", name="Post", exact=True).click()
    expect(guest.locator(".post", has_text="The harbour gates leak again.")).to_be_visible()
    bo.go("/groups/keepers-of-gates/")
    waiting = guest.locator(".wall-own .post", has_text="The harbour gates leak again.")
    expect(waiting).to_be_visible()

    ada.go("/groups/keepers-of-gates/queue/")
    expect(owner.locator(".queue-item")).to_contain_text("The harbour gates leak again.")
    owner.locator(".queue-item").get_by_role("button", name="Let in").click()
    expect(owner.locator(".queue-item")).to_have_count(0)
    bo.go("/groups/keepers-of-gates/")
    expect(guest.locator(".wall-own")).to_have_count(0)
    post = guest.locator(".post", has_text="The harbour gates leak again.")
    address = post.locator(".time").first.get_attribute("href")
    assert address

    stranger = cy.sign_in("cy@example.org")
    cy.go("/groups/keepers-of-gates/")
    expect(stranger.locator("main")).to_contain_text("Private group")
    expect(stranger.locator("body")).not_to_contain_text("leak again")
    assert stranger.request.get(people.base + address).status == 404
    assert guest.request.get(people.base + address).status == 200
