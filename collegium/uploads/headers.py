"""What senders say in headers (tus 1.0), read strictly: anything odd is an answer of 400 and goes no further."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from starlette.requests import Request

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
CHECKSUMS: dict[str, Callable[[], Any]] = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}
MOST_METADATA, MOST_PAIRS = 4096, 16
_NUMBER = re.compile(r"[0-9]{1,15}")
_NAME = re.compile(r"[!-+\--~]{1,64}")


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The request is answered here: with a status, a sentence, and more headers."""

    def __init__(self, status: int, words: str = "", **headers: str) -> None:
        super().__init__(status)
        self.status, self.words = status, words
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass
class Checksum:
    """What a piece is said to amount to."""

    algorithm: str
    digest: bytes


def require_version(request: Request) -> None:
    """The sender speaks this version of the protocol."""
    if request.headers.get("tus-resumable") != VERSION:
        raise Refused(412, _("This speaks tus 1.0.0."), Tus_Version=VERSION)


class _Check(CsrfViewMiddleware):
    """Django's own judgement of tokens, as an answer in place of a page."""

    def _reject(self, _request: HttpRequest, _reason: str) -> HttpResponse:
        return HttpResponse(status=403)


_check = _Check(lambda _request: HttpResponse())


def require_token(request: Request) -> None:
    """The sender read a page of ours: the token in the header is the one of the cookie, as for any form."""
    asked = HttpRequest()
    # Whatever the method is said to be: only what changes something comes here.
    asked.method, asked.COOKIES = "PATCH", dict(request.cookies)
    asked.META = {settings.CSRF_HEADER_NAME: request.headers.get("x-csrftoken", "")}
    _check.process_request(asked)
    if _check.process_view(asked, _answer, (), {}) is not None:
        raise Refused(403, _("This page has been open for too long. Please load it again."))


def _answer(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def number(request: Request, name: str) -> int:
    """A count of bytes."""
    given = request.headers.get(name, "")
    if not _NUMBER.fullmatch(given):
        raise Refused(400, _("%(name)s must be a number of bytes.") % {"name": name})
    return int(given)


def announced(request: Request) -> int | None:
    """The length of the body; None when it comes in chunks."""
    given = request.headers.get("content-length")
    return int(given) if given is not None and _NUMBER.fullmatch(given) else None


def metadata(request: Request) -> dict[str, str]:
    """What is said of a file: names, each with a value in base64."""
    given = request.headers.get("upload-metadata", "")
    pairs = [pair.strip(" ").partition(" ") for pair in given.split(",")] if given.strip() else []
    if len(given) > MOST_METADATA or len(pairs) > MOST_PAIRS:
        raise Refused(400, _("Upload-Metadata is too long."))
    found: dict[str, str] = {}
    for name, _space, value in pairs:
        if not _NAME.fullmatch(name) or name in found:
            raise Refused(400, _("Upload-Metadata cannot be read."))
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            raise Refused(400, _("Upload-Metadata cannot be read.")) from None
    return found


def described(**values: str) -> str:
    """The same the other way round."""
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


def checksum(request: Request) -> Checksum | None:
    """What the sender says the piece amounts to, when she says it."""
    given = request.headers.get("upload-checksum")
    if given is None:
        return None
    algorithm, _space, value = given.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if algorithm not in CHECKSUMS or len(digest) != CHECKSUMS[algorithm]().digest_size:
        raise Refused(400, _("Upload-Checksum must be sha1 or sha256, and the digest in base64."))
    return Checksum(algorithm, digest)
