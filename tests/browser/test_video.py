"""A video from upload to play: made by the worker, played, sought, captioned; refused; and all without a script."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from collegium.media.tests.moving import video
from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser

# Making three seconds takes about one; the worker of a busy machine has more patience with it.
MADE = 90_000
PLAYED = 30_000
VTT = "WEBVTT\n\n00:00.000 --> 00:01.400\nThe gates open.\n\n00:01.500 --> 00:03.000\n<i>Water</i> falls.\n"
# A browser without HLS of its own, as some are.
WITHOUT_LISTS = """
const answer = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (kind) {
  return /mpegurl/i.test(kind) ? "" : answer.call(this, kind);
};
"""


def film(folder: Path) -> str:
    """Three seconds."""
    place = folder / "dam.mp4"
    place.write_bytes(video(320, 240, 3))
    return str(place)


def compose(page: Page, words: str, file: str) -> Locator:
    """Write a post with a video; the post."""
    page.locator("[data-compose]").fill(words)
    page.locator(".video-part > summary").click()
    page.locator("#upload-videos-upload").set_input_files(file)
    page.get_by_label("What is to be seen").fill("Water falls over a dam")
    return page.locator(".post", has_text=words).first


def until(page: Page, condition: str) -> None:
    """Wait for something about the first video of the page, `v`; Playwright's own waiting evals, which no page lets."""
    met = page.evaluate(
        """(patience) => new Promise((resolve) => {
            const until = performance.now() + patience;
            const look = () => {
                const v = document.querySelector("video");
                const met = CONDITION;
                if (met || performance.now() > until) resolve(Boolean(met)); else setTimeout(look, 50);
            };
            look();
        })""".replace("CONDITION", condition),
        PLAYED,
    )
    assert met, condition


def plays_and_can_be_sought(page: Page, post: Locator) -> None:
    """Press play; time goes on; another place; time goes on from there."""
    begin = post.get_by_role("button", name="Play the video, 0:03")
    expect(begin).to_be_visible()
    begin.click()
    until(page, "v.currentTime > 0.1")
    expect(begin).to_be_hidden()
    assert page.evaluate("document.querySelector('video').controls")
    page.evaluate("document.querySelector('video').pause()")
    page.evaluate("document.querySelector('video').currentTime = 2")
    until(page, "!v.seeking && Math.abs(v.currentTime - 2) < 0.5 && v.readyState >= 2")
    page.evaluate("document.querySelector('video').play()")
    until(page, "v.ended || v.currentTime > 2.2")
    assert 2.9 < page.evaluate("document.querySelector('video').duration") < 3.2
    assert page.evaluate("document.querySelector('video').videoWidth") == 320


def test_a_video_from_upload_to_play(people: Site, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """Ada posts it with captions and watches it come; Bo plays it, in a browser with lists and in one without."""
    page = visitor().sign_in("ada@example.org")
    captions = tmp_path / "en.vtt"
    captions.write_text(VTT)
    post = compose(page, "The first filling.", film(tmp_path))
    page.locator("#videos-language-1").select_option("en")
    page.locator("#videos-captions-1").set_input_files(str(captions))
    expect(page.locator(".video-part [data-state]")).to_contain_text("here", timeout=PLAYED)
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    expect(post).to_be_visible()
    # No reload: the page hears of it.
    expect(post.locator("video-player")).to_be_visible(timeout=MADE)
    plays_and_can_be_sought(page, post)
    until(page, "v.textTracks[0].mode === 'showing' && v.textTracks[0].cues?.length === 2")
    assert page.evaluate("document.querySelector('video').textTracks[0].cues[1].text") == "Water falls."
    assert ".m3u8" in page.evaluate("document.querySelector('video').currentSrc")

    other = visitor()
    other.context.add_init_script(WITHOUT_LISTS)
    page = other.sign_in("bo@example.org")
    fetched: list[str] = []
    page.on("request", lambda sent: fetched.append(sent.url))
    page.reload()
    post = page.locator(".post", has_text="The first filling.").first
    expect(post.locator("video-player")).to_be_visible()
    assert not any(".mjs" in url or ".m3u8" in url or ".mp4" in url for url in fetched)
    post.get_by_role("button", name="Play the video, 0:03").focus()
    page.keyboard.press("Enter")
    until(page, "v.currentTime > 0.1")
    assert page.evaluate("document.querySelector('video').currentSrc").startswith("blob:")
    assert any("hls.light" in url for url in fetched)


def test_a_refused_file_keeps_the_draft(people: Site, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """A file that is no video is said to be none; words and description stay, another file is taken."""
    ada = visitor()
    page = ada.sign_in("ada@example.org")
    (tmp_path / "list.mp4").write_bytes(b"#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n")
    compose(page, "The second filling.", str(tmp_path / "list.mp4"))
    expect(page.locator(".video-part [data-state]")).to_contain_text("here", timeout=PLAYED)
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".video-part")).to_contain_text("This is not a video that can be read here.", timeout=PLAYED)
    expect(page.locator("[data-compose]")).to_have_value("The second filling.")
    expect(page.get_by_label("What is to be seen")).to_have_value("Water falls over a dam")
    ada.complaints[:] = [each for each in ada.complaints if "422" not in each]


def test_without_a_script(people: Site, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """A plain form posts it, a reload shows how far it is, and the page offers both a list and a plain file."""
    page = visitor(java_script_enabled=False).sign_in("bo@example.org")
    page.locator(".video-part > summary").click()
    page.locator("#upload-videos-upload").set_input_files(film(tmp_path))
    page.locator("[data-compose]").fill("The third filling.")
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    post = page.locator(".post", has_text="The third filling.").first
    expect(post).to_be_visible()
    patience = time.monotonic() + MADE / 1000
    while not post.locator("video").count() and time.monotonic() < patience:
        expect(post.locator(".video-state, video").first).to_be_visible()
        page.reload()
    shown = post.locator("video[controls]")
    expect(shown).to_be_visible()
    assert shown.locator("source").evaluate_all("all => all.map(each => each.type)") == [
        "application/vnd.apple.mpegurl",
        "video/mp4",
    ]
    assert shown.get_attribute("autoplay") is None
