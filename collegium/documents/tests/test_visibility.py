"""Who fetches a file: those who see its post now, in every audience and state of a group; others learn nothing."""

import pytest

from collegium.audience.level import Level
from collegium.documents import actions, settling
from collegium.documents.models import Document, GoneFile
from collegium.documents.tests.helping import PDF, hang, with_file
from collegium.feed import actions as feed
from collegium.feed.models import PlaceState
from collegium.feed.tests.test_places_visibility import TABLE
from collegium.feed.tests.test_visibility import CASES
from collegium.feed.tests.walls import NAMES, make_walls
from collegium.groups.models import Visibility
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("level", "name", "sees"), CASES, ids=str)
def test_a_file_on_a_post(cast: Cast, level: Level, name: str, sees: bool) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    row = with_file(cast.ada, audience=level)
    browser = cast.client(name)
    assert browser.get(row.path).status_code == (200 if sees else 404)
    assert browser.get(row.path, headers={"Range": "bytes=0-3"}).status_code == (206 if sees else 404)
    listed = browser.get(f"/in/{cast.ada.handle}/posts/").content.decode()
    assert (row.path in listed) == sees
    assert ("Plan of the weir" in listed) == sees


@pytest.mark.parametrize(("visibility", "state"), list(TABLE))
def test_a_file_in_a_group(cast: Cast, visibility: str, state: PlaceState) -> None:
    walls = make_walls(cast, visibility)
    post = walls.says("member")
    row = hang(post, walls.one("member"))[0]
    type(post).objects.filter(pk=post.pk).update(place_state=state)
    reads = TABLE[Visibility(visibility), PlaceState.SHOWN].split()
    for name in NAMES:
        sees = name in TABLE[Visibility(visibility), state].split()
        browser = walls.client(name)
        assert browser.get(row.path).status_code == (200 if sees else 404), name
        page = browser.get(f"{walls.group.path}files/")
        # Ed is a member whom she blocked: he reads there, and nothing of hers.
        assert (page.status_code == 200) == (name in {*reads, "blocked"}), name
        listed = "Plan of the weir" in page.content.decode()
        assert listed == (name in reads and state == PlaceState.SHOWN), name


@pytest.mark.parametrize("change", ["narrowed", "blocked", "removed", "deleted", "suspended", "taken off"])
def test_sight_ends_at_once_also_for_what_a_browser_has_kept(cast: Cast, change: str) -> None:
    row = with_file(cast.ada, audience=Level.CONNECTIONS)
    post, browser = row.post, cast.client("bo")
    first = browser.get(row.path)
    assert (first.status_code, first["Cache-Control"]) == (200, "private, no-cache")
    assert browser.get(row.path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    if change == "narrowed":
        feed.edit_post(post, by=cast.ada, audience=Level.ONLY_ME)
    elif change == "blocked":
        network.block(cast.ada, cast.bo)
    elif change == "removed":
        network.disconnect(cast.ada, cast.bo)
    elif change == "deleted":
        feed.delete_post(post, by=cast.ada)
    elif change == "suspended":
        Member.objects.filter(pk=cast.ada.pk).update(standing=Member.Standing.SUSPENDED)
    else:
        actions.take_off(post, [row.pk], by=cast.ada)
    for headers in ({}, {"If-None-Match": first["ETag"]}, {"If-None-Match": "*"}, {"Range": "bytes=0-3"}):
        assert browser.get(row.path, headers=headers).status_code == 404


def test_it_is_only_ever_kept(cast: Cast) -> None:
    row = with_file(cast.ada, name="Räume 1.html.pdf")
    answer = cast.client("bo").get(row.path)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer) == PDF if answer.streaming else answer.content == PDF
    part = cast.client("bo").get(row.path, headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.content, part["Content-Range"]) == (206, b"PDF", f"bytes 1-3/{len(PDF)}")


def test_what_goes_takes_its_file_along(cast: Cast) -> None:
    from django.core.files.storage import default_storage

    row = with_file(cast.ada)
    assert default_storage.exists(row.stored)
    feed.delete_post(row.post, by=cast.ada)
    Document.objects.filter(pk=row.pk).delete()
    settling.clear()
    assert not default_storage.exists(row.stored)
    assert not GoneFile.objects.exists()


def test_the_tab_is_paged_and_filtered_and_costs_the_same(cast: Cast) -> None:
    walls = make_walls(cast, "private")
    browser = walls.client("moa")
    path = f"{walls.group.path}files/"
    hang(walls.says("member"), walls.one("member"), "First.pdf")

    def grow() -> None:
        for n in range(22):
            hang(walls.says("member"), walls.one("member"), f"Report {n}.pdf", f"Minutes {n}.pdf")

    browser.get(path)
    assert_same_queries(lambda: browser.get(path), grow, lambda: browser.get(path))
    page = browser.get(path).content.decode()
    assert "Report 21.pdf" in page
    assert "Minutes 2.pdf" in page
    assert "Report 1.pdf" not in page
    older = page[page.index("files/?before=") :].split('"')[0]
    rest = browser.get(f"{walls.group.path}{older}").content.decode()
    assert "First.pdf" in rest
    assert "Report 1.pdf" in rest
    assert "Report" not in browser.get(f"{path}?kind=pictures").content.decode()
    assert "Report 21" in browser.get(f"{path}?kind=documents").content.decode()
    assert browser.get(f"{path}?before=rubbish").status_code == 404
