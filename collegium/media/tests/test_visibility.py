"""Who sees a photo: those who may open the profile. Everybody else learns nothing, not even that there is one."""

import pytest
from django.test import Client

from collegium.media.storage import discard, store
from collegium.members.models import Member

IMAGES = {"photo": {512: b"L", 192: b"M", 96: b"S"}, "cover": {1600: b"W", 800: b"N"}}

# Whose picture Ada, Bo … see of Ada's, by Ada's visibility. Written by hand: this is the policy.
SEES = {
    #                ada bo cy di ed eve flo hal gus nobody
    Member.Visibility.PUBLIC: "1 1 1 1 0 0 1 1 1 1",
    Member.Visibility.MEMBERS: "1 1 1 1 0 0 1 1 0 0",
    Member.Visibility.HIDDEN: "1 1 0 0 0 0 0 0 0 0",
}


@pytest.fixture
def pictured(cast):
    """Ada has a photo and a cover."""
    for shape, images in IMAGES.items():
        setattr(cast.ada, shape, store(images))
    cast.ada.save()
    return cast


@pytest.mark.parametrize("visibility", SEES)
def test_a_picture_is_seen_by_whom_the_profile_is(pictured, visibility):
    pictured.ada.visibility = visibility
    pictured.ada.save()
    for name, expected in zip(pictured.names, SEES[visibility].split(), strict=True):
        client = pictured.client(name)
        for url in (pictured.ada.photo_url, pictured.ada.cover_url):
            found = client.get(url).status_code
            assert found == (200 if expected == "1" else 404), (name, visibility.label, url)


def test_the_picture_goes_with_the_standing(pictured):
    client = pictured.client("bo")
    assert client.get(pictured.ada.photo_url).status_code == 200
    pictured.ada.standing = Member.Standing.SUSPENDED
    pictured.ada.save()
    assert client.get(pictured.ada.photo_url).status_code == 404


def test_what_may_not_be_seen_looks_like_what_does_not_exist(pictured):
    client = pictured.client("ed")
    hidden = client.get(pictured.ada.photo_url)
    absent = client.get("/media/photo/1/" + "0" * 64 + "-192.webp")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert {name for name in hidden.headers if name != "X-Request-Id"} == {
        name for name in absent.headers if name != "X-Request-Id"
    }
    assert "ETag" not in hidden
    assert hidden.headers["Content-Type"] == absent.headers["Content-Type"]


def test_a_matching_etag_is_no_way_around_the_rule(pictured):
    tag = pictured.client("bo").get(pictured.ada.photo_url)["ETag"]
    for value in (tag, "*"):
        assert pictured.client("ed").get(pictured.ada.photo_url, headers={"If-None-Match": value}).status_code == 404
        assert Client().get(pictured.ada.photo_url, headers={"If-None-Match": value}).status_code == 404


def test_only_the_present_picture_of_that_member_is_served(pictured):
    client, old = pictured.client("bo"), pictured.ada.photo_url
    other = f"/media/photo/{pictured.cy.pk}/{pictured.ada.photo}-192.webp"
    assert client.get(other).status_code == 404
    assert client.get(old.replace("photo", "cover").replace("192", "800")).status_code == 404
    pictured.ada.photo = store(IMAGES["photo"])
    pictured.ada.save()
    assert client.get(old).status_code == 404
    assert client.get(pictured.ada.photo_url).status_code == 200
    pictured.ada.photo = ""
    pictured.ada.save()
    assert client.get(old).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.replace("-192", "-193"),
        lambda url: url.replace("-192", "-1600"),
        lambda url: url.replace("-192", ""),
        lambda url: url.replace("-192", "-0192"),
        lambda url: url.replace(".webp", ".html"),
        lambda url: url.replace(".webp", ".webp.svg"),
        lambda url: url + "/",
        lambda url: url + "%0A",
        lambda url: url.upper().replace("/MEDIA/PHOTO", "/media/photo").replace(".WEBP", ".webp"),
        lambda url: url.replace("/photo/", "/photo/../photo/"),
        lambda url: url.replace("/photo/", "/photo//"),
        lambda url: url.replace("/photo/", "/%70hoto/9"),
    ],
)
def test_other_spellings_of_the_address_are_nothing(pictured, change):
    pictured.ada.photo = "ab" * 32
    pictured.ada.save()
    url = change(pictured.ada.photo_url)
    assert pictured.client("bo").get(url).status_code == 404


@pytest.mark.parametrize("member", ["0", "9" * 19, "18446744073709551616", "٣", "-1"])
def test_impossible_members_are_nothing(pictured, member):
    assert pictured.client("bo").get(f"/media/photo/{member}/{'0' * 64}-192.webp").status_code == 404


def test_the_answer_can_only_be_a_picture(pictured):
    response = pictured.client("bo").get(pictured.ada.photo_url)
    assert response.content == b"M"
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, max-age=3600"
    assert response["Content-Disposition"].startswith("inline; filename=")
    assert "Cookie" in response["Vary"]


def test_what_the_browser_has_is_not_sent_again(pictured):
    client = pictured.client("bo")
    first = client.get(pictured.ada.photo_url)
    for value in (first["ETag"], f"W/{first['ETag']}", f'"x", {first["ETag"]}'):
        again = client.get(pictured.ada.photo_url, headers={"If-None-Match": value})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == first["Cache-Control"]
    assert client.get(pictured.ada.photo_url, headers={"If-None-Match": '"x"'}).status_code == 200
    assert client.head(pictured.ada.photo_url).content == b""
    assert client.post(pictured.ada.photo_url).status_code == 405


def test_a_file_that_was_lost_is_nothing(pictured):
    discard(pictured.ada.photo)
    assert pictured.client("bo").get(pictured.ada.photo_url).status_code == 404


def test_a_picture_costs_few_queries(pictured, django_assert_max_num_queries):
    client = pictured.client("bo")
    client.get(pictured.ada.photo_url)
    with django_assert_max_num_queries(4):
        client.get(pictured.ada.photo_url)
