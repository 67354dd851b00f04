"""All events: what one comes to, is invited to, and might come to."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.events.models import Form
from collegium.events.reading import directory
from collegium.events.reading.directory import Shelf
from collegium.lib import clock
from collegium.lib.limits import limit
from collegium.ui.respond import respond

MONTHS = 12


@require_safe
@limit("events.browse", rate="1200/h", reads=True)
def events(request: Request) -> HttpResponse:
    """One shelf of them."""
    viewer = request.viewer
    shelf = _shelf(request)
    form, month, after = (request.GET.get(name, "")[:80] for name in ("form", "month", "after"))
    found = directory.listing(viewer, shelf, form=form, month=month, after=after)
    chosen = {name: value for name, value in (("form", form), ("month", month)) if value}
    context: dict[str, Any] = found | {
        "shelf": shelf.value,
        "form": form,
        "month": month,
        "forms": Form.choices,
        "months": _months(back=shelf == Shelf.PAST),
        "invited": directory.invited_count(viewer) if not after else 0,
        "older": f"/events/?{urlencode({'shelf': shelf.value, **chosen, 'after': found['more']})}"
        if found["more"]
        else "",
        "kept": urlencode(chosen),
    }
    return respond(request, "events/directory.html", "stretch" if after else "main", context)


def _shelf(request: Request) -> Shelf:
    """What was asked for; else what one comes to, and to whoever is signed out what is open to all."""
    if not request.viewer:
        return Shelf.OPEN
    asked = request.GET.get("shelf", "")
    return Shelf(asked) if asked in set(Shelf) else Shelf.MINE


def _months(*, back: bool) -> list[tuple[str, str]]:
    """The months one can narrow to."""
    first = clock.now().replace(day=1)
    found = []
    for step in range(MONTHS):
        count = first.year * 12 + first.month - 1 + (-step if back else step)
        day = datetime(count // 12, count % 12 + 1, 1)  # noqa: DTZ001 - a month has no zone
        found.append((f"{day:%Y-%m}", formats.date_format(day, "F Y")))
    return [("", _("Any month")), *found]
