"""Files on their way out: every range there is, from a disk and from a bucket, and never anything but a file."""

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import RequestFactory

from collegium.lib.serving.handing import HEADER, KEY, Handing
from collegium.media import keeping, serving
from collegium.testing.storages import KINDS, lying_in

FILE = bytes(range(256)) * 4
SIZE = len(FILE)


@pytest.fixture(params=KINDS)
def storage(request, settings, tmp_path):
    with lying_in(request.param, settings, tmp_path / "media"):
        yield request.param


@pytest.fixture
def name(storage):
    return keeping.keep(FILE, ".webm")


def send(name, method="GET", scope=None, **headers):
    request = getattr(RequestFactory(headers=headers), method.lower())("/x", **({"asgi.scope": scope} if scope else {}))
    return serving.send(request, name, content_type="video/webm", tag="t1", filename="Ferien ☀.webm")


def content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


RANGES = [
    # asked, status, first, last
    (None, 200, 0, SIZE - 1),
    ("bytes=0-0", 206, 0, 0),
    ("bytes=0-", 200, 0, SIZE - 1),
    ("bytes=1-", 206, 1, SIZE - 1),
    ("bytes=10-19", 206, 10, 19),
    ("bytes= 10-19 ", 206, 10, 19),
    ("bytes=1023-1023", 206, 1023, 1023),
    ("bytes=1000-99999999", 206, 1000, SIZE - 1),
    ("bytes=0-1023", 200, 0, SIZE - 1),
    ("bytes=-1", 206, 1023, 1023),
    ("bytes=-10", 206, 1014, 1023),
    ("bytes=-99999999", 200, 0, SIZE - 1),
    ("bytes=1024-", 416, None, None),
    ("bytes=5000-6000", 416, None, None),
    ("bytes=-0", 416, None, None),
    ("bytes=999999999999999999-", 416, None, None),
    # What is no single range of bytes is answered with everything.
    ("bytes=0-9,20-29", 200, 0, SIZE - 1),
    ("bytes=9-0", 200, 0, SIZE - 1),
    ("bytes=-", 200, 0, SIZE - 1),
    ("bytes=", 200, 0, SIZE - 1),
    ("bytes=a-b", 200, 0, SIZE - 1),
    ("bytes=--5", 200, 0, SIZE - 1),
    ("bytes=٣-", 200, 0, SIZE - 1),
    ("bytes=9999999999999999999999-", 200, 0, SIZE - 1),
    ("items=0-9", 200, 0, SIZE - 1),
    ("bytes=0-9" + ",0-9" * 5000, 200, 0, SIZE - 1),
]


@pytest.mark.parametrize(("asked", "status", "first", "last"), RANGES, ids=lambda each: str(each)[:30])
@pytest.mark.parametrize("large", [False, True], ids=["at once", "in pieces"])
def test_ranges(name, monkeypatch, asked, status, first, last, large):
    if large:
        monkeypatch.setattr(serving, "AT_ONCE", 0)
    headers = {"Range": asked} if asked else {}
    whole, head = send(name, **headers), send(name, "HEAD", **headers)
    for response in (whole, head):
        assert response.status_code == status
        assert response["Accept-Ranges"] == "bytes"
        assert response["ETag"] == '"t1"'
    if status == 416:
        assert whole["Content-Range"] == f"bytes */{SIZE}"
        assert content(whole) == b""
        return
    part = FILE[first : last + 1]
    assert content(whole) == part
    assert content(head) == b""
    for response in (whole, head):
        assert response["Content-Length"] == str(len(part))
        assert response.get("Content-Range") == (f"bytes {first}-{last}/{SIZE}" if status == 206 else None)


@pytest.mark.parametrize(
    ("given", "status"),
    [('"t1"', 206), ('"t0"', 200), ('W/"t1"', 200), ("Mon, 23 Nov 2026 00:00:00 GMT", 200), ("", 200), ("*", 200)],
)
def test_a_range_of_a_file_that_changed_is_the_whole(name, given, status):
    response = send(name, **{"Range": "bytes=0-9", "If-Range": given})
    assert response.status_code == status


