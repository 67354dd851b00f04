"""Who sees a video: those who see its post now. Everybody else learns nothing, of none of its files."""

import pytest
from django.test import Client

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.tests.test_visibility import CASES
from collegium.members.models import Member
from collegium.testing.cast import Cast
from collegium.videos import actions
from collegium.videos.models import State, Video
from collegium.videos.tests.helping import CONTENT, VTT, addresses, hung, ready

HTMX = {"HX-Request": "true"}


def status(browser: Client, row: Video) -> set[int]:
    """How everything of it is answered."""
    return {
        browser.get(row.path, headers=HTMX).status_code,
        *(browser.get(address).status_code for address in addresses(row)),
        *(browser.get(address, headers={"Range": "bytes=2-5"}).status_code for address in addresses(row)),
        *(browser.head(address).status_code for address in addresses(row)),
    }


@pytest.mark.parametrize(("level", "name", "sees"), CASES, ids=str)
def test_a_video_on_a_post(cast: Cast, level: Level, name: str, sees: bool) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    row = ready(cast.ada, audience=level)
    browser = cast.client(name)
    assert status(browser, row) == ({200, 206} if sees else {404})
    page = browser.get(row.post.path)
    assert ("canary-v7" in page.content.decode()) == sees
    assert ("canary-v7" in browser.get(f"/in/{cast.ada.handle}/posts/").content.decode()) == sees


def test_narrowing_the_audience_acts_at_once_on_copied_addresses_and_on_what_is_kept(cast: Cast) -> None:
    row = ready(cast.ada)
    browser = cast.client("di")
    kept = {address: browser.get(address)["ETag"] for address in addresses(row)}
    assert {browser.get(address)["Cache-Control"] for address in kept} == {"private, no-cache"}
    for address, tag in kept.items():
        assert browser.get(address, headers={"If-None-Match": tag}).status_code == 304
    feed.edit_post(row.post, by=cast.ada, audience=Level.CONNECTIONS)
    assert status(browser, row) == {404}
    assert status(cast.client("bo"), row) == {200, 206}
    for address, tag in kept.items():
        for headers in ({"If-None-Match": tag}, {"If-None-Match": "*"}, {"Range": "bytes=0-", "If-Range": tag}):
            refused = browser.get(address, headers=headers)
            assert refused.status_code == 404
            assert "ETag" not in refused


def test_a_block_and_a_parting_end_it_too(cast: Cast) -> None:
    from collegium.network import actions as network

    row = ready(cast.ada, audience=Level.CONNECTIONS)
    browser = cast.client("bo")
    assert status(browser, row) == {200, 206}
    network.disconnect(cast.ada, cast.bo)
    assert status(browser, row) == {404}


def test_a_deleted_post_and_one_taken_off_answer_nothing(cast: Cast) -> None:
    first, second = ready(cast.ada), ready(cast.ada)
    feed.delete_post(first.post, by=cast.ada)
    actions.take_off(second.post, by=cast.ada)
    for row in (first, second):
        assert status(cast.client("ada"), row) == {404}


@pytest.mark.parametrize("state", [State.WAITING, State.WORKING, State.FAILED])
def test_what_is_not_ready_has_no_files(cast: Cast, state: State) -> None:
    row = ready(cast.ada)
    Video.objects.filter(pk=row.pk).update(state=state)
    browser = cast.client("ada")
    assert {browser.get(each).status_code for each in addresses(row) if not each.endswith(".vtt")} == {404}


def test_how_far_it_is_only_its_author_learns(cast: Cast) -> None:
    row = hung(cast.ada)
    Video.objects.filter(pk=row.pk).update(state=State.WORKING, percent=37)
    own, other = (cast.client(name).get(row.path, headers=HTMX).content.decode() for name in ("ada", "bo"))
    assert "37 %" in own
    assert "37 %" not in other
    assert "being prepared" in other
    Video.objects.filter(pk=row.pk).update(state=State.FAILED, problem="codec")
    own, other = (cast.client(name).get(row.path, headers=HTMX).content.decode() for name in ("ada", "bo"))
    assert "could not be prepared" in own
    assert f"{row.post.path}edit/" in own
    assert "could not" not in other


def test_without_a_script_its_address_leads_to_the_post(cast: Cast) -> None:
    row = ready(cast.ada)
    answer = cast.client("bo").get(row.path)
    assert (answer.status_code, answer["Location"]) == (302, row.post.path)


def test_files_can_only_be_what_they_are_and_can_be_sought(cast: Cast) -> None:
    row = ready(cast.ada)
    browser = cast.client("bo")
    kinds = {address.rpartition("/")[2]: browser.get(address)["Content-Type"] for address in addresses(row)}
    assert kinds["video.m3u8"] == kinds["720.m3u8"] == "application/vnd.apple.mpegurl"
    assert (kinds["720.mp4"], kinds["poster.webp"]) == ("video/mp4", "image/webp")
    assert kinds["captions-en.vtt"] == "text/vtt; charset=utf-8"
    for address in addresses(row):
        answer = browser.get(address)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
    part = browser.get(f"{row.path}720.mp4", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 10-19/{len(CONTENT)}")
    assert part.getvalue() == CONTENT[10:20]
    assert browser.get(f"{row.path}720.mp4", headers={"Range": f"bytes={len(CONTENT)}-"}).status_code == 416


def test_lists_name_the_files_beside_them(cast: Cast) -> None:
    row = ready(cast.ada)
    choice = cast.client("bo").get(f"{row.path}video.m3u8").content.decode()
    assert choice.index("360.m3u8") < choice.index("720.m3u8")
    assert "RESOLUTION=960x720" in choice
    pieces = cast.client("bo").get(f"{row.path}720.m3u8").content.decode()
    assert "#EXT-X-BYTERANGE:500@100\n720.mp4" in pieces
    assert cast.client("bo").get(f"{row.path}captions-en.vtt").content == VTT


@pytest.mark.parametrize("spelling", ["480.mp4", "0720.mp4", "720.mp4%0A", "720.ts", "captions-de.vtt", "../720.mp4"])
def test_other_spellings_are_nothing(cast: Cast, spelling: str) -> None:
    row = ready(cast.ada)
    assert cast.client("ada").get(row.path + spelling).status_code == 404
    assert cast.client("ada").get("/posts/videos/" + "9" * 19 + "/720.mp4").status_code == 404
