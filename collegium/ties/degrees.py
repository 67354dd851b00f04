"""How far apart two people are, and whom they both know; for a page of people at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from collegium.members.models import Member

# One statement for a page of people. The viewer's own set is small and read once; each candidate's row of
# connections is one index range. Somebody both know is counted only where one of the two lists that say so is open
# to the viewer: the list of the common acquaintance (who is connected with her: level 3) or the list of the person.
KNOWN = """
WITH mine AS MATERIALIZED (SELECT other_id AS id FROM ties_connection WHERE member_id = %(me)s),
theirs AS MATERIALIZED (SELECT c.other_id AS id FROM mine JOIN ties_connection c ON c.member_id = mine.id),
known AS MATERIALIZED (
    SELECT person.id, person.first, shared.people, shared.mutual
    FROM (
        SELECT m.id, m.connections_audience, EXISTS (SELECT FROM mine WHERE mine.id = m.id) AS first
        FROM members_member m WHERE m.id = ANY(%(people)s::bigint[])
    ) AS person,
    LATERAL (
        SELECT count(*) AS people,
               count(*) FILTER (WHERE m.connections_audience <= 3
                   OR person.connections_audience <= CASE WHEN person.first THEN 3 ELSE 1 END) AS mutual
        FROM ties_connection c JOIN mine ON mine.id = c.other_id
        JOIN members_member m ON m.id = c.other_id AND m.standing = 'active'
        WHERE c.member_id = person.id
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = c.other_id AND b.blocked_id = %(me)s)
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = %(me)s AND b.blocked_id = c.other_id)
    ) AS shared
)
"""
# Third degree asks only whether any path exists. With few connections, the second degree is gathered once and hashed
# (bool_or keeps the planner from turning it into a join); with many, a path is found after a few steps, and
# gathering would cost more. For 20 people among 100,000 members: 1.2 ms with 30 connections, 1.8 ms with 1,000; each
# with the other's statement: 6 ms and 22 ms.
GATHERED = """
SELECT id, mutual, CASE WHEN first THEN 1 WHEN people > 0 THEN 2
    WHEN (SELECT bool_or(a.other_id IN (SELECT id FROM theirs)) FROM ties_connection a WHERE a.member_id = known.id)
    THEN 3 END
FROM known
"""
STEPPED = """
SELECT id, mutual, CASE WHEN first THEN 1 WHEN people > 0 THEN 2
    ELSE (SELECT 3 FROM ties_connection a JOIN ties_connection b ON b.member_id = a.other_id
          JOIN mine ON mine.id = b.other_id WHERE a.member_id = known.id LIMIT 1) END
FROM known
"""
MANY_CONNECTIONS = 150


@dataclass(frozen=True, slots=True)
class Standing:
    """How a viewer stands to one person: degree 1, 2, 3 or None (further), and how many both are known to know."""

    degree: int | None
    mutual: int


FAR = Standing(None, 0)


def standings(me: Member | None, people: Iterable[int]) -> dict[int, Standing]:
    """Degree and number of mutual connections for each of these people, in one query.

    Args:
        me: from whom; None (signed out) stands nowhere.
        people: keys of members, a page of them.

    Returns:
        A standing for every key asked for, oneself excepted.
    """
    keys = [key for key in dict.fromkeys(people) if me is not None and key != me.id]
    if me is None or not keys:
        return {}
    third = STEPPED if me.connection_count > MANY_CONNECTIONS else GATHERED
    with connection.cursor() as cursor:
        cursor.execute(KNOWN + third, {"me": me.id, "people": keys})
        return {key: Standing(degree, mutual) for key, mutual, degree in cursor.fetchall()}
