"""What the formula counts, for all posts in line at once and one reader: two questions, however many posts.

Everything is as it was at a moment (keys are made in the order of time), and of people only those count whom the reader
is connected with and does not keep away: of others' doings, of the blocked and the suspended there is nothing in it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from collegium.audience.viewer import Viewer
from collegium.feed.ranking.terms import CLOSE, FOLLOWED, FURTHER, OWN, SECOND
from collegium.feed.timeline import People
from collegium.feed.unseen import UNSEEN
from collegium.graph import degrees, index, near
from collegium.lib import ids
from collegium.lib.arrays import array

ANSWERS = timedelta(days=90)
HOUR = 3_600_000
# Stands for the author of what a page says.
PAGE = 0
COUNTED = (
    UNSEEN  # noqa: S608 - constants both
    + """,
post AS (SELECT id, author_id FROM feed_post WHERE id = ANY(%(keys)s::bigint[])),
known AS (SELECT unnest(%(known)s::bigint[]) AS id),
said AS (
    SELECT c.id, c.post_id, c.author_id, c.parent_id FROM feed_comment c
    WHERE c.author_id = %(me)s AND c.id > %(since)s AND c.id <= %(moment)s AND c.state <> 4
),
felt AS (
    SELECT r.id, r.post_id, r.comment_id FROM feed_reaction r
    WHERE r.member_id = %(me)s AND r.id > %(since)s AND r.id <= %(moment)s
),
answered AS (
    SELECT 1 AS what, said.id, p.author_id FROM said JOIN feed_post p ON p.id = said.post_id
    UNION SELECT 1, said.id, above.author_id FROM said JOIN feed_comment above ON above.id = said.parent_id
    UNION SELECT 2, felt.id, p.author_id FROM felt JOIN feed_post p ON p.id = felt.post_id
    UNION SELECT 2, felt.id, c.author_id FROM felt JOIN feed_comment c ON c.id = felt.comment_id
)
SELECT 'author', post.id, coalesce(post.author_id, 0) FROM post
UNION ALL
SELECT 'followed', f.followee_id, 1 FROM ties_follow f
WHERE f.follower_id = %(me)s AND f.followee_id IN (SELECT author_id FROM post)
UNION ALL
SELECT 'answered', a.author_id, count(*) FROM answered a
WHERE a.author_id <> %(me)s AND a.author_id IN (SELECT author_id FROM post) GROUP BY 2
UNION ALL
SELECT 'conversation', c.post_id, count(DISTINCT c.author_id) FROM feed_comment c
JOIN post ON post.id = c.post_id AND post.author_id IS DISTINCT FROM c.author_id
LEFT JOIN feed_comment above ON above.id = c.parent_id
WHERE c.id <= %(moment)s AND c.post_id = ANY(%(keys)s::bigint[])
  AND c.state = 0 AND c.author_id IN (SELECT id FROM known)
  AND (above.id IS NULL OR (above.state IN (0, 4) OR above.author_id = %(me)s)
       AND (above.author_id IS NULL OR above.author_id NOT IN (SELECT id FROM unseen)))
GROUP BY 2
UNION ALL
SELECT 'reactions', r.post_id, count(*) FROM feed_reaction r
JOIN post ON post.id = r.post_id AND post.author_id IS DISTINCT FROM r.member_id
WHERE r.id <= %(moment)s AND r.post_id = ANY(%(keys)s::bigint[]) AND r.member_id IN (SELECT id FROM known) GROUP BY 2
UNION ALL
SELECT DISTINCT 'topic', t.post_id, 1 FROM feed_posttopic t
WHERE t.post_id = ANY(%(keys)s::bigint[]) AND t.topic_id = ANY(%(topics)s::bigint[])
"""
)


@dataclass(frozen=True)
class Measures:
    """What was counted, by the key of the post; the author's by hers."""

    moment: int
    authors: dict[int, int]
    closeness: dict[int, int]
    counted: dict[str, dict[int, int]]

    def of(self, key: int) -> dict[str, int]:
        """The numbers of one post, by the name of the term."""
        author = self.authors[key]
        return {
            "recency": max((self.moment >> ids.LOW_BITS) - (key >> ids.LOW_BITS), 0) // HOUR,
            "closeness": self.closeness[author],
            "answered": self.counted["answered"].get(author, 0),
            "conversation": self.counted["conversation"].get(key, 0),
            "reactions": self.counted["reactions"].get(key, 0),
            "topic": self.counted["topic"].get(key, 0),
        }


def take(viewer: Viewer, people: People, keys: Sequence[int], moment: int) -> Measures:
    """Count for these posts, all of which come to her home, what was there at a moment.

    Args:
        viewer: who reads.
        people: `timeline.people_of(viewer.me)`.
        keys: of the posts.
        moment: a key; nothing younger counts.
    """
    view = index.view()
    known = near.closeness(viewer, view).keys() - people.silent
    counted: dict[str, dict[int, int]] = {
        what: {} for what in ("author", "followed", "answered", "conversation", "reactions", "topic")
    }
    for what, key, number in _count(viewer, people, known, keys, moment):
        counted[what][key] = number
    authors = counted.pop("author")
    standing = degrees.standings(viewer.member, set(authors.values()) - {PAGE}, view)
    followed = counted.pop("followed")
    closeness = {
        author: OWN if author == viewer.id else _rung(standing[author].degree, author in followed)
        for author in set(authors.values()) - {PAGE}
    }
    # What a page says comes home because it is followed, or for its topic.
    closeness[PAGE] = FOLLOWED
    return Measures(moment, authors, closeness, counted)


def _count(
    viewer: Viewer, people: People, known: Collection[int], keys: Sequence[int], moment: int
) -> list[tuple[str, int, int]]:
    """The one statement."""
    values: dict[str, Any] = {
        "me": viewer.id,
        "keys": array(keys),
        "known": array(known),
        "topics": array(people.wishes.followed),
        "moment": moment,
        "since": ids.floor_at(ids.instant(moment) - ANSWERS),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, values)
        return list(cursor.fetchall())


def _rung(degree: int | None, followed: bool) -> int:
    """The nearest that is true."""
    if degree == 1:
        return CLOSE
    if followed:
        return FOLLOWED
    return SECOND if degree == 2 else FURTHER
