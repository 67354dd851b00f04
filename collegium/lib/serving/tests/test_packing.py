"""Pages are packed; files go as they are, with their length and their ranges."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from collegium.lib.serving.packing import Packing

WORDS = b"a page " * 200


@pytest.mark.parametrize(
    ("kind", "packed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("image/svg+xml", True),
        ("image/webp", False),
        ("video/mp4", False),
        ("application/pdf", False),
        ("text/vtt", True),
    ],
)
@pytest.mark.parametrize("streams", [False, True])
def test_what_is_packed(kind, packed, streams):
    request = RequestFactory(headers={"Accept-Encoding": "gzip"}).get("/")
    response = StreamingHttpResponse([WORDS], content_type=kind) if streams else HttpResponse(WORDS, content_type=kind)
    answer = Packing(lambda _request: response)(request)
    assert answer.has_header("Content-Encoding") == packed
    body = b"".join(answer.streaming_content) if streams else answer.content
    assert (body == WORDS) != packed


def test_a_part_of_a_text_stays_that_part():
    request = RequestFactory(headers={"Accept-Encoding": "gzip"}).get("/")
    part = HttpResponse(WORDS, content_type="text/vtt", status=206, headers={"Content-Range": "bytes 0-1399/9999"})
    assert Packing(lambda _request: part)(request).content == WORDS
