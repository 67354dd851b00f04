"""How many people a thing would reach, counted in sets instead of asking the rule for each member in turn.

`test_reach.py` holds these counts equal to the rule applied to everyone.
"""

from django.db import connection

from collegium.audience.level import Level
from collegium.audience.rule import CONNECTED, RESTRICTED, WORK_ONLY
from collegium.members.models import Member

# Those kept away are members to the owner; `least` is the lowest rung that counts on the side she speaks from.
KEPT_AWAY = "(SELECT other_id FROM ties_distance WHERE member_id = %(me)s AND rung >= %(least)s)"
REACH = {
    Level.MEMBERS: """
        SELECT count(*) FROM members_member m
        WHERE m.standing = 'active' AND m.id <> %(me)s
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = %(me)s AND b.blocked_id = m.id)
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = m.id AND b.blocked_id = %(me)s)""",
    Level.NETWORK: f"""
        WITH mine AS (SELECT other_id AS id FROM ties_connection WHERE member_id = %(me)s),
        ways AS (SELECT id FROM mine JOIN members_member via USING (id)
                 WHERE via.standing = 'active' AND via.connections_audience <= {CONNECTED}),
        reached AS (
            SELECT id FROM mine UNION SELECT c.other_id FROM ways JOIN ties_connection c ON c.member_id = ways.id
        )
        SELECT count(*) FROM reached JOIN members_member m USING (id)
        WHERE m.standing = 'active' AND m.id <> %(me)s AND m.id NOT IN {KEPT_AWAY}
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = %(me)s AND b.blocked_id = m.id)
          AND NOT EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = m.id AND b.blocked_id = %(me)s)""",  # noqa: S608
    Level.CONNECTIONS: f"""
        SELECT count(*) FROM ties_connection c JOIN members_member m ON m.id = c.other_id
        WHERE c.member_id = %(me)s AND m.standing = 'active' AND m.id NOT IN {KEPT_AWAY}""",  # noqa: S608
}


def reach(owner: Member, level: int, *, personal: bool = False) -> int:
    """The number of members, the owner left out, who would see a thing of this owner, audience and side."""
    if level >= Level.ONLY_ME:
        return 0
    given = {"me": owner.id, "least": WORK_ONLY if personal else RESTRICTED}
    with connection.cursor() as cursor:
        cursor.execute(REACH[Level(max(level, Level.MEMBERS))], given)
        row = cursor.fetchone()
    return int(row[0]) if row else 0
