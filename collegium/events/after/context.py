"""That two people were at the same event: a line on what joins them (`network.context`). It opens nothing by itself.

Both let themselves be listed there, both came, and the reader sees the event now: so either could have read the other
in its list.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.events.after import there
from collegium.events.models import Event, Occurrence
from collegium.events.reading import times
from collegium.network.context import Line

EVENT = "event"
# Of the events one was at lately, for a page of people.
LATELY, MOST = 200, 2


def lines(viewer: Viewer, keys: Sequence[int]) -> Mapping[int, Sequence[Line]]:
    """A line for each of these people whom the viewer was with, for the latest times."""
    if viewer.member is None:
        return {}
    mine = there.there().filter(member=viewer.id, listed=True).order_by("-occurrence_id").values("occurrence")[:LATELY]
    pairs = (
        there.there()
        .filter(occurrence__in=mine, listed=True, member__in=list(keys))
        .values_list("member_id", "occurrence_id")
    )
    shared: dict[int, list[int]] = defaultdict(list)
    for member, occurrence in pairs:
        shared[member].append(occurrence)
    if not shared:
        return {}
    rows = Occurrence.objects.filter(pk__in={key for found in shared.values() for key in found})
    seen = (
        rows.filter(event__in=Event.objects.visible_to(viewer))
        .select_related("event")
        .defer("event__about", "event__html")
    )
    known = {row.pk: row for row in seen}
    return {member: _lines([known[key] for key in found if key in known]) for member, found in shared.items()}


def _lines(rows: Sequence[Occurrence]) -> list[Line]:
    """The latest of them."""
    latest = sorted(rows, key=lambda row: row.starts_at, reverse=True)[:MOST]
    return [Line(EVENT, _words(row), mark=str(row.pk)) for row in latest]


def _words(row: Occurrence) -> str:
    day = times.by_clock(row.starts_at, row.ends_at, row.event.zone)
    return _("You were both at %(event)s, %(day)s.") % {"event": row.event.title, "day": times.short_day(day.starts)}
