"""The verbs of shares."""

from django.db import transaction

from collegium.feed.models import Post
from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.shares.models import Share


@transaction.atomic
def show(post: Post, kind: str, thing: int, *, by: Member) -> Share:
    """Let a post show a thing; in place of what it showed before.

    Args:
        post: held by the verb that makes or changes it.
        kind: a name in `things.things`.
        thing: its key, which the author may know of.
        by: who posts.
    """
    require(by.is_active and by.pk in (post.author_id, post.written_by_id))
    row, _made = Share.objects.update_or_create(post=post, defaults={"kind": kind, "thing": thing})
    record("shares.shown", actor=by, subject=row.post_id, what=kind)
    return row


@transaction.atomic
def take_off(post: Post, *, by: Member) -> None:
    """Let it show nothing any more."""
    require(by.is_active and by.pk in (post.author_id, post.written_by_id))
    if Share.objects.filter(post=post).delete()[0]:
        record("shares.taken_off", actor=by, subject=post.pk)
