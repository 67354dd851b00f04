"""What leaves is kept by whoever asked, and asked for again with a tag: unchanged, it is not sent twice."""

from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

# So long nobody need ask again; what is closed meanwhile is read by some for this long.
AGE = 300
Answer = TypeVar("Answer", bound=HttpResponseBase)


def conditional(request: HttpRequest, body: str, content_type: str, modified: datetime | None = None) -> HttpResponse:
    """The text, or 304 where the reader has it already.

    Args:
        request: GET or HEAD.
        body: the whole text.
        content_type: its type, without the encoding.
        modified: when something in it last changed, where that is known.
    """
    response = HttpResponse(body, content_type=f"{content_type}; charset=utf-8")
    return tagged(request, response, sha256(body.encode()).hexdigest()[:32], modified)


def known(request: HttpRequest, tag: str) -> HttpResponse | None:
    """The answer 304, where the reader has what bears this tag; asked before anything is made."""
    return get_conditional_response(request, etag=_weak(tag))


def tagged(request: HttpRequest, response: Answer, tag: str, modified: datetime | None = None) -> Answer | HttpResponse:
    """The response with what readers need to ask again; everybody may keep it, and read it from a page of their own.

    Args:
        request: GET or HEAD.
        response: what is sent, unless the reader has it.
        tag: of this very content.
        modified: when something in it last changed.
    """
    # The tag alone decides: what was taken out of a feed leaves it no newer than it was.
    found = known(request, tag) or response
    found["ETag"] = _weak(tag)
    if modified is not None:
        found["Last-Modified"] = http_date(modified.timestamp())
    found["Cache-Control"] = f"public, max-age={AGE}"
    found["Cross-Origin-Resource-Policy"] = "cross-origin"
    found["Access-Control-Allow-Origin"] = "*"
    return found


def _weak(tag: str) -> str:
    """The same content may be packed in several ways on its way."""
    return f'W/"{tag}"'
