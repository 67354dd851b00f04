"""Who is to be reminded now. Each answer is decided once for each of the two moments, told or not, and stays decided.

It is decided anew only where the time is moved by at least as much as the reminder comes ahead: a day later, the day
before is another day. Where the hours changed after the moment of a reminder, the news of the change was that reminder.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from collegium.events.models import Ahead, Attendance, Occurrence, Reminded, ReminderWish
from collegium.events.recurring.pattern import instant, local
from collegium.events.reminding.wishes import USUAL
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.notifications.models import Rest
from collegium.notifications.tell import notify

REMINDER = "events.reminder"
BATCH = 500
AHEAD = {Ahead.DAY: timedelta(days=1), Ahead.HOUR: timedelta(hours=1)}
# A day can have 25 hours, and where the clock is set by more, a little more.
FARTHEST = timedelta(hours=27)
CHANGES = ("events.edited", "events.moved", "events.on_again")


def due_at(row: Occurrence, ahead: str) -> datetime:
    """The moment of a reminder: an hour before, or the same hour by the clock there on the day before."""
    if ahead == Ahead.HOUR:
        return row.starts_at - AHEAD[Ahead.HOUR]
    zone = row.event.zone
    return instant(local(row.starts_at, zone) - timedelta(days=1), zone)


def due(ahead: str, now: datetime) -> dict[int, Occurrence]:
    """What begins after the moment of this reminder has come."""
    coming = Occurrence.objects.standing().filter(starts_at__gt=now, starts_at__lte=now + FARTHEST)
    rows = coming.filter(event__cancelled_at=None).select_related("event").defer("event__about", "event__html")
    return {row.pk: row for row in rows if due_at(row, ahead) <= now}


@transaction.atomic
def remind_some(ahead: str) -> int:
    """Decide one batch, so that no lock is held for long. Returns how many were decided."""
    now = clock.now()
    there = due(ahead, now)
    rows = list(_undecided(ahead, there).order_by("pk").select_for_update(skip_locked=True, of=("self",))[:BATCH])
    if not rows:
        return 0
    changed = _changed(there, ahead, {row.occurrence_id for row in rows})
    told: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        occurrence = there[row.occurrence_id]
        wished = getattr(row, "wished", None) or USUAL
        answered_before = row.since <= due_at(occurrence, ahead)
        if wished in (ahead, Ahead.BOTH) and answered_before and row.occurrence_id not in changed:
            told[row.occurrence_id].append(row.member_id)
    _decide(rows, there, ahead)
    for key, members in told.items():
        _tell(there[key], ahead, members)
    return len(rows)


def _undecided(ahead: str, there: dict[int, Occurrence]) -> QuerySet[Attendance]:
    """Those who come and for whom this reminder is not decided, each with what she wishes."""
    before = F("attendance__occurrence__starts_at") - AHEAD[Ahead(ahead)]
    decided = Reminded.objects.filter(attendance=OuterRef("pk"), ahead=ahead, starts_at__gt=before)
    wishes = ReminderWish.objects.filter(member=OuterRef("member"))
    mine = wishes.filter(event=OuterRef("occurrence__event")) | wishes.filter(event=None)
    # What she said for this event stands before what she said for all.
    first = mine.order_by(F("event").asc(nulls_last=True)).values("ahead")[:1]
    rows = Attendance.objects.going().filter(occurrence__in=list(there), member__standing="active")
    return rows.filter(~Exists(decided)).annotate(wished=Subquery(first))


def _changed(there: dict[int, Occurrence], ahead: str, keys: Iterable[int]) -> set[int]:
    """Those whose hours changed after the moment of the reminder: everybody was told of that."""
    looked = {key: ids.floor_at(due_at(there[key], ahead)) for key in keys}
    events = {there[key].event_id for key in looked}
    entries = Entry.objects.filter(kind__in=CHANGES, subject__in=events, pk__gte=min(looked.values()))
    found: set[int] = set()
    for entry in entries:
        if entry.kind == "events.edited" and "time" not in entry.data.get("what", []):
            continue
        only = entry.data.get("occurrence")
        found |= {
            key
            for key, since in looked.items()
            if entry.pk >= since and there[key].event_id == entry.subject and only in (None, key)
        }
    return found


def _decide(rows: Sequence[Attendance], there: dict[int, Occurrence], ahead: str) -> None:
    Reminded.objects.bulk_create(
        [Reminded(attendance=row, ahead=ahead, starts_at=there[row.occurrence_id].starts_at) for row in rows],
        update_conflicts=True,
        unique_fields=["attendance", "ahead"],
        update_fields=["starts_at"],
    )


def _tell(row: Occurrence, ahead: str, members: Sequence[int]) -> None:
    """Tell them, each by her own clock."""
    zones = dict(Rest.objects.filter(pk__in=members).values_list("pk", "zone"))
    by_zone: dict[str, list[int]] = defaultdict(list)
    for member in members:
        by_zone[zones.get(member, "")].append(member)
    cause = f"event-reminder:{row.pk}:{ahead}:{row.starts_at:%Y%m%d%H%M}"
    for zone, found in sorted(by_zone.items()):
        notify(found, kind=REMINDER, actor=None, cause=cause, subject=row.pk, event=row.event_id, zone=zone)
