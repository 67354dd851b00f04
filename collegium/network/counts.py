"""How many stand in each list around a member, counted in one statement.

`test_counts.py` holds these numbers equal to the lists they stand over.
"""

from django.db import connection

from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.ties.models import EXPIRES_AFTER

# `seen` is what `lists` asks of everybody: in good standing, not blocked either way, and not hidden (visibility above
# "members") unless connected and not kept away by that person. The state is written out because the index of waiting
# invitations is made for it.
COUNTS = """
WITH mine AS MATERIALIZED (SELECT other_id AS id FROM ties_connection WHERE member_id = %(me)s),
apart AS MATERIALIZED (
    SELECT blocked_id AS id FROM ties_block WHERE blocker_id = %(me)s
    UNION ALL SELECT blocker_id FROM ties_block WHERE blocked_id = %(me)s
),
near AS MATERIALIZED (
    SELECT id FROM mine EXCEPT SELECT member_id FROM ties_distance WHERE other_id = %(me)s AND rung = 3
),
waiting AS (
    SELECT sender_id AS id FROM ties_invitation
    WHERE recipient_id = %(me)s AND state = 'pending' AND id >= %(floor)s
),
asked AS (
    SELECT recipient_id AS id FROM ties_invitation
    WHERE sender_id = %(me)s AND state IN ('pending', 'declined', 'unknown') AND id >= %(floor)s
),
around AS (
    SELECT 'overview' AS list, id FROM waiting
    UNION ALL SELECT 'connections', id FROM mine
    UNION ALL SELECT 'sent', id FROM asked
    UNION ALL SELECT 'following', followee_id FROM ties_follow WHERE follower_id = %(me)s
    UNION ALL SELECT 'followers', follower_id FROM ties_follow WHERE followee_id = %(me)s
)
SELECT list, count(*) FROM around JOIN members_member m USING (id)
WHERE m.standing = 'active' AND id NOT IN (SELECT id FROM apart)
  AND (m.visibility <= 1 OR list = 'overview' OR id IN (SELECT id FROM near))
GROUP BY list
"""
LISTS = ("overview", "connections", "sent", "following", "followers")


def counts(owner: Member) -> dict[str, int]:
    """How many the owner finds in each of `LISTS`."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {"me": owner.pk, "floor": ids.floor_at(clock.now() - EXPIRES_AFTER)})
        found: dict[str, int] = dict(cursor.fetchall())
    return {name: found.get(name, 0) for name in LISTS}
