"""Pictures in the composer: chosen, described, arranged, refused; with and without a script."""

import uuid

import pytest
import pyvips

from collegium.feed.models import Draft, Post
from collegium.lib import clock
from collegium.media.tests.pictures import file_of, plain, speckled
from collegium.media.tests.test_hostile import bomb
from collegium.pictures import actions
from collegium.pictures.models import ALT_LIMIT, MOST, Picture
from collegium.pictures.tests.helping import album, chosen, picture_of, send
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE = {
    "bomb": (bomb(10_000, 10_000), "megapixels"),
    "SVG": (SVG, "not a picture"),
    "truncated": (file_of(speckled(300, 300), ".jpg")[:900], "damaged"),
    "not one at all": (b"MZ" + b"\0" * 300, "not a picture"),
    "empty": (b"", "empty"),
}


def test_a_script_uploads_one_and_posts_its_key(cast: Cast) -> None:
    ada = cast.client("ada")
    answer = ada.post("/posts/pictures/", {"picture": chosen("photo.jpg", file_of(plain(2400, 1200), ".jpg"))})
    assert answer.status_code == 201
    said = answer.json()
    assert (said["width"], said["height"]) == (1920, 960)
    assert ada.get(said["url"]).status_code == 200
    send(ada, **{"pictures-key": said["key"], f"pictures-alt-{said['key']}": "The river at noon"})
    picture = Post.objects.get(author=cast.ada).pictures.get()
    assert (picture.key, picture.alt, picture.place) == (said["key"], "The river at noon", 0)
    page = cast.client("di").get(f"/in/{cast.ada.handle}/posts/").content.decode()
    assert 'alt="The river at noon"' in page
    assert 'loading="lazy"' in page


def test_pictures_alone_are_a_post(cast: Cast) -> None:
    send(cast.client("ada"), body="", **{"pictures-key": picture_of(cast.ada).key})
    post = Post.objects.get(author=cast.ada)
    assert post.has_parts
    assert post.body == ""


def test_several_files_of_a_plain_form_are_hung_in_order(cast: Cast) -> None:
    files = [chosen("one.png"), chosen("two.png", file_of(speckled(200, 100)))]
    assert send(cast.client("ada"), **{"pictures-files": files}).status_code == 302
    assert [row.width for row in Post.objects.get(author=cast.ada).pictures.order_by("place")] == [160, 200]


def test_a_plain_form_describes_and_arranges_before_it_posts(cast: Cast) -> None:
    ada = cast.client("ada")
    shown = send(ada, **{"pictures-files": [chosen(), chosen()], "pictures-step": "add"})
    assert shown.status_code == 422
    assert not Post.objects.filter(author=cast.ada).exists()
    one, two = (row.key for row in Picture.objects.order_by("pk"))
    assert shown.content.decode().index(one) < shown.content.decode().index(two)
    words = {f"pictures-alt-{one}": "first words"}
    moved = send(ada, **{"pictures-key": [one, two], "pictures-step": f"down:{one}"} | words).content.decode()
    assert moved.index(f'value="{two}"') < moved.index(f'value="{one}"')
    assert "first words" in moved
    left = send(ada, **{"pictures-key": [two, one], "pictures-step": f"off:{two}"} | words).content.decode()
    assert two not in left
    send(ada, **{"pictures-key": [one]} | words)
    assert Post.objects.get(author=cast.ada).pictures.get().alt == "first words"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_the_draft_kept(cast: Cast, name: str) -> None:
    data, sentence = HOSTILE[name]
    good, ada = picture_of(cast.ada), cast.client("ada")
    answer = ada.post("/posts/pictures/", {"picture": chosen("holiday.jpg", data)})
    assert answer.status_code == 422
    assert sentence in answer.json()["say"]
    assert answer.json()["say"].startswith("holiday.jpg: ")
    form = {"pictures-key": good.key, f"pictures-alt-{good.key}": "kept words"}
    page = send(ada, body="A long thought.", **form | {"pictures-files": [chosen("x.jpg", data), chosen()]})
    assert page.status_code == 422
    text = page.content.decode()
    assert sentence in text
    assert "A long thought." in text
    assert "kept words" in text
    assert text.count('name="pictures-key" value="') >= 2
    assert not Post.objects.filter(author=cast.ada).exists()


def test_what_a_file_says_of_place_and_camera_is_gone(cast: Cast) -> None:
    image = speckled(600, 400).copy()
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Model", "SECRETCAM")
    data = image.write_to_buffer(".jpg")
    assert b"SECRETCAM" in data
    ada = cast.client("ada")
    url = ada.post("/posts/pictures/", {"picture": chosen("a.jpg", data)}).json()["url"]
    content = ada.get(url).content
    assert b"SECRETCAM" not in content
    assert b"EXIF" not in content


def test_only_ones_own_pictures_and_none_twice(cast: Cast) -> None:
    theirs = picture_of(cast.bo)
    page = send(cast.client("ada"), **{"pictures-key": theirs.key})
    assert page.status_code == 422
    assert "no longer here" in page.content.decode()
    mine = album(cast.ada, 1).pictures.get()
    assert send(cast.client("ada"), **{"pictures-key": mine.key}).status_code == 409
    assert Post.objects.filter(author=cast.ada).count() == 1


def test_the_same_form_twice_is_one_post(cast: Cast) -> None:
    form = {"form_key": str(uuid.uuid4()), "pictures-key": picture_of(cast.ada).key}
    for _ in range(2):
        assert send(cast.client("ada"), **form).status_code == 302
    assert Post.objects.get(author=cast.ada).pictures.count() == 1


