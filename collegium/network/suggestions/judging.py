"""Who may be suggested at all. `tests/test_sight.py` holds this equal to the rule of sight and the lists it names."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from collegium.lib import clock
from collegium.lib.arrays import array

# Never: oneself, the connected, whom one does not see (out of standing, hidden, blocked either way), whom one
# dismissed, disclaimed, keeps at a distance or removed in the last thirty days, whom one ever asked, who asked and did
# not withdraw, and whose door is shut. What the other did in silence (an answer that was not sent, "I don't know", a
# distance) is not asked: who was kept away must see what anybody sees. All that is the viewer's own is gathered once;
# the rest is looked up person by person.
JUDGED = """
WITH apart AS MATERIALIZED (
    SELECT other_id AS id FROM network_dismissal WHERE member_id = %(me)s
    UNION ALL SELECT stranger_id FROM ties_disclaimer WHERE member_id = %(me)s
    UNION ALL SELECT other_id FROM ties_distance WHERE member_id = %(me)s
    UNION ALL SELECT blocked_id FROM ties_block WHERE blocker_id = %(me)s
    UNION ALL SELECT blocker_id FROM ties_block WHERE blocked_id = %(me)s
    UNION ALL SELECT recipient_id FROM ties_invitation WHERE sender_id = %(me)s
    UNION ALL SELECT sender_id FROM ties_invitation
        WHERE sender_id = ANY(%(keys)s::bigint[]) AND recipient_id = %(me)s AND state <> 'withdrawn'
    UNION ALL SELECT other_id FROM ties_connection
        WHERE member_id = %(me)s AND other_id = ANY(%(keys)s::bigint[])
    UNION ALL SELECT jsonb_array_elements_text(data -> 'people')::bigint FROM network_parting
        WHERE member_id = %(me)s AND restored_at IS NULL AND until > %(now)s
    UNION ALL SELECT %(me)s::bigint
)
SELECT m.id, m.place, coalesce(door.who, 'anyone')
FROM members_member m LEFT JOIN network_door door ON door.member_id = m.id
WHERE m.id = ANY(%(keys)s::bigint[]) AND m.standing = 'active' AND m.visibility <= 1
  AND m.id NOT IN (SELECT id FROM apart) AND door.who IS DISTINCT FROM 'nobody'
"""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who may be suggested.

    Attributes:
        key: of the member.
        place: as it stands on the profile.
        door: who may invite, one of `models.Door.Who`.
    """

    key: int
    place: str
    door: str


def admitted(me: int, keys: Iterable[int]) -> dict[int, Admitted]:
    """Those of these people who may be suggested to a member. One statement.

    Args:
        me: key of the member in good standing who looks.
        keys: of a few hundred people.
    """
    asked = sorted(set(keys))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(JUDGED, {"me": me, "keys": array(asked), "now": clock.now()})
        return {key: Admitted(key, place, door) for key, place, door in cursor.fetchall()}
