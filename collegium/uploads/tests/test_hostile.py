"""What strangers, liars, bad lines and killed processes can do: nothing acknowledged is lost, or another's."""

import asyncio
import base64
import os
import shutil
from collections import namedtuple

import pytest
from django.contrib.sessions.models import Session

from collegium.members.models import Member
from collegium.testing.looping import run
from collegium.uploads import actions, places
from collegium.uploads import piece as piece_module
from collegium.uploads.desk import MOST_EACH, desk
from collegium.uploads.models import Upload

PIECE = "application/offset+octet-stream"


def only():
    return Upload.objects.get()


def coded(**values):
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


@pytest.fixture
def path(sender):
    return sender.begin(100).headers["location"]


# Who may begin at all. Written by hand: this is the policy.
@pytest.mark.parametrize(
    ("name", "status"),
    [("ada", 201), ("bo", 201), ("di", 201), ("ed", 201), ("hal", 201), ("gus", 403), ("nobody", 403)],
)
def test_who_may_begin(sender_of, name, status):
    assert sender_of(name).begin(10).status == status
    assert Upload.objects.count() == (status == 201)


@pytest.mark.parametrize("name", ["bo", "cy", "di", "ed", "eve", "flo", "hal"])
def test_somebody_elses_upload_is_not_there(sender, sender_of, path, name):
    sender.piece(path, 0, b"x" * 50)
    other = sender_of(name)
    absent = f"/uploads/{'0' * 32}"
    for ask in (
        lambda where: other.ask("HEAD", where),
        lambda where: other.piece(where, 50, b"y"),
        lambda where: other.ask("DELETE", where),
    ):
        hidden, missing = ask(path), ask(absent)
        assert (hidden.status, hidden.words, hidden.headers) == (404, missing.words, missing.headers)
    assert (only().offset, only().path.read_bytes()) == (50, b"x" * 50)


@pytest.mark.parametrize("name", ["gus", "nobody"])
def test_who_is_not_signed_in_or_out_of_standing_gets_nowhere(path, sender_of, name):
    other = sender_of(name)
    assert (
        other.ask("HEAD", path).status == other.piece(path, 0, b"x").status == other.ask("DELETE", path).status == 403
    )
    assert only().offset == 0


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://evil.example"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "null"},
        {"host": "evil.example"},
        {"x_csrftoken": None},
        {"x_csrftoken": ""},
        {"x_csrftoken": "a" * 64},
        {"x_csrftoken": "ä" * 32},
    ],
)
def test_pages_of_others_cannot_send(sender, path, lie):
    assert sender.piece(path, 0, b"x", **lie).status == 403
    assert sender.begin(5, **lie).status == 403
    assert sender.ask("DELETE", path, **lie).status == 403
    assert only().offset == 0


def test_another_version_of_the_protocol(sender, path):
    for given in (None, "0.2.2", "1.0.0 "):
        answer = sender.piece(path, 0, b"x", tus_resumable=given)
        assert (answer.status, answer.headers["tus-version"]) == (412, "1.0.0")


@pytest.mark.parametrize("length", ["-1", "", "1.5", "1e9", "٣", "9" * 40, "0x10", " 5", "+5", None])
def test_lengths_that_are_none(sender, length):
    assert sender.begin(5, upload_length=length and length.encode().decode("latin-1")).status == 400
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("length", "status"), [(0, 422), ((1 << 30) + 1, 413), (10**14, 413)])
def test_lengths_that_are_not_taken(sender, length, status):
    assert sender.begin(length).status == status


def test_a_length_that_would_be_said_later(sender):
    answer = sender.begin(5, upload_length=None, upload_defer_length="1")
    assert answer.status == 400


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        "",
        "filename",
        "filename !!!,purpose dmlkZW8=",
        "filename ZmlsbS5tcDQ=",
        "purpose dmlkZW8=",
        coded(filename="film.mp4", purpose="other"),
        coded(filename="film.mp4", purpose="video") + ",filename YQ==",
        coded(filename="film.mp4", purpose="video") + "," + ",".join(f"k{n} YQ==" for n in range(40)),
        coded(filename="a" * 5000 + ".mp4", purpose="video"),
        coded(filename="", purpose="video"),
        coded(filename="/", purpose="video"),
        "filename /////w==,purpose dmlkZW8=",
        "file\x00name YQ==,purpose dmlkZW8=",
        ",,,,,,,",
    ],
)
def test_descriptions_that_cannot_be_read(sender, metadata):
    assert sender.begin(5, upload_metadata=metadata).status == 400
    assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["film.exe", "film", ".mp4x", "film.mp4.html", "deck.pdf"])
