"""A large file on its way: paused, left by a reload, gone on with, and the post that waits for it."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from collegium.media.tests.moving import video
from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser

PADDING = 30 << 20
SLOW, FAST = 2 << 20, -1


def film(folder: Path) -> str:
    """A short film in a long file: players skip a box that is named `free`."""
    place = folder / "dam.mp4"
    place.write_bytes(video(320, 240, 1) + struct.pack(">I4s", PADDING + 8, b"free") + bytes(PADDING))
    return str(place)


def line(page: Page) -> Callable[[int], object]:
    """The browser's line, which can be made slow."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    about = {"offline": False, "latency": 0, "downloadThroughput": -1}
    return lambda speed: session.send("Network.emulateNetworkConditions", {**about, "uploadThroughput": speed})


def choose(page: Page, file: str) -> Locator:
    """Open the part of the composer and choose the file."""
    field = page.locator("resumable-file[data-purpose=video]").first
    if not field.is_visible():
        page.locator(".video-part > summary").click()
    field.locator("input[type=file]").set_input_files(file)
    return field


def test_a_large_file_that_is_paused_left_and_gone_on_with(
    people: Site, visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    page = visitor().sign_in("ada@example.org")
    file, speed = film(tmp_path), line(page)
    speed(SLOW)
    field = choose(page, file)
    expect(field.locator("[data-words]")).to_contain_text("left")
    # By keyboard: the button has the focus from the beginning.
    page.keyboard.press("Enter")
    expect(field.locator("[data-words]")).to_contain_text("Paused at")
    expect(field.locator("[data-live]")).to_contain_text("Paused at")
    page.locator("[data-compose]").fill("The second filling.")
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    expect(field.locator("[data-note]")).to_contain_text("dam.mp4 is not here yet")
    page.reload()
    page.locator(".video-part > summary").click()
    expect(page.locator("resumable-file[data-purpose=video] [data-note]")).to_contain_text("% of it is here")
    field = choose(page, file)
    expect(field.locator("[data-words]")).to_contain_text("of 30")
    page.locator("[data-compose]").fill("The second filling.")
    page.get_by_label("What is to be seen").fill("Water")
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    expect(field.locator("[data-note]")).to_contain_text("as soon as dam.mp4 is here")
    speed(FAST)
    expect(page.locator(".post", has_text="The second filling.").first).to_be_visible(timeout=60_000)


def test_a_file_that_is_not_taken_says_why(people: Site, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    made = visitor()
    page = made.sign_in("ada@example.org")
    other = tmp_path / "notes.txt"
    other.write_text("words")
    field = choose(page, str(other))
    expect(field.locator("[data-problem]")).to_contain_text("This kind of file is not taken here")
    expect(field.locator("input[type=file]")).to_be_focused()
    assert field.locator("[data-key]").input_value() == ""
    # The refusal itself is on the console, as every answer of 400 and more.
    made.complaints[:] = [said for said in made.complaints if "422" not in said]
