"""What runs by the clock. Whether an opening stands, the hour decides; the sweeps write down that it ended."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from procrastinate.contrib.django import app

from collegium.audience.level import Level
from collegium.career.models import Item, PartAudience
from collegium.career.sections import Part as CareerPart
from collegium.lib import clock
from collegium.openings import notices, rules
from collegium.openings.actions import close_by_clock
from collegium.openings.models import STALE_AFTER, Ended, Opening, OpeningQuerySet, Part, Seat, State
from collegium.pages.models import Role

BATCH = 500
# So long before it would close unread, whoever posted it is told.
AHEAD = timedelta(days=5)


@app.task(name="openings.expire", queue="chores")
def expire(timestamp: int = 0) -> None:
    """Close those whose day came, and those whose applications nobody looked at."""
    now = clock.now()
    live = Opening.objects.filter(state=State.LIVE)
    _close(live.filter(expires_at__lte=now).order_by("expires_at"), Ended.EXPIRED)
    _close(live.filter(reviewed_at__lte=now - STALE_AFTER).order_by("reviewed_at"), Ended.STALE)


@app.task(name="openings.leave", queue="chores")
def leave(timestamp: int = 0) -> None:
    """Close those for which nobody is left who hires."""
    _close(abandoned().order_by("pk"), Ended.LEFT)


@app.task(name="openings.remind", queue="chores")
def remind(timestamp: int = 0) -> None:
    """Tell whoever posted one that would close in five days because nobody looks at its applications."""
    soon = clock.now() - STALE_AFTER + AHEAD
    rows = Opening.objects.standing().filter(reviewed_at__lte=soon, expires_at__gt=F("reviewed_at") + STALE_AFTER)
    for row in rows.defer("text", "html").order_by("reviewed_at").iterator(BATCH):
        if row.reviewed_at is not None:
            notices.fades(row, (row.reviewed_at + STALE_AFTER).date().isoformat())


def abandoned() -> OpeningQuerySet:
    """Those that stand and for which nobody in good standing hires any more."""
    of_page = Q(organization__page_since__isnull=False, organization__merged_into=None)
    hires = Role.objects.filter(organization=OuterRef("organization"), part__in=rules.HIRING, member__standing="active")
    closed = PartAudience.objects.filter(
        member=OuterRef("member"), part=CareerPart.POSITIONS, audience__gt=Level.MEMBERS
    )
    works = Item.objects.current().filter(member=OuterRef("member"), organization=OuterRef("opening__organization"))
    leads = Seat.objects.filter(opening=OuterRef("pk"), part=Part.LEAD, member__standing="active").filter(
        Exists(works), ~Exists(closed), member__visibility__lte=Level.MEMBERS
    )
    live = Opening.objects.filter(state=State.LIVE)
    return live.filter((of_page & ~Exists(hires)) | (~of_page & ~Exists(leads)))


def _close(rows: OpeningQuerySet, why: str) -> None:
    """A batch at a time until none is left; one that somebody holds at this moment is left to the next sweep."""
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        closed = [close_by_clock(key, why) for key in keys]
        if not any(closed):
            return
