"""Topics that mean the same, and the posts about followed topics that come home.

A topic that is merged leads to another (`same_as`), never further: whoever merges moves what led there along.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from collegium.audience.viewer import stand_in
from collegium.feed.models import Post, Topic
from collegium.lib.arrays import array
from collegium.lib.statement import Slots, Statement

# Candidates of one stretch. Below the last of them nothing is said: the next stretch goes on there.
WINDOW = 200
CANDIDATES = """
SELECT DISTINCT about.post_id, first_value(about.topic_id) OVER (PARTITION BY about.post_id ORDER BY about.topic_id)
FROM unnest(%(topics)s::bigint[]) AS topic (id)
CROSS JOIN LATERAL (
    SELECT post_id, topic_id FROM feed_posttopic
    WHERE topic_id = topic.id AND post_id < %(before)s AND post_id > %(after)s
    ORDER BY post_id DESC LIMIT %(window)s
) AS about
ORDER BY about.post_id DESC LIMIT %(window)s
"""


def _seen(slot: Slots) -> QuerySet[Any]:
    """Of these posts, those the reader sees; what is said in groups comes home by the group, and not for its topics."""
    posts = Post.objects.visible_to(stand_in(slot.int("me"))).filter(slot.among("pk", "keys"), group=None)
    return posts.order_by("-pk").values_list("pk", "author_id", "facet", "side_id")


SEEN = Statement(_seen)


@dataclass(frozen=True)
class About:
    """A post about a followed topic, which the reader sees."""

    key: int
    author: int | None
    facet: str
    side: int | None
    topic: int


def stretch(me: int, topics: Sequence[int], *, before: int, after: int) -> tuple[list[About], int]:
    """The newest posts between two keys about any of these topics, newest first, as far as the reader sees them.

    Returns:
        The posts, and the key down to which none is missing.
    """
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, {"topics": array(topics), "before": before, "after": after, "window": WINDOW})
        found: dict[int, int] = dict(cursor.fetchall())
    floor = min(found) if len(found) == WINDOW else after
    seen = SEEN.tuples(me=me, keys=list(found)) if found else []
    return [About(key, author, facet, side, found[key]) for key, author, facet, side in seen], floor


def root(topic: Topic) -> Topic:
    """The topic it leads to, or itself."""
    return topic.same_as or topic


def family(topic: Topic) -> QuerySet[Topic]:
    """A topic that leads nowhere, and all that lead to it."""
    return Topic.objects.filter(Q(pk=topic.pk) | Q(same_as=topic.pk))