def test_files_of_another_kind(sender, name):
    answer = sender.begin(5, name=name)
    assert answer.status == 422
    assert "MP4" in answer.words


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd.mp4", "passwd.mp4"),
        ("C:\\films\\x.mp4", "x.mp4"),
        ("/etc/x.mp4", "x.mp4"),
        ("x\0\n\u202ey.mp4", "xy.mp4"),
        ("ä" * 400 + ".mp4", "ä" * 196 + ".mp4"),
    ],
)
def test_names_are_words_and_no_paths(sender, incoming, given, kept):
    assert sender.begin(5, name=given).status == 201
    assert only().name == kept
    assert [place.name for place in incoming.iterdir()] == [only().key]


@pytest.mark.parametrize(
    "key",
    ["..", "%2e%2e", "0" * 31, "0" * 33, "G" * 32, "0" * 32 + "%0a", "../secret.key", "0" * 32 + "/", "a/b", "\0"],
)
def test_keys_that_are_none(sender, key, path):
    for answer in (sender.ask("HEAD", f"/uploads/{key}"), sender.piece(f"/uploads/{key}", 0, b"x")):
        assert answer.status in (404, 405)


def test_no_place_is_made_of_what_is_no_key():
    for key in ("", "..", "0" * 31, "0" * 32 + "\n", "../" + "0" * 29, "/" * 32):
        with pytest.raises(ValueError, match="key"):
            places.place_of(key)


@pytest.mark.parametrize("offset", [1, 99, 100, 101, 10**12])
def test_a_piece_that_begins_elsewhere(sender, path, offset):
    answer = sender.piece(path, offset, b"x")
    assert (answer.status, only().offset) == (409, 0)


@pytest.mark.parametrize("offset", ["-1", "", "x", "1e1", None])
def test_offsets_that_are_none(sender, path, offset):
    assert sender.piece(path, 0, b"x", upload_offset=offset).status == 400


@pytest.mark.parametrize("kind", [None, "application/octet-stream", "multipart/form-data; boundary=x", PIECE + ";a=b"])
def test_bodies_of_another_kind(sender, path, kind):
    assert sender.piece(path, 0, b"x", content_type=kind).status == 415


def test_more_than_was_said(sender, path):
    assert sender.piece(path, 0, b"x" * 101).status == 413
    assert only().offset == 0
    unannounced = sender.piece(path, 0, [b"x" * 60, b"x" * 60], content_length=None)
    assert unannounced.status == 413
    assert only().path.stat().st_size <= 100
    assert sender.piece(path, only().offset, b"y" * (100 - only().offset)).status == 204
    assert sender.piece(path, 100, b"z").status == 413
    assert only().path.stat().st_size == 100


def test_what_was_never_acknowledged_is_cut_off(sender, path):
    """Killed between the write and the word: the next piece begins where the last acknowledged one ended."""
    sender.piece(path, 0, b"a" * 40)
    with only().path.open("ab") as file:
        file.write(b"?" * 33)
    assert sender.ask("HEAD", path).offset == 40
    assert sender.piece(path, 40, b"b" * 60).status == 204
    assert only().path.read_bytes() == b"a" * 40 + b"b" * 60


def test_bytes_are_synced_before_they_are_acknowledged(sender, path, monkeypatch):
    told = []
    real_sync, real_advance = os.fsync, actions.advance
    monkeypatch.setattr(os, "fsync", lambda handle: (told.append("synced"), real_sync(handle))[1])
    monkeypatch.setattr(actions, "advance", lambda row, to: (told.append(to), real_advance(row, to))[1])
    sender.piece(path, 0, b"x" * 10)
    assert told == ["synced", 10]


