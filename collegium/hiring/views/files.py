"""The applications to take along."""

import json as coding
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.hiring import exporting
from collegium.hiring.reading import asked as asking
from collegium.hiring.stages import columns
from collegium.hiring.views.common import Desk, at_desk
from collegium.lib import cells
from collegium.lib.limits import limit
from collegium.lib.refusal import require

_OFTEN = limit("hiring.files", "60/h", reads=True)


@require_safe
@_OFTEN
@at_desk
def table(request: Request, desk: Desk) -> HttpResponse:
    """For spreadsheets."""
    heads, lines = exporting.lines(desk.opening, _entries(request, desk))
    return _file(desk, cells.table(heads, lines), "text/csv; charset=utf-8", "csv")


@require_safe
@_OFTEN
@at_desk
def json(request: Request, desk: Desk) -> HttpResponse:
    """For programs."""
    opening = {"number": desk.opening.pk, "title": desk.opening.title, "organization": desk.opening.organization.name}
    held = {"opening": opening, "applications": list(_entries(request, desk))}
    return _file(desk, coding.dumps(held, ensure_ascii=False, indent=1), "application/json", "json")


def _entries(request: Request, desk: Desk) -> Iterator[dict[str, Any]]:
    require(desk.moves, _("Only recruiters and leads take the applications along."))
    return exporting.entries(request.viewer, desk.opening, columns(desk.opening), asking.read(request.GET))


def _file(desk: Desk, content: str, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="applications-{desk.opening.pk}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response
