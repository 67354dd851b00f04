"""From a post with a link to a card, and back."""

from datetime import timedelta

import pytest
from django.test import override_settings

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.lib import clock
from collegium.lib.fetch.tests.server import plain, redirect
from collegium.lib.refusal import Conflict
from collegium.media.storage import name_of
from collegium.previews import actions, fetching
from collegium.previews.kind import PreviewKind
from collegium.previews.models import Preview, Shown
from collegium.previews.tasks import look, sweep
from collegium.previews.tests.conftest import PICTURE, png

pytestmark = pytest.mark.django_db


def post_with(member, url, **more):
    row = feed.post(member, f"Read this: {url} – worth it.", **({"audience": Level.MEMBERS} | more))
    look(row.pk)
    return Post.objects.get(pk=row.pk)


def card(cast, name, row):
    return cast.client(name).get(row.path).content.decode()


def test_a_link_becomes_a_card(cast, page):
    row = post_with(cast.ada, page.url("/bees"))
    assert row.has_parts
    shown = Shown.objects.select_related("preview").get(post=row)
    preview = shown.preview
    assert (preview.title, preview.site, preview.problem) == ("How bees vote & why", "The Hive", "")
    assert (preview.width, preview.height, preview.is_wide) == (480, 240, True)
    drawn = card(cast, "bo", row)
    assert "How bees vote &amp; why" in drawn
    assert "A hive decides &lt;b&gt;together&lt;/b&gt;." in drawn
    assert f'src="{preview.picture(480)}"' in drawn
    assert 'width="480" height="240"' in drawn
    assert f'src="{page.url()}' not in drawn
    answer = cast.client("bo").get(preview.picture(1200))
    assert answer.content[8:12] == b"WEBP"
    assert answer["Content-Security-Policy"].endswith("sandbox")


def test_the_listener_asks_for_it_in_the_background(cast, page, hear):
    from procrastinate.contrib.django.models import ProcrastinateJob

    feed.post(cast.ada, f"One {page.url('/bees')}")
    feed.post(cast.ada, "No link at all, and mail to ada@example.org")
    hear()
    jobs = list(ProcrastinateJob.objects.filter(task_name="previews.look"))
    assert [job.queue_name for job in jobs] == ["previews"]
    assert jobs[0].lock.startswith("previews-")
    assert not page.asked


@override_settings(PREVIEWS=False)
def test_a_community_that_wants_none_asks_nobody(cast, page, hear):
    from procrastinate.contrib.django.models import ProcrastinateJob

    row = post_with(cast.ada, page.url("/bees"))
    hear()
    assert not page.asked
    assert not row.has_parts
    assert not ProcrastinateJob.objects.filter(task_name="previews.look").exists()


def test_a_page_is_asked_once_a_week(cast, page):
    post_with(cast.ada, page.url("/bees"))
    asked = len(page.asked)
    assert post_with(cast.bo, page.url("/bees#part")).has_parts
    assert len(page.asked) == asked
    before = Preview.objects.get().image
    Preview.objects.update(fetched_at=clock.now() - timedelta(days=8))
    post_with(cast.bo, page.url("/bees"))
    assert len(page.asked) > asked
    now = Preview.objects.get()
    assert now.image != before
    from django.core.files.storage import default_storage

    assert not default_storage.exists(name_of(before, 480))
    assert default_storage.exists(name_of(now.image, 480))


def test_what_was_read_once_stays_when_the_page_is_gone(cast, page):
    post_with(cast.ada, page.url("/bees"))
    Preview.objects.update(fetched_at=clock.now() - timedelta(days=8))
    del page.answers["/bees"]
    assert post_with(cast.bo, page.url("/bees")).has_parts
    assert Preview.objects.get().title == "How bees vote & why"


