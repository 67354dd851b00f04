"""The promises about time, each asked in plain words: whether it is broken at this moment."""

from collections.abc import Callable
from datetime import timedelta
from statistics import median

from django.db.models import Max

from collegium.applications import figures
from collegium.applications.models import Application, Sent, Standing
from collegium.applications.models.applications import FIRST_END
from collegium.lib import clock
from collegium.openings.models import Opening, State
from collegium.organizations.models import Organization

ALIVE, WITHIN, OVER = timedelta(days=21), timedelta(days=14), timedelta(days=365)


def past_its_day() -> bool:
    """Something is live whose day came, or that was posted more than sixty days ago."""
    late = Opening.objects.filter(state=State.LIVE)
    now = clock.now()
    return late.filter(expires_at__lte=now).exists() or late.filter(posted_at__lt=now - timedelta(days=60)).exists()


def unread() -> bool:
    """Something is live of which nobody read an application for three weeks."""
    return Opening.objects.filter(state=State.LIVE, reviewed_at__lte=clock.now() - ALIVE).exists()


def waiting_too_long() -> bool:
    """Somebody waits for an answer longer than fourteen days after the closing, and after the last word."""
    rows = Application.objects.living().filter(opening__state=State.CLOSED).annotate(heard=Max("steps__at"))
    first = {row.pk: row.heard if row.standing != Standing.SENT else None for row in rows}
    closed = dict(rows.values_list("pk", "opening__closed_at"))
    return any(max(closed[key], heard or closed[key]) + WITHIN <= clock.now() for key, heard in first.items())


def kept_too_long() -> bool:
    """What was sent is there though its days are over, or a name stands on a row that was erased."""
    due = Application.objects.filter(erase_at__lte=clock.now())
    named = Application.objects.filter(erased_at__isnull=False, applicant__isnull=False)
    left = Sent.objects.filter(application__erased_at__isnull=False)
    return due.filter(erased_at=None).exists() or named.exists() or left.exists()


def figures_differ() -> bool:
    """The figures that are shown are not those of a sum done by hand."""
    keys = list(Organization.objects.filter(handle__startswith="works-").values_list("pk", flat=True))
    shown = figures.of(keys)
    return any(_by_hand(key) != (shown[key].rate, shown[key].days, shown[key].counted) for key in shown)


def _by_hand(key: int) -> tuple[int | None, int | None, int]:
    """Rate, days and number of one organisation, from its rows one by one."""
    now, counted, days = clock.now(), 0, []
    rows = Application.objects.filter(organization=key).values_list("standing", "sent_at", "answered_at", "ended_at")
    for standing, sent, answered, ended in rows:
        silent = answered is None
        if not now - OVER < sent <= now:
            continue
        if silent and (
            standing == Standing.UNFIT
            or (standing == Standing.WITHDRAWN and ended < sent + WITHIN)
            or (standing < FIRST_END and sent > now - WITHIN)
        ):
            continue
        counted += 1
        if not silent:
            days.append((answered - sent).total_seconds() / 86_400)
    if counted < figures.FEWEST:
        return None, None, counted
    middle = median(days) if days else None
    return len(days) * 100 // counted, None if middle is None else max(1, -int(-middle // 1)), counted


PROMISES: dict[str, Callable[[], bool]] = {
    "an opening is live past its day": past_its_day,
    "an opening is live unread": unread,
    "somebody waits too long": waiting_too_long,
    "something is kept too long": kept_too_long,
    "the figures differ from the sum": figures_differ,
}
