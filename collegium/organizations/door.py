"""The door of every address of an organisation: a record that was merged leads on to the one that stands for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from collegium.audience.door import Request
from collegium.organizations.models import Organization


def of_organization(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the record instead of the handle in its address.

    What was merged is moved for good when it is read (301, with the rest of the address and its question), and not
    there when something is sent to it: a form that was open during a merge must not act on another record unseen.
    """

    @wraps(view)
    def opened(request: Request, handle: str, *args: Any, **kwargs: Any) -> HttpResponse:
        row = Organization.objects.select_related("merged_into").filter(handle=handle).first()
        if row is None:
            raise Http404
        if row.merged_into is None:
            return view(request, row, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            raise Http404
        old, new = row.path, row.merged_into.path
        return HttpResponsePermanentRedirect(new + request.get_full_path().removeprefix(old))

    return opened
