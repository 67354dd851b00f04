"""Pins on top of a profile: posts, links, files; each under the rule of the part, judged when it is read."""

import uuid

import pytest
import pyvips
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.career.sections import Part
from collegium.feed import actions as feed
from collegium.lib.refusal import Conflict
from collegium.media.documents import place_of
from collegium.media.storage import name_of
from collegium.members.models import Member
from collegium.profiles.featured import actions, shown
from collegium.profiles.models import Pin
from collegium.testing.cast import Cast

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def png(width: int = 200, height: int = 100) -> bytes:
    made: bytes = pyvips.Image.black(width, height, bands=3).pngsave_buffer()
    return made


def upload(name: str, data: bytes, kind: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def titles(cast: Cast, name: str) -> list[str]:
    return [each.title or each.text for each in shown(cast.viewer(name), Member.objects.get(pk=cast.ada.pk))]


def test_a_link_is_pinned_and_refused(cast: Cast) -> None:
    browser = cast.client("ada")
    good = {"url": "dams.example/talk", "title": "A talk", "note": "Forty minutes."}
    for wrong in (
        {"url": "javascript:alert(1)"},
        {"url": "data:text/html,x"},
        {"url": ""},
        {"title": " "},
        {"title": "x" * 201},
    ):
        answer = browser.post("/career/featured/new/link/", good | wrong)
        assert answer.status_code == 422, wrong
        assert "Forty minutes." in answer.content.decode()
    key = str(uuid.uuid4())
    for _twice in range(2):
        assert browser.post("/career/featured/new/link/", good | {"form_key": key}).status_code == 302
    row = Pin.objects.get()
    assert (row.url, row.title) == ("https://dams.example/talk", "A talk")
    page = cast.client("bo").get("/in/ada-lindqvist/").content.decode()
    assert 'href="https://dams.example/talk" rel="nofollow noopener ugc"' in page
    browser.post(f"/career/featured/{row.pk}/", good | {"title": "Another talk"})
    assert titles(cast, "bo") == ["Another talk"]
    assert cast.client("bo").post(f"/career/featured/{row.pk}/removal/").status_code == 404
    assert browser.post(f"/career/featured/{row.pk}/removal/").status_code == 302
    assert titles(cast, "bo") == []


def test_a_document_is_handed_out_to_keep(cast: Cast) -> None:
    browser = cast.client("ada")
    answer = browser.post("/career/featured/new/file/", {"file": upload("Måtten.pdf", PDF), "title": "", "note": ""})
    assert answer.status_code == 302
    row = Pin.objects.get()
    assert (row.kind, row.title, row.file_name) == ("document", "Måtten", "Måtten.pdf")
    got = cast.client("bo").get(f"/in/ada-lindqvist/featured/{row.pk}/file/")
    assert got.content == PDF
    assert got["Content-Disposition"].startswith("attachment;")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]
    assert "private" in got["Cache-Control"]


WRONG = {
    "a page": b"<html><script>alert(1)</script>",
    "nothing": b"",
    "half of it": PDF[:40],
    "a header alone": b"%PDF-1.4",
    "words": b"\x00\xff" * 400,
}


@pytest.mark.parametrize("name", list(WRONG))
def test_other_files_are_refused(cast: Cast, name: str) -> None:
    sent = {"file": upload("paper.pdf", WRONG[name]), "title": "Kept words"}
    answer = cast.client("ada").post("/career/featured/new/file/", sent)
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Pin.objects.exists()


def test_too_large_is_refused(cast: Cast) -> None:
    sent = {"file": upload("paper.pdf", PDF[:-30] + b" " * (10 * 1024 * 1024) + PDF[-30:])}
    answer = cast.client("ada").post("/career/featured/new/file/", sent)
    assert answer.status_code == 422
    assert "larger than 10 MB" in answer.content.decode()


def test_a_picture_is_made_anew_whole_and_never_larger(cast: Cast) -> None:
    sent = {"file": upload("evil\u202egnp.png", png(2000, 500), "image/png"), "title": "The wall"}
    assert cast.client("ada").post("/career/featured/new/file/", sent).status_code == 302
    row = Pin.objects.get()
    assert "\u202e" not in row.file_name
    for width, size in ((1200, (1200, 300)), (480, (480, 120))):
        got = cast.client("bo").get(f"/in/ada-lindqvist/featured/{row.pk}/{width}.webp")
        image = pyvips.Image.new_from_buffer(got.content, "")
        assert (image.width, image.height) == size
        assert got["Content-Type"] == "image/webp"
    assert cast.client("bo").get(f"/in/ada-lindqvist/featured/{row.pk}/999.webp").status_code == 404
    assert cast.client("bo").get(f"/in/ada-lindqvist/featured/{row.pk}/file/").status_code == 404


