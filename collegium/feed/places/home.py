"""What comes home from places: from the groups whose posts a member wants there, and of the pages she follows.

Each place is asked for its newest few by its own index, as authors are in `timeline`. No post stands in two of them,
and none is among the posts of authors, whose audiences it does not have.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection

from collegium.feed.models.placing import OF_PAGE
from collegium.groups.sight import INSIDE
from collegium.lib.arrays import array

BLOCKED = """EXISTS (SELECT FROM ties_block b WHERE (b.blocker_id = %(me)s AND b.blocked_id = {author})
    OR (b.blocker_id = {author} AND b.blocked_id = %(me)s))"""
# The arms look at as many posts as hold a page, and at more where authors are left out; what is over is left out too.
ARM = """
(SELECT post.id, post.facet FROM unnest(%({places})s::bigint[]) AS place (id)
 CROSS JOIN LATERAL (
    SELECT p.id, p.facet FROM feed_post p {joined}
    WHERE p.{column} = place.id AND p.place_state = 0 AND p.id < %(before)s AND p.id > %(after)s
      AND (p.ends_at IS NULL OR p.ends_at > now()) AND {condition}
    ORDER BY p.id DESC LIMIT %(limit)s
 ) AS post
 WHERE {open})
"""
OF_AUTHORS = (
    f"(p.author_id = %(me)s OR p.author_id <> ALL(%(silent)s::bigint[])) AND author.standing = 'active'"
    f" AND NOT {BLOCKED.format(author='p.author_id')}"
)
IN_GROUPS = ARM.format(
    places="groups",
    column="group_id",
    joined="JOIN members_member author ON author.id = p.author_id",
    condition=OF_AUTHORS,
    open=INSIDE.format(me="%(me)s", group="place.id") + " IS NOT NULL",
)
OF_PAGES = ARM.format(
    places="pages", column="page_id", joined="", condition="true", open=OF_PAGE.format(page="place.id")
)
NEWEST = f"{IN_GROUPS} UNION ALL {OF_PAGES} ORDER BY id DESC LIMIT %(limit)s"


def stretch(
    me: int,
    groups: Collection[int],
    pages: Collection[int],
    silent: Collection[int],
    *,
    before: int,
    after: int,
    limit: int,
) -> list[tuple[int, str]]:
    """Keys and facets of the newest posts between two keys in these places, newest first.

    Args:
        me: who reads.
        groups: whose walls come to her home.
        pages: whom she follows.
        silent: authors whom she keeps away.
        before: only older ones.
        after: only newer ones.
        limit: so many at most.
    """
    if not (groups or pages):
        return []
    values: dict[str, Any] = {"me": me, "groups": array(groups), "pages": array(pages), "silent": array(silent)}
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, values | {"before": before, "after": after, "limit": limit})
        return list(cursor.fetchall())
