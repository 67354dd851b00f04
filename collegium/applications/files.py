"""Handing out what was sent as files: to the applicant, and by `hiring` to those who hire. Whoever calls has judged."""

from django.http import Http404, HttpRequest, HttpResponse

from collegium.applications.models import Sent
from collegium.media.serving import send

# Past the folders of a stored name stands what tells one content from another.
_TAG = slice(6, 38)


def cv(sent: Sent, request: HttpRequest) -> HttpResponse:
    """The CV, only ever to be kept.

    Raises:
        Http404: none was sent.
    """
    if not sent.cv_stored:
        raise Http404
    return file(request, sent.cv_stored, sent.cv_type, sent.cv_name)


def photo(sent: Sent, request: HttpRequest) -> HttpResponse:
    """The picture.

    Raises:
        Http404: none was sent.
    """
    if not sent.photo:
        raise Http404
    tag = sent.photo[_TAG]
    return send(request, sent.photo, content_type="image/webp", tag=tag, filename="photo.webp")


def file(request: HttpRequest, stored: str, content_type: str, name: str) -> HttpResponse:
    """A kept file, as an attachment that no browser looks into."""
    return send(request, stored, content_type=content_type, tag=stored[_TAG], filename=name, inline=False)
