"""How many people a thing would reach, counted in sets instead of asking the rule for each member in turn.

`test_reach.py` holds these counts equal to the rule applied to everyone.
"""

from django.db import connection

from collegium.audience.level import Level
from collegium.members.models import Member

REACH = {
    Level.MEMBERS: """
        SELECT count(*) FROM members_member m
        WHERE m.standing = 'active' AND m.id <> %(me)s
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = %(me)s AND b.blocked_id = m.id)
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = m.id AND b.blocked_id = %(me)s)""",
    Level.NETWORK: """
        WITH mine AS (SELECT other_id AS id FROM ties_connection WHERE member_id = %(me)s),
        reached AS (
            SELECT id FROM mine UNION SELECT c.other_id FROM mine JOIN ties_connection c ON c.member_id = mine.id
        )
        SELECT count(*) FROM reached JOIN members_member m USING (id)
        WHERE m.standing = 'active' AND m.id <> %(me)s
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = %(me)s AND b.blocked_id = m.id)
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = m.id AND b.blocked_id = %(me)s)""",
    Level.CONNECTIONS: """
        SELECT count(*) FROM ties_connection c JOIN members_member m ON m.id = c.other_id
        WHERE c.member_id = %(me)s AND m.standing = 'active'""",
}


def reach(owner: Member, level: int) -> int:
    """The number of members, the owner left out, who would see a thing of this owner and audience."""
    if level >= Level.ONLY_ME:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(REACH[Level(max(level, Level.MEMBERS))], {"me": owner.id})
        row = cursor.fetchone()
    return int(row[0]) if row else 0
