"""What a member asked of her home beyond the people she reads: sides of them, what is to be quiet, what comes along.

Judged over the posts of her own page alone: one statement for what she asked, one for each stretch of posts that is
looked through, and none of them grows with the network.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db import connection

from collegium.audience.viewer import stand_in
from collegium.feed.attachments import kinds
from collegium.feed.models import Facet
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
(SELECT 'post', 0::bigint, '', 0::bigint, true FROM feed_quiet
 WHERE member_id = %(me)s AND post_id IS NOT NULL AND (until IS NULL OR until > %(now)s) LIMIT 1)
UNION ALL
SELECT 'word', 0, word, 0, true FROM feed_quiet
WHERE member_id = %(me)s AND word <> '' AND (until IS NULL OR until > %(now)s)
UNION ALL
SELECT 'topic', family.id, '', 0, true FROM feed_quiet q {FAMILY.format(topic="q.topic_id")}
WHERE q.member_id = %(me)s AND (q.until IS NULL OR q.until > %(now)s)
UNION ALL
SELECT 'follow', family.id, root.slug, 0, true FROM feed_topicfollow f {FAMILY.format(topic="f.topic_id")}
JOIN feed_topic root ON root.id = coalesce(one.same_as_id, one.id)
WHERE f.member_id = %(me)s
UNION ALL
SELECT 'author', w.author_id, chosen.facet, 0, chosen.wanted
FROM feed_wanted w
CROSS JOIN LATERAL (VALUES ('professional', w.professional), ('personal', w.personal)) AS chosen (facet, wanted)
WHERE w.reader_id = %(me)s
UNION ALL
SELECT 'side', side.id, side.facet, side.owner_id, w.wanted
FROM feed_wantedside w JOIN feed_side side ON side.id = w.side_id WHERE w.reader_id = %(me)s
UNION ALL
SELECT 'group', gm.group_id, '', 0, true FROM groups_membership gm WHERE gm.member_id = %(me)s AND gm.at_home
UNION ALL
SELECT 'page', pf.organization_id, '', 0, true FROM pages_follow pf WHERE pf.member_id = %(me)s
UNION ALL
SELECT 'machine', 0, '', 0, true FROM feed_mix mix WHERE mix.member_id = %(me)s AND mix.no_machines
"""  # noqa: S608 - made of constants
# What one writes oneself is never left out.
HUSHED = """
SELECT post.id,
       EXISTS (SELECT FROM feed_quiet q
               WHERE q.member_id = %(me)s AND q.post_id = post.id AND (q.until IS NULL OR q.until > %(now)s))
       OR EXISTS (SELECT FROM feed_posttopic t
                  WHERE t.post_id = post.id AND t.topic_id = ANY(%(topics)s::bigint[]))
       OR (%(machines)s AND post.machine),
       CASE WHEN %(reading)s THEN fold(post.body) ELSE '' END
FROM feed_post post WHERE post.id = ANY(%(keys)s::bigint[]) AND post.author_id IS DISTINCT FROM %(me)s
"""


class OwnSide(NamedTuple):
    """What she chose about one facet of somebody's own: whose it is, of which side, and whether it comes."""

    owner: int
    facet: str
    wanted: bool


@dataclass(frozen=True)
class Wishes:
    """What one member asked of her home.

    Attributes:
        me: her key.
        hidden: whether there are single posts she does not want.
        topics: the keys of the topics that are quiet, their families included.
        phrases: the words that are quiet, as `words.spaced` makes them.
        machines: whether posts are left out that their authors say a machine wrote.
        followed: the topics that come along, by key; to the name they go by.
        wanted: whom she chose by name: (author, side) to whether that side comes.
        sides: the facets of others' own that she chose by name.
        groups: whose walls come to her home.
        pages: which organisations she follows.
    """

    me: int = 0
    hidden: bool = False
    topics: frozenset[int] = frozenset()
    phrases: tuple[str, ...] = ()
    machines: bool = False
    followed: dict[int, str] = field(default_factory=dict)
    wanted: dict[tuple[int, str], bool] = field(default_factory=dict)
    sides: dict[int, OwnSide] = field(default_factory=dict)
    groups: frozenset[int] = frozenset()
    pages: frozenset[int] = frozenset()

    def without_quiet(self) -> "Wishes":
        """The same with nothing left out."""
        return replace(self, hidden=False, topics=frozenset(), phrases=(), machines=False)

    def of_everybody(self) -> "Wishes":
        """The same with nobody chosen by name."""
        return replace(self, wanted={}, sides={})

    @property
    def personal_of(self) -> int:
        """Of how many people she chose the personal side, or a facet within it, by name."""
        whole = {author for (author, facet), wanted in self.wanted.items() if wanted and facet == Facet.PERSONAL}
        return len(whole | {side.owner for side in self.sides.values() if side.wanted and side.facet == Facet.PERSONAL})

    @property
    def is_quiet(self) -> bool:
        """Whether anything is to be left out."""
        return bool(self.hidden or self.topics or self.phrases or self.machines)


NONE = Wishes()


def of(me: Member) -> Wishes:
    """What the member asks now."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, {"me": me.pk, "now": clock.now()})
        rows: list[tuple[str, int, str, int, bool]] = cursor.fetchall()
    phrases = {words.spaced(word) for what, _key, word, _owner, _yes in rows if what == "word"} - {""}
    return Wishes(
        me=me.pk,
        hidden=any(what == "post" for what, *_rest in rows),
        topics=frozenset(key for what, key, *_rest in rows if what == "topic"),
        phrases=tuple(sorted(phrases)),
        machines=any(what == "machine" for what, *_rest in rows),
        followed={key: slug for what, key, slug, *_rest in rows if what == "follow"},
        wanted={(key, facet): yes for what, key, facet, _owner, yes in rows if what == "author"},
        sides={key: OwnSide(owner, facet, yes) for what, key, facet, owner, yes in rows if what == "side"},
        groups=frozenset(key for what, key, *_rest in rows if what == "group"),
        pages=frozenset(key for what, key, *_rest in rows if what == "page"),
    )


def hushed(wishes: Wishes, keys: Sequence[int]) -> set[int]:
    """Which of these posts are to be left out."""
    if not (wishes.is_quiet and keys):
        return set()
    values: dict[str, Any] = {
        "me": wishes.me,
        "now": clock.now(),
        "topics": array(wishes.topics),
        "machines": wishes.machines,
        "reading": bool(wishes.phrases),
        "keys": array(keys),
    }
    with connection.cursor() as cursor:
        cursor.execute(HUSHED, values)
        rows: list[tuple[int, bool, str]] = cursor.fetchall()
    quiet = {key for key, named, body in rows if named or (body and words.says(body, wishes.phrases))}
    return quiet | _hung(wishes, [key for key, *_rest in rows if key not in quiet])


def _hung(wishes: Wishes, keys: Sequence[int]) -> set[int]:
    """Of these posts, those on which something hangs that says a quiet word: a picture's description, an answer."""
    said = kinds.words(stand_in(wishes.me), keys) if wishes.phrases else {}
    folded = words.fold_all(said.values())
    return {key for key, text in zip(said, folded, strict=True) if words.says(text, wishes.phrases)}
