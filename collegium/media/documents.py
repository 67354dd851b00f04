"""Documents that people upload: kept as they are, told from other files by both ends, and only ever handed out to keep.

A browser that opened one here would run whatever it holds under our name; it is sent as an attachment, with a type that
is not guessed at and a policy that allows nothing.
"""

import hashlib
import re
import secrets
from urllib.parse import quote

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.media.serving import SANDBOX
from collegium.media.storage import name_of

MOST_BYTES = 10 * 1024 * 1024
_KEY = re.compile(r"[0-9a-f]{64}")
# Readers accept a little before the header and after the end.
_AROUND = 1024


def problem_of(data: bytes) -> str | Promise:
    """Why a file cannot be kept as a document; empty when it can.

    Args:
        data: the file; one byte more than allowed is enough.
    """
    if not data:
        return _("The file is empty. Please choose another.")
    if len(data) > MOST_BYTES:
        return _("The file is larger than 10 MB. Please choose a smaller one.")
    if not is_document(data) or b"%%EOF" not in data[-_AROUND:] or b"startxref" not in data[-2 * _AROUND :]:
        return _("This PDF is damaged or incomplete. Please try another file.")
    return ""


def is_document(data: bytes) -> bool:
    """Whether a file says at its beginning that it is a PDF; its name and declared type are not asked."""
    return b"%PDF-" in data[:_AROUND]


def store_document(data: bytes) -> str:
    """Keep a document, on disk for good when this returns; the key is never given twice (see `storage.store`)."""
    key = hashlib.sha256(secrets.token_bytes(16) + data).hexdigest()
    default_storage.save(place_of(key), ContentFile(data))
    return key


def discard_document(key: str) -> None:
    """Delete a document that no row carries any more. What is not there is no error."""
    if _KEY.fullmatch(key):
        default_storage.delete(place_of(key))


def place_of(key: str) -> str:
    """Where it lies, among the other files."""
    return f"{key[:2]}/{key[2:4]}/{key}.pdf"


def hand_out_document(key: str, name: str) -> HttpResponse:
    """The document, to be kept and not opened here. Whoever calls has asked whether the reader may have it.

    Args:
        key: of the row that carries it.
        name: what the file is to be called, with its ending.

    Raises:
        Http404: the file is gone.
    """
    response = HttpResponse(_read(place_of(key)), content_type="application/pdf")
    response["Content-Disposition"] = f"attachment; filename=\"document.pdf\"; filename*=UTF-8''{quote(name, safe='')}"
    return guarded(response)


def hand_out_picture(key: str, width: int) -> HttpResponse:
    """One size of a picture that was encoded here. Whoever calls has asked whether the reader may have it.

    Raises:
        Http404: the file is gone.
    """
    return guarded(HttpResponse(_read(name_of(key, width)), content_type="image/webp"))


def guarded(response: HttpResponse) -> HttpResponse:
    """A file that can run nothing, load nothing, and is handed to nobody else by a cache in between."""
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _read(name: str) -> bytes:
    try:
        with default_storage.open(name) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        raise Http404 from None
