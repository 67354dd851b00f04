"""Slides on posts: from a PDF to pages one turns by keyboard, and all of it without a script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from collegium.media.tests.pdfs import document
from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser
PAGES = [f"Finding {number}" for number in range(1, 11)]


def test_a_pdf_becomes_slides_that_are_turned_by_keyboard(
    people: Site, visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    """A bad file is refused with the words kept; a good one is prepared while one reads on; ten pages are turned."""
    page = (ada := visitor()).sign_in("ada@example.org")
    (tmp_path / "cut.pdf").write_bytes(document("x")[:200])
    (tmp_path / "beavers.pdf").write_bytes(document(*PAGES))
    page.locator("[data-compose]").fill("Ten findings.")
    page.locator(".deck-part summary").click()
    page.locator("#upload-deck-file").set_input_files(str(tmp_path / "cut.pdf"))
    expect(page.locator("[name=deck-file]")).not_to_have_value("")
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text("This PDF is damaged or incomplete.")).to_be_visible()
    expect(page.locator("[data-compose]")).to_have_value("Ten findings.")
    page.locator("#upload-deck-file").set_input_files(str(tmp_path / "beavers.pdf"))
    expect(page.locator("[name=deck-file]")).not_to_have_value("")
    page.get_by_label("What it is called").fill("Living with beavers")
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    deck = page.get_by_role("group", name="Slides: Living with beavers").first
    expect(deck.get_by_text("1 of 10")).to_be_visible(timeout=60_000)
    deck.get_by_role("link", name="Page 1 of 10: Finding 1").focus()
    page.keyboard.press("ArrowRight")
    expect(deck.get_by_text("2 of 10")).to_be_visible()
    expect(deck.get_by_role("link", name="Page 2 of 10: Finding 2")).to_be_focused()
    page.keyboard.press("End")
    expect(deck.get_by_role("link", name="Page 10 of 10: Finding 10")).to_be_focused()
    deck.get_by_text("Text of this page").click()
    expect(deck.get_by_role("region", name="Text of this page")).to_have_text("Finding 10")
    deck.get_by_role("button", name="Full screen").click()
    box = page.locator("dialog.lightbox")
    expect(box.get_by_text("10 of 10")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(box.get_by_text("9 of 10")).to_be_visible()
    page.keyboard.press("Escape")
    expect(deck.get_by_role("link", name="Page 9 of 10: Finding 9")).to_be_focused()
    ada.complaints[:] = [each for each in ada.complaints if "422" not in each]
    assert ada.complaints == []

    plain = visitor(java_script_enabled=False)
    page = plain.sign_in("bo@example.org")
    deck = page.get_by_role("group", name="Slides: Living with beavers").first
    deck.get_by_role("link", name="Page 1 of 10: Finding 1").click()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_text("2 of 10")).to_be_visible()
    expect(page.locator("figcaption")).to_contain_text("Finding 2")
    page.get_by_role("link", name="All pages").click()
    expect(page.locator(".deck-figure")).to_have_count(10)
    page.get_by_role("link", name="Back to the post").click()
    expect(page.locator(".post")).to_contain_text("Ten findings.")
