"""Comments that are let in one by one, at three browsers: who waits, who decides, who reads along."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser


def say(page: Page, words: str) -> None:
    """Comment on the post of the page."""
    page.locator("#say textarea[name=body]").fill(words)
    page.locator("#say").get_by_role("button", name="Comment").click()
    expect(page.locator(".reply", has_text=words)).to_be_visible()


def test_a_comment_waits_is_let_in_and_another_is_refused(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Bo is told at every step; Cy sees what Ada lets in at that moment, and of the rest not a trace."""
    ada, bo, cy = visitor(), visitor(), visitor()
    author = ada.sign_in("ada@example.org")
    author.locator("[data-compose]").fill("Questions about the spillway, please.")
    author.locator("#compose [name=audience]").select_option("1")
    author.locator(".write").get_by_role("button", name="Post", exact=True).click()
    address = author.locator(".post", has_text="spillway").locator(".time").first.get_attribute("href")
    assert address
    ada.go(f"{address}conversation/")
    author.locator("[name=approving]").check()
    author.get_by_role("button", name="Save", exact=True).click()
    author.wait_for_url(f"**{address}")

    writer, reader = bo.sign_in("bo@example.org"), cy.sign_in("cy@example.org")
    bo.go(address)
    cy.go(address)
    expect(writer.locator("#say")).to_contain_text("Ada Lindqvist lets comments in one by one")
    say(writer, "How old are the gates?")
    mine = writer.locator(".reply", has_text="How old are the gates?")
    expect(mine).to_contain_text("Waiting for Ada Lindqvist")

    waiting = author.locator(".talk-item", has_text="How old are the gates?")
    expect(waiting).to_be_visible()
    expect(author.locator(".talk-title")).to_contain_text("1 comment waits for you")
    reader.reload()
    expect(reader.locator(".replies")).to_be_attached()
    expect(reader.locator(".reply")).to_have_count(0)
    waiting.get_by_role("button", name="Let in").click()
    expect(author.locator(".talk-item")).to_have_count(0)
    expect(reader.locator(".reply")).to_contain_text("How old are the gates?")
    expect(reader.locator(".post-acts")).to_contain_text("1 comment")
    expect(mine).to_be_visible()
    expect(mine).not_to_contain_text("Waiting for")

    say(writer, "And who is to blame?")
    waiting = author.locator(".talk-item", has_text="And who is to blame?")
    waiting.get_by_role("button", name="Refuse").click()
    expect(author.locator(".talk-item")).to_have_count(0)
    refused = writer.locator(".reply", has_text="And who is to blame?")
    expect(refused).to_contain_text("Not let in by the author")
    reader.reload()
    expect(reader.locator(".reply")).to_have_count(1)
    expect(reader.locator(".post-acts")).to_contain_text("1 comment")

    bo.go("/notifications/")
    expect(writer.locator("main")).to_contain_text("let your comment in")
    expect(writer.locator("main")).to_contain_text("did not let your comment in")
    own = refused_address(bo, address)
    assert reader.request.get(people.base + own).status == 404
    assert writer.request.get(people.base + own).status == 200


def refused_address(bo: Visitor, address: str) -> str:
    """The address of the comment that was not let in, as its writer finds it."""
    page = bo.go(address)
    found = page.locator(".reply-unshown .time").first.get_attribute("href")
    assert found
    return found
