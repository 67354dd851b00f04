"""A few applicants side by side."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.applications import actions
from collegium.audience.door import Request
from collegium.hiring.reading import comparing
from collegium.hiring.reading.sheet import criteria
from collegium.hiring.views.common import Desk, at_desk, number, one, show


@require_safe
@at_desk
def compare(request: Request, desk: Desk) -> HttpResponse:
    """Those chosen, in the order they came; to read them here is to read them."""
    keys = sorted({key for text in request.GET.getlist("who") if (key := number(text)) is not None})
    found = None
    if comparing.FEWEST <= len(keys) <= comparing.MOST:
        rows = [one(request, desk, key) for key in keys]
        if request.method == "GET":
            for row in rows:
                actions.seen(row, by=request.viewer.me)
        found = comparing.table(request.viewer, desk.opening, [one(request, desk, key) for key in keys])
    return show(request, "hiring/compare.html", desk, table=found, number=len(keys), criteria=criteria(desk.opening))
