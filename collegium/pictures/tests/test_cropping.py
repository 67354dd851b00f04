"""A part of a picture: chosen by a script as fractions, or as a shape from a plain form."""

import pytest

from collegium.media.tests.pictures import file_of, quarters, speckled
from collegium.pictures.models import Picture
from collegium.pictures.tests.helping import album, chosen, picture_of, send
from collegium.testing.cast import Cast

PART = {"x": "0.5", "y": "0", "w": "0.5", "h": "0.5"}


def test_a_file_comes_with_the_part_to_show(cast: Cast) -> None:
    sent = {"picture": chosen("q.png", file_of(quarters(400, 200))), **PART}
    said = cast.client("ada").post("/posts/pictures/", sent).json()
    assert (said["width"], said["height"]) == (200, 100)


def test_a_part_of_one_that_is_there_becomes_another(cast: Cast) -> None:
    whole = picture_of(cast.ada, 400, 200)
    answer = cast.client("ada").post("/posts/pictures/", {"key": whole.key, **PART})
    assert answer.status_code == 201
    made = Picture.objects.get(key=answer.json()["key"])
    assert (made.width, made.height, made.owner_id) == (200, 100, cast.ada.pk)
    assert Picture.objects.filter(pk=whole.pk).exists()
    assert cast.client("ada").get(answer.json()["large"]).status_code == 200


def test_a_posted_picture_stays_as_it_was_until_the_form_is_sent(cast: Cast) -> None:
    post = album(cast.ada, 1)
    old, ada = post.pictures.get(), cast.client("ada")
    key = ada.post("/posts/pictures/", {"key": old.key, "x": "0", "y": "0", "w": "0.8", "h": "1"}).json()["key"]
    assert post.pictures.get() == old
    send(ada, f"{post.path}edit/", **{"pictures-key": key, f"pictures-alt-{key}": "A part"})
    assert [(row.key, row.alt, row.width) for row in post.pictures.all()] == [(key, "A part", 96)]


@pytest.mark.parametrize("name", ["bo", "di"])
def test_nobody_crops_what_is_not_hers(cast: Cast, name: str) -> None:
    """Not even what she sees."""
    for picture in (picture_of(cast.ada), album(cast.ada, 1).pictures.get()):
        assert cast.client(name).post("/posts/pictures/", {"key": picture.key, **PART}).status_code == 422
    assert not Picture.objects.filter(owner__handle=name).exists()


@pytest.mark.parametrize(
    ("edges", "status"),
    [
        ({}, 422),
        ({"x": "0"}, 422),
        ({**PART, "w": "wide"}, 422),
        ({**PART, "w": "0.01", "h": "0.01"}, 422),
        ({**PART, "x": "nan"}, 201),
        ({**PART, "w": "inf"}, 201),
        ({**PART, "x": "-7", "h": "1e300"}, 201),
        ({**PART, "w": "0", "h": "-1"}, 201),
    ],
    ids=str,
)
def test_any_numbers_are_borne(cast: Cast, edges: dict[str, str], status: int) -> None:
    """What lies outside the picture is no part of it: then all of it is shown."""
    whole = picture_of(cast.ada, 400, 200)
    assert cast.client("ada").post("/posts/pictures/", {"key": whole.key, **edges}).status_code == status


@pytest.mark.parametrize("key", ["\0", "x" * 5000, "f" * 64])
def test_keys_of_nothing(cast: Cast, key: str) -> None:
    assert cast.client("ada").post("/posts/pictures/", {"key": key, **PART}).status_code == 422


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ("1/1", (200, 200)),
        ("4/3", (267, 200)),
        ("16/9", (356, 200)),
        ("3/4", (150, 200)),
        ("5/0", (400, 200)),
        ("", (400, 200)),
    ],
)
def test_a_plain_form_crops_to_a_shape_in_the_middle(cast: Cast, shape: str, size: tuple[int, int]) -> None:
    picture = picture_of(cast.ada, 400, 200)
    step = {"pictures-step": f"cut:{picture.key}", f"pictures-cut-{picture.key}": shape}
    words = {"pictures-key": picture.key, f"pictures-alt-{picture.key}": "Kept words"}
    shown = send(cast.client("ada"), **step, **words)
    made = Picture.objects.filter(owner=cast.ada).latest("pk")
    assert shown.status_code == 422
    assert (made.width, made.height) == size
    assert f'value="{made.key}"' in shown.content.decode()
    assert "Kept words" in shown.content.decode()


@pytest.mark.parametrize("name", ["photo.svg", "photo.exe", "photo", "../../photo.html", "x" * 300 + ".png"])
def test_the_name_of_a_file_means_nothing(cast: Cast, name: str) -> None:
    answer = cast.client("ada").post("/posts/pictures/", {"picture": chosen(name, file_of(speckled()))})
    assert answer.status_code == 201
    assert answer.json()["url"].endswith("-480.webp")


def many_frames(count: int) -> bytes:
    """A GIF of so many images of one letter each, made by hand: a few bytes a frame."""
    frame = b"\x21\xf9\x04\0\x01\0\0\0" + b"\x2c\0\0\0\0\x50\0\x50\0\0" + b"\x02\x16\x84\x8f" + b"\xa9" * 20 + b"\0"
    return b"GIF89a\x50\0\x50\0\x80\0\0\xff\xff\xff\0\0\0" + frame * count + b"\x3b"


@pytest.mark.parametrize(
    "data",
    [many_frames(10_000), file_of(speckled(), ".jpg") + b"<script>alert(1)</script>PK\x03\x04" + b"\0" * 99],
    ids=["10,000 frames", "polyglot"],
)
def test_strange_files_give_one_clean_picture_or_a_sentence(cast: Cast, data: bytes) -> None:
    ada = cast.client("ada")
    answer = ada.post("/posts/pictures/", {"picture": chosen("strange.gif", data)})
    assert answer.status_code in (201, 422)
    if answer.status_code == 422:
        assert answer.json()["say"].startswith("strange.gif: ")
        return
    file = ada.get(answer.json()["large"]).content
    assert file.startswith(b"RIFF")
    assert b"script" not in file
    assert b"ANIM" not in file