@pytest.mark.parametrize(
    "answer",
    [
        plain(b"", b"HTTP/1.1 404 No\r\n\r\n"),
        plain(b"<title></title>"),
        plain(b"", b""),
        redirect("http://127.0.0.2/"),
        plain(b"%PDF", b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"),
    ],
)
def test_a_failure_leaves_no_trace_and_is_not_tried_again_that_day(cast, page, answer):
    page.answers["/bees"] = answer
    row = post_with(cast.ada, page.url("/bees"))
    assert not row.has_parts
    assert not Shown.objects.exists()
    assert "preview-slot" not in card(cast, "ada", row)
    asked = len(page.asked)
    look(row.pk)
    post_with(cast.bo, page.url("/bees"))
    assert len(page.asked) == asked
    Preview.objects.update(fetched_at=clock.now() - timedelta(days=2))
    look(row.pk)
    assert len(page.asked) > asked


@pytest.mark.parametrize(
    "answer",
    [
        plain(b"<svg onload=alert(1)>", b"HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\n\r\n"),
        plain(b"<svg onload=alert(1)>", PICTURE),
        plain(png(20, 20), PICTURE),
        plain(png()[:200], PICTURE),
        redirect("http://127.0.0.2/"),
    ],
)
def test_a_picture_that_is_none_leaves_a_card_without(cast, page, answer):
    page.answers["/bees.png"] = answer
    row = post_with(cast.ada, page.url("/bees"))
    assert Preview.objects.get().image == ""
    drawn = card(cast, "bo", row)
    assert "How bees vote" in drawn
    assert "preview-picture" not in drawn


def test_private_addresses_are_not_asked_by_the_real_policy(cast, page, monkeypatch):
    from collegium.lib.fetch import PUBLIC

    monkeypatch.setattr(fetching, "policy", PUBLIC)
    row = post_with(cast.ada, f"http://127.0.0.1:{page.port}/bees")
    other = post_with(cast.ada, "http://127.0.0.1/bees")
    assert not page.asked
    assert not row.has_parts
    assert not other.has_parts
    assert set(Preview.objects.values_list("problem", flat=True)) == {"port", "private"}


@override_settings(PUBLIC_URL="https://people.example.org")
def test_a_link_into_the_community_itself_is_not_asked():
    assert fetching.first_link("See https://people.example.org/posts/1/ please") is None
    assert fetching.first_link("See https://example.net/posts/1/ please") is not None


def test_limits(cast, page, monkeypatch):
    monkeypatch.setattr(fetching, "BY_AUTHOR", "1/h")
    post_with(cast.ada, page.url("/bees"))
    asked = len(page.asked)
    page.answers["/other"] = page.answers["/bees"]
    assert not post_with(cast.ada, page.url("/other")).has_parts
    assert len(page.asked) == asked
    assert post_with(cast.bo, page.url("/other")).has_parts
    monkeypatch.setattr(fetching, "BY_HOST", "1/h")
    for path in ("/third", "/fourth"):
        page.answers[path] = page.answers["/bees"]
    assert post_with(cast.cy, page.url("/third")).has_parts
    assert not post_with(cast.di, page.url("/fourth")).has_parts
    assert post_with(cast.flo, page.url("/fourth", host="elsewhere.example.net")).has_parts


def test_taken_off_and_put_back(cast, page):
    row = post_with(cast.ada, page.url("/bees"))
    base = f"/posts/previews/{row.pk}/"
    picture = Preview.objects.get().picture(480)
    assert f'action="{base}removal/"' in card(cast, "ada", row)
    assert f'action="{base}removal/"' not in card(cast, "bo", row)
    assert cast.client("ada").post(f"{base}removal/").status_code == 302
    assert "How bees vote" not in card(cast, "bo", row)
    assert "preview-slot" not in card(cast, "bo", row)
    assert f'action="{base}restoration/"' in card(cast, "ada", row)
    assert cast.client("bo").get(picture).status_code == 404
    feed.edit_post(row, by=cast.ada, body=row.body + " Really.")
    look(row.pk)
    assert Shown.objects.get().taken_off
    answer = cast.client("ada").post(f"{base}restoration/", headers={"HX-Request": "true"})
    assert "How bees vote" in answer.content.decode()
    assert "How bees vote" in card(cast, "bo", row)


def test_another_link_is_another_preview_and_no_link_is_none(cast, page):
    row = post_with(cast.ada, page.url("/bees"))
    actions.take_off(row, by=cast.ada)
    page.answers["/ants"] = plain(b"<title>Ants</title>")
    feed.edit_post(row, by=cast.ada, body=f"Rather {page.url('/ants')}")
    look(row.pk)
    assert Shown.objects.get().preview.title == "Ants"
    feed.edit_post(row, by=cast.ada, body="No link any more")
    look(row.pk)
    assert not Shown.objects.exists()


def test_who_may_turn_it(cast, page):
    row = post_with(cast.ada, page.url("/bees"), audience=Level.CONNECTIONS)
    expected = {"ada": 302, "bo": 403, "cy": 404, "di": 404, "ed": 404, "eve": 404, "nobody": 302}
    for word in ("removal", "restoration"):
        for name, status in expected.items():
            answer = cast.client(name).post(f"/posts/previews/{row.pk}/{word}/")
            assert answer.status_code == status, (name, word)
            if name == "nobody":
                assert "login" in answer["Location"]
            assert cast.client(name).get(f"/posts/previews/{row.pk}/{word}/").status_code == 405
    feed.delete_post(row, by=cast.ada)
    with pytest.raises(Conflict):
        actions.take_off(row, by=cast.ada)


def test_turning_what_is_not_there(cast):
    row = feed.post(cast.ada, "No link")
    assert cast.client("ada").post(f"/posts/previews/{row.pk}/removal/").status_code == 409


LEVELS = {
    # Who is suspended reads what anybody may.
    Level.EVERYONE: {"ada", "bo", "cy", "di", "flo", "hal", "gus", "nobody"},
    Level.MEMBERS: {"ada", "bo", "cy", "di", "flo", "hal"},
    Level.NETWORK: {"ada", "bo", "cy"},
    Level.CONNECTIONS: {"ada", "bo"},
    Level.ONLY_ME: {"ada"},
}


@pytest.mark.parametrize("level", LEVELS)
def test_the_picture_is_seen_by_those_who_see_the_post(cast, page, level):
    cast.ada.visibility = Level.EVERYONE
    cast.ada.save(update_fields=["visibility"])
    row = post_with(cast.ada, page.url("/bees"), audience=level)
    picture = Preview.objects.get().picture(480)
    seeing = {name for name in cast.names if cast.client(name).get(picture).status_code == 200}
    posts = {name for name in cast.names if cast.client(name).get(row.path).status_code == 200}
    assert seeing == posts
    assert seeing == LEVELS[level]


def test_a_post_seen_by_more_shows_the_picture_to_more(cast, page):
    post_with(cast.ada, page.url("/bees"), audience=Level.ONLY_ME)
    picture = Preview.objects.get().picture(480)
    assert cast.client("bo").get(picture).status_code == 404
    other = post_with(cast.ada, page.url("/bees"), audience=Level.CONNECTIONS)
    assert cast.client("bo").get(picture).status_code == 200
    feed.delete_post(other, by=cast.ada)
    assert cast.client("bo").get(picture).status_code == 404


def test_pictures_that_are_none(cast, page):
    post_with(cast.ada, page.url("/bees"))
    row = Preview.objects.get()
    for path in (
        row.picture(96),
        row.picture(481),
        row.picture(480).replace(row.image, "0" * 64),
        row.picture(480).replace(str(row.pk), "9" * 19),
        row.picture(480).replace(str(row.pk), "1"),
        row.picture(480).replace(row.image, "../" + row.image),
    ):
        assert cast.client("ada").get(path).status_code == 404, path


def test_a_deleted_post_is_nothing_to_look_at(cast, page):
    row = feed.post(cast.ada, f"Gone {page.url('/bees')}")
    feed.delete_post(row, by=cast.ada)
    look(row.pk)
    assert not page.asked


def test_the_sweep_forgets_what_nobody_shows(cast, page, tmp_path):
    kept = post_with(cast.ada, page.url("/bees"))
    page.answers["/ants"] = page.answers["/bees"]
    gone = post_with(cast.ada, page.url("/ants"))
    feed.delete_post(gone, by=cast.ada)
    sweep()
    assert Preview.objects.count() == 2
    Preview.objects.update(fetched_at=clock.now() - timedelta(days=31))
    sweep()
    assert Preview.objects.get().pk == Shown.objects.get(post=kept).preview_id
    assert len(list(tmp_path.rglob("*.webp"))) == 2


def test_a_page_of_previews_takes_one_statement(cast, page, django_assert_num_queries):
    for number in range(6):
        page.answers[f"/{number}"] = plain(f"<title>Page {number}</title>".encode())
    rows = [post_with(cast.ada, page.url(f"/{number}")) for number in range(6)]
    viewer = cast.viewer("bo")
    for some in (rows[:1], rows):
        with django_assert_num_queries(1):
            found = PreviewKind().load(viewer, some)
            assert {shown.preview.title for shown in found.values()} == {f"Page {n}" for n in range(len(some))}


def test_a_preview_is_no_post_without_words(cast, page):
    row = post_with(cast.ada, page.url("/bees"))
    sent = {"body": "", "audience": "1", "facet": "professional", "commenting": "anyone"}
    answer = cast.client("ada").post(f"{row.path}edit/", sent)
    assert answer.status_code == 422
    assert "write something first" in answer.content.decode()
    assert Post.objects.get(pk=row.pk).body