@pytest.mark.parametrize("level", list(Level))
def test_the_files_are_under_the_rule_of_the_part(cast: Cast, level: Level) -> None:
    browser = cast.client("ada")
    browser.post("/career/featured/new/file/", {"file": upload("a.pdf", PDF)})
    row = Pin.objects.get()
    career.set_audience(cast.ada, Part.FEATURED, level)
    near = {"ada": 4, "bo": 3, "cy": 2, "di": 1, "flo": 1, "hal": 1, "ed": -1, "eve": -1, "gus": -1, "nobody": -1}
    for name, closeness in near.items():
        status = cast.client(name).get(f"/in/ada-lindqvist/featured/{row.pk}/file/").status_code
        assert (status == 200) == (closeness >= level), (name, level)
        eyes = "nobody" if name == "gus" else name  # as the middleware has it
        assert bool(titles(cast, eyes)) == (closeness >= level), (name, level)


def test_posts_are_pinned_by_their_authors_and_shown_to_their_readers(cast: Cast) -> None:
    mine = feed.post(cast.ada, "Words for my connections", audience=Level.CONNECTIONS)
    theirs = feed.post(cast.bo, "Words of another", audience=Level.EVERYONE)
    browser = cast.client("ada")
    assert f'action="/career/featured/posts/{mine.pk}/"' in browser.get(mine.path).content.decode()
    assert "/career/featured/posts/" not in cast.client("ada").get(theirs.path).content.decode()
    assert browser.post(f"/career/featured/posts/{mine.pk}/").status_code == 302
    assert browser.post(f"/career/featured/posts/{mine.pk}/").status_code == 302
    assert browser.post(f"/career/featured/posts/{theirs.pk}/").status_code == 409
    assert browser.post(f"/career/featured/posts/{2**70}/").status_code == 404
    assert Pin.objects.count() == 1
    assert titles(cast, "bo") == ["Words for my connections"]
    assert titles(cast, "di") == []
    feed.delete_post(mine, by=cast.ada)
    assert titles(cast, "ada") == []


def test_at_most_twelve_and_gone_posts_make_room(cast: Cast) -> None:
    gone = feed.post(cast.ada, "Soon gone", audience=Level.EVERYONE)
    actions.pin_post(cast.ada, gone.pk)
    for number in range(11):
        actions.pin(cast.ada, "link", url=f"https://dams.example/{number}", title=f"Talk {number}")
    full = cast.client("ada").post("/career/featured/new/file/", {"file": upload("a.pdf", PDF)})
    assert full.status_code == 422
    assert "room for 12" in full.content.decode()
    feed.delete_post(gone, by=cast.ada)
    actions.pin(cast.ada, "link", url="https://dams.example/last", title="Last")
    with pytest.raises(Conflict):
        actions.pin(cast.ada, "link", url="https://dams.example/one-more", title="One more")
    assert Pin.objects.filter(member=cast.ada).count() == 12


def test_ordered_by_their_owner(cast: Cast) -> None:
    rows = [actions.pin(cast.ada, "link", url=f"https://dams.example/{n}", title=f"Talk {n}") for n in range(3)]
    assert titles(cast, "bo") == ["Talk 2", "Talk 1", "Talk 0"]
    cast.client("ada").post("/career/featured/order/", {"key": [row.pk for row in rows]})
    assert titles(cast, "bo") == ["Talk 0", "Talk 1", "Talk 2"]


def test_files_go_once_the_change_is_certain(cast: Cast) -> None:
    browser = cast.client("ada")
    browser.post("/career/featured/new/file/", {"file": upload("a.pdf", PDF)})
    browser.post("/career/featured/new/file/", {"file": upload("a.png", png(), "image/png")})
    picture, document = Pin.objects.filter(member=cast.ada).in_order()
    places = {picture.pk: name_of(picture.file_key, 480), document.pk: place_of(document.file_key)}
    assert "file is deleted" in browser.get(f"/career/featured/{document.pk}/removal/").content.decode()
    for row in (picture, document):
        assert default_storage.exists(places[row.pk])
        with TestCase.captureOnCommitCallbacks() as later:
            browser.post(f"/career/featured/{row.pk}/removal/")
        assert default_storage.exists(places[row.pk])
        for each in later:
            each()
        assert not default_storage.exists(places[row.pk])
