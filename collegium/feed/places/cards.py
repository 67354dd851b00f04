"""What the card of a post in a group says of its place: which group, how it stands there, who may do what with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from collegium.audience.viewer import Viewer
from collegium.feed.models import PlaceState, Post
from collegium.groups.models import Role, Visibility
from collegium.lib.arrays import array

# What templates find on a post.
PLACE = "placed"
PLACED = """
SELECT p.id, g.handle, g.name, g.visibility, g.ended_at IS NULL, gm.role,
       coalesce(h.words, ''), coalesce(h.outcome, ''), coalesce(h.again, false), h.since,
       EXISTS (SELECT FROM feed_groupmark m WHERE m.post_id = p.id AND m.kind = 'pinned'),
       EXISTS (SELECT FROM feed_groupmark m WHERE m.post_id = p.id AND m.kind = 'recommended')
FROM feed_post p JOIN groups_group g ON g.id = p.group_id
LEFT JOIN groups_membership gm ON gm.group_id = g.id AND gm.member_id = %(me)s
LEFT JOIN feed_held h ON h.post_id = p.id
WHERE p.id = ANY(%(posts)s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A post in a group, as one reader finds it.

    Attributes:
        handle: of the group.
        name: of the group.
        visibility: of the group.
        is_open: whether anything still happens in it.
        role: of the reader there; None when she is not in it.
        words: what its author was told, where it is held back.
        outcome: how it came back, where it did (`Held.Outcome`).
        again: whether it stood on the wall before.
        since: since when it is held back.
        pinned: whether it stands first on the wall.
        recommended: whether those who keep the group recommend it.
        here: whether it is drawn on the page of this very group, which need not be named again.
    """

    handle: str
    name: str
    visibility: str
    is_open: bool
    role: int | None
    words: str
    outcome: str
    again: bool
    since: datetime | None
    pinned: bool
    recommended: bool
    here: bool = False

    @property
    def path(self) -> str:
        """The wall."""
        return f"/groups/{self.handle}/"

    @property
    def picture(self) -> str:
        """Who reads there, as a picture."""
        return {Visibility.PUBLIC.value: "globe", Visibility.PRIVATE.value: "lock"}.get(self.visibility, "eye-off")

    @property
    def answers(self) -> bool:
        """Whether the reader may react and comment there."""
        return self.is_open and self.role is not None

    @property
    def keeps(self) -> bool:
        """As `groups.rules.may_keep`."""
        return self.is_open and self.role is not None and self.role >= Role.MODERATOR


def give(viewer: Viewer, posts: Sequence[Post]) -> None:
    """Set `placed` on those of these posts that stand in a group. One statement, none where no post does."""
    there = [post for post in posts if post.group_id is not None]
    if not there:
        return
    with connection.cursor() as cursor:
        cursor.execute(PLACED, {"me": viewer.id, "posts": array(post.pk for post in there)})
        found: dict[int, Any] = {key: Placed(*rest) for key, *rest in cursor.fetchall()}
    for post in there:
        vars(post)[PLACE] = found.get(post.pk)


def on_wall(posts: Sequence[Post]) -> None:
    """Say that these posts are drawn on the page of their group."""
    for post in posts:
        if (there := placed(post)) is not None:
            vars(post)[PLACE] = replace(there, here=True)


def placed(post: Post) -> Placed | None:
    """What `give` found; None for a post that stands in no group."""
    return vars(post).get(PLACE)


def is_shown(post: Post) -> bool:
    """Whether it stands where everybody finds it."""
    return post.place_state == PlaceState.SHOWN
