"""The protocol, step by step, as clients of tus 1.0 speak it."""

import base64
import hashlib
import stat
from email.utils import parsedate_to_datetime

import pytest

from collegium.lib import clock
from collegium.uploads.models import Upload

WORDS = bytes(range(256)) * 40


def only():
    return Upload.objects.get()


def test_a_file_comes_in_pieces_and_is_whole_at_the_end(sender, incoming, cast):
    begun = sender.begin(len(WORDS), name="Ferien ☀.MP4")
    assert (begun.status, begun.offset) == (201, 0)
    path = begun.headers["location"]
    assert path == f"/uploads/{only().key}"
    for start in range(0, len(WORDS), 3000):
        piece = WORDS[start : start + 3000]
        answer = sender.piece(path, start, piece)
        assert (answer.status, answer.offset) == (204, start + len(piece))
        assert only().path.stat().st_size == answer.offset
    row = only()
    assert row.is_whole
    assert (row.owner, row.purpose, row.name, row.ending) == (cast.ada, "video", "Ferien ☀.MP4", ".mp4")
    assert row.path.read_bytes() == WORDS
    assert stat.S_IMODE(row.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(incoming.stat().st_mode) == 0o700


def test_how_far_it_is(sender):
    path = sender.begin(100).headers["location"]
    sender.piece(path, 0, b"x" * 60)
    answer = sender.ask("HEAD", path)
    assert (answer.status, answer.offset, answer.headers["upload-length"]) == (200, 60, "100")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["tus-resumable"] == "1.0.0"
    named = base64.b64encode(b"film.mp4").decode()
    assert f"filename {named}" in answer.headers["upload-metadata"]
    assert parsedate_to_datetime(answer.headers["upload-expires"]) > clock.now()


def test_what_the_server_can_do(sender_of):
    for path in ("/uploads/", f"/uploads/{'0' * 32}"):
        answer = sender_of("nobody").ask("OPTIONS", path, tus_resumable=None, x_csrftoken=None)
        assert answer.status == 204
        assert answer.headers["tus-version"] == "1.0.0"
        assert set(answer.headers["tus-extension"].split(",")) == {
            "creation", "creation-with-upload", "expiration", "checksum", "termination",
        }  # fmt: skip
        assert int(answer.headers["tus-max-size"]) == 1 << 30
        assert answer.headers["tus-checksum-algorithm"] == "sha256,sha1"


def test_the_first_piece_may_come_with_the_beginning(sender):
    begun = sender.begin(len(WORDS), body=WORDS[:500], content_type="application/offset+octet-stream")
    assert (begun.status, begun.offset) == (201, 500)
    assert only().path.read_bytes() == WORDS[:500]


def test_a_method_may_be_said_in_a_header(sender):
    path = sender.begin(3).headers["location"]
    answer = sender.ask(
        "POST", path, b"abc", x_http_method_override="PATCH", upload_offset=0,
        content_type="application/offset+octet-stream",
    )  # fmt: skip
    assert (answer.status, only().is_whole) == (204, True)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_may_say_what_it_amounts_to(sender, algorithm):
    path = sender.begin(20).headers["location"]
    digest = base64.b64encode(hashlib.new(algorithm, b"0123456789").digest()).decode()
    wrong = sender.piece(path, 0, b"0123456780", upload_checksum=f"{algorithm} {digest}")
    assert (wrong.status, only().offset) == (460, 0)
    assert sender.piece(path, 0, b"0123456789", upload_checksum=f"{algorithm} {digest}").status == 204
    assert sender.piece(path, 10, b"9876543210").status == 204
    assert only().path.read_bytes() == b"01234567899876543210"


@pytest.mark.parametrize("given", ["md5 AAAA", "sha1", "sha1 !!!", "sha256 AAAA", ""])
def test_other_checksums_are_refused(sender, given):
    path = sender.begin(20).headers["location"]
    assert sender.piece(path, 0, b"0123456789", upload_checksum=given).status == 400
    assert only().offset == 0


def test_letting_it_go(sender, incoming, django_capture_on_commit_callbacks):
    path = sender.begin(20).headers["location"]
    with django_capture_on_commit_callbacks(execute=True):
        assert sender.ask("DELETE", path).status == 204
    assert not Upload.objects.exists()
    assert list(incoming.iterdir()) == []
    for method in ("HEAD", "DELETE"):
        assert sender.ask(method, path).status == 404
    assert sender.piece(path, 0, b"x").status == 404


def test_a_body_that_breaks_off_keeps_what_came(sender):
    path = sender.begin(len(WORDS)).headers["location"]
    sender.piece(path, 0, [WORDS[:700], WORDS[700:900]], breaks=True)
    assert sender.ask("HEAD", path).offset == 900
    assert sender.piece(path, 900, WORDS[900:]).status == 204
    assert only().path.read_bytes() == WORDS


def test_a_checked_body_that_breaks_off_keeps_nothing(sender):
    path = sender.begin(20).headers["location"]
    digest = base64.b64encode(hashlib.sha1(b"0123456789").digest()).decode()
    sender.piece(path, 0, [b"012345678"], breaks=True, upload_checksum=f"sha1 {digest}")
    assert only().offset == 0


def test_an_empty_piece_moves_nothing(sender):
    path = sender.begin(20).headers["location"]
    answer = sender.piece(path, 0, b"")
    assert (answer.status, answer.offset) == (204, 0)


def test_long_bodies_are_acknowledged_on_their_way(sender, monkeypatch):
    """Whoever sends everything in one request loses little when the process is killed."""
    monkeypatch.setattr("collegium.uploads.piece.GATHERED", 1000)
    monkeypatch.setattr("collegium.uploads.piece.CHECKPOINT_BYTES", 2000)
    path = sender.begin(len(WORDS)).headers["location"]
    seen = []

    async def spy():
        seen.append(None)
        return WORDS[9000:]

    async def look():
        from collegium.uploads.desk import desk

        seen.append((await desk.ask(only)).offset)
        return b""

    pieces = [WORDS[at : at + 1000] for at in range(0, 9000, 1000)]
    assert sender.piece(path, 0, [*pieces[:5], look, *pieces[5:], spy], content_length=None).status == 204
    assert seen[0] == 4000
    assert only().path.read_bytes() == WORDS