def test_a_sync_that_fails_acknowledges_nothing(sender, path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert sender.piece(path, 0, b"x" * 10).status == 507
    assert only().offset == 0


def test_a_sender_who_stops_in_the_middle_is_let_go(sender, path, monkeypatch):
    monkeypatch.setattr(piece_module, "SILENCE", 0.05)

    async def never():
        await asyncio.sleep(3600)

    answer = sender.piece(path, 0, [b"x" * 30, never, b"y"], content_length=None)
    assert (answer.status, only().offset) == (408, 30)


def test_the_end_of_the_process_ends_a_piece_and_keeps_what_came(sender, path, monkeypatch):
    monkeypatch.setattr(piece_module, "GATHERED", 10)

    async def ending():
        desk.hang_up()
        await asyncio.sleep(3600)

    answer = sender.piece(path, 0, [b"x" * 10, b"y" * 10, ending], content_length=None)
    assert (answer.status, only().offset) == (408, 20)
    assert not desk._limits
    assert sender.piece(path, 20, b"z" * 80).status == 204


def test_a_write_that_comes_late_reaches_no_other_file(sender, path):
    """The number of a closed file may be another file's by then."""
    place = piece_module.Place(only())
    place.close()
    for late in (lambda: place.write(b"x", None), place.sync, lambda: place.begin(0), place.close):
        with pytest.raises(OSError, match="closed"):
            late()


def suspend(cast):
    Member.objects.filter(pk=cast.ada.pk).update(standing=Member.Standing.SUSPENDED)


@pytest.mark.parametrize(
    "end", [suspend, lambda _cast: Session.objects.all().delete()], ids=["suspended", "signed out"]
)
def test_an_end_in_the_middle_of_a_piece(sender, path, cast, monkeypatch, end):
    """What came before stays as it is; nothing after it is acknowledged."""
    monkeypatch.setattr(piece_module, "GATHERED", 10)
    monkeypatch.setattr(piece_module, "CHECKPOINT_BYTES", 10)

    async def ending():
        await desk.ask(end, cast)
        return b"y" * 10

    answer = sender.piece(path, 0, [b"x" * 10, ending, b"z" * 10])
    assert (answer.status, only().offset) == (403, 10)
    assert sender.ask("HEAD", path).status == 403


def test_an_upload_that_is_let_go_while_it_comes(sender, path, monkeypatch):
    monkeypatch.setattr(piece_module, "GATHERED", 10)
    monkeypatch.setattr(piece_module, "CHECKPOINT_BYTES", 10)

    async def gone():
        await desk.ask(Upload.objects.all().delete)
        return b"y" * 10

    assert sender.piece(path, 0, [b"x" * 10, gone, b"z"]).status == 410


def test_two_pieces_at_once(sender, path):
    """One wins; the other is told that the file is busy, and not a byte of it is kept."""

    async def both():
        other = []

        async def meanwhile():
            other.append(await sender.asked("PATCH", path, b"b" * 100, upload_offset=0, content_type=PIECE))
            return b"a" * 50

        kind = {"upload_offset": 0, "content_type": PIECE, "content_length": None}
        return await sender.asked("PATCH", path, [b"a" * 50, meanwhile], **kind), other[0]

    first, second = run(both())
    assert (first.status, second.status) == (204, 423)
    assert only().path.read_bytes() == b"a" * 100


def test_the_same_piece_twice_is_kept_once(sender, path):
    assert sender.piece(path, 0, b"a" * 50).status == 204
    assert sender.piece(path, 0, b"a" * 50).status == 409
    assert only().path.stat().st_size == 50


def test_few_at_once_for_each_member(sender):
    paths = [sender.begin(10).headers["location"] for _ in range(MOST_EACH + 1)]

    async def all_of_them():
        gate, waiting = asyncio.Event(), asyncio.Semaphore(0)

        async def wait():
            waiting.release()
            await gate.wait()
            return b"x"

        kind = {"upload_offset": 0, "content_type": PIECE, "content_length": None}
        under_way = [asyncio.ensure_future(sender.asked("PATCH", each, [wait], **kind)) for each in paths[:-1]]
        for _ in under_way:
            await waiting.acquire()
        refused = await sender.asked("PATCH", paths[-1], b"x", upload_offset=0, content_type=PIECE)
        gate.set()
        return refused, [(await each).status for each in under_way]

    refused, rest = run(all_of_them())
    assert (refused.status, rest) == (429, [204] * MOST_EACH)
    assert not desk._sending
    assert sender.piece(paths[-1], 0, b"x").status == 204


def test_one_more_takes_the_place_of_what_was_left_alone(sender, incoming, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(actions.MOST_WAITING):
            assert sender.begin(5).status == 201
        assert sender.begin(5).status == 422, "all of them are just being sent"
        oldest = Upload.objects.order_by("pk").first()
        Upload.objects.filter(pk=oldest.pk).update(touched_at=oldest.touched_at - 2 * actions.IN_USE)
        assert sender.begin(5).status == 201
    assert not Upload.objects.filter(pk=oldest.pk).exists()
    assert len(list(incoming.iterdir())) == Upload.objects.count() == actions.MOST_WAITING


def test_two_gigabytes_are_the_most_that_waits(sender):
    assert [sender.begin(1 << 30).status for _ in range(3)] == [201, 201, 422]


def test_a_disk_that_is_nearly_full(sender, monkeypatch):
    """What is still to come of others counts as well."""
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil's
    free = places.free()
    assert free > 0
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage(0, 0, actions.SPARE + 1500))
    assert sender.begin(1000).status == 201
    assert sender.begin(1000).status == 507
    assert sender.begin(500).status == 201


def test_beginning_again_and_again(sender, monkeypatch):
    monkeypatch.setattr("collegium.uploads.tus.BEGINNINGS", "2/h")
    statuses = [sender.begin(5).status for _ in range(3)]
    assert statuses == [201, 201, 429]


@pytest.mark.parametrize("method", ["GET", "PUT", "TRACE", "POST", "XYZ"])
def test_other_methods(sender, path, method):
    assert sender.ask("POST", path, x_http_method_override=method).status == 405


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "GET"])
def test_a_harmless_method_does_no_harm_under_another_name(sender, path, method):
    answer = sender.ask(method, path, x_http_method_override="DELETE", x_csrftoken=None)
    assert answer.status in (200, 204, 405)
    assert Upload.objects.exists()
