"""What a member asked of her home beyond the people she reads: what is to be quiet, and which topics come along.

Judged over the posts of her own page alone: one statement for what she asked, one for each stretch of posts that is
looked through, and none of them grows with the network.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from collegium.feed.reading import words
from collegium.lib import clock
from collegium.lib.arrays import array
from collegium.members.models import Member

# Everything a topic was merged with is one family: the topic it leads to, and all that lead there.
FAMILY = """
JOIN feed_topic one ON one.id = {topic}
JOIN feed_topic family ON family.id = coalesce(one.same_as_id, one.id)
    OR family.same_as_id = coalesce(one.same_as_id, one.id)
"""
ASKED = f"""
(SELECT 'post', 0::bigint, '' FROM feed_quiet
 WHERE member_id = %(me)s AND post_id IS NOT NULL AND (until IS NULL OR until > %(now)s) LIMIT 1)
UNION ALL
SELECT 'word', 0, word FROM feed_quiet
WHERE member_id = %(me)s AND word <> '' AND (until IS NULL OR until > %(now)s)
UNION ALL
SELECT 'topic', family.id, '' FROM feed_quiet q {FAMILY.format(topic="q.topic_id")}
WHERE q.member_id = %(me)s AND (q.until IS NULL OR q.until > %(now)s)
UNION ALL
SELECT 'follow', family.id, root.slug FROM feed_topicfollow f {FAMILY.format(topic="f.topic_id")}
JOIN feed_topic root ON root.id = coalesce(one.same_as_id, one.id)
WHERE f.member_id = %(me)s
"""  # noqa: S608 - made of constants
# What one writes oneself is never left out.
HUSHED = """
SELECT post.id,
       EXISTS (SELECT FROM feed_quiet q
               WHERE q.member_id = %(me)s AND q.post_id = post.id AND (q.until IS NULL OR q.until > %(now)s))
       OR EXISTS (SELECT FROM feed_posttopic t
                  WHERE t.post_id = post.id AND t.topic_id = ANY(%(topics)s::bigint[])),
       CASE WHEN %(reading)s THEN fold(post.body) ELSE '' END
FROM feed_post post WHERE post.id = ANY(%(keys)s::bigint[]) AND post.author_id <> %(me)s
"""


@dataclass(frozen=True)
class Wishes:
    """What one member asked of her home.

    Attributes:
        me: her key.
        hidden: whether there are single posts she does not want.
        topics: the keys of the topics that are quiet, their families included.
        phrases: the words that are quiet, as `words.spaced` makes them.
        followed: the topics that come along, by key; to the name they go by.
    """

    me: int = 0
    hidden: bool = False
    topics: frozenset[int] = frozenset()
    phrases: tuple[str, ...] = ()
    followed: dict[int, str] = field(default_factory=dict)

    def without_quiet(self) -> "Wishes":
        """The same with nothing left out."""
        return replace(self, hidden=False, topics=frozenset(), phrases=())

    @property
    def is_quiet(self) -> bool:
        """Whether anything is to be left out."""
        return bool(self.hidden or self.topics or self.phrases)


NONE = Wishes()


def of(me: Member) -> Wishes:
    """What the member asks now."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, {"me": me.pk, "now": clock.now()})
        rows: list[tuple[str, int, str]] = cursor.fetchall()
    phrases = {words.spaced(word) for what, _key, word in rows if what == "word"} - {""}
    return Wishes(
        me=me.pk,
        hidden=any(what == "post" for what, _key, _word in rows),
        topics=frozenset(key for what, key, _word in rows if what == "topic"),
        phrases=tuple(sorted(phrases)),
        followed={key: slug for what, key, slug in rows if what == "follow"},
    )


def hushed(wishes: Wishes, keys: Sequence[int]) -> set[int]:
    """Which of these posts are to be left out."""
    if not (wishes.is_quiet and keys):
        return set()
    values: dict[str, Any] = {
        "me": wishes.me,
        "now": clock.now(),
        "topics": array(wishes.topics),
        "reading": bool(wishes.phrases),
        "keys": array(keys),
    }
    with connection.cursor() as cursor:
        cursor.execute(HUSHED, values)
        rows: list[tuple[int, bool, str]] = cursor.fetchall()
    return {key for key, quiet, body in rows if quiet or (body and words.says(body, wishes.phrases))}
