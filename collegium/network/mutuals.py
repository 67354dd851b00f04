"""Whom a viewer and other people both know, by name, as far as the viewer may know it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from collegium.audience.viewer import Viewer
from collegium.members.models import Member

NAMED = 3
# That M knows S is shown when the viewer could read it in one of their lists: in M's, who is connected with her
# (level 3), or in S's (level 3 or 1, as she is connected with S or not). `ties.degrees`, which counts, asks the same.
SHARED = """
WITH mine AS MATERIALIZED (SELECT other_id AS id FROM ties_connection WHERE member_id = %(me)s)
SELECT person.id, known.id, known.total
FROM (
    SELECT id, CASE WHEN id IN (SELECT id FROM mine) THEN 3 ELSE 1 END AS near, connections_audience
    FROM members_member WHERE id = ANY(%(people)s::bigint[])
) AS person
CROSS JOIN LATERAL (
    SELECT m.id, m.sort_name, count(*) OVER () AS total
    FROM ties_connection c JOIN mine ON mine.id = c.other_id
    JOIN members_member m ON m.id = c.other_id AND m.standing = 'active'
    WHERE c.member_id = person.id AND (m.connections_audience <= 3 OR person.connections_audience <= person.near)
      AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = m.id AND b.blocked_id = %(me)s)
      AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = %(me)s AND b.blocked_id = m.id)
    ORDER BY m.sort_name, m.id LIMIT %(named)s
) AS known
ORDER BY person.id, known.sort_name, known.id
"""


@dataclass(slots=True)
class Mutual:
    """The people two both know: the first few by name, and how many there are in all."""

    people: list[Member] = field(default_factory=list)
    total: int = 0

    @property
    def others(self) -> int:
        """How many more than are named."""
        return self.total - len(self.people)


NOBODY_SHARED = Mutual()


def mutuals(viewer: Viewer, members: Iterable[Member]) -> dict[int, Mutual]:
    """Mutual connections with each of these people; those without any are left out.

    Args:
        viewer: who looks.
        members: a page of people whom she sees.
    """
    keys = [member.pk for member in members]
    if viewer.member is None or not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SHARED, {"me": viewer.id, "people": keys, "named": NAMED})
        rows = cursor.fetchall()
    known = Member.objects.in_bulk({key for _person, key, _total in rows}) if rows else {}
    found: dict[int, Mutual] = {}
    for person, key, total in rows:
        found.setdefault(person, Mutual(total=total)).people.append(known[key])
    return found
