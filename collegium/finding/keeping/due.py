"""When the next mail is due: in the morning, on the clock of its reader."""

from collections.abc import Collection
from datetime import datetime

from collegium.finding.models.saved import Rhythm
from collegium.notifications.hours import next_hour, zone_of
from collegium.notifications.models import Rest

HOUR, MONDAY = 7, 0


def next_due(rhythm: str, zone: str, after: datetime) -> datetime | None:
    """The first such morning after a moment; None for never."""
    if rhythm == Rhythm.NEVER:
        return None
    return next_hour(zone_of(zone), HOUR, after, MONDAY if rhythm == Rhythm.WEEKLY else None)


def zones(members: Collection[int]) -> dict[int, str]:
    """The time zones that these members chose, by key, in one query; who chose none is not in it."""
    return dict(Rest.objects.filter(pk__in=list(members)).values_list("pk", "zone"))
