"""Where suggestions come from besides the graph: who was at the same bodies, has a rare skill, is followed.

These are keys only, bounded and not yet judged: `judging` takes away whom the viewer may not be shown, and `facts`
reads again, under the rule of sight, what really joins the two.
"""

from django.db import connection

# A body with more rows than this is no source: having been at a very large place says little of two people, and is read
# among those who come up otherwise. So the answer does not depend on which rows of a large place come first.
LARGE = 256
COMMON = 50
MINE, SKILLS = 12, 12
COLLEAGUES, PEERS, FOLLOWED = 60, 30, 20
# The years are compared as years here, which lets through whoever may have been there together; `facts` is exact.
SOURCES = """
WITH mine AS MATERIALIZED (
    SELECT organization_id, folded_organization AS folded, left(started, 4) AS since,
           CASE WHEN ended = '' THEN '9999' ELSE left(ended, 4) END AS until
    FROM career_item
    WHERE member_id = %(me)s AND section IN ('positions', 'education', 'volunteering') AND removed_at IS NULL
      AND started <> '' AND folded_organization <> ''
    ORDER BY ended = '' DESC, ended DESC, started DESC, id DESC LIMIT %(mine)s
),
at_record AS (
    SELECT there.*, mine.since, mine.until, count(*) OVER (PARTITION BY mine.organization_id) AS many
    FROM (SELECT organization_id, min(since) AS since, max(until) AS until
          FROM mine WHERE organization_id IS NOT NULL GROUP BY organization_id) AS mine
    CROSS JOIN LATERAL (
        SELECT i.member_id, i.started, i.ended, i.removed_at FROM career_item i
        WHERE i.organization_id = mine.organization_id AND i.section IN ('positions', 'education', 'volunteering')
        LIMIT %(large)s + 1
    ) AS there
),
of_name AS (
    SELECT there.*, mine.since, mine.until, mine.recorded, count(*) OVER (PARTITION BY mine.folded) AS many
    FROM (SELECT folded, bool_and(organization_id IS NOT NULL) AS recorded, min(since) AS since, max(until) AS until
          FROM mine GROUP BY folded) AS mine
    CROSS JOIN LATERAL (
        SELECT i.member_id, i.started, i.ended, i.removed_at, i.organization_id FROM career_item i
        WHERE i.folded_organization = mine.folded AND i.organization_name <> ''
          AND i.section IN ('positions', 'education', 'volunteering')
        LIMIT %(large)s + 1
    ) AS there
),
colleagues AS (
    SELECT member_id FROM (
        SELECT member_id, started, ended, since, until FROM at_record WHERE many <= %(large)s AND removed_at IS NULL
        UNION ALL
        SELECT member_id, started, ended, since, until FROM of_name
        WHERE many <= %(large)s AND removed_at IS NULL AND (organization_id IS NULL OR NOT recorded)
    ) AS there
    WHERE member_id <> %(me)s AND started <> '' AND left(started, 4) <= until
      AND (ended = '' OR left(ended, 4) >= since)
    GROUP BY member_id ORDER BY count(*) DESC, member_id DESC LIMIT %(colleagues)s
),
peers AS (
    SELECT member_id FROM (
        SELECT there.*, count(*) OVER (PARTITION BY skill_id) AS many
        FROM (SELECT skill_id FROM career_holding WHERE member_id = %(me)s AND removed_at IS NULL
              ORDER BY rank, id LIMIT %(skills)s) AS ours
        CROSS JOIN LATERAL (
            SELECT h.member_id, h.removed_at FROM career_holding h WHERE h.skill_id = ours.skill_id
            LIMIT %(common)s + 1
        ) AS there
    ) AS held
    WHERE many <= %(common)s AND removed_at IS NULL AND member_id <> %(me)s
    GROUP BY member_id ORDER BY sum(1.0 / many) DESC, member_id DESC LIMIT %(peers)s
),
followed AS (
    SELECT followee_id AS member_id
    FROM (SELECT followee_id FROM ties_follow WHERE follower_id = %(me)s ORDER BY followee_id DESC LIMIT 500) AS f
    WHERE NOT EXISTS (SELECT FROM ties_connection c WHERE c.member_id = %(me)s AND c.other_id = f.followee_id)
    ORDER BY followee_id DESC LIMIT %(followed)s
)
SELECT member_id FROM colleagues UNION SELECT member_id FROM peers UNION SELECT member_id FROM followed
"""
BOUNDS = {
    "large": LARGE,
    "common": COMMON,
    "mine": MINE,
    "skills": SKILLS,
    "colleagues": COLLEAGUES,
    "peers": PEERS,
    "followed": FOLLOWED,
}


def keys(me: int) -> set[int]:
    """People whom something but the graph may join with this member; a few hundred at most. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, BOUNDS | {"me": me})
        return {key for (key,) in cursor.fetchall()}
