"""Whom a reader must not learn of, not even as a number: the blocked, those who blocked her, and the suspended.

A counter on a row counts everything. What is hidden from a reader is little, so it is counted and taken away.
"""

from collections.abc import Sequence

from django.db import connection

from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment

UNSEEN = """
WITH unseen AS (
    SELECT blocked_id AS id FROM ties_block WHERE blocker_id = %(me)s
    UNION ALL SELECT blocker_id FROM ties_block WHERE blocked_id = %(me)s
    UNION ALL SELECT id FROM members_member WHERE standing <> 'active'
)
"""
REACTIONS = (
    UNSEEN  # noqa: S608 - constants both
    + """
SELECT r.comment_id, count(*) FROM feed_reaction r
WHERE r.comment_id = ANY(%(comments)s) AND r.member_id IN (SELECT id FROM unseen) GROUP BY 1
"""
)


def count_reactions(viewer: Viewer, comments: Sequence[Comment]) -> None:
    """Set `felt` on each comment: how many reactions to it this reader may know of. One statement."""
    hidden: dict[int, int] = {}
    if comments:
        with connection.cursor() as cursor:
            cursor.execute(REACTIONS, {"me": viewer.id, "comments": [each.pk for each in comments]})
            hidden = dict(cursor.fetchall())
    for each in comments:
        each.felt = each.reaction_count - hidden.get(each.pk, 0)
