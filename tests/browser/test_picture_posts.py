"""Pictures on posts: chosen, described, arranged and looked at by keyboard, and all of it without a script."""

from collections.abc import Callable
from pathlib import Path

import pytest
import pyvips
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser


def photos(folder: Path, count: int) -> list[str]:
    """Files of different colours and sizes."""
    made = []
    for number in range(count):
        image = pyvips.Image.black(900 + 100 * number, 700, bands=3).linear([1], [60 * number, 120, 200]).cast("uchar")
        image.copy(interpretation="srgb").write_to_file(str(folder / f"photo-{number}.jpg"))
        made.append(str(folder / f"photo-{number}.jpg"))
    return made


def forget_refusals(visitor: Visitor) -> None:
    """What the console says of a form that was shown again is no complaint."""
    visitor.complaints[:] = [each for each in visitor.complaints if "422" not in each]


def test_a_post_with_pictures_by_keyboard(people: Site, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """Chosen files are uploaded at once; words and order come by keyboard; the lightbox gives the focus back."""
    ada, bo = visitor(), visitor()
    page = ada.sign_in("ada@example.org")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    page.locator("[data-compose]").fill("Three walls of the dam.")
    page.locator("[name=pictures-files]").set_input_files([*photos(tmp_path, 3), str(tmp_path / "broken.jpg")])
    rows = page.locator(".picked:not([aria-busy])")
    expect(page.locator("[data-problems]")).to_contain_text("broken.jpg: The picture is damaged")
    expect(rows).to_have_count(3)
    forget_refusals(ada)
    expect(page.locator("[data-compose]")).to_have_value("Three walls of the dam.")
    page.get_by_label("What picture 1 shows").fill("The first wall")
    page.get_by_label("What picture 3 shows").fill("The third wall")
    page.get_by_role("button", name="Move picture 3 forward").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("What picture 2 shows")).to_have_value("The third wall")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Move picture 2 forward"
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    post = page.locator(".post", has_text="Three walls").first
    expect(post.locator(".album-3 img")).to_have_count(3)
    expect(post).to_contain_text("1 picture says nothing")

    page = bo.sign_in("bo@example.org")
    post = page.locator(".post", has_text="Three walls").first
    expect(post).not_to_contain_text("says nothing")
    post.get_by_role("link", name="The first wall").focus()
    page.keyboard.press("Enter")
    box = page.locator("dialog.lightbox")
    expect(box.get_by_text("1 of 3")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(box.locator(".lightbox-words")).to_have_text("The third wall")
    whole = page.evaluate(
        "(() => { const r = document.querySelector('.lightbox img').getBoundingClientRect(); "
        "return r.width > 100 && r.bottom <= innerHeight && r.right <= innerWidth; })()"
    )
    assert whole
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.lightbox')"
        )
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()
    expect(post.get_by_role("link", name="The third wall")).to_be_focused()


def test_a_picture_is_cropped_and_described_by_keyboard(
    people: Site, visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    """The shape and the frame are chosen by keys; the focus comes back; what is posted is the part."""
    page = (ada := visitor()).sign_in("ada@example.org")
    page.locator("[data-compose]").fill("Only the middle.")
    page.locator("[name=pictures-files]").set_input_files(photos(tmp_path, 1))
    opener = page.get_by_role("button", name="Crop picture 1")
    expect(page.locator(".picked:not([aria-busy])")).to_have_count(1)
    page.get_by_label("What picture 1 shows").fill("The middle of the dam")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Crop the picture")
    frame = dialog.get_by_role("application")
    expect(frame).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("radio", name="Square").focus()
    page.keyboard.press("Space")
    expect(dialog.get_by_role("radio", name="Square")).to_be_checked()
    frame.focus()
    for key in ("+", "+", "+", "+", "+", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    dialog.get_by_role("button", name="Crop").focus()
    page.keyboard.press("Enter")
    expect(opener).to_be_focused()
    face = page.locator(".picked:not([aria-busy]) [data-face][src^='/posts/pictures/']")
    expect(face).to_have_js_property("naturalWidth", 467)
    expect(face).to_have_js_property("naturalHeight", 467)
    expect(page.get_by_label("What picture 1 shows")).to_have_value("The middle of the dam")
    page.locator(".write").get_by_role("button", name="Post", exact=True).focus()
    page.keyboard.press("Enter")
    shown = page.locator(".post", has_text="Only the middle.").first.get_by_role("img", name="The middle of the dam")
    expect(shown).to_have_js_property("naturalWidth", 467)
    assert ada.complaints == []


def test_posting_waits_for_what_is_on_its_way(people: Site, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """Pressing Post while pictures are being sent posts once, with all of them."""
    page = (ada := visitor()).sign_in("ada@example.org")
    page.locator("[data-compose]").fill("In a hurry.")
    page.locator("[name=pictures-files]").set_input_files(photos(tmp_path, 2))
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".post", has_text="In a hurry.").first.locator(".album-2 img")).to_have_count(2)
    assert ada.complaints == []


def test_without_javascript(people: Site, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """Files go with the form; a second step describes and arranges; a picture's link is a page that leads on."""
    di = visitor(java_script_enabled=False)
    page = di.sign_in("di@example.org")
    page.locator("[data-compose]").fill("Plainly sent.")
    page.locator(".pictures-part summary").click()
    page.locator("[name=pictures-files]").set_input_files(photos(tmp_path, 2))
    page.get_by_role("button", name="Upload, describe and arrange").click()
    page.get_by_label("What picture 2 shows").fill("The wider one")
    page.get_by_role("button", name="Move picture 2 forward").click()
    expect(page.get_by_label("What picture 1 shows")).to_have_value("The wider one")
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    page.locator(".post", has_text="Plainly sent.").get_by_role("link", name="The wider one").click()
    expect(page.locator("figcaption")).to_have_text("The wider one")
    page.get_by_role("link", name="Next picture").click()
    expect(page.get_by_text("2 of 2")).to_be_visible()
    page.get_by_role("link", name="Back to the post").click()
    expect(page.locator(".post")).to_contain_text("Plainly sent.")
    forget_refusals(di)
