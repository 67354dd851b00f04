"""Who sees a picture: those who see its post now. Everybody else learns nothing."""

import pytest
from django.test import Client

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.tests.test_visibility import CASES
from collegium.members.models import Member
from collegium.pictures.models import WIDTHS, Picture
from collegium.pictures.tests.helping import album, picture_of
from collegium.testing.cast import Cast


@pytest.mark.parametrize(("level", "name", "sees"), CASES, ids=str)
def test_a_picture_on_a_post(cast: Cast, level: Level, name: str, sees: bool) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    post = album(cast.ada, 2, audience=level)
    picture = post.pictures.get(place=0)
    browser = cast.client(name)
    for address in (picture.path, *(picture.url(width) for width in WIDTHS)):
        assert browser.get(address).status_code == (200 if sees else 404), address
    page = browser.get(picture.path).content.decode()
    assert ("canary-a17" in page) == sees
    assert (picture.key in browser.get(f"/in/{cast.ada.handle}/posts/").content.decode()) == sees


@pytest.mark.parametrize("name", ["bo", "di", "ed", "gus", "nobody"])
def test_a_picture_without_a_post_is_its_owners_alone(cast: Cast, name: str) -> None:
    picture = picture_of(cast.ada)
    for address in (picture.path, picture.small):
        assert cast.client(name).get(address).status_code == 404
        assert cast.client("ada").get(address).status_code == 200


def test_narrowing_the_audience_acts_at_once_also_on_what_a_browser_has_kept(cast: Cast) -> None:
    post = album(cast.ada, 1)
    address = post.pictures.get().small
    browser = cast.client("di")
    first = browser.get(address)
    assert first.status_code == 200
    assert first["Cache-Control"] == "private, no-cache"
    kept = {"If-None-Match": first["ETag"]}
    assert (browser.get(address, headers=kept).status_code, browser.get(address, headers=kept).content) == (304, b"")
    feed.edit_post(post, by=cast.ada, audience=Level.CONNECTIONS)
    for headers in ({}, kept, {"If-None-Match": "*"}):
        refused = browser.get(address, headers=headers)
        assert refused.status_code == 404
        assert "ETag" not in refused


def test_the_answer_can_only_be_a_picture(cast: Cast) -> None:
    response = cast.client("ada").get(picture_of(cast.ada).large)
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace("-480", "-481"),
        lambda url: url.replace("-480", "-0480"),
        lambda url: url.replace("-480", ""),
        lambda url: url + "%0A",
        lambda url: url.replace(".webp", ".svg"),
        lambda url: url.replace("/posts/pictures/", "/posts/pictures/9"),
        lambda url: "/posts/pictures/" + "9" * 19 + "/" + url.rpartition("/")[2],
    ],
)
def test_other_spellings_are_nothing(cast: Cast, change) -> None:
    Picture.objects.filter(pk=(picture := picture_of(cast.ada)).pk).update(key="ab" * 32)
    picture.refresh_from_db()
    assert cast.client("ada").get(change(picture.small)).status_code == 404


def test_signed_out_uploads_are_sent_to_sign_in() -> None:
    assert Client().post("/posts/pictures/").status_code == 302


test_signed_out_uploads_are_sent_to_sign_in = pytest.mark.django_db(test_signed_out_uploads_are_sent_to_sign_in)
