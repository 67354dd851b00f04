"""Files in the composer: looked at before the post goes out; a bad one loses nothing of it, a good one hangs once."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from collegium.audience.viewer import Viewer
from collegium.documents import actions, settling
from collegium.documents.kind import KIND
from collegium.documents.models import MOST, Document
from collegium.documents.tests.helping import PDF, chosen, hang, send, settle, upload_of, with_file
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict, Refusal
from collegium.media import keeping, kinds
from collegium.testing.cast import Cast
from collegium.uploads.models import Upload

pytestmark = pytest.mark.django_db
ZIP = b"PK\x03\x04" + b"\0" * 60

# What a file is called and what is in it, and whether it may hang on a post.
FILES = {
    "a PDF": ("a.pdf", PDF, True),
    "a document": ("a.docx", ZIP, True),
    "a table": ("a.csv", b"a,b\n1,2\n", True),
    "a text": ("a.txt", "Grüße".encode(), True),
    "an archive": ("a.zip", ZIP, True),
    "sound": ("a.mp3", b"ID3" + b"\0" * 60, True),
    "a page called a PDF": ("a.pdf", b"<!doctype html><script>alert(1)</script>", False),
    "a page called a text": ("a.txt", b"\n <HTML><body onload=alert(1)>", False),
    "a drawing called a text": ("a.txt", b"<svg onload=alert(1)>", False),
    "a program called an archive": ("a.zip", b"MZ\x90\0" + b"\0" * 60, False),
    "a program": ("a.exe", b"MZ\x90\0" + b"\0" * 60, False),
    "a page": ("a.html", b"<p>Hello", False),
    "a drawing": ("a.svg", b"<svg/>", False),
    "a script": ("a.sh", b"#!/bin/sh\n", False),
    "a script called a text": ("a.txt", b"#!/bin/sh\nrm", False),
    "a video": ("a.mp4", b"\0\0\0\x18ftypmp42", False),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n", False),
    "nothing": ("a.pdf", b"", False),
    "no ending": ("README", b"Hello", False),
    "two endings": ("a.pdf.html", PDF, False),
}


@pytest.mark.parametrize("what", FILES)
def test_what_may_hang_on_a_post(cast: Cast, what: str) -> None:
    name, data, taken = FILES[what]
    answer = send(cast.client("ada"), **{"documents-file1-file": chosen(data, name)})
    assert answer.status_code == (302 if taken else 422)
    assert Document.objects.count() == int(taken)
    assert Post.objects.count() == int(taken)
    if not taken:
        assert "words" in answer.content.decode()


def test_one_sent_ahead_and_one_in_a_plain_form_without_words(cast: Cast) -> None:
    upload = upload_of(cast.ada)
    files = {"documents-file1": upload.key, "documents-file4-file": chosen(b"Notes", "../../etc/notes.txt")}
    assert send(cast.client("ada"), body="", **files).status_code == 302
    settle()
    first, second = Document.objects.order_by("pk")
    assert (first.name, second.name) == ("Plan of the weir.pdf", "notes.txt")
    assert (first.content_type, first.size) == ("application/pdf", len(PDF))
    assert default_storage.exists(first.stored)
    assert not Upload.objects.exists()
    page = cast.client("bo").get(Post.objects.get().path).content.decode()
    assert first.path in page
    assert "notes.txt" in page


def test_a_mistake_elsewhere_loses_no_file(cast: Cast) -> None:
    answer = send(cast.client("ada"), audience="9", **{"documents-file1-file": chosen()})
    assert answer.status_code == 422
    assert Upload.objects.get().key in answer.content.decode()


def test_another_ones_file_is_none(cast: Cast) -> None:
    upload = upload_of(cast.bo)
    assert send(cast.client("ada"), **{"documents-file1": upload.key}).status_code == 422
    post = feed.post(cast.ada, "Mine.")
    with pytest.raises(Refusal):
        actions.hang(post, [upload], by=cast.ada)
    with pytest.raises(Refusal):
        actions.hang(post, [upload], by=cast.bo)


def test_a_file_hangs_on_one_post(cast: Cast) -> None:
    upload = upload_of(cast.ada)
    actions.hang(feed.post(cast.ada, "One."), [upload], by=cast.ada)
    with pytest.raises(Conflict):
        actions.hang(feed.post(cast.ada, "Two."), [upload], by=cast.ada)
    assert Document.objects.count() == 1


def test_ten_and_no_more(cast: Cast) -> None:
    post = feed.post(cast.ada, "Many.")
    hang(post, cast.ada, *(f"{n}.pdf" for n in range(MOST)))
    with pytest.raises(Conflict):
        actions.hang(post, [upload_of(cast.ada)], by=cast.ada)
    assert KIND.form(None, post).names == []
    assert KIND.named(Viewer(cast.ada), [post.pk]) == {post.pk: "10 files"}


def test_taking_off_and_adding_while_editing(cast: Cast) -> None:
    post = feed.post(cast.ada, "Words.")
    first, _second = hang(post, cast.ada, "One.pdf", "Two.pdf")
    foreign = with_file(cast.bo, name="Theirs.pdf")
    page = cast.client("ada").get(f"{post.path}edit/").content.decode()
    assert "One.pdf" in page
    changed = {
        "documents-off": [str(first.pk), str(foreign.pk), "x", "9" * 40],
        "documents-file1-file": chosen(name="Three.pdf"),
    }
    assert send(cast.client("ada"), f"{post.path}edit/", body="Words.", **changed).status_code in {200, 302}
    settle()
    assert [row.name for row in Document.objects.filter(post=post).order_by("pk")] == ["Two.pdf", "Three.pdf"]
    assert Document.objects.filter(pk=foreign.pk).exists()
    left = {"documents-off": [str(each) for each in Document.objects.filter(post=post).values_list("pk", flat=True)]}
    Post.objects.filter(pk=post.pk).update(body="", html="")
    assert send(cast.client("ada"), f"{post.path}edit/", body="", **left).status_code == 422
    # Where the part was not on the page, nothing changes.
    plain = {"facet": "professional", "audience": "1", "commenting": "anyone", "body": "Other."}
    cast.client("ada").post(f"{post.path}edit/", plain | left)
    assert Document.objects.filter(post=post).count() == 2


def test_a_post_taken_back_leaves_no_file(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(keeping, "keep", lambda *_file: kept.append("x") or "x")
    upload, post = upload_of(cast.ada), feed.post(cast.ada, "One.")
    with transaction.atomic():
        actions.hang(post, [upload], by=cast.ada)
        transaction.set_rollback(True)
    assert kept == []
    assert Upload.objects.filter(pk=upload.pk).exists()


def test_what_was_interrupted_is_made_up_for(cast: Cast) -> None:
    post = feed.post(cast.ada, "One.")
    [row] = actions.hang(post, [upload_of(cast.ada)], by=cast.ada)
    assert cast.client("ada").get(row.path).status_code == 404
    assert "in a moment" in cast.client("ada").get(post.path).content.decode()
    settling.again()
    assert cast.client("ada").get(row.path).status_code == 200
    # Nothing came in for it any more: the row goes after an hour.
    lost = Document.objects.create(
        id=ids.key_at(clock.now() - timedelta(hours=2)), post=post, name="x.pdf", upload="a" * 64, size=1
    )
    settling.again()
    assert not Document.objects.filter(pk=lost.pk).exists()


def test_settling_that_fails_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    [row] = actions.hang(feed.post(cast.ada, "One."), [upload_of(cast.ada)], by=cast.ada)
    names: list[str] = []
    keep = keeping.keep
    monkeypatch.setattr(keeping, "keep", lambda *file: names.append(keep(*file)) or names[-1])
    with monkeypatch.context() as patch:
        patch.setattr(settling.taking, "drop", _broken)
        with pytest.raises(OSError, match="full"):
            settling.settle(row.pk)
    assert not default_storage.exists(names[0])
    assert settling.settle(row.pk)


def _broken(_upload: Upload) -> None:
    raise OSError("full")


def test_every_kind_that_is_offered_has_a_reader() -> None:
    for ending in kinds.DOCUMENTS:
        words, icon = kinds.family_of(f"a{ending}")
        assert words
        assert icon
