"""`poke()` makes open pages look again: it says where, never what; the page fetches that through its ordinary view."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection

from collegium.lib import clock
from collegium.realtime.lines import FRESH
from collegium.realtime.models import Line, Poke

CHANNEL = "pokes"
KEPT = timedelta(minutes=10)
BYE = "bye"
RESET = "reset"

# Rows only for those who have a page open. At commit the table's trigger sends all rows of the transaction in as few
# NOTIFYs as they fit into: it takes a lock of the whole database, and the receiving end wakes up once.
POKE = """
INSERT INTO realtime_poke (member_id, topic)
SELECT member_id, topic FROM realtime_line CROSS JOIN unnest(%(topics)s::text[]) AS topic
WHERE member_id = ANY(%(members)s) AND seen_at > clock_timestamp() - make_interval(secs => %(fresh)s)
"""
_TOPIC = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_A_NOTIFY = 300


def poke(members: Iterable[int], *topics: str) -> None:
    """Make the open pages of these members look at topics again, once this transaction commits.

    Args:
        members: keys of members; those without an open page cost nothing further.
        topics: what pages wait for as `poke:<topic>`: lower-case letters, digits and hyphens, at most forty.

    Raises:
        ValueError: that is no topic.
    """
    for topic in topics:
        if not _TOPIC.fullmatch(topic):
            raise ValueError(f"{topic!r} is not a topic")
    keys = list(members)
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(POKE, {"topics": list(topics), "members": keys, "fresh": FRESH.total_seconds()})


def hang_up(members: Iterable[int]) -> None:
    """A right may have ended: the streams of these members are judged again once this transaction commits.

    Those whose session still stands go on; the others get `bye` and end. Nothing depends on a line being known.
    """
    keys = [str(key) for key in sorted(set(members))]
    with connection.cursor() as cursor:
        for start in range(0, len(keys), _A_NOTIFY):
            word = f"{BYE} 0 {','.join(keys[start : start + _A_NOTIFY])}"
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, word])


def sweep() -> int:
    """Delete pokes and lines too old to matter to anyone; safe to run at any time. Returns how many."""
    pokes, _ = Poke.objects.filter(at__lt=clock.now() - KEPT).delete()
    lines, _ = Line.objects.filter(seen_at__lt=clock.now() - KEPT).delete()
    return pokes + lines
