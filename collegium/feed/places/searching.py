"""Which posts of a group say some words: parts of words, however they are written, all of them in one post.

Rare words the trigrams of `feed_words_in_group` find at once, wherever they stand. Of common ones there are too many to
put in order: the newest posts are looked through instead, a bounded number a page, and the next page goes on there.
"""

from typing import Any

from django.db import connection

from collegium.feed.models import PlaceState, Post
from collegium.feed.reading import words
from collegium.groups.models import Group
from collegium.members.models import Fold

MOST_WORDS = 8
# A word that stands in at most so many posts of the group is rare; of shorter words the index knows nothing.
RARE, SHORTEST = 2_000, 3
# So many posts are looked through at once, and so often for one page.
STRETCH, ROUNDS = 2_000, 5
STRETCHED = """
SELECT min(id), count(*), array_agg(id ORDER BY id DESC) FILTER (WHERE fold(body) LIKE ALL(%(words)s)) FROM (
    SELECT p.id, p.body FROM feed_post p WHERE p.group_id = %(group)s AND p.place_state = 0 AND p.id < %(before)s
    ORDER BY p.id DESC LIMIT %(stretch)s) AS newest
"""


def saying(group: Group, query: str, *, before: int, most: int) -> tuple[list[int], int]:
    """The keys of the newest posts below a key that say all of it, and the key with which the search goes on, or 0."""
    asked = words.fold(query).split()[:MOST_WORDS]
    if not asked:
        return [], 0
    rare = _rare(group, asked) if max(map(len, asked)) >= SHORTEST else None
    if rare is None:
        return _newest(group, asked, before, most)
    found = sorted((key for key in rare if key < before), reverse=True)
    return found[:most], found[most - 1] if len(found) > most else 0


def _rare(group: Group, asked: list[str]) -> list[int] | None:
    """All that say it, in no order; None where they are many."""
    rows = Post.objects.filter(group=group, place_state=PlaceState.SHOWN).annotate(said=Fold("body"))
    for word in asked:
        rows = rows.filter(said__contains=word)
    found = list(rows.order_by().values_list("pk", flat=True)[: RARE + 1])
    return found if len(found) <= RARE else None


def _newest(group: Group, asked: list[str], before: int, most: int) -> tuple[list[int], int]:
    """Those among the newest."""
    escaped = (word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for word in asked)
    values: dict[str, Any] = {"group": group.pk, "words": [f"%{word}%" for word in escaped], "stretch": STRETCH}
    found: list[int] = []
    for _ in range(ROUNDS):
        with connection.cursor() as cursor:
            cursor.execute(STRETCHED, values | {"before": before})
            floor, count, keys = cursor.fetchone() or (None, 0, None)
        found += keys or []
        if len(found) > most:
            return found[:most], found[most - 1]
        if count < STRETCH or floor is None:
            return found, 0
        before = floor
    return found, before
