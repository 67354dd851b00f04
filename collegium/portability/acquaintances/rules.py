"""May she? Whoever brings an address book looks through it for herself alone."""

from datetime import datetime, timedelta

from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.portability.acquaintances.models import DAILY, Lookup

DAY = timedelta(hours=24)


def may_look(by: Member) -> bool:
    """Members in good standing, whatever was true when the request began."""
    return Member.objects.active().filter(pk=by.pk).exists()


def left_today(by: Member) -> tuple[int, datetime | None]:
    """How many more addresses she may look for, and when there are more again if there are fewer than `DAILY`."""
    recent = Lookup.objects.of(by).filter(pk__gt=ids.floor_at(clock.now() - DAY)).order_by("pk")
    rows = list(recent.values_list("pk", "keys"))
    until = ids.instant(rows[0][0]) + DAY if rows else None
    return max(DAILY - sum(keys for _pk, keys in rows), 0), until


def gone_at(lookup: Lookup) -> datetime:
    """When nothing of a look is left here."""
    return ids.instant(lookup.pk) + DAY
