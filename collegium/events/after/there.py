"""Who was at something: told to those who were there themselves, of those who let themselves be listed."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.events.models import Attendance, Occurrence
from collegium.events.models.attendances import AttendanceQuerySet
from collegium.lib import clock, cursor
from collegium.ties.models import Connection

PAGE = 50


def there(now: datetime | None = None) -> AttendanceQuerySet:
    """Who came to what has begun: who was let in at the door; where nobody stood at the door, who said she comes."""
    begun = Attendance.objects.going().filter(
        occurrence__starts_at__lte=now or clock.now(),
        occurrence__cancelled_at=None,
        occurrence__event__cancelled_at=None,
    )
    at_door = Attendance.objects.filter(occurrence=OuterRef("occurrence"), checked_in_at__isnull=False)
    return begun.filter(Q(checked_in_at__isnull=False) | ~Exists(at_door))


def was_there(viewer: Viewer, occurrence: Occurrence) -> Attendance | None:
    """The viewer's own row, if she came."""
    return there().filter(occurrence=occurrence, member=viewer.id).first() if viewer else None


def may_look(viewer: Viewer, occurrence: Occurrence, *, hosting: bool) -> bool:
    """Who came, and the hosts, once it has begun."""
    return occurrence.has_begun and (hosting or was_there(viewer, occurrence) is not None)


def others(viewer: Viewer, occurrence: Occurrence, after: str = "") -> dict[str, Any]:
    """A page of those who came and let themselves be listed: whom one does not know yet first.

    Raises:
        Http404: the cursor is none of ours.
    """
    found = people.findable_by(viewer).values("pk")
    rows = there().filter(occurrence=occurrence, listed=True, member__in=found).exclude(member=viewer.id)
    rows = rows.annotate(near=Exists(Connection.objects.filter(member=viewer.id, other=OuterRef("member"))))
    if after:
        near, key = cursor.unpack(after, 2)
        later = Q(near=bool(near), pk__gt=key)
        rows = rows.filter(later if near else later | Q(near=True))
    page = list(rows.select_related("member").order_by("near", "id")[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    more = cursor.pack(int(getattr(last, "near", False)), last.pk) if last is not None else ""
    return {"rows": page[:PAGE], "more": more}
