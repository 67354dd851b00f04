"""How a reminder reads, who may still read it, and when it is taken back."""

from collections.abc import Collection

from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.events.models import Attendance, Event, Occurrence, Reminded
from collegium.events.reading import times
from collegium.events.reminding.due import REMINDER
from collegium.journal.models import Entry
from collegium.notifications.hours import known
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import retract


def changed(entry: Entry) -> None:
    """A reminder of hours that are no longer so is taken back; the news of the change stands instead."""
    told = Reminded.objects.filter(attendance__occurrence__event=entry.subject or 0)
    old = told.exclude(starts_at=F("attendance__occurrence__starts_at"))
    for key in set(old.values_list("attendance__occurrence_id", flat=True)):
        retract(kind=REMINDER, subject=key)


def _visible(viewer: Viewer, keys: Collection[int]) -> dict[int, Occurrence]:
    """Those that happen, that she sees, and that she still comes to."""
    mine = Attendance.objects.going().filter(member=viewer.id, occurrence__in=list(keys)).values("occurrence")
    rows = Occurrence.objects.standing().filter(pk__in=mine, event__cancelled_at=None)
    rows = rows.filter(event__in=Event.objects.visible_to(viewer))
    return {row.pk: row for row in rows.select_related("event").defer("event__about", "event__html")}


def _phrase(told: Notification) -> SafeString:
    row = told.about
    if not isinstance(row, Occurrence):
        return format_html("{}", _("Something you come to begins soon"))
    zone = told.data.get("zone", "")
    when = times.by_clock(row.starts_at, row.ends_at, zone if zone in known() else row.event.zone)
    sentence = _("You come to {title}: {when} ({place})")
    return format_html(
        sentence, title=format_html("<q><bdi>{}</bdi></q>", row.event.title), when=when.line, place=when.place
    )


def _path(told: Notification) -> str:
    return f"/events/{told.data.get('event', 0)}/?on={told.subject}"


KINDS = [Kind(REMINDER, "clock", _phrase, _path, _visible, topic="reminders")]
