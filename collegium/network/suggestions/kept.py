"""The order of a member's suggestions, kept for some hours: drawing it takes ten times as long as reading a page of it.

It is keys and where some of them lead, and is thrown away as soon as she herself changes what it was drawn from: her
connections, her place, her career, whom she follows. What others change moves the order when it is drawn again; whom
she may see, and what is said of anybody, is judged with every page.
"""

import json
from datetime import timedelta
from typing import Any

from django.db import connection

from collegium.audience.viewer import Viewer
from collegium.graph.view import View
from collegium.lib import clock
from collegium.network.models import Ranked
from collegium.network.suggestions import ranking
from collegium.network.suggestions.beyond import Bridge, Way
from collegium.network.suggestions.ranking import Ranking

KEPT_FOR = timedelta(hours=6)
# Acts of her own after which another order is due. Her connections and her place are compared themselves.
CHANGES = ("career.%", "network.followed", "network.unfollowed", "network.suggested_again", "network.unblocked")
READ = """
SELECT r.keys, r.bridges::text, r.holders::text FROM network_ranked r
WHERE r.member_id = %(me)s AND r.drawn_at > %(since)s AND r.connection_count = %(count)s AND r.place = %(place)s
  AND NOT EXISTS (
      SELECT FROM journal_entry e WHERE e.actor = %(me)s AND e.id > r.entry AND e.kind LIKE ANY(%(changes)s)
  )
"""
LAST_ENTRY = "SELECT coalesce(max(id), 0) FROM journal_entry WHERE actor = %s"


def ranking_of(viewer: Viewer, view: View) -> Ranking:
    """The order that is kept; one drawn now, and kept, where there is none or it is over."""
    found = _read(viewer)
    if found is None:
        found = _draw(viewer, view)
    return found


def _read(viewer: Viewer) -> Ranking | None:
    me = viewer.me
    asked: dict[str, Any] = {
        "me": me.pk,
        "since": clock.now() - KEPT_FOR,
        "count": me.connection_count,
        "place": me.place,
        "changes": list(CHANGES),
    }
    with connection.cursor() as cursor:
        cursor.execute(READ, asked)
        row = cursor.fetchone()
    if row is None:
        return None
    keys, bridges, holders = row
    return Ranking(
        tuple(keys),
        {
            int(key): Bridge(Way(way), name, body, tuple(through))
            for key, (way, name, body, through) in json.loads(bridges).items()
        },
        {int(skill): count for skill, count in json.loads(holders).items()},
    )


def _draw(viewer: Viewer, view: View) -> Ranking:
    """Draw an order and keep it. What is done meanwhile is younger than the entry noted, and ends it."""
    me = viewer.me
    with connection.cursor() as cursor:
        cursor.execute(LAST_ENTRY, [me.pk])
        (entry,) = cursor.fetchone()
    made = ranking.draw(viewer, view)
    bridges = {key: [each.way, each.name, each.body, each.through] for key, each in made.bridges.items()}
    Ranked.objects.update_or_create(
        member_id=me.pk,
        defaults={
            "keys": list(made.keys),
            "bridges": bridges,
            "holders": made.holders,
            "entry": entry,
            "connection_count": me.connection_count,
            "place": me.place,
            "drawn_at": clock.now(),
        },
    )
    return made
