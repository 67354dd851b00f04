"""Who is there: has a page open. Given and taken together, and only between people who talk to each other."""

from collections.abc import Iterable

from django.db import connection

from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.realtime.lines import FRESH

THERE = """
SELECT line.member_id FROM realtime_line line JOIN members_member m ON m.id = line.member_id AND m.standing = 'active'
WHERE line.member_id = ANY(%(keys)s) AND line.member_id <> %(me)s
    AND line.seen_at > clock_timestamp() - make_interval(secs => %(fresh)s)
    AND NOT EXISTS (SELECT FROM messaging_manners shy WHERE shy.member_id IN (m.id, %(me)s) AND NOT shy.presence)
    AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = %(me)s AND blocked_id = m.id)
    AND NOT EXISTS (SELECT FROM ties_block WHERE blocker_id = m.id AND blocked_id = %(me)s)
    AND (EXISTS (SELECT FROM ties_connection WHERE member_id = %(me)s AND other_id = m.id)
        OR EXISTS (SELECT FROM messaging_conversation WHERE low_id = least(m.id, %(me)s)
            AND high_id = greatest(m.id, %(me)s) AND consented_at IS NOT NULL)
        OR EXISTS (SELECT FROM messaging_participant mine JOIN messaging_participant hers USING (conversation_id)
            JOIN messaging_conversation c ON c.id = conversation_id AND c.kind = 'group'
            WHERE mine.member_id = %(me)s AND mine.left_at IS NULL AND hers.member_id = m.id AND hers.left_at IS NULL))
"""


def of(viewer: Viewer, members: Iterable[Member]) -> set[int]:
    """The keys of those among these who are there, as far as they and the viewer show it to each other."""
    keys = [each.pk for each in members]
    if viewer.member is None or not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(THERE, {"me": viewer.id, "keys": keys, "fresh": FRESH.total_seconds()})
        return {row[0] for row in cursor.fetchall()}
