"""What a ban with its content does to what somebody posted and said in the group, and its lifting undoes."""

from collections.abc import Collection

from django.db import connection

from collegium.feed.models import Comment, Held, HeldComment, PlaceState, Post, State
from collegium.groups.models import Ban
from collegium.lib.arrays import array

# As `talking.standing.settle` does for one post.
SETTLE = f"""
UPDATE feed_post p SET
    comment_count = (
        SELECT count(*) FROM feed_comment c LEFT JOIN feed_comment above ON above.id = c.parent_id
        WHERE c.post_id = p.id AND c.state = {State.SHOWN.value}
          AND (above.id IS NULL OR above.state IN ({State.SHOWN.value}, {State.GONE.value}))),
    pinned_id = (SELECT c.id FROM feed_comment c WHERE c.id = p.pinned_id AND c.state = {State.SHOWN.value})
WHERE p.id = ANY(%s::bigint[])
"""  # noqa: S608 - made of constants


def sweep(ban: Ban, on: bool) -> None:
    """Hide everything of hers there, or show again what this ban hid.

    Posts are locked first, in the order of their keys, as every verb on a post locks it.
    """
    if on:
        _hide(ban)
    else:
        _show(ban)


def _hide(ban: Ban) -> None:
    in_group = Post.objects.filter(group=ban.group)
    said = Comment.objects.filter(author=ban.member, post__group=ban.group, state=State.SHOWN)
    _lock([*in_group.filter(author=ban.member).values_list("pk", flat=True), *said.values_list("post_id", flat=True)])
    posts = list(in_group.filter(author=ban.member, place_state=PlaceState.SHOWN).values_list("pk", flat=True))
    Held.objects.filter(post__in=posts).delete()
    Held.objects.bulk_create(Held(post_id=key, by_id=ban.by_id, ban=ban, again=True) for key in posts)
    Post.objects.filter(pk__in=posts).update(place_state=PlaceState.HIDDEN)
    found = dict(said.values_list("pk", "post_id"))
    HeldComment.objects.filter(comment__in=found).delete()
    HeldComment.objects.bulk_create(HeldComment(comment_id=key, by_id=ban.by_id, ban=ban) for key in found)
    Comment.objects.filter(pk__in=found).update(state=State.HIDDEN)
    _settle(found.values())


def _show(ban: Ban) -> None:
    held = Held.objects.filter(ban=ban, post__place_state=PlaceState.HIDDEN)
    said = HeldComment.objects.filter(ban=ban, comment__state=State.HIDDEN)
    _lock([*held.values_list("post_id", flat=True), *said.values_list("comment__post_id", flat=True)])
    posts, found = list(held.values_list("post_id", flat=True)), dict(said.values_list("pk", "comment__post_id"))
    Post.objects.filter(pk__in=posts).update(place_state=PlaceState.SHOWN)
    Comment.objects.filter(pk__in=found).update(state=State.SHOWN)
    Held.objects.filter(ban=ban).delete()
    HeldComment.objects.filter(ban=ban).delete()
    _settle(found.values())


def _lock(keys: Collection[int]) -> None:
    list(Post.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk").values_list("pk"))


def _settle(posts: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, [array(set(posts))])
