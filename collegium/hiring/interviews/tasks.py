"""What runs by the clock: reminding the day before, and writing down what was held."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from procrastinate.contrib.django import app

from collegium.hiring.interviews import actions
from collegium.hiring.interviews.notices import REMINDER
from collegium.hiring.interviews.plan import day_before
from collegium.hiring.models import Interview
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.notifications.tell import notify

# A day can have 25 hours, and where the clock is set by more, a little more.
FARTHEST = timedelta(hours=27)
SET = ("hiring.interview_chosen", "hiring.interview_changed", "hiring.interview_restored")
BATCH = 500


@app.task(name="hiring.interviews", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Remind those who wish it, and hold what is over; each once."""
    remind()
    hold()


def hold() -> int:
    """Write down what was held since the last time; says how many."""
    ended = Interview.objects.over_by(clock.now()).filter(cancelled_at=None, held_at=None)
    rows = ended.filter(application__erased_at=None).select_related("application").order_by("pk")[:BATCH]
    return sum(actions.hold(row) for row in rows)


@transaction.atomic
def remind() -> int:
    """Remind of what begins within a day, once for each time that was chosen; says of how many it was decided."""
    now = clock.now()
    undecided = Q(reminded_for=None) | ~Q(reminded_for=F("starts_at"))
    rows = Interview.objects.standing().filter(undecided, starts_at__gt=now, starts_at__lte=now + FARTHEST)
    held = rows.select_related("application").order_by("pk").select_for_update(skip_locked=True, of=("self",))
    due = [row for row in held[:BATCH] if row.starts_at is not None and day_before(row.starts_at, row.zone) <= now]
    for row in due:
        _tell(row)
    return len(due)


def _tell(row: Interview) -> None:
    """Who chose the time less than a day before it begins has just heard of it, and is not reminded."""
    starts_at: datetime = row.starts_at  # type: ignore[assignment]  # of those that have a time alone
    Interview.objects.filter(pk=row.pk).update(reminded_for=starts_at)
    since = ids.floor_at(day_before(starts_at, row.zone))
    if Entry.objects.filter(kind__in=SET, subject=row.pk, pk__gte=since).exists():
        return
    applicant = [row.application.applicant_id] if row.remind and row.application.applicant_id else []
    comers = list(row.interviewers.filter(remind=True).values_list("member_id", flat=True))
    cause = f"interview-reminder:{row.pk}:{starts_at:%Y%m%d%H%M}"
    mine = [key for key in [row.application.applicant_id] if key]
    notify([*applicant, *comers], kind=REMINDER, actor=None, cause=cause, subject=row.pk, applicant=mine)
