"""What the pages of hiring share: the opening at an address, what the viewer may do there, one application of it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse, HttpResponseRedirect

from collegium.applications.models import Application
from collegium.audience.door import Request, signed_in
from collegium.hiring.reading.sheet import find
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, Refusal
from collegium.openings import rules
from collegium.openings.models import Opening, Part
from collegium.ui.respond import respond

WRONG, TAKEN = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
LARGEST = 2**63 - 1
DIGITS = 19
View = Callable[..., HttpResponse]


class Desk(NamedTuple):
    """An opening, and what the viewer does on it."""

    opening: Opening
    part: Part

    @property
    def path(self) -> str:
        """Of its pipeline."""
        return f"{self.opening.path}hiring/"

    @property
    def assesses(self) -> bool:
        """Whether she writes notes and scorecards."""
        return self.part >= Part.INTERVIEWER

    @property
    def moves(self) -> bool:
        """Whether she moves and answers."""
        return self.part >= Part.RECRUITER


def at_desk(view: View) -> View:
    """For those who hire for the opening; for everybody else there is nothing at this address."""

    @wraps(view)
    def seated(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = Opening.objects.filter(pk=min(pk, LARGEST)).select_related("organization")
        opening = rows.first()
        part = rules.part(request.viewer.member, opening) if opening is not None else None
        if opening is None or part is None:
            raise Http404
        return view(request, Desk(opening, part), *args, **kwargs)

    return signed_in(limit("hiring.working", "1200/h")(seated))


def one(request: Request, desk: Desk, key: int) -> Application:
    """One application of this opening.

    Raises:
        Http404: there is none, it is erased, or it is the viewer's own.
    """
    row = find(request.viewer, desk.opening, key)
    if row is None:
        raise Http404
    row.opening = desk.opening
    return row


def show(
    request: Request, page: str, desk: Desk, *, block: str = "main", status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the desk, or a part of it where htmx asks; never kept by anybody on the way."""
    response = respond(request, page, block, {"desk": desk, "opening": desk.opening, **context}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def go(request: Request, path: str) -> HttpResponse:
    """There, whether a page asked or the dialog."""
    if request.htmx:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": path})
    return HttpResponseRedirect(path)


def hindered(act: Callable[[], object]) -> str:
    """Why it could not be done, as a sentence for the form; empty when it was.

    Raises:
        Refusal: without a sentence, she may not at all.
    """
    try:
        act()
    except Conflict as conflict:
        return conflict.reason
    except Refusal as refusal:
        if not refusal.reason:
            raise
        return refusal.reason
    return ""


def number(text: str) -> int | None:
    """A key as an address or a form says it; None for anything else."""
    return min(int(text), LARGEST) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