def test_there_is_room_for_twenty(cast: Cast) -> None:
    keys = [picture_of(cast.ada).key for _ in range(MOST + 1)]
    page = send(cast.client("ada"), **{"pictures-key": keys})
    assert page.status_code == 422
    assert "room for 20" in page.content.decode()
    assert send(cast.client("ada"), **{"pictures-key": keys[:MOST]}).status_code == 302


def test_words_are_bounded_and_what_was_typed_stays(cast: Cast) -> None:
    key = picture_of(cast.ada).key
    for typed in ("a" * (ALT_LIMIT + 1), "before\x00after"):
        page = send(cast.client("ada"), **{"pictures-key": key, f"pictures-alt-{key}": typed})
        assert page.status_code == 422
    assert not Post.objects.filter(author=cast.ada).exists()


def test_an_edit_changes_words_order_and_pictures(cast: Cast) -> None:
    post, ada = album(cast.ada, 3), cast.client("ada")
    one, two, three = post.pictures.order_by("place")
    page = ada.get(f"{post.path}edit/").content.decode()
    assert "canary-a17 1" in page
    fresh = picture_of(cast.ada)
    keys = {"pictures-key": [three.key, fresh.key, one.key], f"pictures-alt-{one.key}": "Other words"}
    assert send(ada, f"{post.path}edit/", **keys).status_code == 302
    assert [row.key for row in post.pictures.order_by("place")] == [three.key, fresh.key, one.key]
    assert post.pictures.get(key=one.key).alt == "Other words"
    assert not Picture.objects.filter(pk=two.pk).exists()


def test_pictures_come_to_a_post_that_had_none_and_may_all_go_again(cast: Cast) -> None:
    ada = cast.client("ada")
    send(ada)
    post = Post.objects.get(author=cast.ada)
    send(ada, f"{post.path}edit/", **{"pictures-key": picture_of(cast.ada).key})
    assert "album-1" in ada.get(post.path).content.decode()
    send(ada, f"{post.path}edit/")
    assert not post.pictures.exists()


def test_an_empty_post_cannot_stay(cast: Cast) -> None:
    ada = cast.client("ada")
    send(ada, body="", **{"pictures-key": picture_of(cast.ada).key})
    post = Post.objects.get(author=cast.ada)
    page = send(ada, f"{post.path}edit/", body="")
    assert page.status_code == 422
    assert "Keep a picture" in page.content.decode()
    assert post.pictures.count() == 1


def test_a_form_without_the_part_changes_nothing(cast: Cast) -> None:
    post = album(cast.ada, 2)
    form = {"facet": "professional", "audience": "1", "commenting": "anyone", "body": "Other."}
    assert cast.client("ada").post(f"{post.path}edit/", form).status_code == 302
    assert post.pictures.count() == 2


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 20])
def test_the_card_shows_five_and_says_how_many_more(cast: Cast, count: int) -> None:
    post = album(cast.ada, count)
    page = cast.client("di").get(post.path).content.decode()
    assert f"album-{min(count, 5)}" in page
    assert page.count('<img src="/posts/pictures/') == min(count, 5)
    assert (f">+{count - 5}<" in page) == (count > 5)
    assert page.count("data-large=") == count


def test_who_forgot_the_words_is_reminded_and_nobody_else(cast: Cast) -> None:
    post = album(cast.ada, 1)
    post.pictures.update(alt="")
    assert "says nothing to people" in cast.client("ada").get(post.path).content.decode()
    assert "says nothing to people" not in cast.client("bo").get(post.path).content.decode()


def test_a_card_that_is_drawn_once_changes_with_its_rows_and_its_reader(cast: Cast) -> None:
    post = album(cast.ada, 2, alt="A meadow")
    read = lambda name: cast.client(name).get(post.path).content.decode()  # noqa: E731 - a name for what is asked twice
    assert all("A meadow 1" in read(name) for name in ("bo", "ada", "bo"))
    post.pictures.filter(place=0).update(alt="")
    for name in ("bo", "ada", "bo", "ada"):
        page = read(name)
        assert "A meadow 1" in page
        assert "A meadow 0" not in page
        assert ("says nothing to people" in page) == (name == "ada")
    post.pictures.filter(place=0).update(alt="A river")
    assert "A river" in read("bo")


def test_the_page_of_a_picture_leads_on_and_back(cast: Cast) -> None:
    post = album(cast.ada, 3)
    first, second, third = post.pictures.order_by("place")
    page = cast.client("bo").get(second.path).content.decode()
    assert f'rel="prev" href="{first.path}"' in page
    assert f'rel="next" href="{third.path}"' in page
    assert "canary-a17 1" in page


def test_a_page_of_posts_costs_the_same_with_many_pictures(cast: Cast) -> None:
    album(cast.ada, 1)
    browser = cast.client("bo")
    read = lambda: browser.get("/")  # noqa: E731 - a name for what is asked twice
    # The first look at something new is remembered, which costs statements of its own.
    assert_same_queries(read, lambda: [*(album(cast.ada, 4) for _ in range(3)), read()], read)


def test_the_oldest_waiting_pictures_make_room(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 2)
    kept = picture_of(cast.ada)
    Draft.objects.create(author=cast.ada, values={"pictures-key": [kept.key]}, touched_at=clock.now())
    oldest, *others = [picture_of(cast.ada) for _ in range(3)]
    assert set(Picture.objects.values_list("pk", flat=True)) == {kept.pk, *(row.pk for row in others)}
    assert oldest.pk not in Picture.objects.values_list("pk", flat=True)
