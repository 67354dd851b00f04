"""What the pages of this room share."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from collegium.audience import people
from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.members.models import Member

View = Callable[..., HttpResponse]
HIGHEST_KEY = 2**63 - 1


def for_members(view: View) -> View:
    """Only for members; others are sent to sign in and come back. A person who left meanwhile is absent."""

    @signed_in
    @limit("vouching.write", rate="600/h")
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Member.DoesNotExist:
            raise Http404 from None

    return guarded


def person(request: Request, handle: str) -> Member:
    """The person with this handle, when the viewer sees her and is not she herself.

    Raises:
        Http404: otherwise.
    """
    return get_object_or_404(people.visible_to(request.viewer).exclude(pk=request.viewer.id), handle=handle)


def key(pk: int) -> int:
    """The key, when the database could hold it.

    Raises:
        Http404: otherwise.
    """
    if pk > HIGHEST_KEY:
        raise Http404
    return pk


def back(request: Request, default: str) -> str:
    """Where a plain form sends its reader: to the page it stood on."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    stays = ours and not urlsplit(referer).path.endswith(("/return/", "/edit/", "/retraction/"))
    return referer if stays else default