@pytest.mark.parametrize("given", ['"t1"', 'W/"t1"', '"x", "t1"', "*"])
def test_what_the_browser_has_is_not_sent_again(name, given):
    for method in ("GET", "HEAD"):
        response = send(name, method, **{"If-None-Match": given, "Range": "bytes=0-9"})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", '"t1"')


def test_it_is_a_file_and_nothing_else(name):
    response = send(name)
    assert response["Content-Type"] == "video/webm"
    assert (
        response["Content-Disposition"]
        == "inline; filename=\"Ferien _.webm\"; filename*=UTF-8''Ferien%20%E2%98%80.webm"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, no-cache"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("called", ['a"b.pdf', "a\r\nSet-Cookie: x=y.pdf", "a\\b.pdf", "", "x" * 500])
def test_no_name_breaks_out_of_its_header(name, called):
    request = RequestFactory().get("/x")
    said = serving.send(request, name, content_type="a/b", tag="t", filename=called, inline=False)[
        "Content-Disposition"
    ]
    assert said.startswith('attachment; filename="')
    assert said.count('"') == 2
    assert not {"\r", "\n", "\\"} & set(said)


def test_a_file_that_is_gone(storage):
    for method in ("GET", "HEAD"):
        with pytest.raises(Http404):
            send(keeping._name("0" * 64, ".webm"), method)


def test_a_file_that_goes_while_it_is_asked_for(name, monkeypatch):
    size = default_storage.size(name)
    keeping.remove(name)
    monkeypatch.setattr(type(default_storage._wrapped), "size", lambda *_: size)
    with pytest.raises(Http404):
        send(name)


def test_behind_the_door_the_bytes_are_left_to_it(name, storage, monkeypatch):
    monkeypatch.setattr(serving, "AT_ONCE", 0)
    for asked, part in (({}, FILE), ({"Range": "bytes=5-99"}, FILE[5:100])):
        place = Handing()
        response = send(name, scope={KEY: place}, **asked)
        assert (response.content, response[HEADER], response["Content-Length"]) == (b"", "1", str(len(part)))
        assert b"".join(place.file.pieces()) == part
        # The web server can send a whole file by itself, where there is one.
        assert bool(place.file.path) == (storage == "disk" and part == FILE)
    place = Handing()
    send(name, "HEAD", scope={KEY: place})
    assert place.file is None


def test_the_proxy_is_told_where_it_lies(name, storage, settings):
    settings.ACCEL = "/_files/"
    response = send(name)
    if storage == "disk":
        assert response["X-Accel-Redirect"] == f"/_files/{name}"
        assert response.content == b""
    else:
        assert (response.content, response.has_header("X-Accel-Redirect")) == (FILE, False)
    assert content(send(name, "HEAD")) == b""
    assert not send(name, "HEAD").has_header("X-Accel-Redirect")


def test_names_are_never_given_twice_and_tell_nothing(storage, tmp_path):
    place = tmp_path / "film"
    place.write_bytes(FILE)
    names = {keeping.keep(FILE, ".webm"), keeping.keep(place, ".webm"), keeping.keep(place, ".webm")}
    assert len(names) == 3
    for name in names:
        assert keeping.NAME.fullmatch(name)
        assert len(name) <= keeping.NAME_LENGTH
        with default_storage.open(name) as file:
            assert file.read() == FILE
    keeping.remove(name)
    assert [default_storage.exists(each) for each in names].count(True) == 2
    assert place.read_bytes() == FILE


@pytest.mark.parametrize("name", ["", "x", "../../etc/passwd", "aa/bb/" + "a" * 64, "aa/bb/" + "a" * 64 + ".exe/.."])
def test_removing_what_is_no_name_of_ours(storage, name):
    keeping.remove(name)
    keeping.remove(keeping._name("0" * 64, ".mp4"))


@pytest.mark.parametrize("ending", ["", "mp4", ".", "./x", ".mp4/", ".MP4", "." + "a" * 9])
def test_endings_that_are_none(storage, ending):
    with pytest.raises(ValueError, match="ending"):
        keeping.keep(b"x", ending)
