"""What the pages of groups share: the group at an address, the viewer's place in it, and the answer in its frame."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from collegium.audience.door import Request, signed_in
from collegium.groups.models import Group
from collegium.groups.reading import directory
from collegium.groups.seating import Place, place_of
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.ui.respond import respond

WRONG, TAKEN = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
View = Callable[..., HttpResponse]


def known(request: Request, handle: str) -> Group:
    """The group, when this viewer may know of it.

    Raises:
        Http404: she may not, or there is none.
    """
    row = directory.one(request.viewer, handle)
    if row is None:
        raise Http404
    return row


def in_place(view: View) -> View:
    """Gives the view the viewer's place in the group instead of its handle."""

    @wraps(view)
    def placed(request: Request, handle: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, place_of(request.viewer, known(request, handle)), *args, **kwargs)

    return placed


def kept(view: View) -> View:
    """For those who are signed in; what changes something is counted, and then `in_place`."""
    return signed_in(limit("groups.keeping", "200/h")(in_place(view)))


def at_door(view: View) -> View:
    """The same for coming and going, which happens less often."""
    return signed_in(limit("groups.doors", "60/h")(in_place(view)))


def show(request: Request, page: str, place: Place, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the group, or its main part where htmx asks."""
    return respond(request, page, "main", {"group": place.group, "seat": place, **context}, status=status)


def go(request: Request, path: str) -> HttpResponse:
    """There, whether a page asked or the dialog."""
    if request.htmx:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": path})
    return HttpResponseRedirect(path)


def conflict_of(act: Callable[[], object]) -> str:
    """Why it could not be done, as a sentence for the form; empty when it was."""
    try:
        act()
    except Conflict as conflict:
        return conflict.reason
    return ""
