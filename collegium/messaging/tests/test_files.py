"""Files in conversations: what is taken, what becomes of it, who fetches it, and when it is gone."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import av
import pytest
import pyvips
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.lib import ids
from collegium.lib.refusal import Conflict, Refusal
from collegium.media import kinds
from collegium.media.tests.pictures import file_of, speckled
from collegium.messaging import tasks
from collegium.messaging.actions import people, reporting, talking
from collegium.messaging.files import showing, taking, voice
from collegium.messaging.models import Attachment, Conversation, GoneFile, Message
from collegium.messaging.models.files import MOST_FILES
from collegium.messaging.stored import clear
from collegium.messaging.tests import scene, sounds
from collegium.network import actions as network
from collegium.testing.cast import Cast
from collegium.uploads.models import Upload

HX = {"HX-Request": "true"}
ZIP = b"PK\x03\x04" + bytes(40)
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(60)


@pytest.fixture(autouse=True)
def places_of_files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "media"


@pytest.fixture
def two(cast: Cast) -> Conversation:
    return scene.two(cast.ada, cast.bo, "One")


def read(name: str) -> bytes:
    with default_storage.open(name) as content:
        return content.read()


def lies(row: Attachment) -> list[bool]:
    return [default_storage.exists(name) for name in (row.stored, row.small) if name]


def test_a_picture_is_drawn_anew_in_two_sizes_and_tells_nothing_of_its_camera(cast: Cast) -> None:
    image = speckled(3000, 2000).copy()
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-ImageDescription", "59 deg 54' N")
    row = sounds.file(cast.ada, "harbour.jpg", file_of(image, ".jpg"))
    assert (row.kind, row.content_type, row.width, row.height) == ("picture", "image/webp", 1920, 1280)
    for name, width in ((row.stored, 1920), (row.small, 960)):
        content = read(name)
        assert b"59 deg" not in content
        assert pyvips.Image.new_from_buffer(content, "").width == width
    assert not Upload.objects.exists()


def test_a_voice_note_is_made_anew_as_aac_with_its_loudness(cast: Cast) -> None:
    for form, codec in (("webm", "libopus"), ("mp4", "aac")):
        upload = sounds.came(cast.ada, "voice.webm", sounds.sound(2, form=form, codec=codec))
        row = taking.take_sent(cast.ada, upload.key, spoken=True)
        content = read(row.stored)
        with av.open(io.BytesIO(content)) as container:
            assert [each.codec_context.codec.canonical_name for each in container.streams] == ["aac"]
            assert not container.metadata.get("title")
        assert row.seconds == pytest.approx(2, abs=0.1)
        assert len(row.peaks) == 48
        assert max(row.peaks) == 100
        assert min(row.peaks) < 40
        assert showing.shown(row).length == "0:02"
        assert showing.shown(row).wave.count("M") == 48


SPOKEN = {
    "a video": (sounds.sound(1, video=True), "video"),
    "a moment": (sounds.sound(0.1), "too short"),
    "too long": (sounds.sound(302), "five minutes"),
    "a picture": (file_of(speckled(), ".jpg"), "could not be read"),
    "half of one": (sounds.sound(2)[:200], "could not be read"),
    "a list of files": (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "could not be read"),
}


@pytest.mark.parametrize("what", SPOKEN)
def test_what_is_no_voice_note_is_refused_with_a_sentence(cast: Cast, what: str) -> None:
    content, words = SPOKEN[what]
    upload = sounds.came(cast.ada, "voice.webm", content)
    with pytest.raises(Refusal, match=words):
        taking.take_sent(cast.ada, upload.key, spoken=True)
    assert not Attachment.objects.exists()
    assert not Upload.objects.exists()


def test_silence_has_a_line_too() -> None:
    assert showing.wave([0] * 48).count("v3") == 48


TAKEN = {
    "tides.pdf": sounds.PDF,
    "tides.DOCX": ZIP,
    "tides.csv": b"hour;height\n1;2.4\n",
    "tides.txt": "Ebbe und Flut, às três".encode("latin-1"),
    "wide.txt": "tide\n".encode("utf-16"),
    "tides.zip": ZIP,
    "tides.tar": bytes(257) + b"ustar" + bytes(10),
    "moving.mp4": b"\x00\x00\x00\x18ftypisom" + bytes(20),
}


@pytest.mark.parametrize("name", TAKEN)
def test_files_that_are_what_they_are_called_are_kept_as_they_are(cast: Cast, name: str) -> None:
    row = sounds.file(cast.ada, name, TAKEN[name])
    assert (row.kind, row.name, row.size) == ("file", name, len(TAKEN[name]))
    assert read(row.stored) == TAKEN[name]
    assert showing.shown(row).words


REFUSED = {
    "a program": ("setup.exe", PROGRAM),
    "a program called PDF": ("paper.pdf", PROGRAM),
    "a page called text": ("notes.txt", b"\n <!DOCTYPE html><script>alert(1)</script>"),
    "a drawing called text": ("notes.md", b"\xef\xbb\xbf<SVG onload=alert(1)>"),
    "a page in wide letters": ("notes.txt", "<html>".encode("utf-16")),
    "a shell script called text": ("notes.txt", b"#!/bin/sh\nrm -rf /\n"),
    "bytes called text": ("notes.txt", b"abc\x00def"),
    "a page": ("page.html", b"<html>"),
    "a drawing": ("face.svg", b"<svg/>"),
    "a script": ("run.js", b"alert(1)"),
    "a program with a turned name": ("photo\u202egpj.exe", PROGRAM),
    "two endings": ("paper.pdf.exe", sounds.PDF),
    "a picture that is none": ("face.png", sounds.PDF),
    "a text called PNG": ("face.png", b"hello"),
    "a PDF called archive": ("paper.zip", sounds.PDF),
    "both at once": ("paper.pdf", PROGRAM + sounds.PDF),
    "a picture of another telephone": ("face.heic", b"\x00\x00\x00\x18ftypheic" + bytes(30)),
    "nothing": ("paper.pdf", b""),
    "no ending": ("paper", sounds.PDF),
    "a name of nothing": ("", sounds.PDF),
    "a picture of too many dots": ("face.png", file_of(pyvips.Image.black(8000, 8000), ".png")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_stays_with_nobody(cast: Cast, two: Conversation, what: str) -> None:
    name, content = REFUSED[what]
    given = {"text": "My long words.", "attach": SimpleUploadedFile(name or "x", content)}
    answer = cast.client("ada").post(f"{two.path}messages/", given)
    assert answer.status_code in {302, 422} if not content or not name else answer.status_code == 422
    if answer.status_code == 422:
        assert "My long words." in answer.text
    assert not Attachment.objects.exists()
    assert not Upload.objects.exists()


def test_names_lose_what_turns_them_and_keep_their_ending(cast: Cast) -> None:
    assert sounds.file(cast.ada, "ti\u202edes.pdf").name == "tides.pdf"
    assert sounds.file(cast.ada, "../../etc/tides.pdf").name == "tides.pdf"
    long = sounds.file(cast.ada, f"{'t' * 300}.pdf").name
    assert (len(long), long[-4:]) == (200, ".pdf")


def test_every_kind_that_is_offered_has_words_and_is_no_program() -> None:
    assert not {".exe", ".js", ".html", ".svg", ".sh", ".bat", ".msi", ".jar", ".apk", ".docm", ".lnk"} & set(
        kinds.ENDINGS
    )
    assert all(family.words for family in kinds.FAMILIES)


def test_a_plain_form_brings_files_along_and_sends_them_without_words(cast: Cast, two: Conversation) -> None:
    given = {"attach": [SimpleUploadedFile("tides.pdf", sounds.PDF), SimpleUploadedFile("b.csv", b"a;b\n")]}
    assert cast.client("ada").post(f"{two.path}messages/", given).status_code == 302
    said = Message.objects.get(number=2)
    assert (said.text, said.has_files, [each.name for each in said.files.order_by("place")]) == (
        "",
        True,
        ["tides.pdf", "b.csv"],
    )
    page = cast.client("bo").get(two.path).text
    assert "tides.pdf" in page
    delta = cast.client("bo").get(f"{two.path}since/1/?from=1&to=1&tail=1", headers=HX).text
    assert "tides.pdf" in delta


def test_a_refused_form_keeps_what_was_good(cast: Cast, two: Conversation) -> None:
    good, bad = SimpleUploadedFile("tides.pdf", sounds.PDF), SimpleUploadedFile("run.exe", PROGRAM)
    answer = cast.client("ada").post(f"{two.path}messages/", {"text": "Both", "attach": [good, bad]})
    row = Attachment.objects.get()
    assert f'name="files" value="{row.pk}"' in answer.text
    again = cast.client("ada").post(f"{two.path}messages/", {"text": "Both", "files": [row.pk]})
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.message is not None
    left = sounds.file(cast.ada)
    cast.client("ada").post(f"{two.path}messages/", {"text": "None", "files": [left.pk], "files-off": [left.pk]})
    left.refresh_from_db()
    assert left.message is None


def test_sent_again_it_is_said_once_with_its_files(cast: Cast, two: Conversation) -> None:
    row = sounds.file(cast.ada)
    given = {"text": "", "files": [row.pk], "key": "5b0c0bd4-73a9-4f0a-b6ea-6b1f9d0d8c11"}
    answers = [cast.client("ada").post(f"{two.path}messages/", given, headers=HX) for _ in range(2)]
    assert [each.headers.get("Talk-Said") for each in answers] == ["2", "2"]


def test_only_ones_own_waiting_files_and_only_ten(cast: Cast, two: Conversation) -> None:
    hers, other = sounds.file(cast.ada), sounds.file(cast.bo)
    for files in ([other.pk], [2**62], [hers.pk, other.pk]):
        answer = cast.client("ada").post(f"{two.path}messages/", {"text": "Mine", "files": files}, headers=HX)
        assert answer.status_code == 409
        assert "no longer here" in answer.text
    with pytest.raises(Conflict, match="10"):
        talking.write(two, by=cast.ada, text="", files=[hers] * (MOST_FILES + 1))
    many = {"text": "", "files": [str(number) for number in range(1, 12)]}
    assert cast.client("ada").post(f"{two.path}messages/", many, headers=HX).status_code == 422
    talking.write(two, by=cast.ada, text="", files=[hers])
    again = cast.client("ada").post(f"{two.path}messages/", {"text": "Twice", "files": [hers.pk]}, headers=HX)
    assert again.status_code == 409


def test_a_script_has_a_file_looked_at(cast: Cast) -> None:
    client = cast.client("ada")
    key = sounds.came(cast.ada, "harbour.jpg", file_of(speckled(), ".jpg")).key
    answer = client.post("/messages/files/", {"upload": key}).json()
    assert client.get(answer["face"]).headers["Content-Type"] == "image/webp"
    spoken = sounds.came(cast.ada, "voice.webm", sounds.sound()).key
    assert client.post("/messages/files/", {"upload": spoken, "as": "voice"}).json()["words"].endswith("0:02")
    for wrong in ({}, {"upload": "x" * 5000}, {"upload": "\x00"}, {"upload": key}):
        answered = client.post("/messages/files/", wrong)
        assert (answered.status_code, bool(answered.json()["say"])) == (422, True)
    theirs = sounds.came(cast.bo, "tides.pdf", sounds.PDF).key
    assert client.post("/messages/files/", {"upload": theirs}).status_code == 422


def test_how_files_are_handed_out(cast: Cast, two: Conversation) -> None:
    rows = [sounds.file(cast.ada), sounds.picture(cast.ada), sounds.voice(cast.ada)]
    talking.write(two, by=cast.ada, text="All", files=rows)
    for row, shown in zip(rows, ("attachment", "inline", "inline"), strict=True):
        answer = cast.client("bo").get(row.path)
        assert answer.headers["Content-Disposition"].startswith(shown)
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        part = cast.client("bo").get(row.path, headers={"Range": "bytes=0-9"})
        assert (part.status_code, len(part.content)) == (206, 10)
        assert cast.client("bo").get(row.path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert 'filename="harbour.webp"' in cast.client("bo").get(rows[1].path).headers["Content-Disposition"]
    assert [cast.client("bo").get(row.small_path).status_code for row in rows] == [404, 200, 404]


def test_who_fetches_a_file_is_judged_each_time(cast: Cast) -> None:
    group = scene.group(cast.ada, cast.bo)
    row = sounds.file(cast.ada)

    def fetch() -> list[int]:
        return [cast.client(name).get(row.path).status_code for name in ("ada", "bo", "cy", "di")]

    assert fetch() == [200, 404, 404, 404]
    talking.write(group, by=cast.ada, text="", files=[row])
    assert fetch() == [200, 200, 404, 404]
    known = cast.client("bo").get(row.path).headers["ETag"]
    people.remove(group, by=cast.ada, people=[cast.bo])
    assert cast.client("bo").get(row.path, headers={"If-None-Match": known}).status_code == 404


def test_a_block_ends_it_for_both(cast: Cast, two: Conversation, hear: Any) -> None:
    row = sounds.picture(cast.ada)
    talking.write(two, by=cast.ada, text="", files=[row])
    network.block(cast.bo, cast.ada)
    hear()
    assert [cast.client(name).get(row.small_path).status_code for name in ("ada", "bo")] == [404, 404]


@pytest.mark.django_db(transaction=True)
def test_taken_back_its_files_are_gone_at_once(cast: Cast, two: Conversation) -> None:
    row = sounds.picture(cast.ada)
    said = talking.write(two, by=cast.ada, text="", files=[row])
    assert lies(row) == [True, True]
    talking.delete(said, by=cast.ada)
    assert lies(row) == [False, False]
    assert cast.client("bo").get(row.path).status_code == 404


def test_what_a_cascade_takes_is_cleared_by_the_clock(cast: Cast, two: Conversation) -> None:
    row, kept = sounds.picture(cast.ada), sounds.picture(cast.bo)
    talking.write(two, by=cast.ada, text="", files=[row])
    Conversation.objects.filter(pk=two.pk).delete()
    assert set(GoneFile.objects.values_list("name", flat=True)) == {row.stored, row.small}
    clear()
    assert (lies(row), lies(kept), GoneFile.objects.count()) == ([False, False], [True, True], 0)


def test_what_is_not_sent_is_forgotten_after_a_day(
    cast: Cast, two: Conversation, django_capture_on_commit_callbacks: Any
) -> None:
    old, young = sounds.file(cast.ada), sounds.file(cast.ada)
    day = int(timedelta(days=1, minutes=1).total_seconds() * 1000) << ids.LOW_BITS
    Attachment.objects.filter(pk=old.pk).update(id=old.pk - day)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep()
    assert list(Attachment.objects.values_list("pk", flat=True)) == [young.pk]
    assert (lies(old), lies(young)) == ([False], [True])


def test_only_so_many_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST_WAITING", 2)
    rows = [sounds.file(cast.ada) for _ in range(3)]
    assert set(Attachment.objects.values_list("pk", flat=True)) == {rows[1].pk, rows[2].pk}


def test_who_takes_it_off_takes_off_her_own_waiting_one(cast: Cast, two: Conversation) -> None:
    waiting, sent = sounds.file(cast.ada), sounds.file(cast.ada)
    talking.write(two, by=cast.ada, text="", files=[sent])
    for name, row, left in (("bo", waiting, 2), ("ada", sent, 2), ("ada", waiting, 1)):
        assert cast.client(name).post(f"{row.path}removal/").status_code == 204
        assert Attachment.objects.count() == left


def test_a_report_names_the_files_and_hands_over_none(cast: Cast, two: Conversation) -> None:
    said = talking.write(two, by=cast.ada, text="", files=[sounds.file(cast.ada)])
    said = Message.objects.select_related("conversation").get(pk=said.pk)
    assert reporting.report(said, by=cast.bo, words="").text == "tides.pdf"


def test_the_microphone_is_open_to_this_origin_alone(cast: Cast, two: Conversation) -> None:
    policy = cast.client("ada").get(two.path).headers["Permissions-Policy"]
    assert "microphone=(self)" in policy
    assert "camera=()" in policy


def test_a_child_that_talks_nonsense_is_not_believed(cast: Cast) -> None:
    for said in (
        b"",
        b"no\nftyp",
        b"[]\n",
        b'{"seconds": 1e400, "peaks": []}\n',
        b'{"seconds": 1, "peaks": [200]}\nxxxxftyp',
    ):
        with pytest.raises(voice.UnusableVoiceError):
            voice._read(said)
