"""Who has a page open: written by the streams, asked by whoever pokes."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from collegium.lib import clock
from collegium.realtime.models import Line, Poke

FRESH = timedelta(seconds=120)
"""How long after its last sign a line still counts as open: pokes are kept for those whose connection just broke."""
OVERLAP = timedelta(seconds=10)
"""Rows appear in the order of their commits, not of their keys; looking this much further back finds late ones."""
TOPICS = 64
"""More different things to look at again than this are one: look at everything again."""

# Members in the order of their keys, so that two processes lock rows in the same order. A line that had gone stale
# begins anew; the row as it was before this statement says so.
TOUCH = """
INSERT INTO realtime_line AS line (member_id, since, seen_at)
SELECT id, clock_timestamp(), clock_timestamp() FROM unnest(%(members)s::bigint[]) AS id ORDER BY id
ON CONFLICT (member_id) DO UPDATE
SET seen_at = excluded.seen_at,
    since = CASE WHEN line.seen_at < excluded.seen_at - make_interval(secs => %(fresh)s)
                 THEN excluded.since ELSE line.since END
RETURNING member_id, since
"""


class Missed(NamedTuple):
    """What a page missed while it had no line."""

    topics: tuple[str, ...]
    everything: bool


def touch(members: Collection[int]) -> dict[int, datetime]:
    """Say that these members have pages open, in one statement.

    Returns:
        For each, since when every poke has been kept.
    """
    if not members:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TOUCH, {"members": list(members), "fresh": FRESH.total_seconds()})
        return dict(cursor.fetchall())


def online() -> set[int]:
    """The members who have a page open, or had one moments ago."""
    return set(Line.objects.filter(seen_at__gt=clock.now() - FRESH).values_list("member_id", flat=True))


def reopen(member: int, after: datetime) -> Missed:
    """Open a member's line and tell what was poked since, as far as it was kept.

    Args:
        member: whose page it is.
        after: until when the page knows everything.
    """
    since = touch([member])[member]
    if after < since:
        return Missed((), everything=True)
    kept = Poke.objects.filter(member=member, at__gte=after - OVERLAP)
    topics = tuple(kept.values_list("topic", flat=True).distinct()[: TOPICS + 1])
    return Missed((), everything=True) if len(topics) > TOPICS else Missed(topics, everything=False)
