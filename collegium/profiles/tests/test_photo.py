"""One's own photo and cover: what the person sees, what lies on disk, what happens when two uploads meet."""

import threading

import pytest
import pyvips
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse

from collegium.media.decode import UnusableImage
from collegium.members.models import Member
from collegium.profiles import photo

COLOURS = {"red": (250, 10, 10), "blue": (10, 10, 250)}


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def client(cast):
    return cast.client("ada")


def picture(left: str = "red", right: str = "blue", name: str = "me.png") -> SimpleUploadedFile:
    """Two colours side by side."""
    halves = [pyvips.Image.black(400, 200, bands=3) + list(COLOURS[colour]) for colour in (left, right)]
    image = halves[0].join(halves[1], "horizontal").cast("uchar").copy(interpretation="srgb")
    return SimpleUploadedFile(name, image.write_to_buffer(".png"), "image/png")


def files(folder) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file())


def shown_colour(client, url: str) -> str:
    """What the middle of a served picture looks like."""
    response = client.get(url)
    assert response.status_code == 200
    image = pyvips.Image.new_from_buffer(response.content, "")
    point = image(image.width // 2, image.height // 2)
    return min(COLOURS, key=lambda name: sum(abs(a - b) for a, b in zip(COLOURS[name], point, strict=True)))


@pytest.mark.parametrize(("shape", "sizes"), [("photo", 3), ("cover", 2)])
def test_a_picture_is_put_seen_replaced_and_removed(cast, client, media_root, shape, sizes):
    address = f"/settings/profile/{shape}/"
    assert reverse(f"profiles:{shape}") == address
    assert client.get(address).status_code == 200
    answer = client.post(address, {"picture": picture()}, follow=True)
    assert answer.status_code == 200
    assert b"is in place" in answer.content
    first = getattr(Member.objects.get(pk=cast.ada.pk), f"{shape}_url")
    assert first.encode() in answer.content
    assert files(media_root) == sizes

    client.post(address, {"picture": picture("blue", "blue")})
    second = getattr(Member.objects.get(pk=cast.ada.pk), f"{shape}_url")
    assert shown_colour(cast.client("bo"), second) == "blue"
    assert cast.client("bo").get(first).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_former_files_are_deleted_once_the_change_is_certain(cast, client, media_root):
    client.post("/settings/profile/photo/", {"picture": picture()})
    client.post("/settings/profile/photo/", {"picture": picture("blue", "blue")})
    assert files(media_root) == 3
    answer = client.post("/settings/profile/photo/removal/", follow=True)
    assert b"Your photo is gone." in answer.content
    assert files(media_root) == 0
    assert Member.objects.get(pk=cast.ada.pk).photo == ""
    assert client.post("/settings/profile/photo/removal/").status_code == 302


def test_the_frame_that_was_sent_is_what_is_shown(cast, client):
    for x, colour in ((0, "red"), (0.75, "blue")):
        frame = {"picture_x": x, "picture_y": 0, "picture_w": 0.25, "picture_h": 1}
        client.post("/settings/profile/photo/", {"picture": picture(), **frame})
        assert shown_colour(client, Member.objects.get(pk=cast.ada.pk).photo_url) == colour


@pytest.mark.parametrize("value", ["", "x", "nan", "inf", "-1e999", "1,5", "0x1", "²", "\x00"])
def test_a_frame_that_makes_no_sense_is_no_frame(cast, client, value):
    frame = {f"picture_{edge}": value for edge in "xywh"}
    assert client.post("/settings/profile/photo/", {"picture": picture(), **frame}).status_code == 302
    assert Member.objects.get(pk=cast.ada.pk).photo


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture that can be read"),
        (b"\xff\xd8\xff\xe0garbage", "damaged or incomplete"),
        (None, "choose a picture first"),
    ],
)
def test_what_cannot_be_used_is_said_at_the_field(cast, client, media_root, content, sentence):
    data = {} if content is None else {"picture": SimpleUploadedFile("me.jpg", content, "image/jpeg")}
    answer = client.post("/settings/profile/photo/", data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert files(media_root) == 0
    assert Member.objects.get(pk=cast.ada.pk).photo == ""


def test_a_refused_picture_leaves_the_present_one(cast, client):
    client.post("/settings/profile/photo/", {"picture": picture()})
    before = Member.objects.get(pk=cast.ada.pk).photo
    client.post("/settings/profile/photo/", {"picture": SimpleUploadedFile("x.png", b"no picture")})
    assert Member.objects.get(pk=cast.ada.pk).photo == before


def test_a_file_that_is_too_large_is_a_sentence_and_a_much_larger_one_is_not_even_read(client):
    large = SimpleUploadedFile("me.png", b"\x89PNG\r\n\x1a\n" + b"x" * (10 * 1024 * 1024))
    answer = client.post("/settings/profile/photo/", {"picture": large})
    assert (answer.status_code, "larger than 10 MB" in answer.content.decode()) == (422, True)
    huge = SimpleUploadedFile("me.png", b"x" * (12 * 1024 * 1024))
    assert client.post("/settings/profile/photo/", {"picture": huge}).status_code in (400, 413)


def test_others_are_sent_to_sign_in(cast):
    nobody = cast.client("nobody")
    for address in ("/settings/profile/photo/", "/settings/profile/cover/"):
        assert nobody.get(address).status_code == 302
        assert nobody.post(address, {"picture": picture()}).status_code == 302
        assert nobody.post(f"{address}removal/").status_code == 302
        assert nobody.get(f"{address}removal/").status_code == 405


def test_a_form_without_its_token_is_refused(cast):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ada.user)
    assert client.post("/settings/profile/photo/", {"picture": picture()}).status_code == 403
    assert Member.objects.get(pk=cast.ada.pk).photo == ""


def test_when_all_places_are_taken_one_is_told_so(client, monkeypatch):
    def busy(*_args):
        raise UnusableImage("busy")

    monkeypatch.setattr(photo, "process_image", busy)
    answer = client.post("/settings/profile/photo/", {"picture": picture()})
    assert answer.status_code == 422
    assert "try again in a few seconds" in answer.content.decode()


def test_uploads_are_limited(client, monkeypatch):
    monkeypatch.setattr(photo, "process_image", lambda *_args: {96: b"x"})
    codes = [client.post("/settings/profile/photo/", {"picture": picture()}).status_code for _ in range(31)]
    assert codes == [302] * 30 + [429]


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_leave_one_picture_and_no_orphan(cast, media_root, monkeypatch):
    monkeypatch.setattr(photo, "process_image", lambda *_args: {512: b"L", 192: b"M", 96: b"S"})
    clients = [cast.client("ada") for _ in range(4)]
    gate = threading.Barrier(len(clients))
    codes = []

    def upload(client):
        try:
            gate.wait()
            codes.append(client.post("/settings/profile/photo/", {"picture": picture()}).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=upload, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [302] * len(clients)
    assert files(media_root) == 3
    assert Member.objects.get(pk=cast.ada.pk).photo in next(path.name for path in media_root.rglob("*.webp"))
