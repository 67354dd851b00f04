"""What came in the groups of a member: the part "From your groups" of her mail, at most once in a week.

Of each group that she wants told of, the posts that were answered most since the last time, then the newest; each
judged by the rule of sight at the moment of sending. What she has seen at home, or the same mail tells already, is left
out. It costs four statements, however many groups and posts there are.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from collegium.audience.viewer import Viewer
from collegium.digests.models import GroupMail, Wish
from collegium.feed.models import Post
from collegium.groups.models import Group, Membership
from collegium.lib import ids
from collegium.members.models import Member

GROUPS, EACH = 6, 2
LOOKED_AT = 40
"""Posts of one group, the newest, among which the most answered are looked for."""
MOST_JOINED = 300
WEEK = timedelta(days=7)
# The hour of her mail moves with her clock, by less than half a day.
EVERY = WEEK - timedelta(hours=12)

CAME = """
SELECT p.group_id, p.id, p.comment_count, p.reaction_count
FROM (SELECT group_id, at_home FROM groups_membership
      WHERE member_id = %(me)s AND in_digest ORDER BY since DESC LIMIT %(joined)s) mine
CROSS JOIN LATERAL (
    SELECT q.group_id, q.id, q.comment_count, q.reaction_count FROM feed_post q
    WHERE q.group_id = mine.group_id AND q.place_state = 0 AND q.author_id IS DISTINCT FROM %(me)s
      AND q.id > CASE WHEN mine.at_home THEN greatest(%(start)s, %(seen)s) ELSE %(start)s END
    ORDER BY q.id DESC LIMIT %(most)s
) p
"""


@dataclass(frozen=True)
class FromGroup:
    """One group in one mail.

    Attributes:
        group: which.
        posts: the few that are told of.
        rest: how many more came, counted among those that were looked at.
    """

    group: Group
    posts: list[Post] = field(default_factory=list)
    rest: int = 0


def came(me: Member, wish: Wish, *, seen: int, told: Collection[int], now: datetime) -> list[FromGroup]:
    """What a mail to this member tells of her groups at this moment; nothing when it did so less than a week ago.

    Args:
        me: whose mail.
        wish: hers.
        seen: the newest post that stood on her home page when she last looked.
        told: posts of which the same mail tells already.
        now: the moment.
    """
    if wish.groups_at is not None and now - wish.groups_at < EVERY:
        return []
    start = ids.floor_at(max(now - 2 * WEEK, wish.groups_at or now - WEEK))
    weights = _weights(me, start, seen)
    found: dict[int, list[Post]] = defaultdict(list)
    rows = Post.objects.visible_to(Viewer(me)).filter(pk__in=weights.keys() - set(told))
    for post in rows.filter(Q(ends_at=None) | Q(ends_at__gt=Now())).with_author():
        found[post.group_id or 0].append(post)
    groups = {row.pk: row for row in Group.objects.filter(pk__in=found)}
    made = [_one(groups[key], posts, weights) for key, posts in found.items() if key in groups]
    made.sort(key=lambda each: (-sum(weights[post.pk] for post in each.posts), -each.posts[0].pk))
    return made[:GROUPS]


def _one(group: Group, posts: list[Post], weights: Mapping[int, int]) -> FromGroup:
    best = sorted(posts, key=lambda post: (-weights[post.pk], -post.pk))
    return FromGroup(group, best[:EACH], len(best[EACH:]))


def _weights(me: Member, start: int, seen: int) -> dict[int, int]:
    """Post to how much it was answered: a comment is worth three reactions."""
    values = {"me": me.pk, "start": start, "seen": seen, "joined": MOST_JOINED, "most": LOOKED_AT}
    with connection.cursor() as cursor:
        cursor.execute(CAME, values)
        return {post: 3 * comments + reactions for _group, post, comments, reactions in cursor.fetchall()}


def rows_of(member: Member, groups: Collection[Group]) -> dict[int, int]:
    """Group to the key of the row that the address in a mail ends; made anew where an older seat had it."""
    seats = dict(Membership.objects.filter(member=member, group__in=groups).values_list("group_id", "since"))
    rows = GroupMail.objects.filter(member=member, group__in=groups)
    dead = [row.pk for row in rows if row.group_id not in seats or row.made_at < seats[row.group_id]]
    GroupMail.objects.filter(pk__in=dead).delete()
    GroupMail.objects.bulk_create([GroupMail(member=member, group_id=key) for key in seats], ignore_conflicts=True)
    return dict(GroupMail.objects.filter(member=member, group__in=groups).values_list("group_id", "pk"))
